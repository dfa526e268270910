"""The door: who is expected, who came, and people without a registration."""

from flask import Blueprint, render_template

from participation.db import session
from participation.events import door, rules
from participation.events.models import Event
from participation.permissions import require

bp = Blueprint("event_door", __name__, url_prefix="/staff")


@bp.get("/events/<int:event_id>/door")
def show(event_id: int) -> str:
    """Large numbers, and whoever is expected."""
    require(rules.visit)
    event = session.get_one(Event, event_id)
    require(rules.see_registrations, event)
    return render_template("events/staff/door.html", event=event, counts=door.counts(event))


@bp.get("/check-in")
def check_in() -> str:
    """Where the QR code of a ticket leads."""
    require(rules.visit)
    return render_template("events/staff/check_in.html")
