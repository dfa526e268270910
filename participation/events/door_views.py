"""The door: who is expected, who came, and people without a registration. It works on paper, on a phone without
scripts, and with a camera and a bad network."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from participation import audit, clock
from participation.accounts import signing_in
from participation.addresses import LARGEST_ID
from participation.db import random_id, session
from participation.events import door, door_queries, door_scans, rules
from participation.events.door import Mark, Outcome
from participation.events.door_forms import ArriveForm, SearchForm, TicketForm, WalkInForm
from participation.events.models import Event
from participation.events.registration_models import Registration
from participation.forms import render_form
from participation.headers import HEADERS
from participation.i18n import LazyText, _, _l, ngettext
from participation.permissions import Person, require
from participation.settings import PROJECT

bp = Blueprint("event_door", __name__, url_prefix="/staff")

DECODER = PROJECT / "static" / "vendor" / "qr" / "decode.js"
OPENED = "doors"  # in the cookie: the events whose names this person is looking at
MOST_OPENED = 10

OUTCOMES: dict[str, LazyText] = {
    Outcome.HERE.value: _l("Welcome. This ticket is counted."),
    Outcome.ALREADY.value: _l("Already here. This ticket was counted before."),
    Outcome.WAITING.value: _l("On the waiting list. You decide."),
    Outcome.CANCELLED.value: _l("This registration was cancelled."),
    Outcome.OTHER_EVENT.value: _l("This ticket is for another event."),
    Outcome.UNKNOWN.value: _l("We do not know this ticket."),
    door_scans.COUNTED: _l("Counted."),
    door_scans.UNREADABLE: _l("This could not be read."),
    door_scans.NOT_ALLOWED: _l("This ticket is for an event of other colleagues."),
    door_scans.REFUSED: _l("Nobody is counted for this event now."),
}


# --- The page of one event --------------------------------------------------------------------------------------------


@bp.route("/events/<int:event_id>/door", methods=["GET", "POST"])
def show(event_id: int) -> ResponseReturnValue:
    """Large numbers, people without a registration, and the list, once its names were asked for."""
    event, _person = _found(event_id)
    form = SearchForm()
    words = form.words.data.strip() if form.validate_on_submit() and form.words.data else ""
    return _page(event, form, WalkInForm(), words)


@bp.post("/events/<int:event_id>/door/open")
def open_list(event_id: int) -> Response:
    """Names and needs are shown from here on; that is written down once (D15)."""
    event, _person = _found(event_id)
    _note_look(event, "event.door_opened", "counting at the door")
    return redirect(url_for("event_door.show", event_id=event.id))


@bp.post("/events/<int:event_id>/door/arrive")
def arrive(event_id: int) -> ResponseReturnValue:
    """Somebody from the list is here; sent again with another number, it is corrected."""
    event, person = _found(event_id)
    form = ArriveForm()
    registration = session.get_one(Registration, _identity(form.registration.data))
    if registration.event_id != event.id:
        abort(404)
    if not form.validate_on_submit():
        flash(" ".join(map(str, form.persons.errors)) or _("Please load the page again."), "error")
        return _back(event, f"r-{registration.id}")
    mark = Mark.now(_identity(form.mark.data), form.persons.data, anyway=True)
    outcome = door.check_in(event, registration, person, mark)
    if outcome is Outcome.ALREADY:
        door.correct(registration, form.persons.data)
    name = registration.name or registration.organisation
    if outcome is Outcome.CANCELLED:
        flash(str(OUTCOMES[outcome.value]), "error")
    else:
        flash(ngettext("Here: %(name)s, %(n)s person", "Here: %(name)s, %(n)s people", form.persons.data, name=name))
    return _back(event, f"r-{registration.id}")


@bp.post("/events/<int:event_id>/door/walk-ins")
def walk_in(event_id: int) -> ResponseReturnValue:
    """People without a registration: how many, and no names."""
    event, person = _found(event_id)
    form = WalkInForm()
    if not form.validate_on_submit():
        return _page(event, SearchForm(formdata=None), form, "")
    door.walk_in(event, person, Mark.now(_identity(form.mark.data), form.persons.data), form.tongue.data)
    flash(ngettext("%(n)s person was counted.", "%(n)s people were counted.", form.persons.data))
    return _back(event, "counts")


@bp.post("/events/<int:event_id>/door/undo/<uuid:check_in_id>")
def undo(event_id: int, check_in_id: uuid.UUID) -> Response:
    """It was a mistake."""
    event, _person = _found(event_id)
    door.undo(event, check_in_id)
    flash(_("That was taken back."))
    return _back(event, "counts")


# --- On paper ---------------------------------------------------------------------------------------------------------


@bp.post("/events/<int:event_id>/door/list")
def ask_for_list(event_id: int) -> Response:
    """The list for printing; that somebody has it is written down (D15)."""
    event, _person = _found(event_id)
    _note_look(event, "event.door_list_made", "a list on paper for the door", always=True)
    return redirect(url_for("event_door.paper", event_id=event.id))


@bp.get("/events/<int:event_id>/door/list")
def paper(event_id: int) -> ResponseReturnValue:
    """Everybody by name, with boxes to tick."""
    event, _person = _found(event_id)
    if not _is_opened(event):
        return redirect(url_for("event_door.show", event_id=event.id))
    guests = door_queries.expected(door_queries.guests(event))
    expected = [guest for guest in guests if guest.state != door_queries.WAITING]
    waiting = [guest for guest in guests if guest.state == door_queries.WAITING]
    return render_template(
        "events/staff/door_list.html",
        event=event,
        lists=[(_("Registered"), expected), *([(_("On the waiting list"), waiting)] if waiting else [])],
        counts=door.counts(event),
        made_at=clock.now(),
    )


# --- Tickets ----------------------------------------------------------------------------------------------------------


@bp.route("/check-in", methods=["GET", "POST"])
def check_in() -> ResponseReturnValue:
    """Where the QR code of a ticket leads: the ticket follows the #, which browsers never send to a server."""
    person = require(rules.visit)
    form, told = TicketForm(), None
    if form.validate_on_submit():
        sent = {"ticket": form.ticket.data, "id": form.mark.data or str(random_id())}
        told = _told(door_scans.take({**sent, "anyway": "anyway" in request.form}, person))
    page, status = render_form(
        "events/staff/check_in.html", form, told=told, mark=random_id(), has_decoder=_has_decoder()
    )
    return _with_camera(page, status)


