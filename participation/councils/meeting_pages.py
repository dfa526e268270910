"""Meetings as everybody sees them."""

from flask import Blueprint, render_template

bp = Blueprint("meetings", __name__, url_prefix="/meetings")


@bp.get("")
def index() -> str:
    """All meetings."""
    return render_template("councils/meetings.html")


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> str:
    return render_template("councils/meeting.html")


@bp.get("/<int:meeting_id>/meeting.ics")
def calendar(meeting_id: int) -> str:
    return ""


@bp.get("/papers/<int:paper_id>")
def paper(paper_id: int) -> str:
    return render_template("councils/paper.html")
