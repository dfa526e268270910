"""Answers to an invitation: coming, not coming, or the deputy comes."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.councils import letter_facts, letters, seats_and_terms
from participation.councils import wordings as words
from participation.councils.meeting_models import Answer, Attendance, Meeting, MeetingState
from participation.councils.models import Membership, Role
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l


class AnswersClosed(Refused):
    message = _l("This meeting takes no answers any more, or it does not take them yet.")


class NotInOffice(Refused):
    message = _l("The term of office does not last until the day of the meeting. No answer can be given.")


class NoDeputy(Refused):
    message = _l("Nobody stands in for this seat. Please answer that you are coming or that you cannot come.")


def takes_answers(meeting: Meeting) -> bool:
    """From the published agenda until the meeting begins."""
    return meeting.state is MeetingState.INVITED and clock.now() < meeting.starts_at


def answer(meeting: Meeting, membership: Membership, said: Answer, note: str = "") -> Attendance:
    """Keep what a member says; a later answer replaces it. A deputy who is asked to come hears of it, or of the change.

    Raises AnswersClosed, NotInOffice and NoDeputy.
    """
    if not takes_answers(meeting):
        raise AnswersClosed
    if membership.council_id != meeting.council_id or not membership.is_in_office(meeting.held_on):
        raise NotInOffice
    deputies = deputies_of(meeting, membership)
    if said is Answer.DEPUTY and not deputies:
        raise NoDeputy
    kept = attendance(meeting, membership)
    before, kept.answer = kept.answer, said
    kept.answered_at, kept.note = clock.now(), note
    session.flush()
    _tell(meeting, membership, deputies, before, said)
    return kept


def deputies_of(meeting: Meeting, membership: Membership) -> list[Membership]:
    """Who may come instead of this member; nobody stands in for a deputy."""
    if membership.role is Role.DEPUTY:
        return []
    return seats_and_terms.deputies_of(membership, meeting.held_on)


def attendance(meeting: Meeting, membership: Membership) -> Attendance:
    """The row of this member at this meeting, held until the end of the transaction; made where there is none yet."""
    wanted = (
        select(Attendance)
        .where(Attendance.meeting_id == meeting.id, Attendance.membership_id == membership.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(wanted)
    if found is not None:
        return found
    made = Attendance(meeting_id=meeting.id, membership_id=membership.id)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # another click was faster
        return session.scalars(wanted).one()
    return made


def _tell(
    meeting: Meeting, member: Membership, deputies: list[Membership], before: Answer | None, said: Answer
) -> None:
    """The deputies hear what is asked of them, and only when it changes."""
    if before is said or Answer.DEPUTY not in {before, said}:
        return
    wording = words.DEPUTY_ASKED if said is Answer.DEPUTY else words.DEPUTY_NOT_NEEDED
    people = letters.people_of(deputies)
    letters.tell(people, wording, **letter_facts.facts(meeting), member=member.person.name)
