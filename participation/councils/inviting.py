"""Inviting the members to a meeting, in time, and asking once more those who have not answered."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from participation import audit, clock
from participation.councils import calendar_files, letter_facts, letters, quorum, seats_and_terms
from participation.councils import wordings as words
from participation.councils.letters import Saying
from participation.councils.meeting_models import Answer, Attendance, Meeting, MeetingState
from participation.councils.models import Membership, Role
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.wordings import Wording

REMINDED_BEFORE = timedelta(days=3)
MOST_REMINDED = 200  # meetings in one night


class AgendaNotPublished(Refused):
    message = _l("The agenda is not published yet. Please publish it first: members are invited with it.")


class NothingToInviteTo(Refused):
    message = _l("This meeting is over or cancelled. Nobody can be invited any more.")


class EverybodyInvited(Refused):
    message = _l("Everybody who is in office on the day of the meeting was invited already.")


class NobodyToInvite(Refused):
    message = _l("Nobody is in office in this council on the day of the meeting.")


class InvitationLate(Refused):
    message = _l(
        "The notice period of this council has begun already, so the invitation is late. You can invite all the same, "
        "if you confirm it. The letter says that it is late."
    )


def is_late(meeting: Meeting) -> bool:
    """Whether an invitation of today misses the notice period."""
    return clock.today() > meeting.invite_by


def invite(meeting: Meeting, *, although_late: bool = False) -> int:
    """A letter to everybody in office on that day, with agenda, papers and calendar file; tells how many got one.

    Done again, it writes to those who took office since. Whoever has no e-mail address is to be written to on paper.
    Raises AgendaNotPublished, NothingToInviteTo, InvitationLate, EverybodyInvited.
    """
    session.refresh(meeting, with_for_update={"of": Meeting.__table__})  # two clicks invite once
    check(meeting)
    late = is_late(meeting)
    if late and not although_late:
        raise InvitationLate
    invited = not_invited(meeting)
    if not invited:
        raise EverybodyInvited if meeting.invited_at else NobodyToInvite
    session.add_all(Attendance(meeting_id=meeting.id, membership_id=one.id) for one in invited)
    meeting.invited_at = meeting.invited_at or clock.now()
    if meeting.held_on - clock.today() <= REMINDED_BEFORE:
        meeting.reminded_on = meeting.reminded_on or clock.today()  # the invitation itself is fresh enough
    session.flush()
    written = _write(meeting, invited, is_late=late)
    audit.record("meeting.invited", thing=f"meeting {meeting.id}", members=len(invited), letters=written, is_late=late)
    return written


def check(meeting: Meeting) -> None:
    """Whether this meeting can be invited to at all."""
    if meeting.state in {MeetingState.CANCELLED, MeetingState.OVER} or meeting.starts_at <= clock.now():
        raise NothingToInviteTo
    if not meeting.is_announced:
        raise AgendaNotPublished


def can_invite(meeting: Meeting) -> bool:
    """Whether the button makes sense."""
    try:
        check(meeting)
    except Refused:
        return False
    return True


def invited_members(meeting: Meeting) -> list[Membership]:
    """Everybody in office on the day of the meeting, who is to be invited."""
    return seats_and_terms.in_office(meeting.council, meeting.held_on)


def not_invited(meeting: Meeting) -> list[Membership]:
    """Whoever no invitation was written to yet; whoever has answered all the same needs none."""
    known = set(session.scalars(select(Attendance.membership_id).where(Attendance.meeting_id == meeting.id)))
    return [one for one in invited_members(meeting) if one.id not in known]


def on_paper(meeting: Meeting) -> list[Membership]:
    """Whom no e-mail reaches."""
    return [one for one in invited_members(meeting) if not letters.can_be_written_to(one.person)]


def _write(meeting: Meeting, invited: Sequence[Membership], *, is_late: bool) -> int:
    """Members get the invitation, deputies a letter of their own that names whom they stand in for."""
    values: dict[str, Any] = {
        **letter_facts.facts(meeting),
        "agenda": Saying(lambda: letter_facts.agenda_of(meeting)),
        "late": words.LATE if is_late else "",
    }
    calendar = calendar_for(meeting)
    members = letters.people_of([one for one in invited if one.role is not Role.DEPUTY])
    written = letters.tell(members, words.INVITED, calendar, **values)
    for one in invited:
        if one.deputy_for is not None and one.person not in members:
            written += letters.tell(
                [one.person], words.INVITED_DEPUTY, calendar, **values, member=one.deputy_for.person.name
            )
    return written


def calendar_for(meeting: Meeting) -> Callable[[str], str]:
    """What makes the calendar file of a meeting, given a language."""
    return lambda tag: calendar_files.calendar_of(meeting, tag)


# --- What is told afterwards ------------------------------------------------------------------------------------------


def tell_changed(meeting: Meeting) -> int:
    """After the invitation another time or place is news to everybody."""
    return _tell_all(meeting, words.MEETING_CHANGED)


def tell_cancelled(meeting: Meeting, reason: LocalizedText | str = "") -> int:
    """After the invitation everybody hears that it does not take place."""
    return _tell_all(meeting, words.MEETING_CANCELLED, reason=reason)


def _tell_all(meeting: Meeting, wording: Wording, **values: Any) -> int:
    if meeting.invited_at is None or meeting.ends_at <= clock.now():
        return 0
    people = letters.people_of(invited_members(meeting))
    return letters.tell(people, wording, calendar_for(meeting), **letter_facts.facts(meeting), **values)


# --- By night ---------------------------------------------------------------------------------------------------------


def remind() -> int:
    """Once, three days before: members who have not answered; deputies only where they were asked to come."""
    now = clock.now()
    coming = session.scalars(
        select(Meeting)
        .where(Meeting.starts_at.between(now, now + REMINDED_BEFORE), Meeting.invited_at.is_not(None))
        .where(Meeting.cancelled_at.is_(None), Meeting.reminded_on.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_REMINDED)
    ).all()
    return sum(_remind(one) for one in coming)


def _remind(meeting: Meeting) -> int:
    answers = quorum.answers_to(meeting)
    silent = [one for one in invited_members(meeting) if one.id not in answers]
    asked = [
        one for one in silent if one.role is not Role.DEPUTY or answers.get(one.deputy_for_id or 0) is Answer.DEPUTY
    ]
    meeting.reminded_on = clock.today()
    session.flush()
    return letters.tell(letters.people_of(asked), words.REMINDER, calendar_for(meeting), **letter_facts.facts(meeting))
