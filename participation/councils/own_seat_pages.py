"""What a member does with their receipt at hand: answer invitations, check minutes, see tasks, decide what is shown."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

bp = Blueprint("own_seat", __name__, url_prefix="/own-seat")


@bp.get("")
def show() -> ResponseReturnValue:
    """The member's own page."""
    return ""


@bp.get("/letters/<token>")
def open_letter(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    return token
