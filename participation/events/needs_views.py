"""What an event's organisers have to arrange, on one page."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.events import audiences, looks, needs
from participation.events.arrangement_models import NeedKind
from participation.events.registration_views import event_of
from participation.events.registration_wordings import NEEDS, STANDINGS
from participation.events.standing import Standing
from participation.i18n import _
from participation.permissions import person

bp = Blueprint("event_needs", __name__, url_prefix="/staff/events/<int:event_id>/needs")


@bp.get("")
def show(event_id: int) -> ResponseReturnValue:
    """Numbers for everybody who organises; who it is and what they wrote only after a look that is noted."""
    event = event_of(event_id)
    return render_template(
        "events/staff/needs.html",
        event=event,
        found=needs.of_event(event),
        with_names=looks.has_looked(event),
        kinds=NEEDS,
        standings={one.value: label for one, label in STANDINGS.items()},
        coming=Standing.COMING.value,
        name_of=audiences.name_of,
        NeedKind=NeedKind,
    )


@bp.post("/arrange")
def arrange(event_id: int) -> Response:
    """Tick one thing off, or take the tick away."""
    event = event_of(event_id)
    kind, language = _asked()
    if request.form.get("is_arranged") == "y":
        needs.arrange(event, kind, language, person().id)
        flash(_("It is noted that this is arranged."))
    else:
        needs.not_arranged(event, kind, language)
        flash(_("It is noted that this is to be arranged."))
    return redirect(url_for("event_needs.show", event_id=event.id))


@bp.post("/look")
def look(event_id: int) -> Response:
    """From here on with names, as the log says."""
    event = event_of(event_id)
    looks.note(event)
    return redirect(url_for("event_needs.show", event_id=event.id))


def _asked() -> tuple[NeedKind, str]:
    try:
        kind = NeedKind(request.form.get("kind", ""))
    except ValueError:
        abort(400)
    language = request.form.get("language", "")[:20].replace("\0", "")
    return kind, language if kind is NeedKind.INTERPRETER else ""
