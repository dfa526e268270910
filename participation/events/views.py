"""Reading events: the list, the month, and the page of one event."""

from flask import Blueprint, abort, render_template

from participation.events import queries, rules
from participation.permissions import allowed

bp = Blueprint("events", __name__, url_prefix="/events")


@bp.get("/")
def index() -> str:
    """The events to come, or the earlier ones."""
    return render_template("events/index.html")


@bp.get("/month/<int:year>/<int:month>")
def month(year: int, month: int) -> str:
    """All events of a month as a calendar."""
    return render_template("events/month.html", year=year, month=month)


@bp.get("/<int:event_id>")
def show(event_id: int) -> str:
    """One event with all one needs to know to come."""
    event = queries.event(event_id)
    if not allowed(rules.read, event):
        abort(404)
    return render_template("events/show.html", event=event)
