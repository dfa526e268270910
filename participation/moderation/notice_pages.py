"""Reporting a text, for everybody and without an account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from participation import mail
from participation.contributions.models import Contribution
from participation.db import session
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.moderation import noticing, statements
from participation.moderation.models import Notice
from participation.moderation.notice_forms import OTHER, NamelessForm, NoticeForm
from participation.moderation.starter import CHILD_ABUSE
from participation.receipts import pocket

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.route("/new", methods=["GET", "POST"])
@limit("10 per minute; 40 per hour")
def new() -> ResponseReturnValue:
    """Say what is wrong with a text; its address is filled in. About violence against children without a name."""
    contribution = reported()
    is_nameless = request.args.get("about") == CHILD_ABUSE
    form = NamelessForm() if is_nameless else NoticeForm()
    if form.validate_on_submit():
        said = {"reason": CHILD_ABUSE, **form.answers}
        pocket.keep(
            noticing.send(
                contribution,
                reason="" if said["reason"] == OTHER else said["reason"],
                explanation=said["explanation"],
                name=said.get("name", ""),
                email=said.get("email", ""),
            )
        )
        return redirect(url_for("receipts.new"))
    return render_form(
        "moderation/notice_new.html",
        form,
        contribution=contribution,
        named=statements.named(contribution),
        address=mail.absolute(contribution.url),
        is_nameless=is_nameless,
    )


def reported() -> Contribution:
    """The text that the address names, if everybody can read it."""
    typed = request.args.get("contribution", "")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) < 10  # more is the number of nothing
    contribution = session.get(Contribution, int(typed)) if is_number else None
    if contribution is None or not contribution.is_public:
        raise NoResultFound
    return contribution


@bp.route("/withdraw", methods=["GET", "POST"])
def withdraw() -> ResponseReturnValue:
    """The receipt at hand opens the report, so it may also take it back; asks once before."""
    notice = at_hand()
    if request.method == "POST":
        noticing.take_back(notice)
        pocket.forget()
        flash(_("Your report and your receipt were deleted."))
        return redirect(url_for("pages.home"))
    return render_template("moderation/notice_withdraw.html")


def at_hand() -> Notice:
    """The notice that the receipt in this browser belongs to."""
    receipt = pocket.current()
    notice = noticing.behind(receipt) if receipt else None
    if notice is None:
        raise NoResultFound
    return notice
