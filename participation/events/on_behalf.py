"""What staff do for somebody who calls or stands at the desk, beside what people can do themselves."""

from participation import audit
from participation.db import session
from participation.errors import Refused
from participation.events import letters, seats, waiting
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.i18n import _l
from participation.receipts import operations as receipts


class NoPlaceFree(Refused):
    message = _l("So many places are not free there. Nothing was changed.")


class NotWaiting(Refused):
    message = _l("This registration does not wait for a place there any more. Please load the page again.")


def give_place(booking: Booking) -> None:
    """Somebody who waits gets a place by hand, if there are enough; others who wait longer are passed by."""
    waiting.hold([booking.session_id])
    session.refresh(booking, with_for_update={"of": Booking})  # the worker may have offered it meanwhile
    if booking.session.event.is_cancelled:
        raise NotWaiting
    if booking.status is BookingStatus.OFFERED:
        waiting.accept(booking)
    elif booking.status is not BookingStatus.WAITING:
        raise NotWaiting
    elif not seats.take(booking.session_id, booking.persons):
        raise NoPlaceFree
    else:
        booking.status, booking.ends_at = BookingStatus.CONFIRMED, None
        letters.accepted(booking.registration)
    audit.record(
        "registration.place_given", thing=f"event {booking.event_id}", registration=str(booking.registration_id)
    )


def renew_receipt(registration: Registration) -> str:
    """Another code for somebody who lost theirs; the old one leads nowhere from here on."""
    if registration.receipt is None:
        issued = receipts.issue()
        registration.receipt, code = issued.receipt, issued.code
    else:
        code = receipts.renew(registration.receipt)
    audit.record(
        "registration.receipt_renewed", thing=f"event {registration.event_id}", registration=str(registration.id)
    )
    return code
