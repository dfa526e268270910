"""Reading what people type: numbers and days in any digits and habits of writing, strictly, never guessed (L11-L13)."""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal

from participation.clock import BERLIN
from participation.i18n import LazyText, _l

NOT_WHOLE = _l("Please enter a whole number, for example 3.")
NOT_A_NUMBER = _l("Please enter a number, for example 3 or 2,5.")
NOT_CLEAR = _l("We cannot tell whether this is a thousand or a fraction. Please write the number without a dot.")
NOT_A_DAY = _l("Please enter a date as day.month.year, for example 24.12.2026.")
NOT_A_MOMENT = _l("Please enter a date and a time, for example 24.12.2026 18:00.")
NO_SUCH_TIME = _l("This time does not exist: the clocks are put forward that night.")
TWICE_ON_THE_CLOCK = _l("This time exists twice: the clocks are put back that night. Please choose another time.")

# Combining dots and bidi marks that keyboards add without anyone seeing them.
INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))


# Moments beyond are slips of the hand, and reckoning with zones and periods would leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2999


class Unreadable(ValueError):
    """What was typed cannot be read; the message tells how to write it."""

    def __init__(self, message: LazyText) -> None:
        super().__init__()
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def western(text: str) -> str:
    """Digits of any script as 0-9, Arabic separators as European ones, invisible marks dropped."""
    digits = (str(unicodedata.digit(char)) if char.isdecimal() else char for char in text.translate(INVISIBLE))
    return "".join(digits).replace("٫", ",").replace("٬", ".").replace("−", "-").strip()


def whole_number(text: str) -> int:
    """12 or 1.000 (groups of three, as in German) or ١٢; anything else raises Unreadable."""
    typed = re.sub(r"[\s\u00a0\u202f']", "", western(text))
    if re.fullmatch(r"[+-]?\d{1,18}", typed):
        return int(typed)
    raise Unreadable(NOT_CLEAR if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", typed) else NOT_WHOLE)


def decimal_number(text: str) -> Decimal:
    """2,5 or 2.5; what could be a thousand as well (1.234) is refused, not guessed."""
    typed = re.sub(r"[\s\u00a0\u202f']", "", western(text))
    if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", typed) and not typed.lstrip("+-").startswith("0"):
        raise Unreadable(NOT_CLEAR)
    if not re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,6})?", typed):
        raise Unreadable(NOT_A_NUMBER)
    return Decimal(typed.replace(",", "."))


def day(text: str) -> date:
    """24.12.2026, 24. 12. 2026, 24/12/2026 (day first, always) or 2026-12-24."""
    typed = re.sub(r"\s", "", western(text))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed):
        year, month, number = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", typed):
        number, month, year = match.groups()
    else:
        raise Unreadable(NOT_A_DAY)
    try:
        return date(int(year), int(month), int(number))
    except ValueError as error:
        raise Unreadable(NOT_A_DAY) from error


def moment(text: str) -> datetime:
    """A day and a time of day in Germany, as a moment in UTC."""
    match = re.fullmatch(r"(.+?)[\sT,]+(\d{1,2})[:.](\d{2})(?::00)?(?:\s*Uhr)?", western(text))
    if not match:
        raise Unreadable(NOT_A_MOMENT)
    try:
        clock_time = time(int(match[2]), int(match[3]))
    except ValueError as error:
        raise Unreadable(NOT_A_MOMENT) from error
    local = datetime.combine(day(match[1]), clock_time, tzinfo=BERLIN)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise Unreadable(NOT_A_MOMENT)
    if local.astimezone(UTC).astimezone(BERLIN).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Unreadable(NO_SUCH_TIME)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise Unreadable(TWICE_ON_THE_CLOCK)
    return local.astimezone(UTC)


def is_web_address(typed: str) -> bool:
    """Whether it leads to a page elsewhere, safely (V1)."""
    rest = typed.removeprefix("https://")
    host = rest.partition("/")[0]
    return rest != typed and "." in host and not set(typed) & set(" \t\r\n\"'<>\\@") and typed.isprintable()
