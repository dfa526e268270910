"""A message to those who registered: written, looked at with the number of people it reaches, and then sent."""

import hashlib

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from participation import audit
from participation.db import session
from participation.errors import Refused
from participation.events import audiences, letters
from participation.events.models import Event
from participation.events.registration_models import Registration
from participation.events.registration_staff_forms import MessageForm
from participation.events.registration_views import event_of
from participation.forms import render_form
from participation.i18n import _l, ngettext
from participation.limits import limit

bp = Blueprint("event_messages", __name__, url_prefix="/staff/events/<int:event_id>/message")


class NobodyToWriteTo(Refused):
    message = _l("This message would reach nobody: nobody in this group has given an address or a telephone number.")


@bp.route("", methods=["GET", "POST"])
@limit("60 per hour")
def write(event_id: int) -> ResponseReturnValue:
    """Nothing is sent before the preview was seen, and a changed text is shown again."""
    event = event_of(event_id)
    form = MessageForm(event)
    if not form.validate_on_submit():
        return render_form("events/staff/message.html", form, event=event, reach=None)
    reach = audiences.reach(event, form.group.data)
    if request.form.get("to") != "send" or form.seen.data != _print_of(event, form):
        form.seen.data = _print_of(event, form)
        return render_form("events/staff/message.html", form, event=event, reach=reach)
    if not reach.by_mail + reach.by_phone:
        raise NobodyToWriteTo
    _send(event, form)
    told = ngettext(
        "The message goes to %(n)s registration.",
        "The message goes to %(n)s registrations.",
        reach.by_mail + reach.by_phone,
    )
    flash(told)
    return redirect(url_for("registration_staff.index", event_id=event.id))


def _send(event: Event, form: MessageForm) -> None:
    group = form.group.data
    people = audiences.members(event, group).options(
        joinedload(Registration.contact), joinedload(Registration.event), selectinload(Registration.bookings)
    )
    letters.message(event, session.scalars(people).all(), form.subject.data, form.text.data)
    audit.record("event.message_sent", thing=f"event {event.id}", group=group)


def _print_of(event: Event, form: MessageForm) -> str:
    """The same message to the same group has the same one; sent twice by a slip, it would annoy everybody."""
    said = "\0".join([str(event.id), form.group.data, form.subject.data, form.text.data])
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
