"""Small questionnaires, with only the facts that matter spelled out."""

from datetime import date
from typing import Any

from participation.i18n import LocalizedText
from participation.questionnaires.definition import Definition, Option, Page, Question, QuestionType, Repeat, Section
from participation.questionnaires.filling import Answers, Filling, Given

TODAY = date(2026, 5, 4)
SINGLE, MULTIPLE, YES_NO, SCALE = (
    QuestionType.SINGLE_CHOICE,
    QuestionType.MULTIPLE_CHOICE,
    QuestionType.YES_NO,
    QuestionType.SCALE,
)
WHOLE, DECIMAL, TEXT = QuestionType.WHOLE_NUMBER, QuestionType.DECIMAL_NUMBER, QuestionType.SHORT_TEXT


def ask(name: str, type: QuestionType = TEXT, options: str = "", **facts: Any) -> Question:  # noqa: A002
    """A question; options as "red green none!" where ! marks an exclusive one."""
    made = tuple(
        Option(name=one.rstrip("!"), label=LocalizedText(de=one.rstrip("!").title()), is_exclusive=one.endswith("!"))
        for one in options.split()
    )
    return Question(name=name, type=type, label=LocalizedText(de=f"{name}?"), options=made, **facts)


def page(name: str, *elements: Question | Section, **facts: Any) -> Page:
    """A page."""
    return Page(name=name, title=LocalizedText(de=name.title()), elements=elements, **facts)


def each(name: str, count: str = "", **facts: Any) -> Repeat:
    """A repeat."""
    return Repeat(name=name, count=count, **facts)


def questionnaire(*pages: Page) -> Definition:
    """A whole questionnaire in German."""
    return Definition(languages=("de",), pages=pages)


def given(**values: str | list[str]) -> Answers:
    """Answers by question; name__2 is the second instance of a repeat, ~ is "I prefer not to say"."""
    answers: Answers = {}
    for key, value in values.items():
        name, _, instance = key.partition("__")
        some = tuple(value) if isinstance(value, list) else (value,)
        answers[name, int(instance or 0)] = Given(is_withheld=True) if some == ("~",) else Given(some)
    return answers


def filled(definition: Definition, **values: str | list[str]) -> Filling:
    """The questionnaire with these answers."""
    return Filling(definition, given(**values), TODAY)


def path(filling: Filling) -> list[str]:
    """The screens in order: a page's name, with the instance where it repeats."""
    return [f"{step.page.name} {step.instance}" if step.instance else step.page.name for step in filling.steps]
