"""The months of the calendar: which events take place on which day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from participation import clock
from participation.db import session
from participation.events.filters import Filters
from participation.events.queries import events, fitting, midnight, takes_place_within
from participation.i18n import LocalizedText

MOST_ON_A_DAY = 4  # a full day leads to the list of its events
MOST_IN_A_MONTH = 3_000
MONTHS_AHEAD = 24
MONTHS_BACK = 60


class Shown(NamedTuple):
    """An event on one day of a month."""

    id: int
    title: LocalizedText
    starts_at: datetime
    is_cancelled: bool
    goes_on: bool  # it began on an earlier day


@dataclass(frozen=True)
class Day:
    """A day with the first of its events."""

    day: date
    events: list[Shown]
    more: int = 0


@dataclass(frozen=True)
class Month:
    """A month as a calendar on the wall shows it: weeks from Monday to Sunday, with the days of its neighbours."""

    first: date
    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        """Those days of the month on which something takes place."""
        return [one for week in self.weeks for one in week if self.holds(one.day) and one.events]

    def holds(self, day: date) -> bool:
        """Whether a day belongs to this month and not to one of its neighbours."""
        return (day.year, day.month) == (self.first.year, self.first.month)

    @property
    def previous(self) -> date | None:
        """The month before, as far as residents can leaf back."""
        return _if_shown(month_beside(self.first, -1))

    @property
    def next(self) -> date | None:
        """The month after, as far as residents can leaf ahead."""
        return _if_shown(month_beside(self.first, 1))


def month_beside(first: date, months: int) -> date:
    """The first day of the month that lies so many months away."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _if_shown(first: date) -> date | None:
    return first if is_shown(first.year, first.month) else None


def is_shown(year: int, number: int) -> bool:
    """Whether there is a page for this month; far away there is nothing to see."""
    today = clock.today()
    away = (year - today.year) * 12 + number - today.month
    return 1 <= number <= 12 and -MONTHS_BACK <= away <= MONTHS_AHEAD


def month(year: int, number: int, filters: Filters) -> Month:
    """The public events of a month by day, in two statements."""
    first = date(year, number, 1)
    begins, ends = midnight(first), midnight(month_beside(first, 1))
    rows = session.execute(
        select(events.c.id, events.c.starts_at, events.c.ends_at)
        .where(*fitting(filters), takes_place_within(begins, ends))
        .order_by(events.c.starts_at, events.c.id)
        .limit(MOST_IN_A_MONTH)
    ).all()
    on_days: dict[date, list[int]] = {}
    for row in rows:
        for day in days_of(row.starts_at, row.ends_at, not_before=first):
            on_days.setdefault(day, []).append(row.id)
    told = _told({one for ids in on_days.values() for one in ids[:MOST_ON_A_DAY]})
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday < month_beside(first, 1):
        week = [monday + timedelta(days=days) for days in range(7)]
        weeks.append([_day(day, on_days.get(day, []) if day.month == first.month else [], told) for day in week])
        monday += timedelta(days=7)
    return Month(first, weeks)


def days_of(starts_at: datetime, ends_at: datetime, *, not_before: date) -> list[date]:
    """The days on which it takes place. An evening that ends after midnight belongs to the day it began on."""
    first, last = (moment.astimezone(clock.BERLIN) for moment in (starts_at, ends_at - timedelta(seconds=1)))
    if ends_at - starts_at < timedelta(days=1):
        return [first.date()]
    begin, end = max(first.date(), not_before), min(last.date(), month_beside(not_before.replace(day=1), 1))
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def _told(ids: set[int]) -> dict[int, Any]:
    columns = (events.c.id, events.c.title, events.c.starts_at, events.c.cancelled_at)
    return {row.id: row for row in session.execute(select(*columns).where(events.c.id.in_(ids)))} if ids else {}


def _day(day: date, ids: list[int], told: dict[int, Any]) -> Day:
    shown = [told[number] for number in ids[:MOST_ON_A_DAY] if number in told]
    rows = [
        Shown(
            row.id,
            row.title,
            row.starts_at,
            row.cancelled_at is not None,
            row.starts_at.astimezone(clock.BERLIN).date() < day,
        )
        for row in shown
    ]
    return Day(day, rows, len(ids) - len(rows))
