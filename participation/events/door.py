"""Who came: each registration is counted once, people without one by their number, and both can be taken back."""

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select, update
from sqlalchemy.exc import IntegrityError

from participation import audit, clock
from participation.db import random_id, session
from participation.errors import Refused
from participation.events import registering
from participation.events.models import Event
from participation.events.registration_models import (
    TAKES_SEATS,
    Booking,
    BookingStatus,
    CheckIn,
    Registration,
)
from participation.i18n import _l
from participation.permissions import Person

MOST_AT_ONCE = 500
TICKET_LENGTH = 12
OLDEST = timedelta(days=7)  # a phone that was off for longer tells nothing about this door any more
KEPT_UNTIL_NOW = frozenset({BookingStatus.HELD, BookingStatus.OFFERED})


class DoorIsClosed(Refused):
    message = _l("Nobody is counted here: the event is not public, or it was cancelled.")


class SomethingElseCounted(Refused):
    message = _l("This was counted for somebody else already. Please load the page again.")


class TooMany(Refused):
    message = _l("Please enter a number of people from %(min)s to %(max)s.", min=1, max=MOST_AT_ONCE)


class Outcome(enum.Enum):
    """What the door says to a ticket."""

    HERE = "here"  # counted now
    ALREADY = "already"
    WAITING = "waiting"  # on the waiting list; whoever is at the door decides
    CANCELLED = "cancelled"
    OTHER_EVENT = "other_event"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Mark:
    """What a phone or a form knows about one moment at the door. Its id makes sure that it counts once."""

    id: uuid.UUID
    arrived_at: datetime
    persons: int | None = None  # none: as many as registered
    anyway: bool = False  # also from the waiting list

    @classmethod
    def now(cls, mark_id: uuid.UUID | None = None, persons: int | None = None, *, anyway: bool = False) -> "Mark":
        """Something that happens at this moment."""
        return cls(mark_id or random_id(), clock.now(), persons, anyway)


@dataclass(frozen=True)
class Counts:
    """The numbers of the door."""

    came: int
    without_registration: int
    expected: int


# --- Tickets ----------------------------------------------------------------------------------------------------------


def cleaned(typed: str) -> str:
    """A ticket as it is kept, out of what was typed or what stands in the QR code."""
    return "".join(char for char in typed.rpartition("#")[2].upper() if char.isalnum())


def holder(typed: str) -> Registration | None:
    """Whose ticket this is."""
    ticket = cleaned(typed)
    if len(ticket) != TICKET_LENGTH:
        return None
    return session.scalar(select(Registration).where(Registration.ticket == ticket))


# --- Counting ---------------------------------------------------------------------------------------------------------


def check_in(event: Event, registration: Registration, staff: Person, mark: Mark) -> Outcome:
    """Whoever is registered has come. Sent twice, or by two phones, it counts once."""
    if registration.event_id != event.id:
        return Outcome.OTHER_EVENT
    _require_open(event)
    if mark.persons is not None:
        _require_number(mark.persons)
    registering.hold(event)  # first, as everybody does who changes bookings, or two would wait for each other
    session.refresh(registration, with_for_update={"of": Registration})  # two phones scan the same ticket
    if check_in_of(registration) is not None:
        return Outcome.ALREADY
    refusal = _refusal(registration, mark)
    if refusal is not None:
        return refusal
    _keep(event, staff, mark, mark.persons or registration.persons, registration=registration)
    _confirm_places(registration)
    return Outcome.HERE


def correct(registration: Registration, persons: int) -> None:
    """Fewer or more people came than were noted."""
    _require_number(persons)
    found = check_in_of(registration)
    if found is not None:
        found.persons = persons


def walk_in(event: Event, staff: Person, mark: Mark, language: str = "") -> None:
    """People without a registration: their number only, and a language when it was asked for. Full or not: who stands
    at the door decides."""
    _require_open(event)
    persons = mark.persons or 1
    _require_number(persons)
    known = session.get(CheckIn, mark.id)
    if known is None:
        _keep(event, staff, mark, persons, language=language)
    elif known.event_id != event.id or known.registration_id is not None:
        raise SomethingElseCounted


def undo(event: Event, check_in_id: uuid.UUID) -> None:
    """It was a mistake: they are not counted any more."""
    found = session.get(CheckIn, check_in_id)
    if found is not None and found.event_id == event.id:
        audit.record("event.check_in_undone", thing=f"event {event.id}", persons=found.persons)
        session.delete(found)
        session.flush()


def check_in_of(registration: Registration) -> CheckIn | None:
    """When and with how many people this registration came."""
    return session.scalar(select(CheckIn).where(CheckIn.registration_id == registration.id))


def counts(event: Event) -> Counts:
    """How many came, and how many have a place."""
    came = select(func.sum(CheckIn.persons)).where(CheckIn.event_id == event.id)
    without = came.where(CheckIn.registration_id.is_(None))
    has_place = exists().where(Booking.registration_id == Registration.id, Booking.status.in_(TAKES_SEATS))
    expected = select(func.sum(Registration.persons)).where(Registration.event_id == event.id, has_place)
    numbers = session.execute(select(*(one.scalar_subquery() for one in (came, without, expected)))).one()
    return Counts(*(int(number or 0) for number in numbers))


def _refusal(registration: Registration, mark: Mark) -> Outcome | None:
    """Why somebody is not simply let in."""
    statuses = {booking.status for booking in registration.bookings}
    if statuses & TAKES_SEATS:
        return None
    if BookingStatus.WAITING in statuses:
        return None if mark.anyway else Outcome.WAITING
    return Outcome.CANCELLED


def _confirm_places(registration: Registration) -> None:
    """Whoever is in the room has their place: no link and no offer ends it any more."""
    kept = (Booking.registration_id == registration.id, Booking.status.in_(KEPT_UNTIL_NOW))
    session.execute(update(Booking).where(*kept).values(status=BookingStatus.CONFIRMED, ends_at=None))


def _keep(
    event: Event,
    staff: Person,
    mark: Mark,
    persons: int,
    *,
    registration: Registration | None = None,
    language: str = "",
) -> None:
    now = clock.now()
    arrived_at = mark.arrived_at if now - OLDEST <= mark.arrived_at <= now else now
    made = CheckIn(
        id=mark.id,
        event_id=event.id,
        registration_id=registration.id if registration else None,
        persons=persons,
        language=language,
        arrived_at=arrived_at,
        recorded_by_id=getattr(staff, "id", None),
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:  # the id is taken
        raise SomethingElseCounted from error


def _require_open(event: Event) -> None:
    if not event.is_public or event.is_cancelled:
        raise DoorIsClosed


def _require_number(persons: int) -> None:
    if not 1 <= persons <= MOST_AT_ONCE:
        raise TooMany
