"""Publishing minutes: what residents read is made from the approved content, and made anew when words have to go."""

from sqlalchemy import select
from sqlalchemy.orm import undefer

from participation import audit, clock
from participation.councils import approving, content, indexing, minutes_pdf, publishing, register, sealing
from participation.councils import minutes_queries as queries
from participation.councils.findings import findings
from participation.councils.meeting_models import Meeting
from participation.councils.minutes_models import Minutes, MinutesStatus
from participation.councils.models import CouncilPerson
from participation.db import random_id, session
from participation.errors import Refused
from participation.i18n import _l, speaking
from participation.media import documents
from participation.media.models import Document
from participation.pdf import NoPdf

MOST_PRINTED = 50  # in one night


class NotApproved(Refused):
    message = _l("Only approved minutes can be published.")


class IsPublished(Refused):
    message = _l("These minutes are published already.")


class TextWasTouched(Refused):
    message = _l(
        "The text of these minutes is not the one that was approved. It was changed in the database. "
        "Please tell the administrators of this platform."
    )


class PersonalDataLeft(Refused):
    message = _l("Please look at what may be personal data, and confirm that it may be published.")


def publish(minutes: Minutes, *, is_checked: bool = False, with_pdf: bool = True) -> None:
    """Everybody reads the approved minutes; whoever publishes has looked at what may be personal data (D17).

    Without a PDF file at once, the night makes one.
    """
    approving.lock(minutes)
    check_publishable(minutes)
    if not is_checked and findings(minutes):
        raise PersonalDataLeft
    _make(minutes, with_pdf=with_pdf)
    minutes.status, minutes.published_at = MinutesStatus.PUBLISHED, clock.now()
    session.flush()
    _pass_on(minutes)
    audit.record("minutes.published", f"minutes {minutes.id}", digest=minutes.public_digest)


def check_publishable(minutes: Minutes) -> None:
    """Refuse what cannot be published."""
    if minutes.is_public:
        raise IsPublished
    if minutes.status is not MinutesStatus.APPROVED:
        raise NotApproved
    if not sealing.is_untouched(minutes):
        raise TextWasTouched


def renew(minutes: Minutes, *, is_urgent: bool = True) -> bool:
    """Make the public version anew, as other words are blacked out or somebody took back a consent.

    Tells whether it changed. What is not urgent gets its PDF file in the night.
    """
    if not minutes.is_public or content.public_now(minutes) == minutes.public_content:
        return False
    if not sealing.is_untouched(minutes):
        raise TextWasTouched
    _make(minutes, with_pdf=is_urgent)
    minutes.renewed_at = clock.now()
    session.flush()
    if queries.published(minutes.meeting_id).id == minutes.id:
        _pass_on(minutes)
    else:
        publishing.refresh_meeting(minutes.meeting)
    audit.record("minutes.renewed", f"minutes {minutes.id}", digest=minutes.public_digest)
    return True


def renew_for(person: CouncilPerson) -> int:
    """What this member agreed to has changed: their name appears in published minutes, or goes from them."""
    mine = {one.id for one in person.memberships}
    found = session.scalars(
        select(Minutes)
        .join(Minutes.meeting)
        .where(Minutes.status == MinutesStatus.PUBLISHED)
        .where(Meeting.council_id.in_({one.council_id for one in person.memberships}))
        .order_by(Minutes.id)
        .options(undefer(Minutes.content), undefer(Minutes.public_content))
    ).all()
    # What was changed in the database waits for whoever repairs it; nobody is refused for that.
    return sum(renew(one, is_urgent=False) for one in found if _names(one, mine) and sealing.is_untouched(one))


def _names(minutes: Minutes, membership_ids: set[int]) -> bool:
    """Whether the approved text names one of them: as present, in the chair, in a vote, or for a task."""
    said = minutes.content
    return said is not None and content.is_readable(said) and bool(content.memberships_in(said) & membership_ids)


def print_missing() -> int:
    """PDF files of public minutes that have none."""
    found = session.scalars(
        select(Minutes)
        .where(Minutes.status == MinutesStatus.PUBLISHED, Minutes.document_id.is_(None))
        .order_by(Minutes.published_at.desc(), Minutes.id.desc())
        .limit(MOST_PRINTED)
        .options(undefer(Minutes.public_content))
    ).all()
    for minutes in found:
        _print(minutes)
        publishing.refresh_meeting(minutes.meeting)
    session.flush()
    return sum(one.document is not None for one in found)


# --- Steps of the above -----------------------------------------------------------------------------------------------


def _make(minutes: Minutes, *, with_pdf: bool = True) -> None:
    minutes.public_content = content.public_now(minutes)
    minutes.public_digest = content.digest(minutes.public_content)
    minutes.public_seal = sealing.public_seal(minutes)
    before, minutes.document = minutes.document, None
    session.flush()
    if before is not None:
        documents.remove(before)
    if with_pdf:
        _print(minutes)


def _print(minutes: Minutes) -> None:
    """The public version as a PDF file; where the server cannot make one, the page is enough."""
    try:
        made = minutes_pdf.pdf(minutes)
    except NoPdf:
        return
    with speaking(minutes.language):
        title = minutes_pdf.title(minutes)
    minutes.document = Document(
        id=random_id(),
        title=title[:200],
        language=minutes.language,
        size=len(made),
        created_at=clock.now(),
        is_public=True,
        content=made,
    )


def _pass_on(minutes: Minutes) -> None:
    """Whatever else shows the newest public version."""
    register.publish(minutes)
    indexing.index_minutes(minutes)
    publishing.refresh_meeting(minutes.meeting)
