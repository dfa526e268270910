"""What an imported row says, and what can be wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from participation import reading
from participation.districts.models import Parity
from participation.i18n import LazyText, LocalizedText, _l
from participation.reading import Unreadable

R = TypeVar("R")
T = TypeVar("T")

LONGEST_NAME = 120
LONGEST_CODE = 60
MOST_RESIDENTS = 100_000_000
# Control characters and the marks that force a writing direction: nobody types them, they are a trick or an accident.
UNTYPED = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
BEYOND = (float("inf"), float("-inf"))  # what JSON makes of 1e999
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, and in which column or property."""

    row: int
    column: str
    message: LazyText


@dataclass(frozen=True)
class AreaRow:
    """An area as a file tells it; what is None or empty there leaves what is stored."""

    row: int
    code: str
    name: LocalizedText
    valid_from: date | None = None
    valid_to: date | None = None
    residents: int | None = None
    outline: dict[str, Any] | None = None


@dataclass(frozen=True)
class StreetRow:
    """A street as a file tells it."""

    row: int
    name: str
    key: str
    area_code: str
    house_from: int | None = None
    house_to: int | None = None
    parity: Parity | None = None


@dataclass
class Reading(Generic[R]):
    """All rows of a file, all that is wrong with them, and what there is to say about the file as a whole."""

    rows: list[R] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[LazyText] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)  # of a GeoJSON file: staff choose among these
    name_property: str | None = None
    code_property: str | None = None


@dataclass
class Cells:
    """Reads the cells of one row, and collects what is wrong instead of stopping at the first mistake."""

    row: int
    problems: list[Problem]

    def read(self, column: str, reader: Callable[[Any], T], value: Any) -> T | None:
        """What the cell says, or None and a problem more."""
        try:
            return reader(value)
        except Unreadable as error:
            self.problems.append(Problem(self.row, column[:LONGEST_NAME], error.message))
        return None


def plain(value: Any) -> str:
    """A cell as text: whole numbers from JSON count as text, lists and objects do not."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value in BEYOND:
        raise Unreadable(_l("This must be a text or a number."))
    text = str(value).strip()
    if UNTYPED.search(text):
        raise Unreadable(_l("This holds invisible characters. Please delete the text and type it again."))
    return text


def name(value: Any) -> str:
    """A name to be shown."""
    text = plain(value)
    if len(text) > LONGEST_NAME:
        raise Unreadable(_l("This is too long. At most %(max)s characters fit here.", max=LONGEST_NAME))
    if text.startswith(FORMULA_STARTS):
        raise Unreadable(_l("This begins with =, +, - or @. Spreadsheet programs would take it for a formula."))
    return text


def code(value: Any) -> str:
    """A code that stands for one area in its layer."""
    text = name(value)
    if len(text) > LONGEST_CODE:
        raise Unreadable(_l("This is too long. At most %(max)s characters fit here.", max=LONGEST_CODE))
    return text


def day(value: Any) -> date | None:
    """A day, written as day.month.year or as year-month-day."""
    text = plain(value)
    if not text:
        return None
    found = reading.day(text)
    if not 1800 <= found.year <= 2200:
        raise Unreadable(_l("Please enter a year between 1800 and 2200."))
    return found


def residents(value: Any) -> int | None:
    """A number of people."""
    text = plain(value)
    if not text:
        return None
    found = reading.whole_number(text)
    if not 0 <= found <= MOST_RESIDENTS:
        raise Unreadable(_l("This cannot be a number of residents."))
    return found


def house(value: Any) -> int | None:
    """A house number; the letter of 12a is not kept, because both sides of a border have whole numbers."""
    text = reading.western(plain(value))
    if not text:
        return None
    match = re.fullmatch(r"(\d{1,4})\s*[A-Za-z]?", text)
    if not match:
        raise Unreadable(_l("Please enter a house number, for example 12."))
    return int(match[1])


PARITIES = {
    "": None,
    "all": None,
    "alle": None,
    "odd": Parity.ODD,
    "ungerade": Parity.ODD,
    "u": Parity.ODD,
    "even": Parity.EVEN,
    "gerade": Parity.EVEN,
    "g": Parity.EVEN,
}


def parity(value: Any) -> Parity | None:
    """One side of the street, in English or German."""
    text = plain(value).casefold()
    if text not in PARITIES:
        raise Unreadable(_l("Please write odd, even or nothing."))
    return PARITIES[text]
