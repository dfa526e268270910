"""The mailbox of the house: what became of each mail, and its words where they cannot reach their reader."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation.delivery import paragraphs
from participation.i18n import _, _l
from participation.mail import MailState
from participation.paging import paginate
from participation.permissions import require
from participation.post import operations, queries, rules

bp = Blueprint("post_mail", __name__, url_prefix="/staff/mail")

STATES = {MailState.WAITING: _l("Waiting"), MailState.SENT: _l("Sent"), MailState.FAILED: _l("Not delivered")}


@bp.get("")
def index() -> str:
    """All mails, the newest first; whose they are is not shown."""
    require(rules.see_fates)
    asked = request.args.get("state", "")
    state = next((one for one in MailState if one.value == asked), None)
    return render_template(
        "post/mails.html",
        page=paginate(queries.mails(state)),
        counts=queries.counts(),
        state=state,
        states=STATES,
        has_server=current_app.config["SETTINGS"].mail_server is not None,
    )


@bp.post("/<int:mail_id>")
def read(mail_id: int) -> str:
    """Read one mail; that look is written down, and so it is no GET (D15)."""
    require(rules.see_fates)
    mail = queries.mail(mail_id)
    require(rules.read_mail, mail)
    operations.note_look(mail)
    return render_template("post/mail.html", mail=mail, paragraphs=paragraphs(mail.text), states=STATES)


@bp.post("/<int:mail_id>/again")
def again(mail_id: int) -> Response:
    """Try once more."""
    require(rules.see_fates)
    operations.try_again(queries.mail(mail_id))
    flash(_("The mail will be tried again within a minute."))
    return redirect(url_for("post_mail.index"))
