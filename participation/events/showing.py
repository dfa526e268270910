"""How pages put an event into words: when it takes place, and how one can take part."""

import enum
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from babel import dates
from flask import request

from participation import clock
from participation.events import access
from participation.events.models import Event, EventLink, EventSession, Format, Mode, Offer
from participation.i18n import _, current_language, format_day, format_moment, format_number, language
from participation.reading import western

MEGABYTE = 1024 * 1024
BUILDING = {"step-free", "steps", "toilet", "hearing"}


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
    local = moment.astimezone(clock.BERLIN)
    return _clock_time(local.hour, local.minute, current_language().tag)


@lru_cache(maxsize=2_000)
def _clock_time(hour: int, minute: int, tag: str) -> str:
    """There are few of them, and a month holds hundreds."""
    return str(dates.format_time(time(hour, minute), "short", locale=language(tag).locale))


def span(event: Event) -> str:
    """From when to when it lasts: one day with its times, or two moments."""
    first, last = event.starts_at.astimezone(clock.BERLIN), event.ends_at.astimezone(clock.BERLIN)
    if first.date() != last.date():
        return _("%(start)s to %(end)s", start=format_moment(first), end=format_moment(last))
    times = {"start": clock_time(first), "end": clock_time(last)}
    return _("%(day)s, from %(start)s to %(end)s", day=format_day(first, "full"), **times)


def part_span(part: EventSession) -> str:
    """When a part of an event takes place, where it has times of its own."""
    if part.starts_at is None and part.ends_at is None:
        return ""
    event = part.event
    first, last = part.starts_at or event.starts_at, part.ends_at or event.ends_at
    days = {moment.astimezone(clock.BERLIN).date() for moment in (event.starts_at, first, last)}
    if len(days) == 1:
        return _("%(start)s to %(end)s", start=clock_time(first), end=clock_time(last))
    return _("%(start)s to %(end)s", start=format_moment(first), end=format_moment(last))


def offered(offer: Offer, event: Event) -> str:
    """Whether there is something that not everybody needs, or until when one can ask for it."""
    if offer is not Offer.ON_REQUEST:
        return _("Yes") if offer is Offer.YES else _("No")
    if event.requests_until is None:
        return _("Yes, if you ask for it")
    if event.requests_until < clock.today():
        return _("You could ask for it until %(day)s", day=format_day(event.requests_until))
    return _("Yes, if you ask for it by %(day)s", day=format_day(event.requests_until))


def building(event: Event) -> list[str]:
    """What is known about the way in and around, in short words."""
    return [fact.words for fact in access.facts(event) if fact.symbol in BUILDING]


def helps(event: Event) -> list[str]:
    """What is spoken and what helps to take part, as short words for a list."""
    found = [access.names_of(event.spoken)] if event.spoken else []
    if event.interpretation is not Offer.NO:
        named = access.names_of(event.interpreted)
        found.append(_("Interpretation: %(languages)s", languages=named) if named else _("Interpretation"))
    if event.sign_language is not Offer.NO:
        found.append(_("Sign language"))
    if event.child_care is not Offer.NO:
        found.append(_("Child care"))
    if event.is_step_free and event.format is not Format.ONLINE:
        found.append(_("Access without steps"))
    return found


def dialled(phone: str) -> str:
    """A telephone number as a link needs it."""
    return "".join(char for char in western(phone) if char in "+0123456789")


def month_name(day: date) -> str:
    """The month with its year, as it stands above a calendar."""
    return str(dates.format_skeleton("yMMMM", day, locale=current_language().locale))


def weekday(day: date, *, short: bool = False) -> str:
    """Monday, or as short as can be, so that seven stand beside each other on a phone."""
    return str(dates.format_date(day, "cccccc" if short else "cccc", locale=current_language().locale))


def address_of(link: EventLink) -> str:
    """Where a link leads; inside the house it stays in the reader's language."""
    if link.address.startswith("/") and not link.address.startswith("//"):
        return f"{request.script_root}/{current_language().tag}{link.address}"
    return link.address


def file_size(size: int) -> str:
    """How much one has to fetch, so that people with little data can decide."""
    if size < MEGABYTE:
        return _("%(number)s KB", number=format_number(max(1, round(size / 1024))))
    return _("%(number)s MB", number=format_number(round(size / MEGABYTE, 1)))


FILTERS: dict[str, Callable[..., Any]] = {
    "span": span,
    "part_span": part_span,
    "clock_time": clock_time,
    "offered": offered,
    "building": building,
    "helps": helps,
    "dialled": dialled,
    "month_name": month_name,
    "weekday": weekday,
    "address_of": address_of,
    "file_size": file_size,
    "language_names": access.names_of,
}
