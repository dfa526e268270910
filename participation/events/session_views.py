"""The events desk: the parts of an event and their places."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.errors import Refused
from participation.events import session_keeping, staff_queries
from participation.events.desk import bp, complain, done, found
from participation.events.models import Event, EventSession
from participation.events.setting_forms import SessionForm
from participation.forms import render_form
from participation.i18n import _

HERE = "event_staff.sessions"
FIELDS: dict[type[Refused], str] = {
    session_keeping.CapacityTooSmall: "capacity",
    session_keeping.EndsBeforeItBegins: "ends_at",
    session_keeping.OutsideTheEvent: "starts_at",
}


@bp.route("/<int:event_id>/sessions", methods=["GET", "POST"])
def sessions(event_id: int) -> ResponseReturnValue:
    """All parts; the form adds one."""
    event = found(event_id)
    form = SessionForm(event)
    if form.validate_on_submit():
        try:
            session_keeping.add_session(event, **form.answers)
        except Refused as refused:
            complain(form, refused, FIELDS)
        else:
            return done(event, _("The part was added."), HERE)
    return render_form("events/staff/sessions.html", form, event=event)


@bp.route("/<int:event_id>/sessions/<int:session_id>", methods=["GET", "POST"])
def change_session(event_id: int, session_id: int) -> ResponseReturnValue:
    """One part: its name, its time, how many places it has."""
    event, part = _found(event_id, session_id)
    form = SessionForm(event, part)
    if form.validate_on_submit():
        try:
            session_keeping.change_session(part, **form.answers)
        except Refused as refused:
            complain(form, refused, FIELDS)
        else:
            return done(event, _("Your changes were saved."), HERE)
    return render_form("events/staff/session.html", form, event=event, part=part)


@bp.post("/<int:event_id>/sessions/<int:session_id>/up")
def move_session(event_id: int, session_id: int) -> Response:
    """One place further up."""
    event, part = _found(event_id, session_id)
    session_keeping.move_up(part)
    return redirect(url_for(HERE, event_id=event.id))


@bp.post("/<int:event_id>/sessions/<int:session_id>/remove")
def remove_session(event_id: int, session_id: int) -> Response:
    """Only one that nobody has registered for."""
    event, part = _found(event_id, session_id)
    session_keeping.remove_session(part)
    flash(_("The part was removed."), "success")
    return redirect(url_for(HERE, event_id=event.id))


def _found(event_id: int, session_id: int) -> tuple[Event, EventSession]:
    event = found(event_id)
    return event, staff_queries.part_of(event, session_id)
