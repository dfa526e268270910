"""Makers of meetings that are over, and of their minutes on the way to the public."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from participation import clock
from participation.councils import approving, publication
from participation.councils.meeting_models import Meeting, Presence
from participation.councils.minutes_models import (
    Minutes,
    MinutesStatus,
    MinutesSummary,
    Redaction,
    RedactionReason,
    Result,
    VoteKind,
)
from participation.councils.models import ConsentPurpose, Membership
from participation.councils.resolution_models import Task
from participation.db import session
from participation.i18n import LocalizedText
from tests.councils.makers import (
    make_attendance,
    make_item,
    make_meeting,
    make_membership,
    make_minutes,
    make_person,
)

CONFIDENTIAL = "Kündigung des Mietvertrags Lindenhof"
NAMED, UNNAMED = "Fatma Kaya", "Bernd Sonnenschein"
WORDS = "Im Park an der Talwiese wird eine Laterne aufgestellt."
# How minutes stand that those present had time to check, until long ago.
CHECKED: dict[str, Any] = {
    "status": MinutesStatus.CIRCULATED,
    "circulated_at": datetime(2026, 1, 2, tzinfo=UTC),
    "objections_until": date(2026, 1, 16),
}


def make_held_meeting(**facts: Any) -> Meeting:
    """A meeting a month ago with a public and a confidential item; of two members there, one may be named."""
    meeting = make_meeting(starts_at=clock.now() - timedelta(days=30), **facts)
    make_item(meeting, "Beleuchtung im Park")
    make_item(meeting, CONFIDENTIAL, is_public=False, public_title=LocalizedText(de="Vertragssache"))
    named = make_person(NAMED, shows=(ConsentPurpose.NAME,), email="fatma@example.org")
    for person in (named, make_person(UNNAMED, email="bernd@example.org", language="tr")):
        make_attendance(meeting, make_membership(meeting.council, person), Presence.PRESENT)
    session.flush()
    return meeting


def make_written_minutes(meeting: Meeting | None = None, **facts: Any) -> Minutes:
    """A draft that says something under both items."""
    minutes = make_minutes(meeting or make_held_meeting(), guests="Petra Gast (Polizei)", **facts)
    public, confidential, *_more = minutes.entries
    public.discussion = "## Lage\n\nViele fühlen sich abends unsicher.\n\n- Der Weg ist dunkel.\n- Die Laterne fehlt."
    public.result, public.resolution = Result.RESOLVED, WORDS
    public.vote, public.votes_for, public.votes_against = VoteKind.OPEN, 1, 1
    confidential.discussion, confidential.result = "Der Vermieter Schluckspecht hat gekündigt.", Result.NOTED
    session.add(
        Task(council=minutes.meeting.council, item=public.item, text="Angebote einholen", responsible="Grünflächenamt")
    )
    session.flush()
    return minutes


def make_checked_minutes(**facts: Any) -> Minutes:
    """Those present had time to object until yesterday."""
    return make_written_minutes(**CHECKED, **facts)


def make_approved(minutes: Minutes | None = None) -> Minutes:
    """Approved and locked as the house does it."""
    minutes = minutes or make_checked_minutes()
    approving.approve(minutes, "Der Quartiersrat in seiner 13. Sitzung, ohne Einwendungen")
    return minutes


def make_published(minutes: Minutes | None = None, *, with_pdf: bool = True) -> Minutes:
    """Public as the house does it."""
    minutes = make_approved(minutes)
    publication.publish(minutes, is_checked=True, with_pdf=with_pdf)
    return minutes


def make_corrected_minutes(meeting: Meeting) -> Minutes:
    """Published minutes with a blacked out word and a summary, and a correction that a member objects to."""
    if not meeting.items:
        make_item(meeting)
    member = make_membership(meeting.council, make_person(UNNAMED))
    make_attendance(meeting, member)
    minutes = make_minutes(meeting, **CHECKED)
    minutes.entries[0].discussion, minutes.entries[0].result = "Frau Wunderlich fragt.", Result.NOTED
    minutes.redactions.append(Redaction(passage="Wunderlich", reason=RedactionReason.PERSONAL))
    minutes.summaries.append(MinutesSummary(language="tr", text="Bir soru soruldu."))
    make_published(minutes, with_pdf=False)
    corrected = approving.correct(minutes, "Ein Name war falsch.")
    corrected.status, corrected.circulated_at = MinutesStatus.CIRCULATED, clock.now()
    corrected.objections_until = clock.today() + timedelta(days=7)
    session.flush()
    approving.object_to(corrected, member, "Das war anders.")
    return corrected


def member_of(minutes: Minutes, name: str = UNNAMED) -> Membership:
    """The membership of somebody who was there."""
    people = session.query(Membership).filter_by(council_id=minutes.meeting.council_id)
    return next(one for one in people if one.person.name == name)
