"""How pages put an event into words: when it takes place, and how one can take part."""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from babel import dates

from participation import clock
from participation.events.models import Event, EventSession, Mode
from participation.i18n import _, current_language, format_day, format_moment


class Entrance(enum.Enum):
    """How one can take part in an event just now."""

    CANCELLED = "cancelled"
    OVER = "over"
    JUST_COME = "just_come"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    FULL = "full"
    WAITING_LIST = "waiting_list"
    REGISTER = "register"


def entrance(event: Event, *, is_full: bool) -> Entrance:
    """What the page offers to whoever wants to come."""
    now = clock.now()
    if event.is_cancelled:
        return Entrance.CANCELLED
    if event.is_over:
        return Entrance.OVER
    if event.mode is Mode.OPEN:
        return Entrance.JUST_COME
    if event.registration_opens_at is not None and now < event.registration_opens_at:
        return Entrance.NOT_YET
    if now >= event.registration_ends_at:
        return Entrance.CLOSED
    if not is_full:
        return Entrance.REGISTER
    return Entrance.WAITING_LIST if event.has_waiting_list else Entrance.FULL


def all_full(sessions: Sequence[EventSession]) -> bool:
    """Whether there is no place left in any part."""
    return all(one.is_full for one in sessions)


def places_left(sessions: Sequence[EventSession]) -> int | None:
    """How many places are left in all parts together; None where there is no limit."""
    free = [one.free for one in sessions]
    return None if None in free else sum(number or 0 for number in free)


def clock_time(moment: datetime) -> str:
    """The time of day in Germany, as the reader's language writes it."""
    return str(dates.format_time(moment, "short", tzinfo=clock.BERLIN, locale=current_language().locale))


def span(thing: Event | EventSession | Any) -> str:
    """From when to when something lasts: one day with its times, or two moments."""
    first, last = thing.starts_at.astimezone(clock.BERLIN), thing.ends_at.astimezone(clock.BERLIN)
    if first.date() != last.date():
        return _("%(start)s to %(end)s", start=format_moment(first), end=format_moment(last))
    times = {"start": clock_time(first), "end": clock_time(last)}
    return _("%(day)s, from %(start)s to %(end)s", day=format_day(first, "full"), **times)
