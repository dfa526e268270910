"""The office's register: every resolution, its steps, its cards in other languages."""

from flask import Blueprint

from participation.councils import rules
from participation.permissions import require

bp = Blueprint("resolution_staff", __name__, url_prefix="/staff/resolutions")


@bp.get("")
def index() -> str:
    """The resolutions this person looks after; of one council or one meeting if the address says so."""
    require(rules.visit)
    return ""


@bp.get("/<int:resolution_id>")
def show(resolution_id: int) -> str:  # noqa: ARG001
    """One resolution with all that is done with it."""
    require(rules.visit)
    return ""
