"""Which texts are missing: in the source language nobody can do without, in the others German stands in."""

from collections.abc import Iterator, Sequence

from participation.i18n import LocalizedText, _l, format_list, language
from participation.questionnaires.checking.findings import Finding, said
from participation.questionnaires.definition import Definition, Page, Question, QuestionType, Section

WITHOUT_LABEL = _l("This question has no text.")
OPTION_WITHOUT_LABEL = _l("The option “%(option)s” has no text.")
MISSING_IN_SOURCE = _l("A text is missing in %(language)s, the language that all others fall back to.")
MISSING_IN_ONE = _l("Texts are missing in %(language)s: %(count)s of %(total)s.")
NOT_TRANSLATED = _l("The questionnaire is not translated into these languages of the site: %(languages)s.")

Text = tuple[str, str, LocalizedText]  # page, question, text


def findings(definition: Definition, offered: Sequence[str] = ()) -> Iterator[Finding]:
    source = definition.source_language
    texts = list(_texts(definition))
    yield from _unlabelled(definition)
    for page, question, text in texts:
        if source not in text:
            told = said(MISSING_IN_SOURCE, language=language(source).name)
            yield Finding(told, page=page, question=question, language=source)
    for tag in definition.languages:
        missing = [question or page for page, question, text in texts if tag not in text]
        if missing and tag != source:
            told = said(MISSING_IN_ONE, language=language(tag).name, count=len(missing), total=len(texts))
            places = tuple(dict.fromkeys(missing))
            yield Finding(told, is_refusal=False, language=tag, places=places)
    lacking = [language(tag).name for tag in offered if tag not in definition.languages]
    if lacking:
        yield Finding(said(NOT_TRANSLATED, languages=format_list(lacking)), is_refusal=False)


def _unlabelled(definition: Definition) -> Iterator[Finding]:
    for page in definition.pages:
        for question in page.questions:
            if not question.label and question.type is not QuestionType.CALCULATION:
                yield Finding(WITHOUT_LABEL, page=page.name, question=question.name)
            for option in question.options:
                if not option.label:
                    told = said(OPTION_WITHOUT_LABEL, option=option.name)
                    yield Finding(told, page=page.name, question=question.name)


def _texts(definition: Definition) -> Iterator[Text]:
    """All texts that people read, each with its place; what is empty in every language is none."""
    for page in definition.pages:
        for question, text in _texts_in(page):
            if text:
                yield page.name, question, text


def _texts_in(parent: Page | Section) -> Iterator[tuple[str, LocalizedText]]:
    yield "" if isinstance(parent, Page) else parent.name, parent.title
    yield "" if isinstance(parent, Page) else parent.name, parent.hint
    for element in parent.elements:
        if isinstance(element, Section):
            yield from _texts_in(element)
        elif element.type is not QuestionType.CALCULATION:
            yield from ((element.name, text) for text in texts_of(element))


def texts_of(question: Question) -> list[LocalizedText]:
    """All texts of a question, those of its options too."""
    ends = [question.least_label, question.most_label]
    own = [question.label, question.hint, question.constraint_message, question.unit, *ends]
    return own + [option.label for option in question.options]
