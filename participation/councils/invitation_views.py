"""The invitation to a meeting: who is invited, who has answered, and whether enough will be there."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.councils import rules
from participation.permissions import require

bp = Blueprint("invitation_staff", __name__, url_prefix="/staff/invitations")


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    """The invitation of one meeting with all answers."""
    require(rules.visit)
    return str(meeting_id)
