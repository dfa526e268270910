"""What residents read of a meeting afterwards: the published minutes, as a page, as plain text and as PDF."""

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from participation.councils import content, rules, sealing
from participation.councils import minutes_queries as queries
from participation.councils.canonical import canonical
from participation.councils.minutes_models import Minutes
from participation.councils.minutes_pdf import title
from participation.councils.minutes_reading import reading
from participation.councils.public_agenda import blackenings
from participation.errors import error_page
from participation.permissions import require

bp = Blueprint("minutes", __name__, url_prefix="/minutes")


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> str:
    """The newest published minutes of a meeting."""
    return _page(_found(meeting_id))


@bp.get("/<int:meeting_id>/<int:number>")
def revision(meeting_id: int, number: int) -> str:
    """One revision; what a correction replaced stays readable."""
    return _page(_found(meeting_id, number))


@bp.get("/<int:meeting_id>/<int:number>/text.txt")
def text(meeting_id: int, number: int) -> Response:
    """The text that the hash is made of, to the last character."""
    minutes = _found(meeting_id, number)
    assert minutes.public_content is not None
    answer = Response(canonical(minutes.public_content), mimetype="text/plain")
    answer.content_language = minutes.language
    answer.set_etag(minutes.public_digest)
    return answer


@bp.get("/<int:meeting_id>/<int:number>/minutes.pdf")
def pdf(meeting_id: int, number: int) -> ResponseReturnValue:
    """The same to print and keep; where it lies changes when words are blacked out later."""
    minutes = _found(meeting_id, number)
    if minutes.document is None:
        return error_page(404)
    return redirect(minutes.document.address)


def _found(meeting_id: int, number: int | None = None) -> Minutes:
    minutes = queries.published(meeting_id, number)
    require(rules.read, minutes.meeting.council)
    content.readable(minutes.public_content)
    return minutes


def _page(minutes: Minutes) -> str:
    known = queries.published_revisions(minutes.meeting_id)
    return render_template(
        "councils/minutes.html",
        minutes=minutes,
        read=reading(minutes),
        heading=title(minutes),
        approved_how=blackenings([minutes.meeting_id])[minutes.meeting_id].text(minutes.approved_how),
        revisions=known,
        is_newest=known[0].id == minutes.id,
        is_untouched=sealing.is_public_untouched(minutes),
    )
