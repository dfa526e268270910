"""The events desk after an event: the report, photos, how many people came, and what happens next."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from participation.db import session
from participation.events import rules
from participation.events.models import Event
from participation.permissions import require

bp = Blueprint("event_afterwards", __name__, url_prefix="/staff/events")


@bp.route("/<int:event_id>/report", methods=["GET", "POST"])
def report(event_id: int) -> ResponseReturnValue:
    """What came of it."""
    event = session.get_one(Event, event_id)
    require(rules.organise, event)
    return redirect(url_for("event_staff.show", event_id=event.id))
