"""The councils' desk: the meetings of a council, from the plan to the published agenda."""

from flask import Blueprint, render_template

from participation.councils import meeting_queries, rules
from participation.councils.meeting_models import Meeting
from participation.permissions import require

bp = Blueprint("meeting_staff", __name__, url_prefix="/staff/meetings")


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> str:
    """One meeting: where it stands and what can be done."""
    return render_template("councils/staff/meeting.html", meeting=_found(meeting_id))


def _found(meeting_id: int) -> Meeting:
    meeting = meeting_queries.meeting(meeting_id)
    require(rules.manage, meeting.council)
    return meeting
