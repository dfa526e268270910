"""What a member finds on their own page: meetings to answer, minutes to check, tasks, proposals."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from participation import clock
from participation.contributions.models import Contribution, ContributionStatus
from participation.councils import answering, proposing
from participation.councils.meeting_models import AgendaItem, Attendance, Consultation, Meeting, Paper
from participation.councils.minutes_models import Minutes, MinutesObjection, MinutesStatus
from participation.councils.models import Council, CouncilPerson, Membership, Role
from participation.councils.proposal_models import ItemProposal
from participation.councils.resolution_models import Task, TaskState
from participation.councils.seats_and_terms import lasts_on
from participation.db import session

MOST_MEETINGS, MOST_TASKS, MOST_PROPOSALS, MOST_OBJECTIONS = 30, 100, 30, 50


@dataclass(frozen=True)
class Coming:
    """A meeting ahead, as one member sees it."""

    meeting: Meeting
    membership: Membership
    attendance: Attendance | None

    @property
    def takes_answers(self) -> bool:
        return answering.takes_answers(self.meeting)

    @property
    def is_answered(self) -> bool:
        return self.attendance is not None and self.attendance.answer is not None


def seat_at(person: CouncilPerson, meeting: Meeting) -> Membership | None:
    """The seat with which somebody takes part in a meeting; a seat of one's own comes before standing in."""
    theirs = [
        one for one in person.memberships if one.council_id == meeting.council_id and one.is_in_office(meeting.held_on)
    ]
    return min(theirs, key=lambda one: (one.role is Role.DEPUTY, one.id), default=None)


def terms(person: CouncilPerson) -> list[Membership]:
    """Where somebody sits now or will sit, the earliest first."""
    today = clock.today()
    return [one for one in person.memberships if one.ends_on is None or one.ends_on >= today]


def coming(person: CouncilPerson) -> list[Coming]:
    """The meetings ahead on whose day they are in office, the next one first; two statements."""
    councils = {one.council_id for one in terms(person)}
    meetings = session.scalars(
        select(Meeting)
        .where(Meeting.council_id.in_(councils), Meeting.ends_at > clock.now())
        .options(joinedload(Meeting.council), joinedload(Meeting.place), joinedload(Meeting.room))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_MEETINGS)
    ).all()
    seats = {one.id: seat for one in meetings if (seat := seat_at(person, one))}
    found = session.scalars(
        select(Attendance).where(
            Attendance.meeting_id.in_(seats), Attendance.membership_id.in_([one.id for one in seats.values()])
        )
    )
    answers = {(one.meeting_id, one.membership_id): one for one in found}
    return [Coming(one, seats[one.id], answers.get((one.id, seats[one.id].id))) for one in meetings if one.id in seats]


def attendance(meeting: Meeting, membership: Membership) -> Attendance | None:
    """What they have answered so far."""
    return session.scalar(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.membership_id == membership.id)
    )


def attendances(meeting: Meeting) -> dict[int, Attendance]:
    """All answers to the invitation, by membership."""
    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))
    return {one.membership_id: one for one in rows}


def open_councils(person: CouncilPerson) -> list[Council]:
    """The councils for whose agenda they can propose something."""
    theirs = {one.council_id: one.council for one in person.memberships}
    return [one for one in theirs.values() if proposing.may_propose(one, person)]


def has_deputy(meeting: Meeting, membership: Membership) -> bool:
    """Whether somebody could come instead."""
    if membership.role is Role.DEPUTY:
        return False
    stands_in = exists().where(Membership.deputy_for_id == membership.id, lasts_on(meeting.held_on))
    return bool(session.scalar(select(stands_in)))


def to_check(person: CouncilPerson) -> list[Minutes]:
    """Minutes that they can still object to."""
    councils = {one.council_id for one in person.memberships}
    found = session.scalars(
        select(Minutes)
        .join(Minutes.meeting)
        .where(Meeting.council_id.in_(councils), Minutes.status == MinutesStatus.CIRCULATED)
        .where(Minutes.objections_until >= clock.today())
        .options(joinedload(Minutes.meeting).joinedload(Meeting.council))
        .order_by(Minutes.objections_until, Minutes.id)
    )
    return [one for one in found if seat_at(person, one.meeting)]


def objections(person: CouncilPerson, minutes: Minutes | None = None) -> Sequence[MinutesObjection]:
    """What they have objected to, the newest first, with what was decided."""
    rows = select(MinutesObjection).where(MinutesObjection.membership_id.in_([one.id for one in person.memberships]))
    if minutes is not None:
        rows = rows.where(MinutesObjection.minutes_id == minutes.id)
    with_meeting = joinedload(MinutesObjection.minutes).joinedload(Minutes.meeting).joinedload(Meeting.council)
    rows = rows.options(with_meeting, joinedload(MinutesObjection.item))
    return session.scalars(rows.order_by(MinutesObjection.id.desc()).limit(MOST_OBJECTIONS)).all()


def tasks(person: CouncilPerson) -> Sequence[Task]:
    """What they have promised and not done yet, the most pressing first."""
    mine = [one.id for one in person.memberships]
    rows = select(Task).where(Task.membership_id.in_(mine), Task.state == TaskState.OPEN)
    rows = rows.options(joinedload(Task.council)).order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    return session.scalars(rows.limit(MOST_TASKS)).all()


def proposals(person: CouncilPerson) -> Sequence[ItemProposal]:
    """What they have proposed as a member, the newest first."""
    rows = select(ItemProposal).where(
        ItemProposal.person_id == person.id, Contribution.status != ContributionStatus.WITHDRAWN
    )
    with_meeting = joinedload(ItemProposal.item).joinedload(AgendaItem.meeting)
    rows = rows.options(joinedload(ItemProposal.council), with_meeting)
    return session.scalars(rows.order_by(ItemProposal.id.desc()).limit(MOST_PROPOSALS)).all()


def may_read(person: CouncilPerson, paper: Paper) -> bool:
    """Members read all papers of the announced meetings that they belong to, also confidential ones."""
    dealt_with = Meeting.items.any(AgendaItem.consultations.any(Consultation.paper_id == paper.id))
    meetings = session.scalars(select(Meeting).where(dealt_with, Meeting.agenda_published_at.is_not(None)))
    return any(seat_at(person, one) for one in meetings)
