"""What all pages of the events desk share: their blueprint, the way to an event, and the way back."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from participation.errors import Refused
from participation.events import rules, series, staff_queries
from participation.events.models import Event, EventState
from participation.forms import Form
from participation.i18n import _l
from participation.permissions import require

bp = Blueprint("event_staff", __name__, url_prefix="/staff/events")

STATES = {
    EventState.DRAFT: _l("Draft"),
    EventState.IN_REVIEW: _l("Waits for a second person"),
    EventState.SCHEDULED: _l("Will be published by itself"),
    EventState.PUBLISHED: _l("Public"),
    EventState.CANCELLED: _l("Cancelled"),
    EventState.OVER: _l("Over"),
}


def found(event_id: int) -> Event:
    """The event, for whoever may organise it."""
    require(rules.visit)
    event = staff_queries.event(event_id)
    require(rules.organise, event)
    return event


def following(event: Event) -> list[Event]:
    """The dates after this one, for whoever may change all of them."""
    later = series.following(event)
    for one in later:
        require(rules.organise, one)
    return later


def complain(form: Form, refused: Refused, fields: Mapping[type[Refused], str]) -> None:
    """What the operation refuses stands beside its field, or else above the form; nothing typed is lost (A11)."""
    name = fields.get(type(refused))
    if name is not None and name in form:
        form.refuse(name, refused.message)
    else:
        form.form_errors = [*form.form_errors, refused.message]


def done(event: Event, message: str, page: str = "event_staff.show") -> Response:
    """Say what was done and go back to the event, or to the page the person came from."""
    flash(message, "success")
    return redirect(url_for(page, event_id=event.id))
