"""What a reader looks for, as the address tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from participation import reading
from participation.addresses import LARGEST_ID
from participation.feature import findable
from participation.i18n import LazyText, _l

LONGEST_SEARCH = 200
LONGEST_DAY = 40
ENDS_EARLY = _l("The last day must not be earlier than the first one.")


@dataclass(frozen=True)
class Filters:
    """What a reader has typed and chosen. Days stay as they were typed; `errors` tells which cannot be read."""

    words: str = ""
    kind: str | None = None
    area: int | None = None
    typed_since: str = ""
    typed_until: str = ""
    since: date | None = None
    until: date | None = None
    errors: Mapping[str, LazyText] = field(default_factory=dict)

    @classmethod
    def from_address(cls, told: Mapping[str, str]) -> "Filters":
        """What stands behind the question mark; a kind or a part of the city that is none is passed over."""
        typed = {name: told.get(name, "").strip()[:LONGEST_DAY] for name in ("since", "until")}
        days: dict[str, date | None] = {}
        errors: dict[str, LazyText] = {}
        for name, words in typed.items():
            try:
                days[name] = reading.day(words) if words else None
            except reading.Unreadable as error:
                errors[name], days[name] = error.message, None
        since, until = days["since"], days["until"]
        if since and until and until < since:
            errors["until"] = ENDS_EARLY
        kind = told.get("kind", "")
        return cls(
            words=" ".join(told.get("q", "").split())[:LONGEST_SEARCH],
            kind=kind if findable(kind) else None,
            area=_number(told.get("area")),
            typed_since=typed["since"],
            typed_until=typed["until"],
            since=since,
            until=until,
            errors=errors,
        )

    @property
    def in_address(self) -> dict[str, Any]:
        """The same for an address; only what was chosen."""
        chosen = {
            "q": self.words,
            "kind": self.kind,
            "area": self.area,
            "since": self.typed_since,
            "until": self.typed_until,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def narrow_down(self) -> bool:
        """Whether they leave something out that has the words."""
        return bool(self.in_address.keys() - {"q"})


def _number(told: str | None) -> int | None:
    is_number = told is not None and told.isascii() and told.isdecimal() and len(told) <= len(str(LARGEST_ID))
    return int(told) if told and is_number and 0 < int(told) <= LARGEST_ID else None
