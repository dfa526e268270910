"""The days of a series, and the moments they stand for on the clock: 18:00 stays 18:00 all year round (L13)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from participation.errors import Refused
from participation.events.models import Rhythm
from participation.i18n import LazyText, _l, format_day

SHORTEST_MONTH = 28
LAST_WEEK = 5  # no month has a fifth one always: who says it means the last


class NoSuchTime(Refused):
    """On this day the clocks jump over the time, or show it twice."""

    def __init__(self, day: date, clock_time: time, sentence: LazyText) -> None:
        super().__init__(sentence % {"day": format_day(day), "time": clock_time.strftime("%H:%M")})


NEVER = _l(
    "On %(day)s the clocks are put forward, so %(time)s does not exist. "
    "Leave this day out, or choose another time of day."
)
TWICE = _l(
    "On %(day)s the clocks are put back, so %(time)s exists twice. Leave this day out, or choose another time of day."
)


class Repetition(NamedTuple):
    """How a series goes on from its first day."""

    rhythm: Rhythm
    every: int
    begins_on: date

    def days(self, until_on: date, most: int) -> list[date]:
        """The first day and those after it, up to the last one; never more than so many, however far that lies."""
        limit = datetime.combine(until_on, time.min)
        rule = rrule(dtstart=datetime.combine(self.begins_on, time.min), interval=self.every, until=limit, **self._rule)
        found: list[date] = []
        for moment in rule:
            found.append(moment.date())
            if len(found) >= most:
                break
        return found

    @property
    def _rule(self) -> dict[str, Any]:
        day = self.begins_on.day
        if self.rhythm is Rhythm.WEEKLY:
            return {"freq": WEEKLY}
        if self.rhythm is Rhythm.MONTHLY_BY_WEEKDAY:
            week = (day - 1) // 7 + 1
            return {
                "freq": MONTHLY,
                "byweekday": weekday(self.begins_on.weekday(), -1 if week == LAST_WEEK else week),
            }
        # The 31st is the last day where there is none.
        return {"freq": MONTHLY, "bymonthday": range(min(day, SHORTEST_MONTH), day + 1), "bysetpos": -1}


def on_the_clock(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """This time of this day as a moment; refused when the clocks jump over it or show it twice."""
    local = datetime.combine(day, clock_time, tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(day, clock_time, NEVER)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise NoSuchTime(day, clock_time, TWICE)
    return local.astimezone(UTC)


def without(days: Sequence[date], exceptions: set[date]) -> list[date]:
    """The days that are left."""
    return [day for day in days if day not in exceptions]
