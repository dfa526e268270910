"""The data protection officer's view of what was deleted."""

from flask import Blueprint, render_template

from participation.paging import paginate
from participation.permissions import require
from participation.privacy import queries, rules

bp = Blueprint("privacy", __name__, url_prefix="/staff/housekeeping")


@bp.get("")
def runs() -> str:
    """What each night deleted, counted."""
    require(rules.read_log)
    return render_template("privacy/runs.html", page=paginate(queries.runs()))
