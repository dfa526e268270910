"""The waiting list: whose turn it is when places are free, and what becomes of an offer.

Whoever changes places here holds the row of the session first and the booking after it, always in this order, so that
two requests or workers never offer the same place twice and never wait for each other (V7).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, or_, select

from participation import clock
from participation.db import session, table_of
from participation.errors import Refused
from participation.events import invitations, letters, phone_calls, seats
from participation.events.models import Event, EventSession, GroupRule
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.i18n import _l

Status = BookingStatus

MOST_AT_ONCE = 200  # offers made or ended in one step; the next step is a minute later
OFFERS_PER_BOOKING = 2  # whoever misses so many waits no more
bookings, sessions, events = table_of(Booking), table_of(EventSession), table_of(Event)


class OfferOver(Refused):
    message = _l("This offer is over. The place was offered to somebody else.")


# --- Who may take a place ---------------------------------------------------------------------------------------------


def may_take(part: EventSession, persons: int) -> bool:
    """Whether a newcomer may take so many places now, without passing anybody whose turn it is.

    In strict order nobody passes; else a newcomer may take what nobody on the list could use. Whoever asks holds the
    session already.
    """
    if part.free is None:
        return True
    return part.free >= persons and session.scalar(_line(part).limit(1)) is None


def _line(part: EventSession) -> Select[Booking]:
    """Those whose turn it is with the places that are free now, the first of them first."""
    waiting = select(Booking).where(bookings.c.session_id == part.id, bookings.c.status == Status.WAITING)
    if part.capacity is not None and part.free is not None:
        is_strict = part.event.group_rule is GroupRule.STRICT_ORDER
        # Whom the whole room could not hold is passed in strict order as well, or nobody would ever move up again.
        waiting = waiting.where(bookings.c.persons <= (part.capacity if is_strict else part.free))
    return waiting.order_by(bookings.c.queued_at, bookings.c.id)


def hold(session_ids: Iterable[int]) -> None:
    """Nobody else takes or frees places of these sessions until our transaction ends; what we know of them is fresh."""
    wanted = select(EventSession).where(EventSession.id.in_(sorted(set(session_ids)))).order_by(EventSession.id)
    session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all()


def _hold_booking(booking: Booking) -> EventSession:
    """Hold a session and one booking in it; both are read anew."""
    session.flush()
    hold([booking.session_id])
    session.refresh(booking, with_for_update={"of": Booking})  # PostgreSQL locks no row that is joined
    return booking.session


# --- Offering ---------------------------------------------------------------------------------------------------------


def fill(part: EventSession) -> int:
    """Offer the free places to those who wait, in order; tells how many offers were made.

    When the first are more people than places are free, the event's rule says whether others may come first.
    """
    if not _still_offers(part.event):
        return 0
    session.flush()
    hold([part.id])
    offered: list[Booking] = []
    while len(offered) < MOST_AT_ONCE:
        first = session.scalar(_line(part).limit(1).with_for_update())
        if first is None or not seats.take(part.id, first.persons):
            break
        first.status, first.ends_at = Status.OFFERED, deadline(part)
        session.flush()
        offered.append(first)
    if offered:
        letters.offers(offered)
    return len(offered)


def _still_offers(event: Event) -> bool:
    return event.is_public and not event.is_cancelled and clock.now() < event.starts_at


def deadline(part: EventSession) -> datetime:
    """Until when an offer that is made now stands: never longer than until it begins."""
    begins_at = min(part.starts_at or part.event.starts_at, part.event.starts_at)
    return min(clock.now() + timedelta(hours=part.event.offer_hours), begins_at)


def offers_of(registration: Registration) -> list[Booking]:
    """What is offered to somebody now."""
    return [one for one in registration.bookings if is_open(one)]


def is_open(booking: Booking) -> bool:
    """Whether somebody can still say yes."""
    if booking.status is not Status.OFFERED or booking.ends_at is None:
        return False
    return clock.now() < booking.ends_at and _still_offers(booking.session.event)


# --- Answers ----------------------------------------------------------------------------------------------------------


def accept(booking: Booking) -> None:
    """Yes: from here on the place is theirs. A second click changes nothing. Raises OfferOver."""
    _hold_booking(booking)
    if booking.status is Status.CONFIRMED:
        return
    if not is_open(booking):
        raise OfferOver
    booking.status, booking.ends_at = Status.CONFIRMED, None
    session.flush()
    phone_calls.settle_offer(booking)
    letters.accepted(booking.registration)


def decline(booking: Booking) -> None:
    """No: the place goes to the next, and this booking is over. A second click changes nothing. Raises OfferOver."""
    _hold_booking(booking)
    if booking.status is Status.CANCELLED:
        return
    if not is_open(booking):
        raise OfferOver
    give_back(booking)
    _free_invitation(booking.registration)


def give_back(booking: Booking, persons: int | None = None) -> None:
    """Somebody does not come, or fewer come; what becomes free is offered to those who wait.

    Without a number the booking is over; with one it goes on with so many people less.
    """
    part = _hold_booking(booking)
    if booking.status is Status.CANCELLED:
        return
    if persons is None or persons >= booking.persons:
        _end(booking)
    else:
        booking.persons -= persons
        if booking.takes_seats:
            seats.give_back(part.id, persons)
    session.flush()
    fill(part)


def _end(booking: Booking) -> None:
    had_seats = booking.takes_seats
    booking.status, booking.ends_at = Status.CANCELLED, None
    session.flush()
    if had_seats:
        seats.give_back(booking.session_id, booking.persons)
    phone_calls.settle_offer(booking)


def _free_invitation(registration: Registration) -> None:
    """When nothing of a registration is left, its code is good for others, or for the same person once more."""
    if not registration.is_alive:
        invitations.give_back(registration.invitation_id, registration.persons)


# --- What happens by itself -------------------------------------------------------------------------------------------


def minutely() -> dict[str, int]:
    """End offers and held places whose time is over, and offer what is free; whatever made it free, as a larger room.

    All is done session by session in the order of their ids, as everybody does who holds more than one.
    """
    counted = {"offers_over": 0, "held_over": 0, "offers": 0}
    numbers = {*session.scalars(_with_something_over()), *session.scalars(_with_places_to_offer())}
    for number in sorted(numbers):
        hold([number])
        part = session.get_one(EventSession, number)
        for booking in session.scalars(_over(part)).all():
            counted["held_over" if booking.status is Status.HELD else "offers_over"] += 1
            _expire(booking, part)
        session.flush()
        counted["offers"] += fill(part)
    return counted


def _with_something_over() -> Select[int]:
    over = select(bookings.c.session_id).where(bookings.c.ends_at <= clock.now())
    return over.order_by(bookings.c.ends_at).limit(MOST_AT_ONCE)


def _with_places_to_offer() -> Select[int]:
    now = clock.now()
    free = sessions.c.capacity - sessions.c.taken
    waits = bookings.c.session_id == sessions.c.id, bookings.c.status == Status.WAITING
    fits = or_(sessions.c.capacity.is_(None), and_(free > 0, bookings.c.persons <= free))
    goes_on = events.c.starts_at > now, events.c.published_at <= now, events.c.cancelled_at.is_(None)
    found = select(sessions.c.id).join(events, events.c.id == sessions.c.event_id)
    found = found.where(*goes_on, select(bookings.c.id).where(*waits, fits).exists())
    return found.order_by(events.c.starts_at, sessions.c.id).limit(MOST_AT_ONCE)


def _over(part: EventSession) -> Select[Booking]:
    over = select(Booking).where(bookings.c.session_id == part.id, bookings.c.ends_at <= clock.now())
    first = over.order_by(bookings.c.ends_at, bookings.c.id).limit(MOST_AT_ONCE)
    return first.with_for_update().execution_options(populate_existing=True)


def _expire(booking: Booking, part: EventSession) -> None:
    """An offer missed once leads to the end of the list; what was held, or missed again, is over."""
    was_offered = booking.status is Status.OFFERED
    booking.missed_offers += was_offered
    is_last = not was_offered or booking.missed_offers >= OFFERS_PER_BOOKING or not _still_offers(part.event)
    _end(booking)
    if is_last:
        _free_invitation(booking.registration)
    else:
        booking.status, booking.queued_at = Status.WAITING, clock.now()
    if was_offered and _still_offers(part.event):
        letters.offer_over(booking)
