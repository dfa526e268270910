"""The texts that the house writes to people, and their editing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation.forms import render_form
from participation.i18n import _
from participation.permissions import require
from participation.post import operations, queries, rules
from participation.post.forms import WordingForm

bp = Blueprint("post_wordings", __name__, url_prefix="/staff/wordings")

Answer = str | tuple[str, int] | Response


@bp.get("")
def index() -> str:
    """All texts, room by room."""
    require(rules.edit_wordings)
    return render_template("post/wordings.html", rooms=queries.by_room())


@bp.route("/<room>/<what>", methods=["GET", "POST"])
def edit(room: str, what: str) -> Answer:
    """Change a text, after a look at how it will be."""
    staff = require(rules.edit_wordings)
    shown = queries.shown(f"{room}/{what}")
    form = WordingForm(shown.wording, data={"subject": shown.subject, "text": shown.text})
    preview = None
    if form.validate_on_submit():
        if "preview" not in request.form:
            operations.change_wording(shown.wording, staff, **form.answers)
            flash(_("The text was saved. The next mails will use it."))
            return redirect(url_for("post_wordings.edit", room=room, what=what))
        preview = queries.sample(shown.wording, **form.answers)
    return render_form("post/wording.html", form, shown=shown, preview=preview, room=room, what=what)


@bp.post("/<room>/<what>/restore")
def restore(room: str, what: str) -> Answer:
    """Back to the text of the house."""
    require(rules.edit_wordings)
    operations.restore_wording(queries.shown(f"{room}/{what}").wording)
    flash(_("The next mails will use the text of the house again."))
    return redirect(url_for("post_wordings.edit", room=room, what=what))
