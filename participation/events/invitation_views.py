"""The codes of an event by invitation: made, noted who got them, and printed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import audit
from participation.db import session
from participation.errors import Refused
from participation.events import invitations as codes
from participation.events import registration_queries
from participation.events.models import Mode
from participation.events.registration_staff_forms import InvitationsForm
from participation.events.registration_views import event_of
from participation.forms import render_form
from participation.i18n import _, _l, ngettext

bp = Blueprint("event_invitations", __name__, url_prefix="/staff/events/<int:event_id>/invitations")

MOST_OF_AN_EVENT = 5_000


class TooManyCodes(Refused):
    message = _l("This event has very many codes already. Please delete those that nobody needs.")


class CodeInUse(Refused):
    message = _l("Somebody has registered with this code. It cannot be deleted any more.")


@bp.route("", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    """All codes with what became of them, and a form for more."""
    event = event_of(event_id)
    form = InvitationsForm()
    known = registration_queries.invitations(event)
    if form.validate_on_submit():
        if len(known) + form.how_many.data > MOST_OF_AN_EVENT:
            raise TooManyCodes
        made = codes.make(event, form.how_many.data, most_persons=form.most_persons.data, note=form.note.data or "")
        audit.record("event.invitations_made", thing=f"event {event.id}", codes=len(made))
        flash(ngettext("%(n)s code was made.", "%(n)s codes were made.", len(made)))
        return redirect(url_for("event_invitations.index", event_id=event.id))
    needs_code = event.mode is Mode.INVITATION
    return render_form(
        "events/staff/invitations.html", form, event=event, codes=known, grouped=codes.grouped, needs_code=needs_code
    )


@bp.post("/<int:invitation_id>/delete")
def delete(event_id: int, invitation_id: int) -> Response:
    """A code that nobody has used yet."""
    event = event_of(event_id)
    code = registration_queries.one_invitation(event, invitation_id)
    if code.used:
        raise CodeInUse
    session.delete(code)
    audit.record("event.invitation_deleted", thing=f"event {event.id}")
    flash(_("The code was deleted."))
    return redirect(url_for("event_invitations.index", event_id=event.id))


@bp.get("/print")
def to_print(event_id: int) -> ResponseReturnValue:
    """The codes that are still good, to be cut out and handed over."""
    event = event_of(event_id)
    good = [
        one
        for one in registration_queries.invitations(event)
        if one.most_persons is None or one.used < one.most_persons
    ]
    return render_template("events/staff/invitations_print.html", event=event, codes=good, grouped=codes.grouped)
