"""Definitions of every shape, drawn by lot: the same number draws the same one."""

from dataclasses import replace
from itertools import count
from random import Random
from typing import Any

from participation.i18n import LocalizedText
from participation.questionnaires.definition import (
    ChoiceStyle,
    Definition,
    Option,
    Page,
    Question,
    QuestionType,
    Repeat,
    Section,
)

LANGUAGES = ("de", "tr", "ar")
WORDS = ["Wie alt?", "=1+1", "@SUM(A1)", "-2 bis +2", "Ja & nein", "zwei\nZeilen", "نعم", "ğüş", "a_b_c", "100 %", "🙂"]
LOGIC = ["", "", "true()", "1 + 1 = 2", "today() > '2026-01-01'"]
NAMES = ["a", "1", "-99", "=x", "a&b", "x.y"]
CHOICES = {QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE}
NUMBERS = {QuestionType.WHOLE_NUMBER, QuestionType.DECIMAL_NUMBER}


class Lottery:
    """Draws one questionnaire; every name stands once, and there is German everywhere."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.numbers = count()

    def definition(self) -> Definition:
        first = Question(name="name", type=QuestionType.SHORT_TEXT, label=LocalizedText(de="Name", tr="Ad", ar="اسم"))
        pages = [self.page(f"page{number}") for number in range(self.random.randint(1, 4))]
        return Definition(languages=LANGUAGES, pages=(Page(name="opening", elements=(first,)), *pages))

    def page(self, name: str) -> Page:
        elements: list[Question | Section] = [self.question() for _one in range(self.random.randint(1, 5))]
        if self.random.random() < 0.5:
            elements.append(self.section())
        repeat = Repeat(name=self.one_of([name, f"{name}_times"]), count=self.one_of(["", "3"]), most=7)
        return Page(
            name=name,
            title=self.text(),
            hint=self.text(),
            relevant=self.one_of(LOGIC),
            repeat=self.one_of([None, None, repeat]),
            elements=tuple(elements),
        )

    def section(self) -> Section:
        is_matrix = self.random.random() < 0.5
        rows = [self.question(QuestionType.SINGLE_CHOICE) for _one in range(self.random.randint(1, 3))]
        elements = tuple(replace(row, options=rows[0].options) if is_matrix else row for row in rows)
        return Section(name=self.name("s"), title=self.text(), hint=self.text(), is_matrix=is_matrix, elements=elements)

    def question(self, kind: QuestionType | None = None) -> Question:
        kind = kind or self.one_of(list(QuestionType))
        facts: dict[str, Any] = {"label": LocalizedText({**self.text(), "de": self.one_of(WORDS)}), "hint": self.text()}
        facts["relevant"] = self.one_of(LOGIC)
        if kind is QuestionType.CALCULATION:
            facts["calculation"] = self.one_of(LOGIC[2:])
        if kind not in {QuestionType.CALCULATION, QuestionType.INFORMATION}:
            facts |= self.facts_of_answers(kind)
        return Question(name=self.name("q"), type=kind, **facts)

    def facts_of_answers(self, kind: QuestionType) -> dict[str, Any]:
        facts: dict[str, Any] = {name: self.one_of([True, False]) for name in ("is_required", "may_withhold")}
        facts |= {"is_sensitive": self.one_of([True, False]), "constraint": self.one_of(LOGIC), "unit": self.text()}
        facts |= {"constraint_message": self.text(), "layer": self.one_of(["", "quartier"])}
        if kind in CHOICES:
            facts["options"] = self.options()
        if kind is QuestionType.SINGLE_CHOICE:
            facts["style"] = self.one_of(list(ChoiceStyle))
        if kind is QuestionType.SCALE:
            facts["least"], facts["most"] = self.one_of([(1.0, 5.0), (0.0, 10.0), (0.0, 100.0)])
            facts |= {"least_label": self.text(), "most_label": self.text()}
        if kind in NUMBERS:
            facts["least"], facts["most"] = self.one_of([(None, None), (0.0, 10.0), (None, 2.5), (-3.0, None)])
        return facts

    def options(self) -> tuple[Option, ...]:
        names = self.random.sample(NAMES, self.random.randint(1, 3))
        return tuple(
            Option(
                name=name,
                label=LocalizedText({**self.text(), "de": self.one_of(WORDS)}),
                is_exclusive=self.one_of([True, False]),
                attributes=self.one_of([{}, {"tone": "warm"}, {"tone": "1", "Region": "Nord"}]),
            )
            for name in names
        )

    def text(self) -> LocalizedText:
        languages = self.random.sample(LANGUAGES, self.random.randint(0, 3))
        return LocalizedText({language: self.one_of(WORDS) for language in languages})

    def name(self, beginning: str) -> str:
        return f"{beginning}{next(self.numbers)}"

    def one_of(self, things: list[Any]) -> Any:
        return self.random.choice(things)
