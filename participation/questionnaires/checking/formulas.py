"""All expressions of a questionnaire with their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from participation.questionnaires.checking.texts import texts_of
from participation.questionnaires.definition import Definition, Page, Question, Section
from participation.questionnaires.expressions import ExpressionError, parse, references

INSERTED = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


@dataclass(frozen=True)
class Formula:
    """An expression, or the names that a text inserts (`source` is empty then).

    `question` is its owner, or empty where it belongs to a page or section; `steers` are the questions it acts on.
    `reach` is the number of questions that come before it: it may refer to these, and to nothing later.
    """

    page: Page
    question: str
    kind: str
    source: str
    reach: int
    steers: tuple[str, ...]
    inserted: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """What it refers to; nothing where it cannot be read."""
        if not self.source:
            return self.inserted
        try:
            return references(parse(self.source))
        except ExpressionError:
            return frozenset()


def formulas(definition: Definition) -> Iterator[Formula]:
    """In reading order."""
    reach = 0
    for page in definition.pages:
        if page.repeat and page.repeat.count:
            yield Formula(page, "", "count", page.repeat.count, reach, _names_in(page))
        yield from _of(page, page, reach)
        reach += len(page.questions)


def _of(parent: Page | Section, page: Page, reach: int) -> Iterator[Formula]:
    names = _names_in(parent)
    if parent.relevant:
        yield Formula(page, "", "relevant", parent.relevant, reach, names)
    inserted = _inserted([*parent.title.values(), *parent.hint.values()])
    if inserted:
        yield Formula(page, "", "text", "", reach, names, inserted)
    for element in parent.elements:
        if isinstance(element, Section):
            yield from _of(element, page, reach)
            reach += len(_names_in(element))
        else:
            yield from _of_question(element, page, reach)
            reach += 1


def _of_question(question: Question, page: Page, reach: int) -> Iterator[Formula]:
    name, steers = question.name, (question.name,)
    for kind in ("relevant", "calculation", "choice_filter", "constraint"):
        source = getattr(question, kind)
        if source:  # a constraint may speak of the answer it judges
            yield Formula(page, name, kind, source, reach + (kind == "constraint"), steers)
    if "(" in question.default or "$" in question.default:
        yield Formula(page, name, "default", question.default, reach, steers)
    inserted = _inserted(words for text in texts_of(question) for words in text.values())
    if inserted:
        yield Formula(page, name, "text", "", reach, steers, inserted)


def _inserted(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(name for words in texts if "${" in words for name in INSERTED.findall(words))


def _names_in(parent: Page | Section) -> tuple[str, ...]:
    names: list[str] = []
    for element in parent.elements:
        names.extend(_names_in(element) if isinstance(element, Section) else (element.name,))
    return tuple(names)