@bp.get("/events/<int:event_id>/door/tickets.json")
def tickets(event_id: int) -> Response:
    """What a phone has to know to answer without a network; it keeps it in its memory only."""
    event, _person = _found(event_id)
    if not _is_opened(event):
        abort(409)
    guests = [
        {
            "id": guest.id,
            "ticket": guest.ticket,
            "name": guest.called,
            "persons": guest.persons,
            "needs": guest.wishes,
            "state": guest.state,
            "here": guest.is_here,
        }
        for guest in door_queries.guests(event)
    ]
    return _never_stored({"guests": guests, "counts": _numbers(event)})


@bp.get("/check-in/token.json")
def token() -> Response:
    """A token for sending, for a page that was open while somebody signed in anew."""
    require(rules.visit)
    return _never_stored({"token": generate_csrf(), "seconds": signing_in.seconds_left()})


@bp.post("/check-in/scans")
def scans() -> Response:
    """What a phone has kept; each scan is answered by itself."""
    person = require(rules.visit)
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    kept, page = sent.get("scans"), sent.get("page")
    if not isinstance(kept, list) or len(kept) > door_scans.MOST_IN_ONE_MESSAGE:
        abort(400)
    results = [_told(door_scans.take(one, person)) for one in kept]
    event = session.get(Event, page) if isinstance(page, int) and 0 < page <= LARGEST_ID else None
    numbers = _numbers(event) if event is not None and rules.see_registrations(person, event) else None
    return _never_stored({"results": results, "counts": numbers, "seconds": signing_in.seconds_left()})


def _told(answer: door_scans.Answer) -> dict[str, Any]:
    """An answer in words; the name of a guest is a look at personal data as well."""
    told: dict[str, Any] = {"outcome": answer.outcome, "says": str(OUTCOMES[answer.outcome])}
    if answer.event is not None:
        told |= {"event": str(answer.event.title), "event_id": answer.event.id}
    if answer.registration is not None and answer.event is not None:
        _note_look(answer.event, "event.ticket_read", "counting at the door")
        one = answer.registration
        told |= {"ticket": one.ticket, "name": one.name or one.organisation, "persons": one.persons}
    return told


# --- What all of them share -------------------------------------------------------------------------------------------


def _found(event_id: int) -> tuple[Event, Person]:
    require(rules.visit)
    event = session.get_one(Event, event_id)
    return event, require(rules.see_registrations, event)


def _page(event: Event, form: SearchForm, walk_in_form: WalkInForm, words: str) -> Response:
    around: dict[str, Any] = {"is_open": _is_opened(event)}
    if around["is_open"]:
        everybody = door_queries.expected(door_queries.guests(event))
        around["page"] = door_queries.page_of(door_queries.looked_for(everybody, words) if words else everybody)
    page, _status = render_form(
        "events/staff/door.html",
        form,
        event=event,
        walk_in_form=walk_in_form,
        words=words,
        counts=door.counts(event),
        last_counted=door_queries.last_counted(event),
        is_full=door_queries.is_full(event),
        is_today=event.local_start.date() <= clock.today() <= event.local_end.date(),
        new_mark=random_id,
        has_decoder=_has_decoder(),
        **around,
    )
    return _with_camera(page, 422 if walk_in_form.errors or form.errors else 200)


def _back(event: Event, anchor: str) -> Response:
    page = request.args.get("page", type=int)
    return redirect(url_for("event_door.show", event_id=event.id, page=page, _anchor=anchor))


def _identity(typed: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        abort(404)


def _numbers(event: Event) -> dict[str, int]:
    counts = door.counts(event)
    return {"came": counts.came, "expected": counts.expected, "without": counts.without_registration}


def _is_opened(event: Event) -> bool:
    return event.id in cookie.get(OPENED, [])


def _note_look(event: Event, action: str, purpose: str, *, always: bool = False) -> None:
    """Write down that somebody sees names, once while they are signed in."""
    if always or not _is_opened(event):
        audit.look(action, f"event {event.id}", purpose)
    others = [number for number in cookie.get(OPENED, []) if number != event.id]
    cookie[OPENED] = [event.id, *others][:MOST_OPENED]


def _has_decoder() -> bool:
    """Whether the reader of QR codes was fetched at set-up; some browsers bring one of their own."""
    return DECODER.exists()


def _with_camera(page: str, status: int) -> Response:
    """Only these pages may use the camera, and only when their button is pressed."""
    answer = make_response(page, status)
    answer.headers["Permissions-Policy"] = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
    return answer


def _never_stored(data: dict[str, Any]) -> Response:
    answer = make_response(data)
    answer.cache_control.no_store = True
    return answer
