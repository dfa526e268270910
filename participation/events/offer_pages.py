"""A place has become free: yes or no, with the receipt at hand or through the link of the letter."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from participation.db import session
from participation.events import own_links, waiting
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.i18n import _
from participation.limits import limit
from participation.receipts import pocket

bp = Blueprint("event_offers", __name__, url_prefix="/events/offers")

LETTER = "event_offer"  # the token of a letter, which has left the address at once (V21)


def own() -> Registration:
    """The registration at hand, or of the letter that was opened. No address names it (V18)."""
    receipt = pocket.current()
    found = None
    if receipt is not None:
        found = session.scalar(select(Registration).where(Registration.receipt_id == receipt.id))
    found = found or own_links.behind(cookie.get(LETTER, ""))
    if found is None:
        abort(redirect(url_for("receipts.find")))
    return found


def own_booking(booking_id: uuid.UUID) -> Booking:
    """One of its parts; those of others are not there."""
    return next((one for one in own().bookings if one.id == booking_id), None) or abort(404)


@bp.get("/letter/<token>")
def open_letter(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    cookie[LETTER] = token
    return redirect(url_for("event_offers.index"))


@bp.get("")
def index() -> ResponseReturnValue:
    """What is offered, until when, and what became of offers before."""
    registration = own()
    return render_template("events/offers.html", registration=registration, event=registration.event)


@bp.post("/<uuid:booking_id>/accept")
@limit("30 per hour")
def accept(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Yes."""
    waiting.accept(own_booking(booking_id))
    flash(_("You have a place. We look forward to seeing you."), "success")
    return redirect(url_for("event_offers.index"))


@bp.post("/<uuid:booking_id>/decline")
@limit("30 per hour")
def decline(booking_id: uuid.UUID) -> ResponseReturnValue:
    """No."""
    waiting.decline(own_booking(booking_id))
    flash(_("Thank you for telling us. The place is offered to somebody else now."), "success")
    return redirect(url_for("event_offers.index"))
