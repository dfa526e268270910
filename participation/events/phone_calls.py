"""News for people whom we reach by telephone only: somebody from the city has to call them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from participation import clock
from participation.db import session, table_of
from participation.events.models import Event
from participation.events.registration_models import Booking, BookingStatus, CallReason, PhoneCall, Registration

WITHIN = timedelta(days=1)  # so soon we call, unless the event begins earlier
SETTLED, TOO_LATE = "settled", "too_late"  # without a call: the person answered by themselves; the event has begun
MOST_AT_ONCE = 500

calls, registrations, events = table_of(PhoneCall), table_of(Registration), table_of(Event)
bookings = table_of(Booking)


def ask_for(
    people: Iterable[Registration], reason: CallReason, *, note: str = "", due_at: datetime | None = None
) -> int:
    """Put those who can be reached by telephone only on the call list; tells how many they are."""
    new = [
        PhoneCall(registration_id=one.id, reason=reason, note=note, due_at=due_at or _soon(one.event))
        for one in people
        if one.is_reached_by_phone_only
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def _soon(event: Event) -> datetime:
    soon = clock.now() + WITHIN
    return min(soon, event.starts_at) if event.starts_at > clock.now() else soon


def settle_offer(booking: Booking) -> None:
    """The offer was answered, or is over: unless another one stands, nobody has to call about it any more."""
    own = bookings.c.registration_id == booking.registration_id
    another = select(bookings.c.id).where(own, bookings.c.status == BookingStatus.OFFERED).exists()
    _close(SETTLED, calls.c.registration_id == booking.registration_id, calls.c.reason == CallReason.OFFER, ~another)


def settle_event(event: Event) -> None:
    """What was to be told about an event is told no more: it is cancelled, which everybody hears instead."""
    of_event = select(registrations.c.id).where(registrations.c.event_id == event.id)
    _close(SETTLED, calls.c.registration_id.in_(of_event))


def settle_late() -> int:
    """Once an event has begun, nobody needs to be told any more that it comes, or where there is a place."""
    begun = (
        select(calls.c.id)
        .join(registrations, registrations.c.id == calls.c.registration_id)
        .join(events, events.c.id == registrations.c.event_id)
        .where(calls.c.done_at.is_(None), calls.c.reason != CallReason.MESSAGE, events.c.starts_at <= clock.now())
        .limit(MOST_AT_ONCE)
    )
    late = session.scalars(begun).all()
    if late:
        _close(TOO_LATE, calls.c.id.in_(late))
    return len(late)


def _close(outcome: str, *about: ColumnElement[bool]) -> None:
    session.flush()
    open_ones = update(PhoneCall).where(calls.c.done_at.is_(None), *about)
    session.execute(open_ones.values(done_at=clock.now(), outcome=outcome).execution_options(synchronize_session=False))
    for known in session.identity_map.values():
        if isinstance(known, PhoneCall):
            session.expire(known)
