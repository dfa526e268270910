"""Registering, changing and cancelling for somebody who calls or stands at the desk."""

import uuid

import segno
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from participation import audit
from participation.db import session
from participation.districts.places import Places
from participation.errors import Refused
from participation.events import looks, on_behalf, own_registration, registering, registration_queries
from participation.events.invitations import InvitationUsed, WrongInvitation
from participation.events.models import Event
from participation.events.registering import TooManyPersons
from participation.events.registration_models import Registration, RegistrationSource
from participation.events.registration_staff_forms import ChangeForSomebodyForm, EntryForm
from participation.events.registration_views import event_of
from participation.forms import SWITCH, render_form
from participation.i18n import _, language, speaking
from participation.permissions import person
from participation.questionnaires.extra_questions import ExtraQuestions
from participation.receipts import codes
from participation.receipts.views import qr_address

bp = Blueprint("registration_change", __name__, url_prefix="/staff/events/<int:event_id>/registrations")

PRINTED = "registration_receipt"  # event, code and language of the receipt that is to be printed
FIELD_OF = {WrongInvitation: "invitation", InvitationUsed: "invitation", TooManyPersons: "persons"}


# --- Registering somebody ---------------------------------------------------------------------------------------------


@bp.route("/new", methods=["GET", "POST"])
def new(event_id: int) -> ResponseReturnValue:
    """One screen for all of it, and then the receipt."""
    event = event_of(event_id)
    cookie.pop(PRINTED, None)
    form, typed = EntryForm(event), request.form if request.method == "POST" else None
    questions = ExtraQuestions(event.version, Places(), typed) if event.version_id else None
    if not form.validate_on_submit() or (questions and (questions.errors or questions.has_more_to_ask)):
        return _entry_page(event, form, questions)
    try:
        code = registering.register(
            event,
            form.wish(questions),
            form_key=form.key,
            source=RegistrationSource(form.source.data),
            entered_by_id=person().id,
        )
    except Refused as refused:
        session.rollback()
        name = FIELD_OF.get(type(refused), "")
        if name in form:
            form.refuse(name, str(refused))
        else:
            form.form_errors.append(str(refused))
        return _entry_page(event_of(event_id), form, questions)
    made = registering.registered_with(form.key)
    audit.record(
        "registration.entered", f"event {event.id}", registration=str(made.id if made else ""), source=form.source.data
    )
    return _to_print(event, code, form.language.data)


def _entry_page(event: Event, form: EntryForm, questions: ExtraQuestions | None) -> ResponseReturnValue:
    only_switched = SWITCH in request.form
    if questions is not None and only_switched:
        questions.errors.clear()
    asks_more = questions is not None and questions.has_more_to_ask and not only_switched
    page, status = render_form(
        "events/staff/registration_new.html",
        form,
        event=event,
        questions=questions,
        asks_more=asks_more,
        takes=registering.takes_late_ones(event),
    )
    return page, 422 if asks_more or (questions is not None and questions.errors) else status


def _to_print(event: Event, code: str, tag: str) -> Response:
    cookie[PRINTED] = [event.id, code, tag]
    return redirect(url_for("registration_change.printed", event_id=event.id))


@bp.get("/receipt")
def printed(event_id: int) -> ResponseReturnValue:
    """The receipt in the language of the person, to be printed or read aloud, until the next one is begun."""
    event = event_of(event_id)
    number, code, tag = cookie.get(PRINTED, (None, None, None))
    if number != event.id:
        return redirect(url_for("registration_change.new", event_id=event.id))
    with speaking(tag):
        picture = segno.make(qr_address(code), error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
        receipt = render_template(
            "events/staff/_printed_receipt.html", code=codes.grouped(code), picture=picture, event=event
        )
        own = Markup(receipt)  # noqa: S704  (our own template, escaped there)
    return render_template("events/staff/registration_receipt.html", event=event, receipt=own, marks=language(tag))


# --- One registration, for its person ---------------------------------------------------------------------------------


def _found(event_id: int, registration_id: uuid.UUID) -> tuple[Event, Registration]:
    event = event_of(event_id)
    looks.needed(event)
    return event, registration_queries.registration(event, registration_id)


def _shown(registration: Registration) -> Response:
    return redirect(url_for("registration_staff.show", event_id=registration.event_id, registration_id=registration.id))


@bp.route("/<uuid:registration_id>/change", methods=["GET", "POST"])
def change(event_id: int, registration_id: uuid.UUID) -> ResponseReturnValue:
    """Fewer people, another telephone number, a need that came up."""
    event, found = _found(event_id, registration_id)
    form = ChangeForSomebodyForm(found)
    if not form.validate_on_submit():
        return _change_page(form, event, found)
    try:
        own_registration.change(found, form.wish)
    except Refused as refused:
        session.rollback()
        form.refuse("persons" if "persons" in form else "name", str(refused))
        return _change_page(form, *_found(event_id, registration_id))
    audit.record("registration.changed", f"event {event.id}", registration=str(found.id))
    flash(_("The registration was changed."))
    return _shown(found)


def _change_page(form: ChangeForSomebodyForm, event: Event, registration: Registration) -> ResponseReturnValue:
    return render_form("events/staff/registration_change.html", form, event=event, registration=registration)


@bp.route("/<uuid:registration_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int, registration_id: uuid.UUID) -> ResponseReturnValue:
    """They do not come; asked once more before."""
    event, found = _found(event_id, registration_id)
    if request.method == "GET":
        return _ask_again("cancel", event, found)
    own_registration.cancel(found)
    audit.record("registration.cancelled", f"event {event.id}", registration=str(found.id))
    flash(_("The registration was cancelled."))
    return _shown(found)


@bp.route("/<uuid:registration_id>/erase", methods=["GET", "POST"])
def erase(event_id: int, registration_id: uuid.UUID) -> ResponseReturnValue:
    """The person wants all their data to be deleted now."""
    event, found = _found(event_id, registration_id)
    if request.method == "GET":
        return _ask_again("erase", event, found)
    own_registration.erase(found)
    audit.record("registration.erased", f"event {event.id}")
    flash(_("The registration and all that belonged to it was deleted."))
    return redirect(url_for("registration_staff.index", event_id=event_id))


def _ask_again(what: str, event: Event, registration: Registration) -> ResponseReturnValue:
    if what == "cancel" and not registration.is_alive:
        abort(404)
    return render_template("events/staff/registration_end.html", what=what, event=event, registration=registration)


@bp.post("/<uuid:registration_id>/place/<int:session_id>")
def give_place(event_id: int, registration_id: uuid.UUID, session_id: int) -> Response:
    """Somebody who waits gets a place that is free."""
    _event, found = _found(event_id, registration_id)
    on_behalf.give_place(registration_queries.booking(found, session_id))
    flash(_("The person has the place now."))
    return _shown(found)


@bp.post("/<uuid:registration_id>/receipt")
def receipt(event_id: int, registration_id: uuid.UUID) -> Response:
    """Another receipt for somebody who lost theirs."""
    event, found = _found(event_id, registration_id)
    return _to_print(event, on_behalf.renew_receipt(found), found.language)
