"""Whether a registration is coming, waits for a place, or has neither: it may hold places in several sessions."""

import enum
from typing import Any

from sqlalchemy import ColumnElement, Label, case, literal, select

from participation.events.registration_models import TAKES_SEATS, Booking, BookingStatus, Registration


class Standing(enum.Enum):
    """Where a registration as a whole stands."""

    COMING = "coming"  # a place is kept for them somewhere
    WAITING = "waiting"
    CANCELLED = "cancelled"


def of(registration: Registration) -> Standing:
    """The same for one that is read already."""
    found = {booking.status for booking in registration.bookings}
    if found & TAKES_SEATS:
        return Standing.COMING
    return Standing.WAITING if BookingStatus.WAITING in found else Standing.CANCELLED


def is_coming() -> ColumnElement[bool]:
    """As a condition on registrations."""
    return _has(*TAKES_SEATS)


def is_waiting() -> ColumnElement[bool]:
    """As a condition on registrations."""
    return ~_has(*TAKES_SEATS) & _has(BookingStatus.WAITING)


def column() -> Label[Any]:
    """As a column to group by."""
    told = case(
        (is_coming(), literal(Standing.COMING.value)),
        (_has(BookingStatus.WAITING), literal(Standing.WAITING.value)),
        else_=literal(Standing.CANCELLED.value),
    )
    return told.label("standing")


def _has(*statuses: BookingStatus) -> ColumnElement[bool]:
    own = (Booking.registration_id == Registration.id, Booking.status.in_(statuses))
    return select(Booking.id).where(*own).exists()
