"""The registrations of one event, for those who organise it: places, the list of names, and one registration."""

import uuid

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.db import session
from participation.events import (
    audiences,
    extra_answers,
    looks,
    outbox,
    phones,
    registration_queries,
    rules,
    standing,
)
from participation.events.models import Event
from participation.events.registration_models import BookingStatus
from participation.events.registration_queries import Filters
from participation.events.registration_wordings import FATES, NEEDS, SOURCES, STANDINGS, STATES, STATUS_FILTERS
from participation.permissions import require
from participation.wordings import wordings

bp = Blueprint("registration_staff", __name__, url_prefix="/staff/events/<int:event_id>/registrations")


def event_of(event_id: int) -> Event:
    """The event, for those who may see its names."""
    event = session.get_one(Event, event_id)
    require(rules.see_registrations, event)
    return event


@bp.get("")
def index(event_id: int) -> ResponseReturnValue:
    """Places at once; names after a button, because looking at them is written down."""
    return _list(event_of(event_id), Filters.from_address(request.args))


@bp.post("")
def search(event_id: int) -> ResponseReturnValue:
    """Names and addresses that are looked for stand in no address (V21); without them it is the list again."""
    event = event_of(event_id)
    filters = Filters.from_form(request.form)
    if not filters.words or not looks.has_looked(event):
        return redirect(url_for("registration_staff.index", event_id=event.id, **filters.in_address))
    g.page_has_form = True
    return _list(event, filters)


def _list(event: Event, filters: Filters) -> str:
    page = registration_queries.page_of(event, filters) if looks.has_looked(event) else None
    return render_template(
        "events/staff/registrations.html",
        event=event,
        filters=filters,
        page=page,
        shared=registration_queries.shared_addresses(event, page.items) if page else set(),
        places=registration_queries.places(event),
        attendance=registration_queries.attendance(event),
        statuses=STATUS_FILTERS,
        states=STATES,
        needs=NEEDS,
        sources=SOURCES,
        spoken={tag: audiences.name_of(tag) for tag in registration_queries.languages_of(event)},
        phone=phones.shown,
    )


@bp.post("/look")
def look(event_id: int) -> ResponseReturnValue:
    """From here on with names, as the log says."""
    event = event_of(event_id)
    looks.note(event)
    filters = Filters.from_address(request.form)
    return redirect(url_for("registration_staff.index", event_id=event.id, **filters.in_address))


@bp.get("/<uuid:registration_id>")
def show(event_id: int, registration_id: uuid.UUID) -> ResponseReturnValue:
    """One registration with all that belongs to it."""
    event = event_of(event_id)
    looks.needed(event)
    found = registration_queries.registration(event, registration_id)
    about = {name: wording.about for name, wording in wordings().items()}
    return render_template(
        "events/staff/registration.html",
        event=event,
        registration=found,
        standing=standing.of(found),
        answers=list(extra_answers.shown(found)),
        letters=outbox.letters(found.contact) if found.contact else (),
        calls=registration_queries.calls(found),
        came=registration_queries.check_in(found),
        entered_by=registration_queries.entered_by(found),
        invitation=registration_queries.invitation(found),
        same_address=registration_queries.same_address(found),
        about=about,
        states=STATES,
        standings=STANDINGS,
        needs=NEEDS,
        sources=SOURCES,
        fates=FATES,
        name_of=audiences.name_of,
        phone=phones.shown,
        BookingStatus=BookingStatus,
    )
