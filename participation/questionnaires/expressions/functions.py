"""The functions of the language; all values are worked out before, so none of them sees the questionnaire."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context
from functools import lru_cache, reduce
from math import ceil, floor, inf, isfinite, nan, pow, sqrt, trunc  # noqa: A004 - real numbers only

import re2

from participation.questionnaires.expressions import errors
from participation.questionnaires.expressions.errors import ExpressionError
from participation.questionnaires.expressions.values import (
    BLANKS,
    MOMENT,
    Value,
    boolean,
    day,
    day_number,
    names,
    number,
    rounded,
    text,
    whole,
)

LONGEST_MATCHED_TEXT = 10_000
MANY = 1_000  # arguments; more do not fit into an expression anyway


@dataclass(frozen=True)
class Function:
    """How many arguments it takes and what it makes of them.

    `gathers` is the place of a list: a single question there stands for its answers in all instances of a repeat.
    `check` looks at a pattern while the expression is read, so that staff and not residents meet the mistake.
    """

    least: int
    most: int
    run: Callable[..., Value]
    gathers: int | None = None
    check: Callable[[str], object] | None = None


def of_texts(run: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: run(*map(text, values))


def of_numbers(run: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: run(*map(number, values))


def to_whole(run: Callable[[float], int]) -> Callable[..., Value]:
    return of_numbers(lambda value: float(run(value)) if isfinite(value) else value)


def selected(chosen: Value, name: Value) -> bool:
    return text(name).strip(BLANKS) in names(chosen)


def selected_at(chosen: Value, index: Value) -> str:
    options, place = names(chosen), whole(index)
    return options[place] if 0 <= place < len(options) else ""


def coalesce(*values: Value) -> Value:
    return next((value for value in values if value != ""), "")


def substr(value: Value, start: Value, end: Value = inf) -> str:
    """Counted from 0; a negative place counts from the end."""
    return text(value)[whole(start) : whole(end)]


def substring(value: Value, start: Value, length: Value = inf) -> str:
    """Counted from 1, with XPath's rounding of places that are not whole."""
    first = rounded(number(start))
    end = first + rounded(number(length))
    return "".join(character for place, character in enumerate(text(value), 1) if first <= place < end)


def substring_before(value: str, mark: str) -> str:
    return value[: max(0, value.find(mark))]


def substring_after(value: str, mark: str) -> str:
    return value[value.find(mark) + len(mark) :] if mark in value else ""


def normalize_space(value: str) -> str:
    return " ".join(names(value))


def translate(value: str, old: str, new: str) -> str:
    exchanged: dict[str, str] = {}
    for place, character in enumerate(old):
        exchanged.setdefault(character, new[place : place + 1])
    return "".join(exchanged.get(character, character) for character in value)


@lru_cache(maxsize=500)
def matcher(pattern: str) -> Callable[[str], object]:
    """RE2 needs linear time whatever the pattern, so no answer can keep the server busy."""
    options = re2.Options()
    options.log_errors = False
    try:
        fits: Callable[[str], object] = re2.compile(pattern, options).fullmatch  # type: ignore[no-untyped-call]
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace")
        raise ExpressionError(errors.PATTERN, 1, pattern=pattern, reason=reason) from None
    return fits


def regex(value: str, pattern: str) -> bool:
    """Whether the whole text fits, as in ODK; a text beyond the limit fits nothing."""
    fits = matcher(pattern)
    return len(value) <= LONGEST_MATCHED_TEXT and fits(value) is not None


FIFTEEN_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


def power(base: float, exponent: float) -> float:
    """To 15 digits: the last one differs between computers, and the browser must come to the same result."""
    if exponent != exponent or (abs(base) == 1 and not isfinite(exponent)):
        return nan  # Python says 1
    try:
        result = pow(base + 0.0, exponent)  # "+ 0.0" turns minus zero into zero
    except OverflowError:
        return -inf if base < 0 and exponent % 2 == 1 else inf
    except ValueError:
        return nan if base else inf
    return float(FIFTEEN_DIGITS.create_decimal_from_float(result))


def square_root(value: float) -> float:
    return sqrt(value) if value >= 0 else nan


def numbers(values: tuple[Value, ...]) -> list[float]:
    """Questions without an answer do not take part."""
    return [number(value) for value in values if value != ""]


def least(*values: Value) -> float:
    found = numbers(values)
    return min(found) if found and all(value == value for value in found) else nan


def most(*values: Value) -> float:
    found = numbers(values)
    return max(found) if found and all(value == value for value in found) else nan


def total(*values: Value) -> float:
    # Python's own sum() makes up for lost digits, which the browser's addition does not.
    return reduce(lambda left, right: left + right, numbers(values), 0.0)


def is_within(amount: float, lowest: Value, highest: Value) -> bool:
    """A negative bound is none."""
    low, high = number(lowest), number(highest)
    return (low < 0 or amount >= low) and (high < 0 or amount <= high)


