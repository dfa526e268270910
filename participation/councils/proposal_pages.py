"""The way of somebody who proposes something for an agenda, and the pages where others read it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from participation.councils import members, proposal_queries, proposing, rules
from participation.councils.models import Council, CouncilPerson
from participation.councils.proposal_forms import ProposalForm
from participation.councils.proposing import AlreadySent, NoProposals
from participation.db import session
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.paging import paginate
from participation.permissions import allowed
from participation.receipts import pocket

bp = Blueprint("item_proposals", __name__, url_prefix="/proposals")


@bp.get("/of/<slug>")
def index(slug: str) -> ResponseReturnValue:
    """What was proposed to one council, with what came of it."""
    council = _council(slug)
    return render_template(
        "councils/proposals.html",
        council=council,
        page=paginate(proposal_queries.public(council)),
        may_propose=proposing.may_propose(council, members.at_hand()),
    )


@bp.route("/new/<slug>", methods=["GET", "POST"])
@limit("20 per minute; 60 per hour")
def propose(slug: str) -> ResponseReturnValue:
    """A proposal for a council; whoever sends one gets a receipt, and a member finds it on their own page."""
    council = _council(slug)
    known = members.at_hand()
    member = known if proposing.is_member(council, known) else None
    form = ProposalForm(member)
    if not proposing.may_propose(council, member):
        if request.method == "GET":
            raise NoProposals(_refusal(council))
        form.form_errors.append(str(NoProposals.message))  # whoever was writing meanwhile keeps the words
        return _form_page(form, council, member)[0], 409
    if not form.validate_on_submit() or not form.confirm_language():
        return _form_page(form, council, member)
    return _sent(form, council, member)


def _sent(form: ProposalForm, council: Council, member: CouncilPerson | None) -> ResponseReturnValue:
    try:
        code = proposing.send(
            council,
            form.words,
            form_key=form.key,
            email=form.address,
            member=member,
            at_hand=pocket.current(),
        )
    except AlreadySent:
        if pocket.kept_code() is None:
            raise
        return redirect(url_for("receipts.new"))
    flash(_("Thank you. Your proposal was sent."), "success")
    if member is not None:  # whose own receipt stays at hand
        return redirect(url_for("own_seat.show"))
    pocket.keep(code)
    return redirect(url_for("receipts.new"))


def _form_page(form: ProposalForm, council: Council, member: CouncilPerson | None) -> tuple[str, int]:
    return render_form(
        "councils/propose.html", form, council=council, member=member, meeting=proposing.next_meeting(council)
    )


def _refusal(council: Council) -> str:
    """Why this council takes no proposals from this person, in one sentence."""
    if council.is_dissolved:
        return _("This council does not exist any more. It does not take proposals.")
    if council.proposals_from is council.proposals_from.MEMBERS:
        return _(
            "Only members of this council can propose something for its agenda. If you are a member, please open "
            "your own page first."
        )
    return _("This council does not take proposals for its agenda.")


@bp.get("/<int:proposal_id>")
def show(proposal_id: int) -> ResponseReturnValue:
    """What was proposed, and what came of it."""
    proposal = proposal_queries.proposal(proposal_id)
    if not (proposal.is_public and allowed(rules.read, proposal.council)) and not allowed(
        rules.manage, proposal.council
    ):
        abort(404)
    return render_template(
        "councils/proposal.html",
        proposal=proposal,
        council=proposal.council,
        translations=proposal_queries.translations(proposal) if proposal.is_public else [],
    )


def _council(slug: str) -> Council:
    council = session.scalars(select(Council).where(Council.slug == slug)).one()
    if not allowed(rules.read, council):
        abort(404)
    return council
