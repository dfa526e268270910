"""The office's list of tasks: who promised what, and what came of it."""

from flask import Blueprint

from participation.councils import rules
from participation.permissions import require

bp = Blueprint("task_staff", __name__, url_prefix="/staff/tasks")


@bp.get("")
def index() -> str:
    """The tasks of the councils this person looks after."""
    require(rules.visit)
    return ""
