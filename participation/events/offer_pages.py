"""A place has become free: yes or no, with the receipt at hand or through the link of the letter."""

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from participation.contacts.own_links import opened
from participation.events import matters, own_links, waiting
from participation.events.letter_facts import has_place, when, where
from participation.events.registration_models import Booking, Registration
from participation.i18n import _
from participation.limits import limit
from participation.receipts import pocket

bp = Blueprint("event_offers", __name__, url_prefix="/events/offers")

LETTER = "event_offer"  # the token of a letter, and the receipt that was at hand when it was opened (V21)


@bp.get("/letter/<token>")
def open_letter(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    cookie[LETTER] = [token, cookie.get(pocket.AT_HAND)]
    return redirect(url_for("event_offers.index"))


@bp.get("")
def index() -> ResponseReturnValue:
    """What is offered, until when, and what became of offers before."""
    registration = own()
    return render_template(
        "events/offers.html",
        registration=registration,
        event=registration.event,
        is_open=waiting.is_open,
        is_by_letter=by_letter() is not None,
        when=when(registration.event),
        where=where(registration.event, with_address=has_place(registration)),
        bookings=sorted(registration.bookings, key=lambda one: (one.session.position, one.session_id)),
    )


@bp.post("/<uuid:booking_id>/accept")
@limit("30 per hour")
def accept(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Yes."""
    return answer(booking_id, waiting.accept, _("You have a place. We look forward to seeing you."))


@bp.post("/<uuid:booking_id>/decline")
@limit("30 per hour")
def decline(booking_id: uuid.UUID) -> ResponseReturnValue:
    """No."""
    return answer(booking_id, waiting.decline, _("Thank you for telling us. You have no place there."))


def answer(booking_id: uuid.UUID, give: Callable[[Booking], None], thanks: str) -> ResponseReturnValue:
    """One answer to one offer; when it is over, the page tells what became of it."""
    registration = own()
    booking = next((one for one in registration.bookings if one.id == booking_id), None) or abort(404)
    try:
        give(booking)
    except waiting.OfferOver as refused:
        flash(str(refused), "error")
    else:
        if by_letter() is not None:
            opened(registration.contact)
        flash(thanks, "success")
    return redirect(url_for("event_offers.index"))


# --- Whose it is ------------------------------------------------------------------------------------------------------


def own() -> Registration:
    """The registration of the letter that was opened, or of the receipt at hand. No address names it (V18)."""
    found = by_letter() or with_receipt()
    if found is None:
        abort(redirect(url_for("receipts.find")))
    return found


def by_letter() -> Registration | None:
    """Until another receipt is taken to hand."""
    token, at_hand = cookie.get(LETTER) or ("", None)
    return own_links.behind(token) if at_hand == cookie.get(pocket.AT_HAND) else None


def with_receipt() -> Registration | None:
    """The receipt may belong to something else; then there is no offer."""
    receipt = pocket.current()
    return matters.of_receipt(receipt) if receipt is not None else None
