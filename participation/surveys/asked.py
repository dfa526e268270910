"""All questions a survey has ever asked, over all its published wordings: what results and exports go by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from participation.questionnaires.definition import Option, Page, Question, QuestionType, Section, compiled
from participation.questionnaires.expressions import references
from participation.questionnaires.models import QuestionnaireVersion

TEXTS = {QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT}
YES_NO = ("yes", "no")


@dataclass(frozen=True)
class AskedQuestion:
    """A question in its youngest wording, with the options of older ones, and the versions that asked the same."""

    question: Question
    page: Page
    version_ids: frozenset[int]

    @property
    def is_repeated(self) -> bool:
        """Whether one response may hold several answers, as for each child."""
        return self.page.repeat is not None

    @property
    def is_text(self) -> bool:
        return self.question.type in TEXTS

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """The show-if expressions on the way to the question."""
        return tuple(filter(None, (self.page.relevant, *_path(self.page.elements, self.question.name))))

    @cached_property
    def parents(self) -> frozenset[str]:
        """The questions whose answers decide whether this one is shown."""
        return frozenset(name for source in self.conditions for name in references(compiled(source)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The values that can be chosen, in the order of the page."""
        question = self.question
        if question.options:
            return tuple(option.name for option in question.options)
        if question.type is QuestionType.YES_NO:
            return YES_NO
        if question.type is QuestionType.SCALE:
            return tuple(str(point) for point in range(int(question.least or 0), int(question.most or 0) + 1))
        return ("yes",) if question.type is QuestionType.CONSENT else ()


def asked_questions(versions: Sequence[QuestionnaireVersion]) -> dict[str, AskedQuestion]:
    """By name, in reading order; the versions come with the youngest first.

    A name that stood for another type of question before keeps its youngest meaning: answers of the other kind are
    not mixed in.
    """
    found: dict[str, AskedQuestion] = {}
    for version in versions:
        for page in version.definition.pages:
            for question in page.questions:
                known = found.get(question.name)
                if known is None:
                    found[question.name] = AskedQuestion(question, page, frozenset({version.id}))
                elif known.question.type is question.type and known.is_repeated == (page.repeat is not None):
                    found[question.name] = _joined(known, question, version.id)
    return found


def _joined(known: AskedQuestion, older: Question, version_id: int) -> AskedQuestion:
    names: Mapping[str, Option] = known.question.options_by_name
    more = tuple(option for option in older.options if option.name not in names)
    question = replace(known.question, options=known.question.options + more) if more else known.question
    return AskedQuestion(question, known.page, known.version_ids | {version_id})


def _path(elements: Sequence[Question | Section], name: str) -> Iterator[str]:
    """The conditions of the sections around a question, and its own."""
    for element in elements:
        if isinstance(element, Section):
            inner = list(_path(element.elements, name))
            if inner or _holds(element, name):
                yield element.relevant
                yield from inner
        elif element.name == name:
            yield element.relevant


def _holds(section: Section, name: str) -> bool:
    return any(_holds(one, name) if isinstance(one, Section) else one.name == name for one in section.elements)