def checklist(lowest: Value, highest: Value, *answers: Value) -> bool:
    return is_within(sum(map(boolean, answers)), lowest, highest)


def weighted_checklist(lowest: Value, highest: Value, *pairs: Value) -> bool:
    weights = (weight for answer, weight in zip(pairs[::2], pairs[1::2], strict=False) if boolean(answer))
    return is_within(reduce(lambda left, right: left + number(right), weights, 0.0), lowest, highest)


def to_day(value: Value) -> Value:
    """A day from a day, a moment or a number of days since 1970; anything else becomes unanswered."""
    on = day(value)
    return on or day_number(number(value)) or ""


DATE_PARTS: dict[str, Callable[[date, str], str]] = {
    "%Y": lambda on, _: f"{on.year:04}",
    "%y": lambda on, _: f"{on.year % 100:02}",
    "%m": lambda on, _: f"{on.month:02}",
    "%n": lambda on, _: str(on.month),
    "%d": lambda on, _: f"{on.day:02}",
    "%e": lambda on, _: str(on.day),
    "%H": lambda _, time: time[:2],
    "%h": lambda _, time: str(int(time[:2])),
    "%M": lambda _, time: time[2:4],
    "%S": lambda _, time: time[4:6],
    "%3": lambda _, time: time[6:],
}


def check_date_pattern(pattern: str) -> None:
    """Names of months and weekdays are refused: they would be in one language for all readers."""
    for part in re.findall("%.?", pattern, re.DOTALL):
        if part not in DATE_PARTS:
            raise ExpressionError(errors.DATE_PATTERN, 1, part=part, allowed=" ".join(DATE_PARTS))


def format_date(value: Value, pattern: Value) -> str:
    check_date_pattern(text(pattern))
    on = to_day(value)
    if not isinstance(on, date):
        return ""
    return re.sub("%.", lambda part: DATE_PARTS[part[0]](on, time_of(value)), text(pattern))


def time_of(value: Value) -> str:
    """Hours, minutes, seconds and thousandths in nine digits; noughts if the value is a day."""
    moment = MOMENT.fullmatch(text(value))
    hours, minutes, seconds, thousandths = moment.group(3, 4, 6, 8) if moment else (None, None, None, None)
    return f"{hours or '00'}{minutes or '00'}{seconds or '00'}{thousandths or '000'}"


FUNCTIONS: dict[str, Function] = {
    "true": Function(0, 0, lambda: True),
    "false": Function(0, 0, lambda: False),
    "not": Function(1, 1, lambda value: not boolean(value)),
    "boolean": Function(1, 1, boolean),
    "boolean-from-string": Function(1, 1, of_texts(lambda value: value in ("true", "1"))),
    "coalesce": Function(1, MANY, coalesce),
    "selected": Function(2, 2, selected),
    "selected-at": Function(2, 2, selected_at),
    "count-selected": Function(1, 1, lambda chosen: float(len(names(chosen)))),
    "checklist": Function(3, MANY, checklist),
    "weighted-checklist": Function(4, MANY, weighted_checklist),
    "string": Function(1, 1, text),
    "concat": Function(0, MANY, of_texts(lambda *values: "".join(values))),
    "join": Function(1, MANY, of_texts(lambda mark, *values: mark.join(values)), gathers=1),
    "contains": Function(2, 2, of_texts(lambda value, part: part in value)),
    "starts-with": Function(2, 2, of_texts(str.startswith)),
    "ends-with": Function(2, 2, of_texts(str.endswith)),
    "substr": Function(2, 3, substr),
    "substring": Function(2, 3, substring),
    "substring-before": Function(2, 2, of_texts(substring_before)),
    "substring-after": Function(2, 2, of_texts(substring_after)),
    "string-length": Function(1, 1, of_texts(lambda value: float(len(value)))),
    "normalize-space": Function(1, 1, of_texts(normalize_space)),
    "translate": Function(3, 3, of_texts(translate)),
    "regex": Function(2, 2, of_texts(regex), check=matcher),
    "number": Function(1, 1, number),
    "int": Function(1, 1, to_whole(trunc)),
    "floor": Function(1, 1, to_whole(floor)),
    "ceiling": Function(1, 1, to_whole(ceil)),
    "round": Function(1, 2, lambda value, places=0.0: rounded(number(value), whole(places))),
    "abs": Function(1, 1, of_numbers(abs)),
    "pow": Function(2, 2, of_numbers(power)),
    "sqrt": Function(1, 1, of_numbers(square_root)),
    "sum": Function(1, MANY, total, gathers=0),
    "min": Function(1, MANY, least, gathers=0),
    "max": Function(1, MANY, most, gathers=0),
    "count-non-empty": Function(1, MANY, lambda *values: float(len([v for v in values if v != ""])), gathers=0),
    "date": Function(1, 1, to_day),
    "decimal-date-time": Function(1, 1, lambda value: number(to_day(value))),
    "format-date": Function(2, 2, format_date, check=check_date_pattern),
    "format-date-time": Function(2, 2, format_date, check=check_date_pattern),
}
