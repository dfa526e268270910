"""What somebody does with the receipt of a registration at hand: change, cancel, name the group, take back, erase."""

import segno
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation import mail
from participation.contacts import letter_pages
from participation.db import session
from participation.errors import Refused
from participation.events import consents, matters, own_links, own_registration
from participation.events.invitations import InvitationUsed
from participation.events.own_registration import NoRoom, NotChangeable
from participation.events.registering import TooManyPersons
from participation.events.registration_forms import ChangeForm, ConsentsForm, NamesForm, missed_requests
from participation.events.registration_models import BookingStatus, Registration
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.receipts import pocket

bp = Blueprint("own_registration", __name__, url_prefix="/events")

LETTER = "event_letter"  # the token of a letter, which leaves the address at once (V21)


def own() -> Registration:
    """The registration that belongs to the receipt at hand."""
    return pocket.own(matters.of_receipt)


def back() -> ResponseReturnValue:
    """To the page of the receipt."""
    return redirect(url_for("receipts.matter"))


@bp.route("/registration/change", methods=["GET", "POST"])
@limit("60 per hour")
def change() -> ResponseReturnValue:
    """Persons, needs, and how to reach them; what is refused stays on the page as it was typed."""
    registration = own()
    if not own_registration.is_changeable(registration):
        raise NotChangeable
    form = ChangeForm(registration)
    if not form.validate_on_submit():
        return _change_page(form, registration)
    try:
        own_registration.change(registration, form.wish)
    except (NoRoom, TooManyPersons, InvitationUsed) as refused:
        return _refused(form, refused)
    flash(_("Your change is saved."), "success")
    return back()


def _refused(form: ChangeForm, refused: Refused) -> ResponseReturnValue:
    session.rollback()
    registration = own()
    if "persons" in form:
        form.refuse("persons", str(refused))
    else:
        form.form_errors.append(str(refused))
    return _change_page(form, registration)


def _change_page(form: ChangeForm, registration: Registration) -> ResponseReturnValue:
    missed = missed_requests(registration.event)
    return render_form(
        "events/own_change.html", form, registration=registration, event=registration.event, missed=missed
    )


@bp.route("/registration/cancel", methods=["GET", "POST"])
@limit("30 per hour")
def cancel() -> ResponseReturnValue:
    """All of it or only some sessions, after being asked once more."""
    registration = own()
    alive = [one for one in registration.bookings if one.status is not BookingStatus.CANCELLED]
    if not own_registration.is_changeable(registration):
        raise NotChangeable
    if request.method == "GET":
        return render_template("events/own_cancel.html", event=registration.event, alive=alive)
    chosen = {one.session_id for one in alive if request.form.get("session") in {None, "", str(one.session_id)}}
    if not chosen:
        abort(400)
    own_registration.cancel(registration, chosen)
    flash(_("It is cancelled. Thank you for telling us."), "success")
    return back()


@bp.route("/registration/names", methods=["GET", "POST"])
@limit("60 per hour")
def names() -> ResponseReturnValue:
    """Who comes with a group."""
    registration = own()
    if not own_registration.is_changeable(registration):
        raise NotChangeable
    form = NamesForm(registration)
    if not form.validate_on_submit():
        return render_form("events/own_names.html", form, registration=registration)
    own_registration.name_people(registration, form.lines)
    flash(_("The names are saved."), "success")
    return back()


@bp.route("/registration/consents", methods=["GET", "POST"], endpoint="consents")
@limit("60 per hour")
def own_consents() -> ResponseReturnValue:
    """What they agree to; a yes is taken back with the same tick that gave it."""
    registration = own()
    form = ConsentsForm(registration)
    if not form.validate_on_submit():
        return render_form("events/own_consents.html", form, taken_back=consents.taken_back(registration))
    own_registration.keep_consents(registration, form.agreed)
    flash(_("Saved. What is not ticked does not count any more."), "success")
    return back()


@bp.get("/registration/ticket")
def ticket() -> ResponseReturnValue:
    """What lets them in: a QR code to show or to print; it opens nothing of theirs."""
    registration = own()
    confirmed = [one for one in registration.bookings if one.status is BookingStatus.CONFIRMED]
    if not confirmed or registration.event.is_cancelled:
        raise NotChangeable(_("There is no ticket at the moment, because you have no confirmed place."))
    # What follows the # is never sent to a server (V21); the door page reads it there.
    address = f"{mail.absolute(url_for('event_door.check_in', lang='de'))}#{registration.ticket}"
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return render_template(
        "events/ticket.html", registration=registration, event=registration.event, confirmed=confirmed, picture=picture
    )


@bp.route("/registration/erase", methods=["GET", "POST"])
@limit("30 per hour")
def erase() -> ResponseReturnValue:
    """Everything about it goes now, after being asked once more."""
    registration = own()
    if request.method == "GET":
        return render_template("events/own_erase.html", event=registration.event, is_alive=registration.is_alive)
    own_registration.erase(registration)
    pocket.forget()
    flash(_("Your registration and your receipt were deleted."), "success")
    return redirect(url_for("events.index"))


# --- From a letter ----------------------------------------------------------------------------------------------------


@bp.get("/letters/<token>")
def open_letter(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    return letter_pages.keep(LETTER, token, "own_registration.letter")


@bp.route("/letters", methods=["GET", "POST"])
@limit("60 per hour")
def letter() -> ResponseReturnValue:
    """With one button the registration is at hand, and we know that the address is right."""
    return letter_pages.open_matter(
        LETTER, own_links.behind, "events/own_letter.html", pocket.remember, "receipts.matter"
    )
