"""One contribution at the desk: opened by one person at a time, read and decided on one screen."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import audit
from participation.accounts.models import User
from participation.contributions.models import Contribution
from participation.db import session
from participation.errors import Refused
from participation.forms import SWITCH, render_form
from participation.i18n import _
from participation.moderation import claims, marks, noticing, operations, queries, redaction, rules, statements
from participation.moderation.forms import DecisionForm
from participation.moderation.models import Action
from participation.moderation.operations import POSSIBLE
from participation.moderation.queue_views import asked_filters, back_to_queue, bp, go_on, pressed
from participation.moderation.wordings import ACTIONS, DONE, STATUSES
from participation.permissions import require


@bp.get("/<int:contribution_id>")
def item(contribution_id: int) -> ResponseReturnValue:
    """Read it; whoever has opened it can decide."""
    contribution = queries.contribution(contribution_id)
    staff = require(rules.moderate, contribution)
    return _item_page(contribution, staff, DecisionForm(contribution, formdata=None))


@bp.post("/<int:contribution_id>/open")
def open_item(contribution_id: int) -> Response:
    """From here on it is this person's for ten minutes, and longer while something is done."""
    contribution = queries.contribution(contribution_id)
    staff = require(rules.moderate, contribution)
    if claims.take(contribution.id, staff):
        return redirect(url_for("moderation.item", contribution_id=contribution_id, **asked_filters().in_address))
    colleague = claims.holder(contribution)
    flash(str(claims.OpenElsewhere(colleague.name if colleague else "")), "error")
    return back_to_queue()


@bp.post("/<int:contribution_id>/stay")
def stay(contribution_id: int) -> ResponseReturnValue:
    """Somebody is still busy with it; asked by the page while its reader types."""
    contribution = queries.contribution(contribution_id)
    staff = require(rules.moderate, contribution)
    return {"mine": claims.take(contribution.id, staff)}


@bp.post("/<int:contribution_id>/put-back")
def put_back(contribution_id: int) -> Response:
    """Leave it to others."""
    contribution = queries.contribution(contribution_id)
    staff = require(rules.moderate, contribution)
    claims.let_go(contribution.id, staff)
    return back_to_queue()


@bp.post("/<int:contribution_id>")
def decide(contribution_id: int) -> ResponseReturnValue:
    """Decide, or first insert a prepared sentence or look at what blacking out would leave."""
    contribution = queries.contribution(contribution_id)
    staff = require(rules.moderate, contribution)
    form = DecisionForm(contribution)
    if "insert" in request.form or SWITCH in request.form:
        form.insert()
        return _item_page(contribution, staff, form)
    try:
        operations.check_seen(contribution, form.version.data)
        action = _asked(form)
        if action is None:
            return _item_page(contribution, staff, form, shows_preview=not form.errors)
        _decide(contribution, staff, action, form)
    except Refused as refusal:
        session.rollback()  # what a colleague or the author did meanwhile is shown, with what was typed here
        page, _status = _item_page(contribution, staff, form, refusal=str(refusal))
        return page, 409
    flash(_("%(done)s: “%(title)s”", done=str(DONE[action]), title=str(statements.named(contribution))), "success")
    return go_on(staff)


def _asked(form: DecisionForm) -> Action | None:
    """The decision, if one was asked for and nothing is missing."""
    if not form.validate_on_submit():
        return None
    action = pressed(POSSIBLE)
    if action is None and "preview" not in request.form:
        form.form_errors.append(_("Please press one of the buttons below the text."))
    return action if action is not None and not form.misses(action) else None


def _decide(contribution: Contribution, staff: User, action: Action, form: DecisionForm) -> None:
    operations.decide(
        contribution,
        staff,
        action,
        version=form.version.data,
        rule=form.chosen_rule,
        facts=form.facts.data or "",
        facts_language=form.facts_language.data,
        passages=form.passages if action is Action.REDACT else (),
    )


@bp.get("/<int:contribution_id>/history")
def history(contribution_id: int) -> ResponseReturnValue:
    """Every decision: who, when, from which status to which, by which rule."""
    contribution = queries.contribution(contribution_id)
    require(rules.moderate, contribution)
    return render_template(
        "moderation/history.html",
        contribution=contribution,
        title=statements.named(contribution),
        decisions=queries.history(contribution),
        done=DONE,
        states=STATUSES,
    )


@bp.post("/<int:contribution_id>/original")
def original(contribution_id: int) -> ResponseReturnValue:
    """Look at what was blacked out; that look is written down (D15)."""
    contribution = queries.contribution(contribution_id)
    staff = require(rules.read_original, contribution)
    kept = queries.original(contribution)
    if kept is None:
        raise redaction.NothingKept
    audit.look("contribution.original_seen", f"contribution {contribution.id}", "deciding about the text again")
    return _item_page(contribution, staff, DecisionForm(contribution, formdata=None), original=kept)


def _item_page(
    contribution: Contribution,
    staff: User,
    form: DecisionForm,
    *,
    refusal: str = "",
    shows_preview: bool = False,
    **context: Any,
) -> tuple[str, int]:
    holder = claims.holder(contribution)
    preview = form.passages if shows_preview and form.passages else []
    return render_form(
        "moderation/item.html",
        form,
        contribution=contribution,
        title=statements.named(contribution),
        filters=asked_filters().in_address,
        is_mine=holder is not None and holder.id == staff.id,
        colleague=holder if holder is not None and holder.id != staff.id else None,
        decisions=queries.history(contribution),
        notices=noticing.open_on(contribution),
        possible=[action for action, statuses in POSSIBLE.items() if contribution.status in statuses],
        actions=ACTIONS,
        done=DONE,
        marks=marks,
        refusal=refusal,
        preview=[redaction.blacked_out(words, preview) for words in (contribution.title, contribution.text)]
        if preview
        else None,
        keeps_original=contribution.is_redacted and queries.original(contribution) is not None,
        **context,
    )
