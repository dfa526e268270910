"""Feature: what a room offers to the house."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any

from flask import Blueprint, Flask, current_app
from sqlalchemy import ColumnElement

from participation.i18n import LazyText
from participation.permissions import Rule
from participation.wordings import Wording


@dataclass(frozen=True)
class NavigationItem:
    """A door in the main menu, or on the staff's page where a rule guards it."""

    label: LazyText
    endpoint: str
    rule: Rule | None = None


@dataclass(frozen=True)
class Entry:
    """What the home page shows of a room's present life."""

    title: Any
    url: str
    kind: LazyText
    until: date | None = None
    summary: Any = None
    starts_at: datetime | None = None  # of what takes place at a certain time


@dataclass(frozen=True)
class Matter:
    """What became of something a resident sent, as the receipt page shows it."""

    title: Any
    state: LazyText | str
    template: str | None = None
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Duty:
    """Something that waits for the member of staff who asks; the page "Today" orders them by their day."""

    title: Any
    url: str
    count: int = 1
    due_on: date | None = None  # the day of the most pressing one


@dataclass(frozen=True)
class Scope:
    """Something that contributions belong to, as a call for ideas: the desks filter by it and make rules for it.

    `name` is what `Contribution.scope` says, `contains` the condition on contributions that lie in it.
    """

    name: str
    title: Any
    contains: ColumnElement[bool]


@dataclass(frozen=True)
class Feature:
    """One room on one page: its addresses, its menu entries, and what the desks may ask it for."""

    name: str
    blueprints: Sequence[Blueprint] = ()
    rules: ModuleType | None = None
    navigation: Sequence[NavigationItem] = ()
    staff_navigation: Sequence[NavigationItem] = ()
    entries: Callable[[], Sequence[Entry]] | None = None
    matter: Callable[[Any], Matter | None] | None = None  # given a receipt, tells what became of it
    duties: Callable[[Any], Sequence[Duty]] | None = None  # given a person, tells what waits for them
    scopes: Callable[[], Sequence[Scope]] | None = None
    promise: Callable[[], timedelta] | None = None  # how soon the desk looks at what somebody has sent
    news: Callable[[Any], None] | None = None  # given an address just confirmed, writes what was decided meanwhile
    needed: Callable[[Sequence[int]], set[int]] | None = None  # of these contributions, what must not be forgotten yet
    wordings: Sequence[Wording] = ()  # what the room writes to people
    housekeeping: Callable[[], dict[str, int]] | None = None  # what is due today, counted, without personal data
    note_housekeeping: Callable[[str, dict[str, int]], None] | None = None  # the desk that keeps the counts (D14)
    minutely: Callable[[], dict[str, int]] | None = None  # small things that cannot wait for the night, counted too
    init_app: Callable[[Flask], None] | None = None


def features() -> list[Feature]:
    """All rooms of this house, in the order of the roof."""
    rooms: list[Feature] = current_app.extensions["features"]
    return rooms
