"""The register of resolutions, as everybody reads it: what was decided, how far it is, and who answers for it."""

from flask import Blueprint

bp = Blueprint("resolutions", __name__, url_prefix="/resolutions")


@bp.get("/")
def index() -> str:
    """All public resolutions of all councils."""
    return ""


@bp.get("/register.csv")
def export() -> str:
    """The same as a table."""
    return ""


@bp.get("/tasks")
def tasks() -> str:
    """What was promised in meetings."""
    return ""


@bp.get("/<int:resolution_id>")
def show(resolution_id: int) -> str:  # noqa: ARG001
    """One resolution with its history."""
    return ""
