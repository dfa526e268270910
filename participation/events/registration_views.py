"""The registrations of one event, for those who organise it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.db import session
from participation.events import rules
from participation.events.models import Event
from participation.permissions import require

bp = Blueprint("registration_staff", __name__, url_prefix="/staff/events/<int:event_id>/registrations")


@bp.get("")
def index(event_id: int) -> ResponseReturnValue:
    """Places and registrations."""
    event = session.get_one(Event, event_id)
    require(rules.see_registrations, event)
    return str(event.title)
