"""From the draft to approved minutes: sent to those present, objected to, decided, approved and locked; corrected."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select

from participation import audit, clock
from participation.councils import content, letters, locking, minutes_wordings, register, sealing
from participation.councils import minutes_queries as queries
from participation.councils.meeting_models import AgendaItem
from participation.councils.minutes_models import (
    Minutes,
    MinutesEntry,
    MinutesObjection,
    MinutesStatus,
    MinutesSummary,
    ObjectionDecision,
    Redaction,
    VoteCast,
)
from participation.councils.models import Membership
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l, current_language
from participation.permissions import person
from participation.wordings import Wording

LONGEST = 5_000
MOST_OBJECTIONS = 20  # of one member to one revision
AS_COPIED = (
    *("item_id", "discussion", "result", "resolution", "vote", "votes_for", "votes_against", "abstained", "recused"),
    *("voted_at", "is_demo"),
)
STATUS = MinutesStatus


class IsLocked(Refused):
    message = _l("These minutes are approved. Write a correction to change something.")


class NotOverYet(Refused):
    message = _l("The meeting is not over yet.")


class NothingWritten(Refused):
    message = _l("The minutes are still empty.")


class DayIsOver(Refused):
    message = _l("The last day for objections must lie in the future.")


class TooLate(Refused):
    message = _l("The time for objections to these minutes is over, or has not begun.")


class NotAMember(Refused):
    message = _l("Only who was a member of the council on the day of the meeting can object to its minutes.")


class NotInTheseMinutes(Refused):
    message = _l("This agenda item belongs to another meeting.")


class TooManyObjections(Refused):
    message = _l("You have sent many objections to these minutes already. Please call the office.")


class DecidedAlready(Refused):
    message = _l("This objection is decided already.")


class NotCirculated(Refused):
    message = _l("Minutes are approved after those present have had time to check them. Please send them out first.")


class StillTimeToObject(Refused):
    message = _l("Members can still object to these minutes. They can be approved when the time is over.")


class ObjectionOpen(Refused):
    message = _l("An objection to these minutes is not decided yet.")


class NotApproved(Refused):
    message = _l("Only approved minutes can be corrected like this. These can still be changed.")


class NotTheNewest(Refused):
    message = _l("There is a newer revision of these minutes.")


def circulate(minutes: Minutes, until: date | None = None) -> int:
    """Send the minutes to those who were there; until that day they can object. Tells how many letters were written.

    After larger changes they can be sent once more, with a new day.
    """
    lock(minutes)
    until = until or clock.today() + timedelta(days=minutes.meeting.council.objection_days)
    if minutes.is_locked:
        raise IsLocked
    if minutes.meeting.starts_at > clock.now():
        raise NotOverYet
    if not minutes.entries:
        raise NothingWritten
    if until <= clock.today():
        raise DayIsOver
    minutes.status, minutes.circulated_at, minutes.objections_until = STATUS.CIRCULATED, clock.now(), until
    session.flush()
    members = [one.membership for one in queries.present(minutes.meeting)]
    written = _write(members, minutes_wordings.CIRCULATED, minutes, until=until)
    audit.record("minutes.circulated", _name(minutes), until=until.isoformat(), letters=written)
    return written


# --- Objections -------------------------------------------------------------------------------------------------------


def object_to(
    minutes: Minutes, membership: Membership, text: str, item: AgendaItem | None = None, language: str | None = None
) -> MinutesObjection:
    """A member says what is wrong; whoever was in office that day may, also who was written down as absent."""
    lock(minutes)
    if not minutes.takes_objections:
        raise TooLate
    meeting = minutes.meeting
    if membership.council_id != meeting.council_id or not membership.is_in_office(meeting.held_on):
        raise NotAMember
    if item is not None and item.meeting_id != meeting.id:
        raise NotInTheseMinutes
    known = select(func.count()).where(
        MinutesObjection.minutes_id == minutes.id, MinutesObjection.membership_id == membership.id
    )
    if (session.scalar(known) or 0) >= MOST_OBJECTIONS:
        raise TooManyObjections
    objection = MinutesObjection(
        minutes=minutes, membership=membership, item=item, text=text, language=language or current_language().tag
    )
    session.add(objection)
    session.flush()
    return objection


def decide_objection(objection: MinutesObjection, decision: ObjectionDecision, reason: str) -> None:
    """The office follows an objection or not, says why, and the member is told. What is wrong is corrected by hand."""
    lock(objection.minutes)
    session.refresh(objection)
    if objection.decision is not None:
        raise DecidedAlready
    objection.decision, objection.reason = decision, reason
    objection.decided_at, objection.decided_by_id = clock.now(), person().id
    session.flush()
    is_accepted = decision is ObjectionDecision.ACCEPTED
    wording = minutes_wordings.OBJECTION_ACCEPTED if is_accepted else minutes_wordings.OBJECTION_REJECTED
    _write([objection.membership], wording, objection.minutes, objection=objection.text, reason=reason)
    audit.record("objection.decided", f"objection {objection.id}", decision=decision.value)


def open_objections(minutes: Minutes) -> int:
    """How many objections nobody has decided yet."""
    undecided = select(func.count()).where(
        MinutesObjection.minutes_id == minutes.id, MinutesObjection.decision.is_(None)
    )
    return session.scalar(undecided) or 0


# --- Approving and correcting -----------------------------------------------------------------------------------------


def approve(minutes: Minutes, how: str) -> None:
    """From here on the text is locked, with a hash over it; `how` says who approved it and when."""
    lock(minutes)
    locking.lock(minutes.meeting)  # nobody changes its agenda or who was there while it is written down
    check_approvable(minutes)
    entries = queries.entries(minutes, for_update=True)
    minutes.content = content.full(minutes, entries)
    minutes.digest = content.digest(minutes.content)
    minutes.approved_at, minutes.approved_by_id, minutes.approved_how = clock.now(), person().id, how
    minutes.seal = sealing.seal(minutes)
    minutes.status = STATUS.APPROVED
    for entry in entries:
        entry.is_locked = True
    session.flush()
    register.from_minutes(minutes)
    audit.record("minutes.approved", _name(minutes), digest=minutes.digest)


def check_approvable(minutes: Minutes) -> None:
    """Refuse what cannot be approved yet."""
    if minutes.is_locked:
        raise IsLocked
    if minutes.status is not STATUS.CIRCULATED:
        raise NotCirculated
    if open_objections(minutes):
        raise ObjectionOpen
    if minutes.takes_objections:
        raise StillTimeToObject


def correct(minutes: Minutes, reason: str) -> Minutes:
    """A new revision that begins with the words of the approved one; both stay readable."""
    lock(minutes)
    if minutes.is_open:
        raise NotApproved
    newest = queries.newest(minutes.meeting_id)
    if newest is None or newest.id != minutes.id:
        raise NotTheNewest
    made = Minutes(
        meeting=minutes.meeting,
        number=minutes.number + 1,
        reason=reason,
        language=minutes.language,
        opened_at=minutes.opened_at,
        closed_at=minutes.closed_at,
        guests=minutes.guests,
        remarks=minutes.remarks,
        is_demo=minutes.is_demo,
        entries=[_copied(entry) for entry in queries.entries(minutes)],
        redactions=[Redaction(passage=one.passage, reason=one.reason) for one in minutes.redactions],
        summaries=[MinutesSummary(language=one.language, text=one.text) for one in minutes.summaries],
    )
    session.add(made)
    session.flush()
    audit.record("minutes.correction_begun", _name(made), of=minutes.number)
    return made


def _copied(entry: MinutesEntry) -> MinutesEntry:
    words = {name: getattr(entry, name) for name in AS_COPIED}
    casts = [VoteCast(membership_id=one.membership_id, choice=one.choice) for one in entry.casts]
    return MinutesEntry(**words, casts=casts)


# --- What all of them share -------------------------------------------------------------------------------------------


def lock(minutes: Minutes) -> None:
    """Two people cannot both approve, correct or decide."""
    session.flush()
    session.refresh(minutes, with_for_update={"of": Minutes})


def _name(minutes: Minutes) -> str:
    return f"minutes {minutes.id}"


def _write(members: Iterable[Membership], wording: Wording, minutes: Minutes, **values: object) -> int:
    meeting = minutes.meeting
    people = [one.person for one in members]
    return letters.tell(people, wording, council=meeting.council.name, when=meeting.starts_at, **values)
