"""The public page of all rules: what they are, how moderation works, how to report and how to object (M1, M2)."""

from flask import Blueprint, render_template

from participation.moderation import catalogue, queries
from participation.moderation.models import RuleKind
from participation.moderation.statements import MONTHS_TO_OBJECT

bp = Blueprint("rules_pages", __name__, url_prefix="/rules")


@bp.get("")
def index() -> str:
    """House rules and law in plain words, with the day on which they changed last."""
    rules = catalogue.in_force()
    return render_template(
        "moderation/rules.html",
        house=[one for one in rules if one.kind is RuleKind.HOUSE],
        law=[one for one in rules if one.kind is RuleKind.LAW],
        valid_since=catalogue.valid_since(),
        hours=queries.desk_settings().promised_hours,
        months=MONTHS_TO_OBJECT,
    )
