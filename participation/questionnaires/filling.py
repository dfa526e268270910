"""A questionnaire with the answers given so far: what is shown, in which order, and what has left again.

Everything that logic decides is decided here, in one walk through the pages from the first to the last. An answer that
logic hides is dropped on that walk, so nothing after it can be steered by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from participation.questionnaires.definition import (
    Definition,
    Option,
    Page,
    Question,
    QuestionType,
    Section,
    compiled,
)
from participation.questionnaires.expressions import ExpressionError, Value, boolean, evaluate, number, text

ONCE = 0  # the instance of what does not repeat; repeats count from 1


@dataclass(frozen=True)
class Given:
    """What a person answered: no values for "I prefer not to say", several for a multiple choice."""

    values: tuple[str, ...] = ()
    is_withheld: bool = False


Key = tuple[str, int]  # a question's name and its instance
Answers = dict[Key, Given]
NOTHING = Given()


@dataclass(frozen=True)
class Step:
    """One screen: a page, or one instance of a page that repeats."""

    page: Page
    instance: int = ONCE

    @property
    def key(self) -> Key:
        return self.page.name, self.instance


class Filling:
    """One person's way through one questionnaire.

    `answers` holds only what counts: answers that logic shows, and calculated values. `steps` are the screens that
    have something to show, in order. `opened` is the screen the person asks for, by page and instance: it may be one
    more child than there are answers for so far.
    """

    def __init__(
        self, definition: Definition, given: Mapping[Key, Given], today: date, opened: Key | None = None
    ) -> None:
        self.definition = definition
        self.given = given
        self.today = today
        self.opened = opened
        self.answers: Answers = {}
        self.shown: set[Key] = set()
        self.counts: dict[str, int] = {}
        self.steps: list[Step] = []
        for page in definition.pages:
            self._walk(page)

    # --- What pages and templates ask -----------------------------------------------------------------------------

    def answer(self, question: Question, instance: int) -> Given:
        """What counts as the answer now."""
        return self.answers.get((question.name, instance), NOTHING)

    def is_shown(self, element: Question | Section, instance: int) -> bool:
        """Whether logic shows a question or section in this instance."""
        return (element.name, instance) in self.shown

    def step(self, page_name: str, instance: int) -> Step | None:
        """The screen with this address, if the answers so far lead to it."""
        return next((one for one in self.steps if one.key == (page_name, instance)), None)

    def after(self, step: Step) -> Step | None:
        """The next screen; None when the review is next."""
        return self._neighbour(step, 1)

    def before(self, step: Step) -> Step | None:
        """The screen before; None on the first one."""
        return self._neighbour(step, -1)

    def can_add(self, step: Step) -> bool:
        """Whether the person may add another instance after this one: it is the last, and nobody counted before."""
        repeat = step.page.repeat
        return bool(repeat and not repeat.count and step.instance == self.counts[repeat.name] < repeat.most)

    def can_remove(self, step: Step) -> bool:
        """Whether this instance may be taken out again: nobody counted before, and enough are left."""
        repeat = step.page.repeat
        return bool(repeat and not repeat.count and self.counts[repeat.name] > max(repeat.least, 1))

    def options(self, question: Question, instance: int) -> Sequence[Option]:
        """The options that the choice filter leaves."""
        if not question.choice_filter:
            return question.options
        source = question.choice_filter
        return [
            option
            for option in question.options
            if boolean(self._value(source, _Place(self, instance, option=option), on_error=True))
        ]

    def accepts(self, question: Question, instance: int, values: Sequence[str]) -> bool:
        """Whether the question's own rule lets this answer pass."""
        if not question.constraint:
            return True
        place = _Place(self, instance, current=" ".join(values))
        return boolean(self._value(question.constraint, place, on_error=True))

    def evaluate(self, source: str, instance: int = ONCE) -> Value:
        """The value of an expression at one place of this filling; "" when it cannot be worked out."""
        return self._value(source, _Place(self, instance), on_error="")

    # --- The walk -----------------------------------------------------------------------------------------------------

    def _walk(self, page: Page) -> None:
        for instance in self._instances(page):
            if self._holds(page.relevant, instance):
                self._walk_elements(page.elements, instance)
                if any((question.name, instance) in self.shown for question in page.questions):
                    self.steps.append(Step(page, instance))

    def _walk_elements(self, elements: Sequence[Question | Section], instance: int) -> None:
        for element in elements:
            if not self._holds(element.relevant, instance):
                continue
            if isinstance(element, Section):
                self.shown.add((element.name, instance))
                self._walk_elements(element.elements, instance)
            elif element.type is QuestionType.CALCULATION:
                calculated = text(self.evaluate(element.calculation, instance))
                if calculated:
                    self.answers[element.name, instance] = Given((calculated,))
            elif not element.choice_filter or self.options(element, instance):
                self.shown.add((element.name, instance))
                self._keep(element, instance)

    def _keep(self, question: Question, instance: int) -> None:
        """Take over the answer; options that a filter or a new version took away are not taken over."""
        given = self.given.get((question.name, instance))
        if given and question.options and not given.is_withheld:
            left = {option.name for option in self.options(question, instance)}
            values = tuple(value for value in given.values if value in left)
            given = Given(values) if values else None
        if given:
            self.answers[question.name, instance] = given

    def _instances(self, page: Page) -> Sequence[int]:
        repeat = page.repeat
        if repeat is None:
            return [ONCE]
        if repeat.count:
            wanted = number(self.evaluate(repeat.count))
            count = int(min(max(wanted, 0), repeat.most)) if wanted == wanted else 0
        else:
            names = {question.name for question in page.questions}
            answered = (instance for name, instance in self.given if name in names)
            count = max(max(answered, default=0), repeat.least, 1)
            if self.opened == (page.name, count + 1):
                count += 1
            count = min(count, repeat.most)
        self.counts[repeat.name] = count
        return range(1, count + 1)

    def _holds(self, source: str, instance: int) -> bool:
        return not source or boolean(self._value(source, _Place(self, instance), on_error=True))

    def _value(self, source: str, place: "_Place", on_error: Value) -> Value:
        try:
            return evaluate(compiled(source), place)
        except ExpressionError:
            return on_error

    def _neighbour(self, step: Step, distance: int) -> Step | None:
        place = self.steps.index(step) + distance
        return self.steps[place] if 0 <= place < len(self.steps) else None


