"""The poster of an event: staff choose paper and languages, print the page or take the PDF."""

import io

from flask import Blueprint, render_template, request, send_file
from werkzeug.wrappers import Response

from participation.events import posters, queries, rules
from participation.events.models import Event
from participation.i18n import SOURCE_LANGUAGE, languages
from participation.pdf import printer
from participation.permissions import require

bp = Blueprint("event_poster", __name__, url_prefix="/staff/events")


@bp.get("/<int:event_id>/poster")
def poster(event_id: int) -> str:
    """The poster as a page to print, and what can be chosen."""
    event = _found(event_id)
    return render_template(
        "events/staff/poster.html",
        event=event,
        poster=_asked(event),
        sizes=posters.SIZES,
        most=posters.MOST_LANGUAGES,
        has_pdf=printer() is not None,
    )


@bp.get("/<int:event_id>/poster.pdf")
def pdf(event_id: int) -> Response:
    """The same as a file for the print shop."""
    event = _found(event_id)
    sheet = _asked(event)
    tags = "-".join(one.language.tag for one in sheet.columns)
    return send_file(
        io.BytesIO(posters.pdf(event, sheet)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"poster-{event.id}-{sheet.size}-{tags}.pdf",
    )


def _found(event_id: int) -> Event:
    event = queries.event(event_id)
    require(rules.organise, event)
    return event


def _asked(event: Event) -> posters.Poster:
    """What the address says; nonsense is passed over."""
    offered = [one.tag for one in languages()]
    tags = [tag for tag in request.args.getlist("tags") if tag in offered]
    size = request.args.get("size")
    return posters.poster(
        event, list(dict.fromkeys(tags)) or [SOURCE_LANGUAGE], size if size in posters.SIZES else posters.SIZES[0]
    )
