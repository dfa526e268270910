"""The two links in our mails: yes, write to me; and no more of these, please.

Opening a link changes nothing: mail programmes open links by themselves. The token leaves the address at once (V21).
"""

from flask import Blueprint, flash, redirect, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from participation.contacts import consent, operations, queries
from participation.contacts.forms import ButtonForm
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit

bp = Blueprint("contacts", __name__, url_prefix="/contacts")

CONFIRMATION, STOP = "contact_link", "contact_stop"

Page = str | tuple[str, int] | Response


@bp.get("/confirm/<token>")
def open_confirmation(token: str) -> Response:
    """Take the token out of the address."""
    cookie[CONFIRMATION] = token
    return redirect(url_for("contacts.confirm"))


@bp.route("/confirm", methods=["GET", "POST"])
@limit("20 per minute")
def confirm() -> Page:
    """Ask once more, with what it is about, and take the yes."""
    token = cookie.get(CONFIRMATION, "")
    if queries.behind_link(token) is None:
        raise operations.LinkNotValid
    form = ButtonForm()
    if form.validate_on_submit():
        operations.confirm(token)
        cookie.pop(CONFIRMATION)
        flash(_("Thank you. We will write to you when there is news. You can also see everything with your receipt."))
        return redirect(url_for("pages.home"))
    return render_form("contacts/confirm.html", form, consent=consent.TEXT)


@bp.get("/stop/<token>")
def open_stop(token: str) -> Response:
    """Take the token out of the address."""
    cookie[STOP] = token
    return redirect(url_for("contacts.stop"))


@bp.route("/stop", methods=["GET", "POST"])
@limit("20 per minute")
def stop() -> Page:
    """No more mails about this matter."""
    token = cookie.get(STOP, "")
    if operations.stoppable(token) is None:
        raise operations.LinkNotValid
    form = ButtonForm()
    if form.validate_on_submit():
        operations.stop_by_link(token)
        cookie.pop(STOP)
        flash(_("We will send no more mails about this matter. Your address was deleted."))
        return redirect(url_for("pages.home"))
    return render_form("contacts/stop.html", form)
