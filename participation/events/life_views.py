"""The events desk: release an event, take it back, cancel it, move it, and make another one like it."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.db import session
from participation.events import rules
from participation.events.models import Event
from participation.permissions import require

bp = Blueprint("event_life", __name__, url_prefix="/staff/events")


@bp.route("/<int:event_id>/hand-in", methods=["GET", "POST"])
def hand_in(event_id: int) -> ResponseReturnValue:
    """Ask a second person to look at it."""
    return _back(_found(event_id))


@bp.route("/<int:event_id>/release", methods=["GET", "POST"])
def release(event_id: int) -> ResponseReturnValue:
    """Publish it, now or at a moment."""
    return _back(_found(event_id))


@bp.route("/<int:event_id>/take-back", methods=["GET", "POST"])
def take_back(event_id: int) -> ResponseReturnValue:
    """Make it a draft again, as long as nobody has registered."""
    return _back(_found(event_id))


@bp.route("/<int:event_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int) -> ResponseReturnValue:
    """Tell everybody that it does not take place."""
    return _back(_found(event_id))


@bp.route("/<int:event_id>/move", methods=["GET", "POST"])
def move(event_id: int) -> ResponseReturnValue:
    """Another time or another place."""
    return _back(_found(event_id))


@bp.route("/<int:event_id>/duplicate", methods=["GET", "POST"])
def duplicate(event_id: int) -> ResponseReturnValue:
    """A new draft like this one."""
    return _back(_found(event_id))


@bp.route("/<int:event_id>/repeat", methods=["GET", "POST"])
def repeat(event_id: int) -> ResponseReturnValue:
    """Make a series of it, or add later dates to its series."""
    return _back(_found(event_id))


@bp.route("/<int:event_id>/delete", methods=["GET", "POST"])
def delete(event_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    return _back(_found(event_id))


def _found(event_id: int) -> Event:
    event = session.get_one(Event, event_id)
    require(rules.organise, event)
    return event


def _back(event: Event) -> Response:
    return redirect(url_for("event_staff.show", event_id=event.id))
