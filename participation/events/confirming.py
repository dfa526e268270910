"""Somebody has opened the link and said that the address is right: places that were held for it become theirs."""

from sqlalchemy import select

from participation import clock
from participation.contacts.models import Contact
from participation.db import session
from participation.events import letters, waiting
from participation.events.registration_models import Booking, BookingStatus, Registration

Status = BookingStatus


def news(contact: Contact) -> None:
    """The first real letter of a registration: what is theirs now, or that the time was over."""
    registration = session.scalar(select(Registration).where(Registration.contact_id == contact.id))
    if registration is None:
        return
    waiting.hold(booking.session_id for booking in registration.bookings)
    for booking in registration.bookings:
        session.refresh(booking, with_for_update={"of": Booking})
        is_in_time = booking.ends_at is not None and clock.now() < booking.ends_at
        if booking.status is Status.HELD and is_in_time:
            booking.status, booking.ends_at = Status.CONFIRMED, None
    session.flush()
    if registration.event.is_cancelled:
        return
    statuses = {booking.status for booking in registration.bookings}
    if Status.CONFIRMED in statuses:
        letters.registered(registration)
    elif statuses & {Status.WAITING, Status.OFFERED}:
        letters.waiting(registration)
    else:
        letters.confirmed_too_late(registration)
