"""Objecting to a decision, with the receipt of the text or of the report."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from participation.db import session
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.moderation import objecting, statements
from participation.moderation.models import Decision, Notice, Party
from participation.moderation.notice_forms import ObjectionForm
from participation.receipts import pocket

bp = Blueprint("objections", __name__, url_prefix="/objections")


class Asking(NamedTuple):
    """Who objects to what."""

    decision: Decision
    party: Party
    notice: Notice | None


@bp.route("/decisions/<int:decision_id>", methods=["GET", "POST"])
@limit("10 per minute; 40 per hour")
def new(decision_id: int) -> ResponseReturnValue:
    """Say why the decision was wrong; only whoever holds the receipt of one of the two sides can."""
    asking = asking_about(decision_id)
    form = ObjectionForm()
    if form.validate_on_submit():
        objecting.send(asking.decision, asking.party, asking.notice, form.text.data)
        flash(_("We have received your objection. Somebody else will decide now. You read the result here."))
        return redirect(url_for("receipts.matter"))
    objecting.check(asking.decision, asking.notice)
    return render_form(
        "moderation/objection_new.html",
        form,
        named=statements.named(asking.decision.contribution),
        until=statements.last_day_to_object(asking.decision),
    )


def asking_about(decision_id: int) -> Asking:
    """The decision and the side that the receipt at hand belongs to; for everybody else there is no such page."""
    receipt = pocket.current()
    decision = session.get(Decision, decision_id) if receipt else None
    side = objecting.party_of(receipt, decision) if receipt and decision else None
    if decision is None or side is None:
        raise NoResultFound
    return Asking(decision, *side)
