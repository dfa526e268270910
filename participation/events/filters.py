"""Which events a reader wants to see, as the address of a list, a month or a feed tells it."""

import enum
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from participation.addresses import LARGEST_ID
from participation.i18n import LazyText, _l

LONGEST_SEARCH = 200
WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Need(enum.Enum):
    """What somebody needs to be able to take part."""

    STEP_FREE = "step_free"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETATION = "interpretation"
    CHILD_CARE = "child_care"


NEEDS: dict[Need, LazyText] = {
    Need.STEP_FREE: _l("Access without steps"),
    Need.SIGN_LANGUAGE: _l("Sign language"),
    Need.INTERPRETATION: _l("Interpretation"),
    Need.CHILD_CARE: _l("Child care"),
}


@dataclass(frozen=True)
class Filters:
    """What a reader has chosen; nothing chosen means all events to come."""

    words: str = ""
    area: int | None = None
    topic: int | None = None
    language: str | None = None
    needs: tuple[Need, ...] = ()
    day: date | None = None  # what a full day of the month leads to
    is_past: bool = False

    @classmethod
    def from_address(cls, told: MultiDict[str, str], languages: list[str]) -> "Filters":
        """What stands behind the question mark; nonsense is passed over."""
        language, asked = told.get("language"), set(told.getlist("need"))
        return cls(
            words=" ".join(told.get("q", "").split())[:LONGEST_SEARCH],
            area=_number(told.get("area")),
            topic=_number(told.get("topic")),
            language=language if language in languages else None,
            needs=tuple(need for need in Need if need.value in asked),
            day=_day(told.get("day")),
            is_past=told.get("past") == "1",
        )

    @property
    def in_address(self) -> dict[str, Any]:
        """The same for the address of another page; only what was chosen."""
        when = {"day": self.day.isoformat() if self.day else None, "past": "1" if self.is_past else None}
        return {**self.in_feeds, **{name: value for name, value in when.items() if value}}

    @property
    def in_feeds(self) -> dict[str, Any]:
        """The same for a month or a feed, which have a time of their own."""
        chosen = {
            "q": self.words,
            "area": self.area,
            "topic": self.topic,
            "language": self.language,
            "need": [need.value for need in self.needs],
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def narrow_down(self) -> bool:
        """Whether they leave some events out, apart from their time."""
        return bool(self.in_feeds)

    @property
    def of_other_time(self) -> "Filters":
        """The same choice among earlier events, or back among those to come."""
        return replace(self, day=None, is_past=not self.is_past)


def _number(told: str | None) -> int | None:
    is_number = told is not None and told.isascii() and told.isdecimal() and len(told) <= len(str(LARGEST_ID))
    return int(told) if told and is_number and 0 < int(told) <= LARGEST_ID else None


def _day(told: str | None) -> date | None:
    if told is None or not WRITTEN_DAY.fullmatch(told):
        return None
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if 1970 < day.year < 9999 else None
