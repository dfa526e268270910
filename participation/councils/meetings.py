"""What staff do with meetings: plan them, change them, publish the agenda, call them off."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from participation import audit, clock
from participation.councils import announcing, inviting, returning
from participation.councils.agenda import AgendaClosed, is_closed
from participation.councils.locking import lock
from participation.councils.meeting_models import Meeting, MeetingState
from participation.councils.models import Council
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.places.models import Place, Room

LONGEST = timedelta(hours=24)
TOLD = {"starts_at", "ends_at", "place", "room", "online_address"}  # in a letter to those who were invited
KNOWN_TO_CALENDARS = {*TOLD, "title", "note", "is_public"}


class EndsBeforeItBegins(Refused):
    message = _l("A meeting ends after it has begun.")


class TooLong(Refused):
    message = _l("A meeting lasts at most 24 hours.")


class CouncilDissolved(Refused):
    message = _l("This council is dissolved. It does not meet any more.")


class AlreadyCancelled(Refused):
    message = _l("This meeting is cancelled already.")


class AlreadyOver(Refused):
    message = _l("This meeting is over.")


class AgendaIsPublished(Refused):
    message = _l("The agenda of this meeting is published already.")


class NotReady(Refused):
    """Something is missing that readers need; the page says what."""

    message = _l("The agenda cannot be published yet.")


class ReasonMissing(Refused):
    message = _l("Please write at least the German text.")


def plan(
    council: Council,
    starts_at: datetime,
    ends_at: datetime,
    *,
    place: Place | None = None,
    room: Room | None = None,
    online_address: str = "",
    title: LocalizedText | None = None,
    note: LocalizedText | None = None,
    is_public: bool | None = None,
    proposals_until: date | None = None,
) -> Meeting:
    """The next meeting of a council; what was left open in earlier ones comes back to its agenda by itself."""
    lock(council)  # two meetings cannot both take a number
    if council.is_dissolved:
        raise CouncilDissolved
    _check_times(starts_at, ends_at)
    latest = session.scalar(select(func.max(Meeting.number)).where(Meeting.council_id == council.id)) or 0
    meeting = Meeting(
        council=council,
        number=latest + 1,
        title=title or LocalizedText(),
        note=note or LocalizedText(),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        room=room,
        online_address=online_address,
        is_public=council.meetings_are_public if is_public is None else is_public,
    )
    meeting.proposals_until = proposals_until or meeting_day(starts_at) - timedelta(days=council.proposal_days)
    session.add(meeting)
    session.flush()
    audit.record("meeting.planned", f"meeting {meeting.id}", council=council.id)
    if returning.is_next(meeting):
        returning.bring_back(meeting)
    announcing.tell(meeting)
    return meeting


def change(meeting: Meeting, **facts: Any) -> None:
    """Another time, place or word about it; those who know the agenda see that the time is a new one."""
    lock(meeting)
    _check_open(meeting)
    _check_times(facts.get("starts_at", meeting.starts_at), facts.get("ends_at", meeting.ends_at))
    changed = {name for name, value in facts.items() if getattr(meeting, name) != value}
    if not changed:
        return
    if meeting.is_announced and "starts_at" in changed:
        meeting.moved_from_at = meeting.starts_at
    for name in changed:
        setattr(meeting, name, facts[name])
    if meeting.moved_from_at == meeting.starts_at:  # back to the time that everybody knows
        meeting.moved_from_at = None
    meeting.changed_at = clock.now()
    meeting.sequence += bool(changed & KNOWN_TO_CALENDARS)
    session.flush()
    audit.record("meeting.changed", f"meeting {meeting.id}", fields=sorted(changed))
    announcing.tell(meeting)
    if changed & TOLD:
        inviting.tell_changed(meeting)


def publish_agenda(meeting: Meeting) -> None:
    """Everybody reads the agenda and its papers; from here on every change of it is marked."""
    lock(meeting)
    if meeting.cancelled_at is not None:
        raise AlreadyCancelled
    if meeting.is_announced:
        raise AgendaIsPublished
    if missing(meeting):
        raise NotReady
    meeting.agenda_published_at = meeting.changed_at = clock.now()
    meeting.sequence += 1
    session.flush()
    audit.record("meeting.agenda_published", f"meeting {meeting.id}")
    announcing.tell(meeting)


def missing(meeting: Meeting) -> list[Any]:
    """What must be there before the agenda can be published, in sentences for the office."""
    return [
        sentence
        for is_missing, sentence in (
            (not meeting.council.is_public, _l("The council is not public yet. Please publish the council first.")),
            (not any(one.withdrawn_at is None for one in meeting.items), _l("The agenda has no items yet.")),
            (not meeting.place and not meeting.online_address, _l("The meeting has no place and no web address yet.")),
        )
        if is_missing
    ]


def cancel(meeting: Meeting, reason: LocalizedText) -> None:
    """It does not take place; its page stays and says so. What came back to its agenda comes back to the next one."""
    lock(meeting)
    _check_open(meeting)
    if meeting.state is MeetingState.OVER:
        raise AlreadyOver
    if not reason:
        raise ReasonMissing
    meeting.cancelled_at = meeting.changed_at = clock.now()
    meeting.cancel_reason = reason
    meeting.sequence += 1
    session.flush()
    audit.record("meeting.cancelled", f"meeting {meeting.id}")
    announcing.tell(meeting)
    inviting.tell_cancelled(meeting, reason)


def meeting_day(starts_at: datetime) -> date:
    """The day on which it is held, as people in Germany count it."""
    return starts_at.astimezone(clock.BERLIN).date()


def _check_open(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None:
        raise AlreadyCancelled
    if is_closed(meeting):
        raise AgendaClosed


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    if ends_at - starts_at > LONGEST:
        raise TooLong
