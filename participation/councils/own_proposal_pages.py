"""What the author of a proposal does with its receipt at hand: change it, take it back, get mail or none."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.contacts import operations as contacts
from participation.contributions import operations as contributions
from participation.contributions.operations import ChangedMeanwhile, NotChangeable
from participation.councils import proposal_queries, proposing
from participation.councils.proposal_forms import OwnProposalForm, ProposalContactForm
from participation.councils.proposal_models import ItemProposal
from participation.councils.proposing import AlreadyAnswered
from participation.db import session
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.mail import masked
from participation.receipts import pocket

bp = Blueprint("own_proposal", __name__, url_prefix="/proposals/mine")


def own() -> ItemProposal:
    """The proposal that belongs to the receipt at hand."""
    return pocket.own(proposal_queries.of_receipt)


def back() -> ResponseReturnValue:
    """To the page of the receipt."""
    return redirect(url_for("receipts.matter"))


@bp.route("/change", methods=["GET", "POST"])
@limit("60 per hour")
def change() -> ResponseReturnValue:
    """Word it anew; when somebody else was faster, both wordings are shown and nothing is lost."""
    proposal = own()
    if proposal.outcome is not None:
        raise AlreadyAnswered
    if not proposal.is_changeable:
        raise NotChangeable
    form = OwnProposalForm(proposal)
    if not form.validate_on_submit():
        return render_form("councils/own_proposal.html", form, proposal=proposal, newer=None)
    try:
        proposing.change(proposal, form.version_seen, form.words)
    except ChangedMeanwhile as refused:
        session.rollback()
        newer = own()
        form.form_errors.append(str(refused))
        form.version.data = str(newer.version)
        return render_form("councils/own_proposal.html", form, proposal=newer, newer=newer)
    flash(_("Your change is saved. Somebody from the city reads your text now."), "success")
    return back()


@bp.route("/withdraw", methods=["GET", "POST"])
@limit("30 per hour")
def withdraw() -> ResponseReturnValue:
    """Take it back, after being asked once more."""
    proposal = own()
    if request.method == "GET":
        return render_template("councils/own_proposal_withdraw.html", proposal=proposal)
    council = proposal.council
    proposing.take_back(proposal)
    pocket.forget()
    flash(_("Your proposal and your receipt were deleted."), "success")
    return redirect(url_for("councils.show", slug=council.slug))


@bp.route("/mail", methods=["GET", "POST"])
@limit("10 per hour")
def contact() -> ResponseReturnValue:
    """Give an address, or another one."""
    proposal = own()
    form = ProposalContactForm()
    if not form.validate_on_submit() or not form.email.data:
        address = masked(proposal.contact.email) if proposal.contact else ""
        return render_form("councils/own_proposal_mail.html", form, contact=proposal.contact, address=address)
    contributions.write_to(proposal, contacts.give(form.email.data))
    flash(_("We have sent you a mail with a link. Please open it within 48 hours."), "success")
    return back()


@bp.post("/mail/stop")
@limit("30 per hour")
def stop_mail() -> ResponseReturnValue:
    """No mail any more."""
    contributions.write_to(own(), None)
    flash(_("We do not write to you any more. Your address was deleted."), "success")
    return back()
