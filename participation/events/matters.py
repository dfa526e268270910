"""What became of a registration, for whoever comes back with its receipt."""

from typing import NamedTuple

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from participation.db import session
from participation.events import consents, own_registration, phones, standing
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.events.standing import Standing
from participation.feature import Matter
from participation.i18n import LazyText, _, _l, format_moment, format_number, ngettext
from participation.receipts.models import Receipt

Status = BookingStatus

STATES: dict[Standing, LazyText] = {
    Standing.COMING: _l("You have a place. Please cancel if you cannot come. Somebody else is glad to have it."),
    Standing.WAITING: _l("You are on the waiting list. When a place becomes free, we offer it to you."),
    Standing.CANCELLED: _l("This registration is cancelled. You have no place."),
}
TO_CONFIRM = _l("We keep a place for you. Please open the link in the mail that we have sent to you.")
TO_ANSWER = _l("A place is free for you. Please tell us whether you want it.")
EVENT_CANCELLED = _l("This event was cancelled.")
EVENT_OVER = _l("This event is over.")


class Part(NamedTuple):
    """One session of a registration, with what the person has there in words."""

    booking: Booking
    words: str


def of_receipt(receipt: Receipt) -> Registration | None:
    """What was registered with this receipt; None when it belongs to something else."""
    return session.scalar(select(Registration).where(Registration.receipt_id == receipt.id))


def holds(receipt: Receipt) -> ColumnElement[bool]:
    """Whether somebody registered with it."""
    return exists().where(Registration.receipt_id == receipt.id)


def matter(receipt: Receipt) -> Matter | None:
    """The event, what they have there, and what they can do now."""
    registration = of_receipt(receipt)
    if registration is None:
        return None
    event = registration.event
    bookings = sorted(registration.bookings, key=lambda one: (one.session.position, one.session_id))
    statuses = {one.status for one in bookings}
    return Matter(
        title=Markup("{}: {}").format(_("Registration"), event.title),
        state=state_of(registration),
        template="events/_matter.html",
        context={
            "registration": registration,
            "event": event,
            "parts": [Part(one, words_of(one)) for one in bookings],
            "has_place": Status.CONFIRMED in statuses,
            "has_offer": Status.OFFERED in statuses,
            "is_changeable": own_registration.is_changeable(registration),
            "phone": phones.shown(registration.phone) if registration.phone else "",
            "consents": consents.in_force(registration),
            "asks_consents": bool(registration.consents) or bool(consents.asked(event)),
        },
    )


def state_of(registration: Registration) -> LazyText:
    """All of it in one sentence."""
    event, statuses = registration.event, {one.status for one in registration.bookings}
    if event.is_cancelled:
        return EVENT_CANCELLED
    if event.is_over:
        return EVENT_OVER
    if Status.OFFERED in statuses:
        return TO_ANSWER
    if Status.HELD in statuses and Status.CONFIRMED not in statuses:
        return TO_CONFIRM
    return STATES[standing.of(registration)]


def words_of(booking: Booking) -> str:
    """What they have in one session: places, a place in the line, an offer, or nothing any more."""
    number, until = booking.persons, format_moment(booking.ends_at) if booking.ends_at else ""
    if booking.status is Status.CONFIRMED:
        return ngettext("%(n)s place is yours.", "%(n)s places are yours.", number)
    if booking.status is Status.WAITING:
        people = ngettext("You wait for %(n)s place.", "You wait for %(n)s places.", number)
        line = _("You are number %(position)s on the waiting list.", position=format_number(position(booking)))
        return f"{people} {line}"
    if booking.status is Status.OFFERED:
        return ngettext(
            "%(n)s place is free for you. Please answer by %(moment)s.",
            "%(n)s places are free for you. Please answer by %(moment)s.",
            number,
            moment=until,
        )
    if booking.status is Status.HELD:
        return ngettext(
            "We keep %(n)s place for you until %(moment)s. Please open the link in our mail before then.",
            "We keep %(n)s places for you until %(moment)s. Please open the link in our mail before then.",
            number,
            moment=until,
        )
    return _("Registration cancelled")


def position(booking: Booking) -> int:
    """Which place in the line it has, counted from 1."""
    before = or_(
        Booking.queued_at < booking.queued_at,
        and_(Booking.queued_at == booking.queued_at, Booking.id < booking.id),
    )
    waits = select(func.count()).select_from(Booking).where(Booking.session_id == booking.session_id)
    return 1 + (session.scalar(waits.where(Booking.status == Status.WAITING, before)) or 0)
