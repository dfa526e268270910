"""The call list: people who have no e-mail address and need to hear something."""

from flask import Blueprint, render_template

from participation.events import rules
from participation.permissions import require

bp = Blueprint("call_list", __name__, url_prefix="/staff/phone-calls")


@bp.get("")
def index() -> str:
    """Who is to be called, the most pressing first."""
    require(rules.visit)
    return render_template("events/staff/call_list.html")
