"""What a letter tells of an event and of a registration, said in the language of whoever reads it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from babel import dates

from participation import mail
from participation.clock import BERLIN
from participation.events.models import Event, EventSession, Format
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.events.wordings import BOOKINGS
from participation.i18n import _, current_language, format_day, format_moment, ngettext
from participation.wordings import isolated


class Saying:
    """Words that are found when the language is known."""

    def __init__(self, say: Callable[[], str]) -> None:
        self.say = say

    def __str__(self) -> str:
        return self.say()


def page_of(event: Event) -> Saying:
    """The address of the public page."""
    return Saying(lambda: mail.link("events.show", current_language().tag, event_id=event.id))


def when(event: Event | EventSession) -> str:
    """Day and time on the clocks of Germany (L10)."""
    starts_at, ends_at = (event.starts_at, event.ends_at) if isinstance(event, Event) else times_of(event)
    if starts_at.astimezone(BERLIN).date() == ends_at.astimezone(BERLIN).date():
        day, start, end = format_day(starts_at, "full"), _clock(starts_at), _clock(ends_at)
        return _("%(day)s, from %(start)s to %(end)s", day=day, start=start, end=end)
    return _("from %(start)s to %(end)s", start=format_moment(starts_at), end=format_moment(ends_at))


def times_of(part: EventSession) -> tuple[datetime, datetime]:
    """When a part begins and ends: by itself, or with the event."""
    return part.starts_at or part.event.starts_at, part.ends_at or part.event.ends_at


def _clock(moment: datetime) -> str:
    return dates.format_time(moment, "short", tzinfo=BERLIN, locale=current_language().locale)


def where(event: Event, *, with_address: bool) -> str:
    """The place with its address, or online; the address online only for those who have a place."""
    lines = []
    if event.format is not Format.ONLINE and event.place is not None:
        named = [str(event.place.name), str(event.room.name) if event.room else "", event.place.full_address]
        lines.append(", ".join(part for part in named if part))
    if event.format is not Format.ON_SITE:
        lines.append(_("online"))
        if with_address and event.online_address:
            lines.append(event.online_address)
    return "\n".join(lines) or _("We tell you the place later.")


def places(bookings: Iterable[Booking]) -> str:
    """One line for each part, with what the person has there."""
    ordered = sorted(bookings, key=lambda one: (one.session.position, one.session_id))
    return "\n".join(_line(one) for one in ordered)


def _line(booking: Booking) -> str:
    persons = ngettext("%(n)s person", "%(n)s people", booking.persons)
    state, part = str(BOOKINGS[booking.status]), booking.session
    if not part.title:
        return _("%(persons)s: %(state)s", persons=persons, state=state)
    title = isolated(str(part.title))
    if part.starts_at is None:
        return _("%(part)s, %(persons)s: %(state)s", part=title, persons=persons, state=state)
    return _("%(part)s (%(when)s), %(persons)s: %(state)s", part=title, when=when(part), persons=persons, state=state)


def has_place(registration: Registration) -> bool:
    """Whether a place is theirs, so that it belongs into their calendar."""
    return any(one.status is BookingStatus.CONFIRMED for one in registration.bookings)
