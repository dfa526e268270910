"""What the office hands over to committees of the city, and what they answered."""

from flask import Blueprint

from participation.councils import rules
from participation.permissions import require

bp = Blueprint("hand_over_staff", __name__, url_prefix="/staff/hand-overs")


@bp.get("/<int:hand_over_id>")
def show(hand_over_id: int) -> str:  # noqa: ARG001
    """One paper for a committee."""
    require(rules.visit)
    return ""
