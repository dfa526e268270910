"""The office's desk for proposals: take them onto an agenda, or decline them with a reason."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from participation.councils import rules
from participation.permissions import require

bp = Blueprint("proposal_staff", __name__, url_prefix="/staff/proposals")


@bp.get("")
def index() -> ResponseReturnValue:
    """What waits for an answer."""
    require(rules.visit)
    return ""
