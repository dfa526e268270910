"""Values and how they turn into each other, as in XPath 1.0; "" is a question without an answer.

A day and its ISO text ("2026-05-01") behave alike everywhere: a browser has no type for days, and an answer may
come from a form as text. Where a day is used as a number, it is the number of days since 1970, as in ODK.
"""

import re
from datetime import date
from decimal import Decimal
from math import copysign, floor, fmod, inf, isfinite, nan
from typing import TypeAlias

Value: TypeAlias = str | float | bool | date

BLANKS = " \t\r\n"
NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T([0-9]{2}):([0-9]{2})(:([0-9]{2})(\.([0-9]{3}))?)?.*)?", re.DOTALL)
FIRST_DAY = date(1970, 1, 1).toordinal()


def text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return _plain(float(value))


def _plain(value: float) -> str:
    """All digits and never an exponent."""
    if not isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"  # also for minus zero
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def number(value: Value) -> float:
    if isinstance(value, str):
        digits = value.strip(BLANKS)
        if NUMBER.fullmatch(digits):
            return float(digits)
    elif not isinstance(value, date):
        return float(value)
    on = day(value)
    return nan if on is None else float(on.toordinal() - FIRST_DAY)


def boolean(value: Value) -> bool:
    return bool(value) and value == value


def day(value: Value) -> date | None:
    """The day, if the value is one; of a moment the time is dropped, because only days are compared here."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and (moment := MOMENT.fullmatch(value)):
        try:
            return date.fromisoformat(moment[1])
        except ValueError:
            return None
    return None


def day_number(days: float) -> date | None:
    """The day that is so many days after 1970."""
    ordinal = days + FIRST_DAY
    return date.fromordinal(floor(ordinal)) if date.min.toordinal() <= ordinal <= date.max.toordinal() else None


def names(value: Value) -> list[str]:
    """The options that were chosen in a multiple choice."""
    return [name for name in re.split(f"[{BLANKS}]+", text(value)) if name]


def whole(value: Value) -> int:
    """A number as a place in a text or list, bounded so that infinity is merely far away."""
    places = number(value)
    return 0 if places != places else int(max(-1e9, min(1e9, places)))


def equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean(left) == boolean(right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        return number(left) == number(right)  # "" is no number, and so equals none
    return text(left) == text(right)


def add(left: Value, right: Value) -> Value:
    """A day and a number make a day, everything else makes a number."""
    result = number(left) + number(right)
    return _shifted(result) if (day(left) is None) != (day(right) is None) else result


def subtract(left: Value, right: Value) -> Value:
    """A day less a number is a day, a day less a day is the number of days between them."""
    result = number(left) - number(right)
    return _shifted(result) if day(left) is not None and day(right) is None else result


def _shifted(days: float) -> Value:
    on = day_number(days) if days.is_integer() else None
    return days if on is None else on


def divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    return nan if left == 0 or left != left else copysign(inf, left) * copysign(1, right)


def remainder(left: float, right: float) -> float:
    """What is left over, with the sign of the dividend."""
    return fmod(left, right) if isfinite(left) and right != 0 else nan


def rounded(value: float, places: int = 0) -> float:
    """Half up, as XPath does it: -2.5 becomes -2; shifting the decimal point as text keeps 1.005 exact."""
    if not isfinite(value):
        return value
    places = max(-20, min(20, places))
    shifted = float(f"{_plain(value)}e{places}")
    if not isfinite(shifted):
        return value
    below = floor(shifted)
    up = float(below if shifted - below < 0.5 else below + 1)
    return float(f"{_plain(up)}e{-places}")
