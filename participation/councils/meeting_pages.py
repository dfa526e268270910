"""Meetings as everybody sees them: what comes, what was, the agenda with its papers, and a file for calendars."""

import hashlib
from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from participation.councils import calendar_files, letter_facts, meeting_queries, queries, rules
from participation.councils.meeting_models import Meeting, MeetingState
from participation.councils.meeting_words import CHANGES, PAPER_KINDS, STATES
from participation.councils.models import Council, ProposedBy
from participation.councils.public_agenda import (
    PublicItem,
    blackening_of,
    public_items,
    public_name,
    public_view,
    without,
)
from participation.i18n import LocalizedText, Passage, current_language
from participation.marks import formatted
from participation.paging import paginate
from participation.permissions import allowed

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
bp.add_app_template_filter(letter_facts.when, "meeting_time")
bp.add_app_template_filter(public_name, "meeting_name")


@bp.app_template_filter("marked_text")
def marked_text(text: LocalizedText) -> Markup:
    """A text with simple marks, in the reader's language or marked as another one (L3)."""
    picked = text.pick()
    if picked is None:
        return Markup()
    return Passage(formatted(picked.item, current_language().tag), picked.language).block()


@bp.get("")
def index() -> str:
    """The meetings of all councils, or of one; what comes first, and on another page what was."""
    is_past = request.args.get("past") == "1"
    council = _asked_council()
    page = paginate(meeting_queries.listed(is_past=is_past, council=council), most=5_000)
    return render_template(
        "councils/meetings_index.html",
        page=page,
        is_past=is_past,
        council=council,
        states=STATES,
        with_minutes=meeting_queries.with_minutes(page.items),
    )


def _asked_council() -> Council | None:
    slug = request.args.get("council", "")
    if not slug:
        return None
    council = queries.council(slug)
    if not allowed(rules.read, council):
        abort(404)
    return council


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> str:
    """When and where a council meets, and once it is published, what about."""
    meeting = meeting_queries.with_agenda(meeting_id)
    _check(meeting)
    items = public_items(meeting)
    is_open = meeting.state in {MeetingState.PLANNED, MeetingState.INVITED}
    return render_template(
        "councils/meeting.html",
        meeting=meeting,
        name=public_name(meeting),
        is_open=is_open,
        items=items,
        findings=meeting_queries.findings([link for item in items for link in item.links]),
        changes=_public_changes(meeting, items),
        change_words=CHANGES,
        paper_kinds=PAPER_KINDS,
        online_address=calendar_files.public_online_address(meeting) if is_open else "",
        takes_proposals=meeting.takes_proposals and meeting.council.proposals_from is ProposedBy.EVERYBODY,
        has_minutes=bool(meeting_queries.with_minutes([meeting])),
    )


def _public_changes(meeting: Meeting, items: Sequence[PublicItem]) -> list[dict[str, object]]:
    """What was changed since; of what is confidential by now no earlier title is told either."""
    shown = {item.id: item for item in items}
    blackening = blackening_of(meeting.items)
    return [
        {
            "what": one.what,
            "made_at": one.made_at,
            "item": item,
            "before": "" if item.is_confidential else without(one.before, blackening),
        }
        for one in (meeting_queries.changes(meeting) if items else ())
        if (item := shown.get(one.item_id or 0)) is not None
    ]


@bp.get("/<int:meeting_id>/meeting.ics")
def calendar(meeting_id: int) -> Response:
    """The meeting for one's own calendar."""
    meeting = meeting_queries.with_agenda(meeting_id)
    _check(meeting)
    written = calendar_files.public_calendar_of(meeting, current_language().tag)
    answer = Response(written, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename=f"meeting-{meeting.id}.ics")
    answer.set_etag(hashlib.sha256(written.encode()).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


@bp.get("/papers/<int:paper_id>")
def paper(paper_id: int) -> str:
    """A paper: what it is, its file, and where it is dealt with."""
    found = meeting_queries.paper(paper_id)
    is_public = meeting_queries.is_public(found)
    if not is_public and not allowed(rules.manage, found.council):
        abort(404)
    public = [one for one in found.consultations if one.item.is_public and one.item.meeting.is_announced]
    blackening = blackening_of(one.item for one in public)
    return render_template(
        "councils/paper.html",
        paper=found,
        title=without(found.title, blackening),
        is_public=is_public,
        kind=PAPER_KINDS[found.kind],
        consultations=[(one, public_view(one.item, blackening)) for one in public],
    )


def _check(meeting: Meeting) -> None:
    if not allowed(rules.read, meeting.council):
        abort(404)
