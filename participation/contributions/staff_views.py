"""The city takes part in the talk: a comment that is set apart from those of residents."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from participation.contributions import commenting, queries, rules
from participation.contributions.forms import OfficialForm
from participation.forms import render_form
from participation.i18n import _
from participation.permissions import require

bp = Blueprint("contributions_staff", __name__, url_prefix="/staff/contributions")


@bp.route("/<int:contribution_id>/comment", methods=["GET", "POST"])
def speak(contribution_id: int) -> ResponseReturnValue:
    """Comment for the city; everybody can read it at once."""
    require(rules.visit)
    on = queries.contribution(contribution_id)
    require(rules.speak, on)
    form = OfficialForm()
    if not form.validate_on_submit():
        return render_form("contributions/staff_comment.html", form, on=on)
    made = commenting.speak(on, form.text.data, form.language.data, form.author_name.data)
    flash(_("Your comment was published."))
    return redirect(made.url)
