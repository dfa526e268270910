"""What the house promises about each question: it can be answered, and sensitive ones are voluntary (D6)."""

from collections import Counter
from collections.abc import Iterator

from participation.i18n import LazyText, _l
from participation.questionnaires.checking.findings import Finding, said
from participation.questionnaires.definition import NUMBERS, Definition, Page, Question, QuestionType, Section

NOTHING_ASKED = _l("There is no question that people could answer.")
NAME_TWICE = _l("The name “%(name)s” stands for more than one thing.")
SENSITIVE_REQUIRED = _l("This question is about sensitive matters, so an answer must not be required.")
SENSITIVE_WITHOUT_CONSENT = _l("This question is about sensitive matters, but no question before it asks for consent.")
NO_OPTIONS = _l("This question has no options to choose from.")
BOUNDS_CROSSED = _l("The smallest allowed number is larger than the largest one.")
TOO_FEW_OPTIONS = _l("More options must be chosen than there are.")
NO_SCALE = _l("This scale needs a first and a last point.")

SINGLE, MULTIPLE, SCALE = QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE, QuestionType.SCALE


def findings(definition: Definition) -> Iterator[Finding]:
    if not any(question.is_asked for question in definition.questions.values()):
        yield Finding(NOTHING_ASKED)
    yield from _names_twice(definition)
    has_consent = False
    for page in definition.pages:
        for question in page.questions:
            has_consent = has_consent or question.type is QuestionType.CONSENT
            for message in _broken(question):
                yield Finding(message, page=page.name, question=question.name)
            if question.is_sensitive and not has_consent:
                yield Finding(SENSITIVE_WITHOUT_CONSENT, is_refusal=False, page=page.name, question=question.name)


def _broken(question: Question) -> Iterator[LazyText]:
    if question.is_sensitive and question.is_required:
        yield SENSITIVE_REQUIRED
    if question.type in {SINGLE, MULTIPLE} and not question.options:
        yield NO_OPTIONS
    least, most = question.least, question.most
    if question.type is SCALE and (least is None or most is None):
        yield NO_SCALE
    if question.type in {*NUMBERS, MULTIPLE, SCALE} and least is not None and most is not None and least > most:
        yield BOUNDS_CROSSED
    if question.type is MULTIPLE and least is not None and least > len(question.options) > 0:
        yield TOO_FEW_OPTIONS


def _names_twice(definition: Definition) -> Iterator[Finding]:
    elements = [element.name for page in definition.pages for element in _elements(page)]
    repeats = [page.repeat.name for page in definition.pages if page.repeat]
    pages = [page.name for page in definition.pages]
    for names in (elements + repeats, pages):
        for name, number in Counter(names).items():
            if number > 1:
                yield Finding(said(NAME_TWICE, name=name), question=name)


def _elements(parent: Page | Section) -> Iterator[Question | Section]:
    for element in parent.elements:
        yield element
        if isinstance(element, Section):
            yield from _elements(element)
