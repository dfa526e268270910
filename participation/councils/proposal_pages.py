"""The way of somebody who proposes something for an agenda, and the page where others read it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

bp = Blueprint("item_proposals", __name__, url_prefix="/proposals")


@bp.route("/new/<slug>", methods=["GET", "POST"])
def propose(slug: str) -> ResponseReturnValue:
    """A proposal for a council."""
    return slug


@bp.get("/<int:proposal_id>")
def show(proposal_id: int) -> ResponseReturnValue:
    """What was proposed, and what came of it."""
    return str(proposal_id)
