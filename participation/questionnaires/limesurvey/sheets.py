"""Writes a LimeSurvey survey as the sheets of an XLSForm: one row after the other, each with the line it comes from."""

from participation.i18n import LazyText, _l, catalogue
from participation.questionnaires.limesurvey.logic import NotSimple, translated
from participation.questionnaires.limesurvey.names import Names
from participation.questionnaires.limesurvey.source import Part, Source, Texts
from participation.questionnaires.limesurvey.words import seen, with_answers
from participation.questionnaires.xlsform.languages import tag_of
from participation.questionnaires.xlsform.markup import plain
from participation.questionnaires.xlsform.problems import Problem, Problems, Severity
from participation.questionnaires.xlsform.workbook import MOST_CHARACTERS, Sheet, Workbook, cell_too_long, clean_cell

WITHOUT_TEXT = _l("This has no text. Its code “%(name)s” is shown instead.")
UNUSED = _l("This is not used here: %(parts)s.")
NOT_SIMPLE = _l("This LimeSurvey expression cannot be taken over: %(expression)s")

Line = tuple[int, dict[str, str]]


class Sheets:
    """The rows so far, the remarks so far, and the code that each line speaks of."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = Names(source)
        self.problems = Problems()
        self.codes: dict[int, str] = {}
        self.survey: list[Line] = []
        self.choices: list[Line] = []
        self.settings: dict[str, str] = {}
        self.languages = self._languages()
        self.unused(0, sorted(source.unused))

    @property
    def workbook(self) -> Workbook:
        tables = {"survey": self.survey, "choices": self.choices, "settings": [(1, self.settings)]}
        return Workbook({name: _sheet(name, lines) for name, lines in tables.items()})

    def _languages(self) -> dict[str, str]:
        """By LimeSurvey's code the language of a column; of two kinds of German the first is taken."""
        found: dict[str, str] = {}
        for code in self.source.languages:
            if tag_of(code) is not None and tag_of(code) in map(tag_of, found):
                self.unused(0, [code])
            else:
                found[code] = code
        return found

    # --- Remarks ------------------------------------------------------------------------------------------------------

    def warn(self, line: int, message: LazyText) -> None:
        self.problems.add(Problem(message, Severity.WARNING, row=line))

    def refuse(self, line: int, message: LazyText) -> None:
        self.problems.add(Problem(message, Severity.REFUSE, row=line))

    def unused(self, line: int, parts: list[str]) -> None:
        if parts:
            self.warn(line, LazyText(UNUSED.message, parts=", ".join(parts)[:500]))

    # --- Cells --------------------------------------------------------------------------------------------------------

    def texts(self, column: str, texts: Texts, line: int) -> dict[str, str]:
        """Cells with a text in its languages; earlier answers are inserted, anything cleverer stays and is told."""
        cells: dict[str, str] = {}
        for code in self.languages:
            text = clean_cell(seen(texts.get(code, "")))
            if len(text) > MOST_CHARACTERS:
                raise cell_too_long(self.codes.get(line, ""), line)
            text, left = with_answers(plain(text), self.names.meanings)
            cells[f"{column}::{code}"] = text
            for expression in left:
                self.warn(line, LazyText(NOT_SIMPLE.message, expression=expression[:200]))
        return {header: cell for header, cell in cells.items() if cell}

    def label(self, part: Part) -> dict[str, str]:
        """What people read; where there is nothing to read it is the code."""
        cells = self.texts("label", part.texts, part.line)
        if not cells:
            code = part.code or part.name
            self.warn(part.line, LazyText(WITHOUT_TEXT.message, name=code))
            cells = {f"label::{language}": code for language in self.languages}
        return cells

    def said(self, words: LazyText) -> dict[str, str]:
        """Words of ours as label, in the languages of the survey."""
        return {
            f"label::{code}": str(catalogue(tag).ugettext(words.message))
            for code in self.languages
            if (tag := tag_of(code))
        }

    def relevant(self, part: Part) -> str:
        try:
            return translated(part.relevance, self.names.meanings)
        except NotSimple:
            self.refuse(part.line, LazyText(NOT_SIMPLE.message, expression=part.relevance[:200]))
            return ""

    # --- Rows ---------------------------------------------------------------------------------------------------------

    def add(self, line: int, **cells: str) -> None:
        self.survey.append((line, cells))

    def add_option(self, line: int, list_name: str, name: str, label: dict[str, str], **cells: str) -> None:
        self.choices.append((line, {"list_name": list_name, "name": name, **label, **cells}))

    def begin(self, part: Part, name: str, appearance: str = "") -> None:
        """A group of LimeSurvey, or a question that becomes several."""
        heading = {**self.texts("label", part.texts, part.line), **self.texts("hint", part.helps, part.line)}
        cells = {"type": "begin_group", "name": name, "relevant": self.relevant(part), "appearance": appearance}
        self.add(part.line, **cells, **heading)

    def end(self, part: Part) -> None:
        self.add(part.line, type="end_group")

    def title(self) -> dict[str, str]:
        return self.texts("form_title", self.source.titles, 0)

    def welcome(self) -> None:
        """The welcome is a text before the first question."""
        words = self.texts("label", self.source.welcomes, 0)
        if words:
            self.add(1, type="note", name=self.names.free("welcome"), **words)


def _sheet(name: str, lines: list[Line]) -> Sheet:
    headers = list(dict.fromkeys(header for _line, cells in lines for header in cells))
    rows = [headers, *([cells.get(header, "") for header in headers] for _line, cells in lines)]
    return Sheet(name, rows, [1, *(line for line, _cells in lines)])
