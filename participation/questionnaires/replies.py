"""Reading what was posted for one screen: answers where they can be read, a sentence for each mistake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from werkzeug.datastructures import MultiDict

from participation import reading
from participation.i18n import LazyText, LocalizedText, _, _l, format_number, ngettext
from participation.questionnaires.definition import ChoiceStyle, Question, QuestionType
from participation.questionnaires.filling import Answers, Filling, Given, Step
from participation.reading import Unreadable
from participation.text_matching import fold

PREFIX = "q."
WITHHELD = "~"  # no option can be called so: names are letters, digits, _ - and .
SHOWN = "shown"
LONGEST_SHORT_TEXT = 500
LONGEST_TEXT = 5_000
FIRST_YEAR, LAST_YEAR = 1900, 2100

CHOOSE_ONE = _l("Please choose one of the options.")
CHOOSE_SOME = _l("Please choose at least one option.")
FILL_IN = _l("Please answer this question.")
EITHER_OR = _l("Please either answer or choose “I prefer not to say”, not both.")
NOT_OFFERED = _l("This answer is not one of the options. Please choose again.")
NOT_IN_LIST = _l("We do not find this in the list. Please type the beginning of the word and choose from the list.")
SEVERAL_FOUND = _l("Several entries of the list begin like this. Please type more letters or choose from the list.")
EXCLUSIVE = _l("One of your choices cannot go together with others. Please choose again.")
AGREE = _l("We need your agreement here to go on.")
NOT_A_MONTH = _l("Please choose a month and enter a year, for example 2019.")
NOT_A_YEAR = _l("Please enter a year with four digits, for example 2019.")
UNKNOWN_STREET = _l("We do not know this street. Please choose the area from the list.")
SEVERAL_AREAS = _l("This street runs through several areas. Please choose yours from the list.")
RULE_BROKEN = _l("This answer does not fit. Please check it.")


class Places(Protocol):
    """The areas of the city, as the room that asks provides them; the questionnaire itself knows no map."""

    def areas(self, layer: str) -> dict[str, LocalizedText]:
        """Names of the areas that may be chosen, by id."""

    def by_street(self, typed: str, layer: str) -> list[str]:
        """The ids of the areas that a typed street lies in."""


@dataclass
class Replies:
    """One screen as it was sent. `typed` is kept as it came, so that nothing is lost when it must be shown again."""

    answers: Answers = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)  # questions that only this screen's answers brought up


def read(step: Step, filling: Filling, form: MultiDict[str, str], places: Places) -> Replies:
    """Read every question of the screen; the filling tells which options are left at this point."""
    replies = Replies()
    reader = _Reader(step, filling, form, places)
    for question in step.page.questions:
        if not question.is_asked:
            continue
        try:
            given = reader.given(question)
        except Unreadable as error:
            replies.errors[question.name] = str(error)
            continue
        if given is not None:
            replies.answers[question.name, step.instance] = given
    return replies


def judge(step: Step, filling: Filling, form: MultiDict[str, str], replies: Replies) -> None:
    """Ask what only the whole can tell: what is required and was shown, and which rule an answer breaks.

    `filling` already holds the answers of this screen, so what they hide is no longer asked for.
    """
    seen = set(form.getlist(SHOWN))
    for question in step.page.questions:
        if not question.is_asked or not filling.is_shown(question, step.instance):
            replies.errors.pop(question.name, None)
            continue
        given = filling.answers.get((question.name, step.instance))
        if question.name not in seen:
            replies.unseen.append(question.name)
        elif given is None and question.is_required:
            replies.errors.setdefault(question.name, str(_missing(question)))
        elif given and given.values and not filling.accepts(question, step.instance, given.values):
            replies.errors.setdefault(question.name, str(question.constraint_message) or str(RULE_BROKEN))


def foreign_fields(step: Step, form: MultiDict[str, str]) -> Iterator[str]:
    """Fields for questions that are not on this screen: no page of ours sends them (V6)."""
    known = {question.name for question in step.page.questions if question.is_asked}
    for key in form:
        if key.startswith(PREFIX) and key.removeprefix(PREFIX).split(":")[0] not in known:
            yield key


def _missing(question: Question) -> LazyText:
    match question.type:
        case QuestionType.SINGLE_CHOICE | QuestionType.YES_NO | QuestionType.SCALE | QuestionType.DISTRICT:
            return CHOOSE_ONE
        case QuestionType.MULTIPLE_CHOICE:
            return CHOOSE_SOME
        case QuestionType.CONSENT:
            return AGREE
    return FILL_IN


class _Reader:
    """Reads one question after the other from the posted form."""

    def __init__(self, step: Step, filling: Filling, form: MultiDict[str, str], places: Places) -> None:
        self.step = step
        self.filling = filling
        self.form = form
        self.places = places

    def given(self, question: Question) -> Given | None:
        """The answer, None when there is none; raises Unreadable with the sentence to show."""
        values = READERS[question.type](self, question)
        if question.may_withhold and self.is_withheld(question):
            if values:
                raise Unreadable(EITHER_OR)
            return Given(is_withheld=True)
        return Given(tuple(values)) if values else None

    def is_withheld(self, question: Question) -> bool:
        return WITHHELD in self.form.getlist(PREFIX + question.name) or self.part(question, "withheld") != ""

    def typed(self, question: Question) -> str:
        value: str = self.form.get(PREFIX + question.name, "").strip()
        return "" if value == WITHHELD else value

    def part(self, question: Question, name: str) -> str:
        value: str = self.form.get(f"{PREFIX}{question.name}:{name}", "").strip()
        return value

    def one_option(self, question: Question) -> list[str]:
        value = self.typed(question)
        if value and question.style is ChoiceStyle.SEARCHABLE:
            value = self.searched(question, value)
        if value and value not in self.offered(question):
            raise Unreadable(NOT_OFFERED)
        return [value] if value else []

    def searched(self, question: Question, typed: str) -> str:
        """The option whose label was typed, in any language and spelling; or the only one that begins so."""
        wanted = fold(typed[:LONGEST_SHORT_TEXT])
        labels = {
            option.name: [fold(label) for label in option.label.values()]
            for option in self.filling.options(question, self.step.instance)
        }
        exact = [name for name, known in labels.items() if wanted in known]
        begun = [name for name, known in labels.items() if any(label.startswith(wanted) for label in known)]
        found = exact or begun
        if len(found) != 1:
            raise Unreadable(SEVERAL_FOUND if found else NOT_IN_LIST)
        return found[0]

    def offered(self, question: Question) -> set[str]:
        match question.type:
            case QuestionType.YES_NO:
                return {"yes", "no"}
            case QuestionType.SCALE:
                return {str(point) for point in scale_points(question)}
        return {option.name for option in self.filling.options(question, self.step.instance)}

    def several_options(self, question: Question) -> list[str]:
        chosen = [value for value in self.form.getlist(PREFIX + question.name) if value != WITHHELD]
        if not set(chosen) <= self.offered(question):
            raise Unreadable(NOT_OFFERED)
        values = [option.name for option in question.options if option.name in chosen]
        if len(values) > 1 and any(question.options_by_name[value].is_exclusive for value in values):
            raise Unreadable(EXCLUSIVE)
        if values and not question.options_by_name[values[0]].is_exclusive:
            _check_count(question, len(values))
        return values

    def whole_number(self, question: Question) -> list[str]:
        typed = self.typed(question)
        return [_within(question, reading.whole_number(typed))] if typed else []

    def decimal_number(self, question: Question) -> list[str]:
        typed = self.typed(question)
        return [_within(question, reading.decimal_number(typed))] if typed else []

    def text(self, question: Question) -> list[str]:
        typed = self.typed(question).replace("\r\n", "\n")
        most = LONGEST_SHORT_TEXT if question.type is QuestionType.SHORT_TEXT else LONGEST_TEXT
        if len(typed) > most:
            raise TooLong(most, len(typed))
        return [typed] if typed else []

    def date(self, question: Question) -> list[str]:
        parts = [self.part(question, name) for name in ("day", "month", "year")]
        if not any(parts):
            return []
        return [reading.day(".".join(parts)).isoformat()]

    def month(self, question: Question) -> list[str]:
        month, year = self.part(question, "month"), self.part(question, "year")
        if not month and not year:
            return []
        try:
            return [f"{date(_year(year), reading.whole_number(month), 1):%Y-%m}"]
        except ValueError as error:
            raise Unreadable(NOT_A_MONTH) from error

    def year(self, question: Question) -> list[str]:
        typed = self.typed(question)
        if not typed:
            return []
        try:
            return [_within(question, _year(typed))]
        except ValueError as error:
            raise error if isinstance(error, OutOfBounds) else Unreadable(NOT_A_YEAR) from error

    def district(self, question: Question) -> list[str]:
        value, street = self.typed(question), self.part(question, "street")
        if value:
            if value not in self.places.areas(question.layer):
                raise Unreadable(NOT_OFFERED)
            return [value]
        if not street:
            return []
        found = self.places.by_street(street[:200], question.layer)
        if len(found) != 1:
            raise Unreadable(SEVERAL_AREAS if found else UNKNOWN_STREET)
        return found  # only the area is kept, never the street

    def consent(self, question: Question) -> list[str]:
        return ["yes"] if self.typed(question) == "yes" else []

    def nothing(self, _question: Question) -> list[str]:
        return []


READERS: dict[QuestionType, Callable[[_Reader, Question], list[str]]] = {
    QuestionType.SINGLE_CHOICE: _Reader.one_option,
    QuestionType.MULTIPLE_CHOICE: _Reader.several_options,
    QuestionType.YES_NO: _Reader.one_option,
    QuestionType.SCALE: _Reader.one_option,
    QuestionType.WHOLE_NUMBER: _Reader.whole_number,
    QuestionType.DECIMAL_NUMBER: _Reader.decimal_number,
    QuestionType.SHORT_TEXT: _Reader.text,
    QuestionType.LONG_TEXT: _Reader.text,
    QuestionType.DATE: _Reader.date,
    QuestionType.MONTH: _Reader.month,
    QuestionType.YEAR: _Reader.year,
    QuestionType.DISTRICT: _Reader.district,
    QuestionType.CONSENT: _Reader.consent,
    QuestionType.INFORMATION: _Reader.nothing,
    QuestionType.CALCULATION: _Reader.nothing,
}


class OutOfBounds(Unreadable):
    """A number below the least or above the most."""

    def __init__(self, question: Question) -> None:
        super().__init__(RULE_BROKEN)
        self.question = question

    def __str__(self) -> str:
        least, most = self.question.least, self.question.most
        if least is not None and most is not None:
            return _(
                "Please enter a number from %(least)s to %(most)s.",
                least=format_number(least),
                most=format_number(most),
            )
        if least is not None:
            return _("Please enter %(least)s or more.", least=format_number(least))
        return _("Please enter %(most)s or less.", most=format_number(most or 0))


class TooLong(Unreadable):
    """A text that does not fit; nothing of it is cut off."""

    def __init__(self, most: int, length: int) -> None:
        super().__init__(RULE_BROKEN)
        self.most, self.length = most, length

    def __str__(self) -> str:
        return _(
            "Your text has %(length)s characters. At most %(most)s fit here.",
            length=format_number(self.length),
            most=format_number(self.most),
        )


class WrongCount(Unreadable):
    """Too few or too many options chosen."""

    def __init__(self, question: Question, count: int) -> None:
        super().__init__(RULE_BROKEN)
        self.question, self.count = question, count

    def __str__(self) -> str:
        least, most = int(self.question.least or 0), int(self.question.most or 0)
        if self.count < least:
            return ngettext("Please choose at least %(n)s option.", "Please choose at least %(n)s options.", least)
        return ngettext("Please choose at most %(n)s option.", "Please choose at most %(n)s options.", most)


def scale_points(question: Question) -> range:
    """The points of a scale, both ends included."""
    return range(int(question.least or 0), int(question.most or 0) + 1)


def _check_count(question: Question, count: int) -> None:
    if (question.least and count < question.least) or (question.most and count > question.most):
        raise WrongCount(question, count)


def _within(question: Question, value: int | Decimal) -> str:
    if (question.least is not None and value < question.least) or (question.most is not None and value > question.most):
        raise OutOfBounds(question)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _year(typed: str) -> int:
    year = reading.whole_number(typed)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(NOT_A_YEAR)
    return year
