"""Saying something to a contribution, and telling the city that a translation is wrong."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from participation.contributions import commenting, queries, rules, translating
from participation.contributions.forms import ButtonForm, CommentForm
from participation.contributions.models import Comment, Contribution
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.permissions import allowed
from participation.receipts import pocket

bp = Blueprint("comments", __name__, url_prefix="/contributions")

DOUBTED = "doubted"  # in the cookie: the translations that this browser has doubted already
MOST_REMEMBERED = 50


@bp.route("/<int:contribution_id>/comments", methods=["GET", "POST"])
@limit("10 per minute; 60 per hour")
def new(contribution_id: int) -> ResponseReturnValue:
    """Write a comment; whoever sends one gets a receipt."""
    on = queries.contribution(contribution_id)
    if not on.is_public:
        abort(404)
    form = CommentForm()
    if not allowed(rules.comment, on):
        form.form_errors.append(str(commenting.NoComments.message))  # whoever was writing meanwhile keeps the words
        return render_form("contributions/comment.html", form, on=on)[0], 409
    if not form.validate_on_submit() or not form.confirm_language():
        return render_form("contributions/comment.html", form, on=on)
    code = commenting.send_comment(
        on,
        form.text.data,
        form.language.data,
        author_name=form.author_name.data or "",
        email=form.email.data or "",
        at_hand=pocket.current(),
    )
    pocket.keep(code)
    flash(_("Thank you. Your comment was sent."))
    return redirect(url_for("receipts.new"))


@bp.route("/translations/<int:translation_id>/doubt", methods=["GET", "POST"])
@limit("10 per minute; 60 per hour")
def doubt(translation_id: int) -> ResponseReturnValue:
    """This translation is wrong: counted once per browser, for staff to see."""
    translation = queries.translation_by_id(translation_id)
    contribution = public(queries.contribution(translation.contribution_id))
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_form("contributions/doubt.html", form, contribution=contribution, translation=translation)
    known = list(cookie.get(DOUBTED, []))
    if translation.id not in known:
        translating.doubt(translation)
        cookie[DOUBTED] = [*known, translation.id][-MOST_REMEMBERED:]
    flash(_("Thank you. Somebody from the city will look at this translation again."))
    return redirect(contribution.url)


def public(contribution: Contribution) -> Contribution:
    """What everybody may read, with what it is said to."""
    if not contribution.is_public or (isinstance(contribution, Comment) and not contribution.on.is_public):
        abort(404)
    return contribution
