"""The desk for notices: what people reported, what was decided, and the way to the police."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import audit
from participation.accounts.models import User
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import LazyText, _, _l
from participation.moderation import catalogue, noticing, operations, queries, rules
from participation.moderation.models import Action, Notice, NoticeState
from participation.moderation.notice_forms import DecideNoticeForm
from participation.moderation.wordings import DONE
from participation.paging import paginate
from participation.permissions import require

bp = Blueprint("notice_staff", __name__, url_prefix="/staff/notices")

STATES: dict[NoticeState, LazyText] = {
    NoticeState.OPEN: _l("Waiting"),
    NoticeState.UPHELD: _l("Right: something was done"),
    NoticeState.REJECTED: _l("Not right: the text stays"),
}


@bp.get("")
def index() -> str:
    """What people reported, what waits longest on top."""
    staff = require(rules.visit)
    return render_template(
        "moderation/notice_index.html", page=paginate(noticing.listed(staff)), states=STATES, due=noticing.due_on
    )


@bp.route("/<uuid:notice_id>", methods=["GET", "POST"])
def show(notice_id: uuid.UUID) -> ResponseReturnValue:
    """One notice beside the text; the decision answers all open notices about this text."""
    notice = noticing.notice(notice_id)
    contribution = notice.contribution
    staff = require(rules.moderate, contribution)
    form = DecideNoticeForm(version=contribution.version, rule=notice.rule.slug if notice.rule else "")
    if notice.state is NoticeState.OPEN and form.validate_on_submit():
        try:
            decide(notice, staff, form)
        except Refused as refused:
            session.rollback()
            form.come_back(refused, contribution)
            return page(notice, form)[0], 409
        flash(_("Your decision was saved. Everybody it is about can read it."))
        return redirect(url_for("notice_staff.show", notice_id=notice.id))
    return page(notice, form)


def decide(notice: Notice, staff: User, form: DecideNoticeForm) -> None:
    """Hand the decision over."""
    operations.decide(
        notice.contribution,
        staff,
        Action(form.action.data),
        version=form.seen_version,
        rule=catalogue.rule(form.rule.data) if form.rule.data else None,
        facts=form.reasons.data,
        facts_language=form.language.data,
        notice=notice,
    )


def page(notice: Notice, form: DecideNoticeForm, *, shows_contact: bool = False) -> tuple[str, int]:
    """The notice with its text, its contact only if asked for."""
    return render_form(
        "moderation/notice_show.html",
        form,
        notice=notice,
        contribution=notice.contribution,
        others=[one for one in noticing.open_on(notice.contribution) if one.id != notice.id],
        states=STATES,
        done=DONE,
        is_gone=notice.contribution.status is ContributionStatus.WITHDRAWN,
        due_on=noticing.due_on(notice),
        shows_contact=shows_contact,
    )


@bp.post("/<uuid:notice_id>/contact")
def contact(notice_id: uuid.UUID) -> ResponseReturnValue:
    """Look at who reported; that look is written down (D15)."""
    notice = noticing.notice(notice_id)
    require(rules.moderate, notice.contribution)
    audit.look("notice.contact_seen", f"notice {notice.id}", "deciding about the report")
    form = DecideNoticeForm(formdata=None, version=notice.contribution.version)
    return page(notice, form, shows_contact=True)


@bp.post("/<uuid:notice_id>/close")
def close(notice_id: uuid.UUID) -> Response:
    """The author has taken the text back: nothing is left to decide."""
    notice = noticing.notice(notice_id)
    staff = require(rules.moderate, notice.contribution)
    noticing.close_withdrawn(notice.contribution, staff)
    flash(_("The report is closed. Whoever sent it can read why."))
    return redirect(url_for("notice_staff.show", notice_id=notice.id))


@bp.get("/danger/<int:contribution_id>")
def danger(contribution_id: int) -> str:
    """Danger to somebody's life: what to do, and what was done already (M7)."""
    contribution = queries.contribution(contribution_id)
    require(rules.moderate, contribution)
    return render_template(
        "moderation/notice_danger.html", contribution=contribution, told=noticing.police_told(contribution)
    )


@bp.post("/danger/<int:contribution_id>")
def escalate(contribution_id: int) -> Response:
    """Tell the police contact, with this one action, and log it."""
    contribution = queries.contribution(contribution_id)
    staff = require(rules.moderate, contribution)
    noticing.tell_police(contribution, staff)
    return redirect(url_for("notice_staff.danger", contribution_id=contribution.id))
