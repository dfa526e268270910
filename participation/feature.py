"""Feature: what a room offers to the house."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any

from flask import Blueprint, Flask, current_app
from sqlalchemy import ColumnElement, FromClause, Select, func, select, true

from participation.db import session
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
class Counted:
    """Duties of one kind that are only counted: those of all rooms are counted together, in one statement.

    `rows` is a query for the day or the moment of each one; `duty` tells of so many, given the first of them, too.
    """

    rows: Select[Any]
    duty: Callable[[int, Any], Duty]


@dataclass(frozen=True)
class Scope:
    """Something that contributions belong to, as a call for ideas: the desks filter by it and make rules for it.

    `name` is what `Contribution.scope` says, `contains` the condition on contributions that lie in it.
    """

    name: str
    title: Any
    contains: ColumnElement[bool]


@dataclass(frozen=True)
class Finding:
    """One public thing as the search desk and links show it.

    `texts` holds what it says, as plain words per language: the first one is the title in `title`'s language.
    """

    title: Any
    url: str
    day: date | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    place: Any = None  # the council, the call, the district: what tells two of the same title apart


@dataclass(frozen=True)
class Findable:
    """A kind of public things, under the name that the text index and links between rooms know it by.

    `load` is given ids and tells only of those that everybody may read now. Where the index is made anew, `every` tells
    the ids of all that can be found, and `index` is given some of them at a time.
    """

    kind: str
    name: LazyText
    load: Callable[[Sequence[int]], Mapping[int, Finding]]
    every: Callable[[], Sequence[int]] | None = None
    index: Callable[[Sequence[int]], None] | None = None


@dataclass(frozen=True)
class Mention:
    """Where another room speaks of a thing: a council put an idea on its agenda, or decided about it."""

    title: Any
    url: str
    kind: LazyText
    day: date | None = None
    state: LazyText | str = ""
    text: Any = None


@dataclass(frozen=True)
class Feature:
    """One room on one page: its addresses, its menu entries, and what the desks may ask it for."""

    name: str
    blueprints: Sequence[Blueprint] = ()
    plain_blueprints: Sequence[Blueprint] = ()  # for machines: their addresses have no language
    rules: ModuleType | None = None
    navigation: Sequence[NavigationItem] = ()
    staff_navigation: Sequence[NavigationItem] = ()
    entries: Callable[[], Sequence[Entry]] | None = None
    matter: Callable[[Any], Matter | None] | None = None  # given a receipt, tells what became of it
    holds: Callable[[Any], ColumnElement[bool]] | None = None  # whether the room has a matter to a receipt
    duties: Callable[[Any], Sequence[Duty | Counted]] | None = None  # given a person, tells what waits for them
    scopes: Callable[[], Sequence[Scope]] | None = None
    findables: Sequence[Findable] = ()  # what the search desk finds, and what others may link to
    # Given a kind of findable things and an id, tells where the room speaks of it in public.
    mentions: Callable[[str, int], Sequence[Mention]] | None = None
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


def matters(receipt: Any) -> list[Matter]:
    """What became of it in each room that has it; one statement tells which ones have to be asked."""
    rooms = [room for room in features() if room.matter]
    held = session.execute(select(true(), *(room.holds(receipt) if room.holds else true() for room in rooms))).one()
    asked = [room.matter for room, holds in zip(rooms, held[1:], strict=True) if holds]
    return [found for matter in asked if matter and (found := matter(receipt))]


def duties(person: Any) -> list[Duty]:
    """What waits for this person in all rooms."""
    return counted([one for room in features() if room.duties for one in room.duties(person)])


def counted(told: Sequence[Duty | Counted]) -> list[Duty]:
    """The same with what has to be counted; where there is nothing, there is no duty."""
    figures = _figures([one.rows for one in told if isinstance(one, Counted)])
    found = (one if isinstance(one, Duty) else one.duty(*next(figures)) for one in told)
    return [one for one in found if one.count]


def _figures(queries: Sequence[Select[Any]]) -> Iterator[tuple[int, Any]]:
    """For each query how many rows it has and the first of their days, side by side in one row."""
    if not queries:
        return
    each = []
    for query in queries:
        days = query.subquery()
        figures = select(func.count().label("number"), func.min(days.c[0]).label("first"))
        each.append(figures.select_from(days).subquery())
    joined: FromClause = each[0]
    for one in each[1:]:
        joined = joined.join(one, true())
    row = session.execute(select(*(column for one in each for column in one.c)).select_from(joined)).one()
    yield from zip(row[::2], row[1::2], strict=True)


def findable(kind: str) -> Findable | None:
    """The kind of things of this name, from whichever room it is."""
    return next((one for room in features() for one in room.findables if one.kind == kind), None)


def mentions(kind: str, ref_id: int) -> list[Mention]:
    """Where the other rooms speak of a thing in public."""
    return [one for room in features() if room.mentions for one in room.mentions(kind, ref_id)]
