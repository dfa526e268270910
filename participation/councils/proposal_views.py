"""The office's desk for proposals: take them onto an agenda, or decline them with a reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.councils import proposal_queries, proposals, rules
from participation.councils.proposal_forms import DeclineForm, TakeForm, number
from participation.councils.proposal_models import ItemProposal
from participation.db import session
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import _
from participation.paging import paginate
from participation.permissions import require

bp = Blueprint("proposal_staff", __name__, url_prefix="/staff/proposals")

ANSWERED = "answered"


@bp.get("")
def index() -> ResponseReturnValue:
    """What waits for an answer, or what was answered."""
    person = require(rules.visit)
    answered = request.args.get("show") == ANSWERED
    page = paginate(proposal_queries.for_office(person, answered=answered))
    return render_template("councils/staff/proposals.html", page=page, answered=answered)


@bp.get("/<int:proposal_id>")
def show(proposal_id: int) -> ResponseReturnValue:
    """One proposal with what can be done."""
    proposal = _found(proposal_id)
    return render_template(
        "councils/staff/proposal.html", proposal=proposal, translations=proposal_queries.translations(proposal)
    )


@bp.route("/<int:proposal_id>/take", methods=["GET", "POST"])
def take(proposal_id: int) -> ResponseReturnValue:
    """Choose a meeting and word the item."""
    proposal = _open(proposal_id)
    meetings = proposal_queries.open_meetings(proposal.council)
    form = TakeForm(proposal, meetings, proposal_queries.translations(proposal))
    if form.validate_on_submit():
        said = {name: form[name].data for name in ("title", "text", "brought_by", "is_public")}
        try:
            proposals.take(proposal, form.chosen, **said, version=number(form.version.data))
        except Refused as refused:
            proposal = _refused(form, proposal_id, refused)
        else:
            flash(_("The proposal is on the agenda. Whoever proposed it is told."), "success")
            return redirect(url_for("meeting_staff.show", meeting_id=form.chosen.id))
    return render_form("councils/staff/proposal_take.html", form, proposal=proposal, meetings=meetings)


@bp.route("/<int:proposal_id>/decline", methods=["GET", "POST"])
def decline(proposal_id: int) -> ResponseReturnValue:
    """Say why it does not come onto an agenda."""
    proposal = _open(proposal_id)
    form = DeclineForm(proposal)
    if form.validate_on_submit():
        try:
            proposals.decline(proposal, form.reason.data, version=number(form.version.data))
        except Refused as refused:
            proposal = _refused(form, proposal_id, refused)
        else:
            flash(_("Your answer is published. Whoever proposed it is told."), "success")
            return redirect(url_for("proposal_staff.index"))
    return render_form("councils/staff/proposal_decline.html", form, proposal=proposal)


def _refused(form: TakeForm | DeclineForm, proposal_id: int, refused: Refused) -> ItemProposal:
    """What was typed stays on the page, below what is true now; sent once more, it answers the new wording."""
    session.rollback()
    newer = proposal_queries.proposal(proposal_id)
    form.form_errors.append(str(refused))
    form.version.data = newer.version
    return newer


def _found(proposal_id: int) -> ItemProposal:
    require(rules.visit)
    proposal = proposal_queries.proposal(proposal_id)
    require(rules.manage, proposal.council)
    return proposal


def _open(proposal_id: int) -> ItemProposal:
    proposal = _found(proposal_id)
    if not proposal.is_open:
        raise proposals.NotToAnswer
    return proposal
