"""The desk for objections: another person than the first one decides."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.models import User
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import ChangedMeanwhile
from participation.db import session
from participation.forms import render_form
from participation.i18n import LazyText, _, _l
from participation.moderation import catalogue, objecting, queries, rules, statements
from participation.moderation.claims import OpenElsewhere
from participation.moderation.models import Action, Objection, ObjectionState, Party
from participation.moderation.notice_forms import DecideObjectionForm
from participation.moderation.operations import DecidedMeanwhile
from participation.moderation.wordings import DONE
from participation.paging import paginate
from participation.permissions import allowed, require

bp = Blueprint("objection_staff", __name__, url_prefix="/staff/objections")

STATES: dict[ObjectionState, LazyText] = {
    ObjectionState.OPEN: _l("Waiting"),
    ObjectionState.UPHELD: _l("Right: the decision was changed"),
    ObjectionState.REJECTED: _l("Not right: the decision stays"),
}
PARTIES: dict[Party, LazyText] = {Party.AUTHOR: _l("The author"), Party.REPORTER: _l("Whoever reported the text")}


@bp.get("")
def index() -> str:
    """All objections, what waits longest on top."""
    staff = require(rules.visit)
    page = paginate(objecting.listed(staff))
    return render_template(
        "moderation/objection_index.html", page=page, states=STATES, parties=PARTIES, due=objecting.due_on
    )


@bp.route("/<int:objection_id>", methods=["GET", "POST"])
def show(objection_id: int) -> ResponseReturnValue:
    """One objection with the decision it is against."""
    objection = objecting.objection(objection_id)
    contribution = objection.decision.contribution
    staff = require(rules.moderate, contribution)
    first_rule = objection.decision.rule
    form = DecideObjectionForm(version=contribution.version, rule=first_rule.slug if first_rule else "")
    form.offer(objection.party, is_withdrawn=contribution.status is ContributionStatus.WITHDRAWN)
    if objection.state is ObjectionState.OPEN and form.validate_on_submit():
        try:
            decide(objection, staff, form)
        except (ChangedMeanwhile, DecidedMeanwhile, OpenElsewhere) as refused:
            session.rollback()
            form.come_back(refused, contribution)
            return page(objection, form)[0], 409
        flash(_("Your decision was saved. Everybody it is about can read it."))
        return redirect(url_for("objection_staff.show", objection_id=objection.id))
    return page(objection, form)


def page(objection: Objection, form: DecideObjectionForm) -> tuple[str, int]:
    """The objection with its text, the first decision, and all that was decided."""
    contribution = objection.decision.contribution
    return render_form(
        "moderation/objection_show.html",
        form,
        objection=objection,
        contribution=contribution,
        history=queries.history(contribution),
        actions=DONE,
        states=STATES,
        parties=PARTIES,
        due_on=objecting.due_on(objection),
        is_mine=not allowed(rules.decide_objection, objection),
        named=statements.named(contribution),
    )


def decide(objection: Objection, staff: User, form: DecideObjectionForm) -> None:
    """Hand the decision over; whoever made the first one is refused with the reason."""
    reasons, language, outcome = form.reasons.data, form.language.data, form.outcome.data
    if outcome == ObjectionState.REJECTED.value:
        objecting.reject(objection, staff, reasons=reasons, language=language)
        return
    objecting.uphold(
        objection,
        staff,
        Action(outcome),
        version=form.seen_version,
        reasons=reasons,
        language=language,
        rule=catalogue.rule(form.rule.data) if form.rule.data else None,
    )
