"""The poster of an event: staff choose paper and languages, print the page or take the PDF."""

from flask import Blueprint, render_template

from participation.db import session
from participation.events import rules
from participation.events.models import Event
from participation.permissions import require

bp = Blueprint("event_poster", __name__, url_prefix="/staff/events")


@bp.get("/<int:event_id>/poster")
def poster(event_id: int) -> str:
    """The poster as a page."""
    event = session.get_one(Event, event_id)
    require(rules.organise, event)
    return render_template("events/staff/poster.html", event=event)