class _Place:
    """What an expression sees from where it stands (the Scope of the expression language)."""

    def __init__(self, filling: Filling, instance: int, current: Value = "", option: Option | None = None) -> None:
        self.filling = filling
        self.instance = instance
        self.current = current
        self.option = option

    @property
    def position(self) -> int:
        return max(self.instance, 1)

    @property
    def today(self) -> date:
        return self.filling.today

    def value(self, name: str) -> Value:
        page = self.filling.definition.page_of.get(name)
        instance = ONCE if page is None or page.repeat is None else max(self.instance, 1)
        return " ".join(self.filling.answers.get((name, instance), NOTHING).values)

    def values(self, name: str) -> Sequence[Value]:
        page = self.filling.definition.page_of.get(name)
        if page is None or page.repeat is None:
            return [self.value(name)]
        count = self.filling.counts.get(page.repeat.name, 0)
        given = (self.filling.answers.get((name, instance), NOTHING) for instance in range(1, count + 1))
        return [" ".join(one.values) for one in given]

    def count(self, name: str) -> int:
        page = self.filling.definition.page_of.get(name)
        repeat = page.repeat.name if page and page.repeat else name
        return self.filling.counts.get(repeat, 0)

    def choice_label(self, question_name: str, option_name: str) -> str:
        question = self.filling.definition.questions.get(question_name)
        option = question.options_by_name.get(option_name) if question else None
        return str(option.label) if option else ""

    def attribute(self, name: str) -> str | None:
        if self.option is None:
            return None
        if name == "name":
            return self.option.name
        return self.option.attributes.get(name)
