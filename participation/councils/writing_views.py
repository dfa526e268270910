"""Writing the minutes during the meeting: one page with every item, which several people can write at once."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.councils import rules
from participation.councils.meeting_models import Meeting
from participation.db import session
from participation.permissions import require

bp = Blueprint("minutes_staff", __name__, url_prefix="/staff/minutes")


@bp.get("/write/<int:meeting_id>")
def write(meeting_id: int) -> ResponseReturnValue:
    """Every item of the agenda with what was said and decided."""
    require(rules.visit)
    meeting = session.get_one(Meeting, meeting_id)
    require(rules.manage, meeting.council)
    return "", 200


@bp.route("/attendance/<int:meeting_id>", methods=["GET", "POST"])
def attendance(meeting_id: int) -> ResponseReturnValue:
    """Who was there."""
    require(rules.visit)
    meeting = session.get_one(Meeting, meeting_id)
    require(rules.manage, meeting.council)
    return "", 200
