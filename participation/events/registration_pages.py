"""Registering for an event."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

bp = Blueprint("event_registration", __name__, url_prefix="/events")


@bp.route("/<int:event_id>/register", methods=["GET", "POST"])
def register(event_id: int) -> ResponseReturnValue:
    """One page."""
    abort(404)
