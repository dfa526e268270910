"""One screen as the template sees it: what to ask, what was typed or answered, and what is wrong with it."""

import json
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from babel.dates import get_month_names
from flask import get_template_attribute
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from participation.i18n import LocalizedText, Passage, current_language, has_fallback, note_fallback
from participation.memory import remembered
from participation.questionnaires import replies
from participation.questionnaires.definition import Option, Question, QuestionType, Section, compiled
from participation.questionnaires.expressions import Expression, ExpressionError, references, to_json
from participation.questionnaires.filling import ONCE, Filling, Given, Step
from participation.questionnaires.wording import words


class Rendered(NamedTuple):
    """The HTML of a screen's questions, and whether some of it is in another language than the page."""

    html: Markup
    has_fallback: bool


class Screen:
    """Everything the template of one step needs; `form` is what was just posted, if it must be shown again."""

    shows_conditions = False

    def __init__(
        self,
        step: Step,
        filling: Filling,
        places: replies.Places,
        form: MultiDict[str, str] | None = None,
        errors: dict[str, str] | None = None,
    ) -> None:
        self.step = step
        self.filling = filling
        self.places = places
        self.form = form
        self.errors = errors or {}
        self.live = dict(_live(step))

    # --- What stands on the screen --------------------------------------------------------------------------------

    def elements(self, elements: Sequence[Question | Section]) -> Iterator[Question | Section]:
        """What logic shows, and what it may show as soon as another answer on this screen is given."""
        for element in elements:
            if isinstance(element, Question) and element.type is QuestionType.CALCULATION:
                continue
            if self.is_shown(element) or element.name in self.live:
                yield element

    def is_shown(self, element: Question | Section, /) -> bool:
        return self.filling.is_shown(element, self.step.instance)

    def words(self, text: LocalizedText) -> Passage | str:
        """A text of the questionnaire with earlier answers inserted."""
        return words(text, self.filling, self.step.instance, self.places.areas("") if "${" in str(text) else None)

    def options(self, question: Question) -> Sequence[Option]:
        return self.filling.options(question, self.step.instance)

    def points(self, question: Question) -> range:
        return replies.scale_points(question)

    def areas(self, question: Question) -> dict[str, LocalizedText]:
        return self.places.areas(question.layer)

    def months(self) -> dict[int, str]:
        """The months by number, in the reader's language."""
        return dict(get_month_names("wide", "stand-alone", locale=current_language().locale))

    # --- What was typed or answered -------------------------------------------------------------------------------

    def value(self, question: Question, part: str = "") -> str:
        """What stands in a field: as typed when the screen is shown again, else the answer, else the default."""
        if self.form is not None:
            return self.form.get(f"q.{question.name}:{part}" if part else f"q.{question.name}", "")
        given = self._given(question)
        value = given.values[0] if given.values else ""
        return _part(value, part) if part else value

    def searched(self, question: Question) -> str:
        """What stands in the field of a searchable list: as typed, or the chosen option's label."""
        value = self.value(question)
        option = question.options_by_name.get(value) if self.form is None else None
        return str(option.label) if option else value

    def is_chosen(self, question: Question, value: str) -> bool:
        if self.form is not None:
            return value in self.form.getlist(f"q.{question.name}")
        given = self._given(question)
        return given.is_withheld if value == replies.WITHHELD else value in given.values

    def is_withheld(self, question: Question) -> bool:
        """Whether the box "I prefer not to say" beside a text or number is ticked."""
        if self.form is not None:
            return f"q.{question.name}:withheld" in self.form
        return self._given(question).is_withheld

    def error(self, question: Question) -> str:
        return self.errors.get(question.name, "")

    @property
    def mistakes(self) -> list[tuple[Question, str]]:
        """The mistakes in reading order."""
        return [(one, self.errors[one.name]) for one in self.step.page.questions if one.name in self.errors]

    def _given(self, question: Question) -> Given:
        given = self.filling.answer(question, self.step.instance)
        if given.values or given.is_withheld or not question.default:
            return given
        default = question.default
        value = str(self.filling.evaluate(default, self.step.instance)) if "(" in default or "$" in default else default
        return Given(tuple(value.split()) if question.type is QuestionType.MULTIPLE_CHOICE else (value,))

    # --- As HTML --------------------------------------------------------------------------------------------------

    def html(self) -> Markup:
        """The questions of the screen. While nothing is answered they look alike to everybody, so they are kept."""
        if not self.is_untouched:
            return self._rendered().html
        known = remembered(("screen", *self._appearance()), self._rendered)
        if known.has_fallback:
            note_fallback()
        return known.html

    @property
    def same_for_all(self) -> Hashable | None:
        """What the look of the whole screen depends on; None when something on it is of this person only."""
        if self.needed_elsewhere or not self.step.page.has_plain_heading or not self.is_untouched:
            return None
        return self.step.key, *self._appearance()

    def _appearance(self) -> tuple[Hashable, ...]:
        """The wording, what logic shows of it, the areas on offer, and the language."""
        here = {one.name for one in self.step.page.elements} | {one.name for one in self.step.page.questions}
        shown = tuple(sorted(name for name, at in self.filling.shown if at == self.step.instance and name in here))
        areas = [self.areas(one) for one in self.step.page.questions if one.type is QuestionType.DISTRICT]
        names = tuple((area_id, str(name)) for one in areas for area_id, name in one.items())
        return self.filling.definition.fingerprint, self.step.page.name, shown, names, current_language().tag

    @property
    def is_untouched(self) -> bool:
        """Whether this screen shows nothing that this person typed, answered or was answered for elsewhere."""
        if self.form is not None or not self.step.page.is_plain:
            return False
        return not any((one.name, self.step.instance) in self.filling.answers for one in self.step.page.questions)

    def _rendered(self) -> "Rendered":
        elements = get_template_attribute("questionnaires/screen.html", "elements")
        return Rendered(elements(self, self.step.page.elements), has_fallback())

    # --- For the browser ------------------------------------------------------------------------------------------

    @property
    def needed_elsewhere(self) -> set[str]:
        """The questions of other screens that decide here what is shown."""
        here = {question.name for question in self.step.page.questions}
        return {name for expression in self.live.values() for name in references(expression)} - here

    @property
    def logic(self) -> str:
        """What the browser needs to show and hide at once; "" when nothing on the screen depends on the screen."""
        if not self.live:
            return ""
        return json.dumps(
            {
                "show": {name: to_json(expression.root) for name, expression in self.live.items()},
                "answers": {name: self._value_of(name) for name in sorted(self.needed_elsewhere)},
                "position": max(self.step.instance, 1),
                "today": self.filling.today.isoformat(),
            },
            separators=(",", ":"),
        )

    def _value_of(self, name: str) -> str:
        page = self.filling.definition.page_of.get(name)
        instance = self.step.instance if page and page.repeat else ONCE
        return " ".join(self.filling.answers.get((name, instance), Given()).values)


class ProofScreen(Screen):
    """A screen with everything on it and its conditions written out, for staff who proofread."""

    shows_conditions = True

    def is_shown(self, _element: Question | Section, /) -> bool:
        return True

    def options(self, question: Question) -> Sequence[Option]:
        return question.options


def _live(step: Step) -> Iterator[tuple[str, Expression]]:
    """The elements whose showing depends on answers of the same screen."""
    here = {question.name for question in step.page.questions}

    def walk(elements: Sequence[Question | Section]) -> Iterator[tuple[str, Expression]]:
        for element in elements:
            expression = _readable(element.relevant)
            if expression and references(expression) & here:
                yield element.name, expression
            if isinstance(element, Section):
                yield from walk(element.elements)

    return walk(step.page.elements)


def _readable(source: str) -> Expression | None:
    """The expression, unless it is empty or broken: what is broken never hides a question."""
    try:
        return compiled(source) if source else None
    except ExpressionError:
        return None


def _part(value: str, part: str) -> str:
    """Day, month or year of an ISO date."""
    pieces: list[str] = value.split("-")
    places: dict[str, int] = {"year": 0, "month": 1, "day": 2}
    if part not in places or len(pieces) <= places[part]:
        return ""
    return pieces[places[part]].lstrip("0")
