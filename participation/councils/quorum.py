"""The quorum: how many votes must be there, and how many will be, as far as members have answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from participation.councils import seats_and_terms
from participation.councils.meeting_models import Answer, Attendance, Meeting
from participation.councils.models import Council, Membership, Role
from participation.db import session

HALF = 50  # per cent


class Forecast(NamedTuple):
    """How a meeting will be attended, counted in votes."""

    coming: int
    deputies: int  # who come instead of a member
    not_coming: int
    unknown: int
    needed: int

    @property
    def expected(self) -> int:
        """The votes that were promised so far."""
        return self.coming + self.deputies

    @property
    def is_enough(self) -> bool:
        """Whether what was promised makes the quorum."""
        return self.expected >= self.needed

    @property
    def is_possible(self) -> bool:
        """Whether it can still be made if all come who have not answered."""
        return self.expected + self.unknown >= self.needed


def needed(council: Council, day: date) -> int:
    """How many votes must be there on this day for the council to decide."""
    return votes_needed(len(seats_and_terms.voters(council, day)), council.quorum_percent)


def votes_needed(votes: int, percent: int) -> int:
    """At least this share of the votes that are filled; at half of them more than half, as is usual: six of ten."""
    if percent == HALF:
        return min(votes, votes // 2 + 1)
    return -(-votes * percent // 100)


def forecast(meeting: Meeting) -> Forecast:
    """What the answers to an invitation promise."""
    council = meeting.council
    answers, members = answers_to(meeting), seats_and_terms.in_office(council, meeting.held_on)
    deputies, voters = deputies_by_seat(members), seats_and_terms.with_votes(members)
    kinds = [_kind(one, answers, deputies.get(one.id, ())) for one in voters]
    counts = {kind: kinds.count(kind) for kind in ("coming", "deputies", "not_coming", "unknown")}
    return Forecast(**counts, needed=votes_needed(len(voters), council.quorum_percent))


def _kind(member: Membership, answers: Mapping[int, Answer], deputies: Sequence[Membership]) -> str:
    """What comes of one vote: a deputy counts where the member does not come, and has not said no."""
    said = answers.get(member.id)
    if said is None or said is Answer.COMING:
        return "unknown" if said is None else "coming"
    theirs = [answers.get(one.id) for one in deputies]
    if Answer.COMING in theirs:
        return "deputies"
    is_asked = said is Answer.DEPUTY and None in theirs
    return "deputies" if is_asked else "not_coming"


def answers_to(meeting: Meeting) -> dict[int, Answer]:
    """What members have answered, by membership."""
    rows = session.execute(
        select(Attendance.membership_id, Attendance.answer).where(
            Attendance.meeting_id == meeting.id, Attendance.answer.is_not(None)
        )
    )
    return {membership_id: answer for membership_id, answer in rows if answer is not None}


def deputies_by_seat(memberships: Sequence[Membership]) -> dict[int, list[Membership]]:
    """Who stands in for whom, by the membership of the one they stand in for."""
    found: dict[int, list[Membership]] = {}
    for one in memberships:
        if one.role is Role.DEPUTY and one.deputy_for_id is not None:
            found.setdefault(one.deputy_for_id, []).append(one)
    return found
