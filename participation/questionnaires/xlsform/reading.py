"""Reads an XLSForm: either a whole questionnaire comes out or none, and every problem is told."""

from dataclasses import dataclass

from participation.i18n import SOURCE_LANGUAGE, LazyText, LocalizedText, _l
from participation.questionnaires.definition import Definition
from participation.questionnaires.expressions import ExpressionError, parse
from participation.questionnaires.xlsform.choices import Choices
from participation.questionnaires.xlsform.columns import (
    HEADER_MISSING,
    LEFT_OUT_COLUMNS,
    Table,
    settle_languages,
)
from participation.questionnaires.xlsform.languages import column_name
from participation.questionnaires.xlsform.logic import FORMULAS, Logic
from participation.questionnaires.xlsform.pages import Binder
from participation.questionnaires.xlsform.problems import Problem, Problems, Severity
from participation.questionnaires.xlsform.questions import QuestionMaker
from participation.questionnaires.xlsform.tree import Tree
from participation.questionnaires.xlsform.workbook import CannotOpen, Workbook, open_workbook

MOST_BYTES = 10 * 1024 * 1024
MOST_QUESTIONS = 1_000
MOST_OPTIONS = 20_000
MOST_LOGIC = 200_000  # characters
USED = """
type name label hint required required_message relevant constraint constraint_message calculation default appearance
choice_filter parameters repeat_count read_only disabled minimum maximum unit least_label most_label prefer_not_to_say
sensitive layer page
"""
SURVEY_COLUMNS = set(USED.split())

NOTHING_ASKED = _l("There is no question in this file that people could answer.")
TOO_MANY_QUESTIONS = _l("The file has %(number)s questions; %(limit)s are the most.")
TOO_MANY_OPTIONS = _l("All questions together have %(number)s options; %(limit)s are the most.")
TOO_MUCH_LOGIC = _l("All expressions together have %(number)s characters; %(limit)s are the most.")
NO_TEXTS = _l("No text in this file is in a known language.")
NOT_OFFERED = _l("The texts in %(language)s are kept, but this site does not offer the language.")
CONDITION_TOO_LONG = _l("The conditions of this group and the groups around it are too long together.")


@dataclass(frozen=True)
class Reading:
    """What came of a file. `definition` is None when it was refused; then `problems` say why."""

    definition: Definition | None
    title: LocalizedText
    problems: tuple[Problem, ...]

    @property
    def refusals(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_refusal]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_refusal]


def read(
    data: bytes,
    *,
    fallback_language: str = SOURCE_LANGUAGE,
    offered: tuple[str, ...] = (),
    most_bytes: int = MOST_BYTES,
) -> Reading:
    """Read a spreadsheet. Texts that name no language are taken as `fallback_language` where the file does not tell."""
    try:
        workbook = open_workbook(data, most_bytes)
    except CannotOpen as refused:
        return Reading(None, LocalizedText(), (refused.problem,))
    return understand(workbook, fallback_language, offered)


def understand(workbook: Workbook, fallback_language: str = SOURCE_LANGUAGE, offered: tuple[str, ...] = ()) -> Reading:
    """Read the sheets of a workbook that is open."""
    return _Reader(workbook, fallback_language, offered).result()


class _Reader:
    def __init__(self, workbook: Workbook, fallback: str, offered: tuple[str, ...]) -> None:
        self.problems = Problems()
        self.offered = offered
        self.tables = {name: Table(sheet, self.problems) for name, sheet in workbook.sheets.items()}
        self.survey = self.tables["survey"]
        settings = self.tables.get("settings")
        self.settings = next(iter(settings.rows), None) if settings else None
        default = self.settings.cell("default_language") if self.settings else ""
        self.languages = settle_languages(list(self.tables.values()), default, fallback)

    def result(self) -> Reading:
        missing = [name for name in ("type", "name") if not self.survey.has(name)]
        for name in missing:
            self.survey.add(LazyText(HEADER_MISSING.message, name=name), Severity.REFUSE)
        if not self.languages and not self.problems.has_refusals:
            self.survey.add(NO_TEXTS, Severity.REFUSE)
        definition = self._definition() if self.languages and not missing else None
        if self.problems.has_refusals:
            definition = None
        return Reading(definition, self._title(), tuple(self.problems.in_order()))

    def _definition(self) -> Definition | None:
        self._tell_unused()
        tree = Tree(self.survey, QuestionMaker(self._choices(), self.languages))
        if self._is_too_large(tree):
            return None
        logic = Logic(tree)
        names = {item.question.name for item in tree.items()}
        binder = Binder(names | {group.name for group in tree.groups() if group.is_repeat}, logic.referenced)
        definition = Definition(languages=self.languages, pages=binder.pages(tree.children))
        self._check_whole(definition)
        return definition

    def _choices(self) -> Choices:
        source = SOURCE_LANGUAGE if SOURCE_LANGUAGE in self.languages else self.languages[0]
        choices = Choices(self.problems, source)
        for name, prefix in (("choices", ""), ("external_choices", "external ")):
            if name in self.tables:
                choices.take(self.tables[name], prefix)
        return choices

    def _is_too_large(self, tree: Tree) -> bool:
        """What is within bounds here can be checked, shown and answered in reasonable time."""
        questions = [item.question for item in tree.items()]
        sizes = (
            (TOO_MANY_QUESTIONS, MOST_QUESTIONS, len(questions)),
            (TOO_MANY_OPTIONS, MOST_OPTIONS, sum(len(question.options) for question in questions)),
            (TOO_MUCH_LOGIC, MOST_LOGIC, sum(len(getattr(one, name)) for one in questions for name in FORMULAS)),
        )
        for message, limit, number in sizes:
            if number > limit:
                self.survey.add(LazyText(message.message, number=number, limit=limit), Severity.REFUSE)
        return any(number > limit for _message, limit, number in sizes)

    def _check_whole(self, definition: Definition) -> None:
        asked = [question for question in definition.questions.values() if question.is_asked]
        if not asked and not self.problems.has_refusals:
            self.survey.add(NOTHING_ASKED, Severity.REFUSE)
        for page in definition.pages:
            try:
                parse(page.relevant or "true()")
            except ExpressionError:
                if not self.problems.has_refusals:
                    self.survey.add(CONDITION_TOO_LONG, Severity.REFUSE)

    def _tell_unused(self) -> None:
        unused = self.survey.unknown_columns(SURVEY_COLUMNS)
        if unused:
            headers = ", ".join(column.header for column in unused)[:500]
            self.survey.add(LazyText(LEFT_OUT_COLUMNS.message, columns=headers), Severity.WARNING)
        for tag in self.languages:
            if self.offered and tag not in self.offered:
                told = LazyText(NOT_OFFERED.message, language=column_name(tag))
                self.problems.add(Problem(told, Severity.WARNING))

    def _title(self) -> LocalizedText:
        if self.settings is None:
            return LocalizedText()
        return self.settings.texts("form_title") or LocalizedText()
