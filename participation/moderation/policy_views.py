"""The page on which the desk agrees: what is checked when, words to look at twice, and the promise."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.contributions.models import Checking
from participation.forms import render_form
from participation.i18n import _, languages
from participation.moderation import policy as agreed
from participation.moderation import queries, rules
from participation.moderation.forms import CHECKINGS, CheckingForm, PromiseForm, WordListForm
from participation.permissions import require

bp = Blueprint("moderation_policy", __name__, url_prefix="/staff/moderation")


@bp.route("/policy", methods=["GET", "POST"])
def policy() -> ResponseReturnValue:
    """What is checked when; a new rule for the same contributions replaces the old one."""
    require(rules.manage_policy)
    form = CheckingForm()
    if form.validate_on_submit():
        agreed.set_checking(
            form.kind.data or "", form.scope.data or "", form.language.data or "", Checking(form.checking.data)
        )
        return _done(_("Your changes were saved."))
    return render_form(
        "moderation/policy.html",
        form,
        checking_rules=queries.checking_rules(),
        kinds=queries.kinds(),
        scopes={one.name: one.title for one in queries.scopes()},
        checkings=CHECKINGS,
        hours=queries.desk_settings().promised_hours,
    )


@bp.post("/policy/<int:rule_id>/drop")
def drop(rule_id: int) -> Response:
    """Take a checking rule away; wider ones hold again."""
    require(rules.manage_policy)
    agreed.drop_checking(queries.checking_rule(rule_id))
    return _done(_("The rule was removed."))


@bp.route("/promise", methods=["GET", "POST"])
def promise() -> ResponseReturnValue:
    """How soon the desk looks at what comes in."""
    require(rules.manage_policy)
    form = PromiseForm(obj=queries.desk_settings())
    if form.validate_on_submit():
        agreed.promise_within(form.promised_hours.data)
        return _done(_("Your changes were saved."))
    return render_form("moderation/promise.html", form)


@bp.get("/word-lists")
def word_lists() -> str:
    """One list for each language, with the number of its words."""
    require(rules.manage_policy)
    return render_template("moderation/word_lists.html", counts=queries.word_counts())


@bp.route("/word-lists/<tag>", methods=["GET", "POST"])
def word_list(tag: str) -> ResponseReturnValue:
    """The words of one language."""
    require(rules.manage_policy)
    if tag not in {one.tag for one in languages()}:
        abort(404)
    form = WordListForm(obj=queries.word_list(tag))
    if form.validate_on_submit():
        agreed.set_words(tag, form.words.data or "")
        flash(_("Your changes were saved."), "success")
        return redirect(url_for("moderation_policy.word_lists"))
    return render_form("moderation/word_list.html", form, tag=tag)


def _done(message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("moderation_policy.policy"))
