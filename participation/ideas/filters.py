"""Which ideas a reader wants to see, as the address of a list tells it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from participation.addresses import LARGEST_ID
from participation.i18n import LazyText, _l
from participation.ideas.models import IdeaState

E = TypeVar("E", bound=enum.Enum)
LONGEST_SEARCH = 200


class Order(enum.Enum):
    """What comes first in a list of ideas."""

    MIXED = "mixed"  # another order each day, so that being first pays nobody
    NEWEST = "newest"
    SUPPORTED = "supported"


ORDERS: dict[Order, LazyText] = {
    Order.MIXED: _l("Mixed, anew each day"),
    Order.NEWEST: _l("Newest first"),
    Order.SUPPORTED: _l("Most supported first"),
}


@dataclass(frozen=True)
class Filters:
    """What a reader has chosen; nothing chosen means all ideas."""

    words: str = ""
    call: int | None = None
    area: int | None = None
    category: int | None = None
    state: IdeaState | None = None
    language: str | None = None
    order: Order = Order.MIXED

    @classmethod
    def from_address(cls, told: Mapping[str, str], languages: list[str]) -> "Filters":
        """What stands behind the question mark; nonsense is passed over."""
        language = told.get("language")
        return cls(
            words=" ".join(told.get("q", "").split())[:LONGEST_SEARCH],
            call=_number(told.get("call")),
            area=_number(told.get("area")),
            category=_number(told.get("category")),
            state=_member(IdeaState, told.get("state")),
            language=language if language in languages else None,
            order=_member(Order, told.get("order")) or Order.MIXED,
        )

    @classmethod
    def of_call(cls, call_id: int, chosen: "Filters") -> "Filters":
        """The same within one call."""
        return replace(chosen, call=call_id)

    @property
    def in_address(self) -> dict[str, Any]:
        """The same for the address of another page, as the map; only what was chosen."""
        chosen = {
            "q": self.words,
            "call": self.call,
            "area": self.area,
            "category": self.category,
            "state": self.state.value if self.state else None,
            "language": self.language,
            "order": None if self.order is Order.MIXED else self.order.value,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def narrow_down(self) -> bool:
        """Whether they leave some ideas out."""
        return bool(self.in_address.keys() - {"order", "call"})


def _number(told: str | None) -> int | None:
    is_number = told is not None and told.isascii() and told.isdecimal() and len(told) <= len(str(LARGEST_ID))
    return int(told) if told and is_number and 0 < int(told) <= LARGEST_ID else None


def _member(kind: type[E], told: str | None) -> E | None:
    return next((one for one in kind if one.value == told), None)
