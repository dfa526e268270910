"""Who is there: what the minutes say about presence, and who can vote at which time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from participation import audit
from participation.councils.agenda import is_closed
from participation.councils.locking import lock
from participation.councils.meeting_models import Attendance, Meeting, Presence
from participation.councils.models import Membership
from participation.councils.quorum import votes_needed
from participation.councils.seats_and_terms import SEATED, VOTING, in_office
from participation.db import session
from participation.errors import Refused
from participation.i18n import _, _l, format_list

# A time of day typed for a meeting belongs to the meeting's evening, or to the night after it.
BEFORE, AFTER = timedelta(hours=3), timedelta(hours=15)
BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


class NotDuringTheMeeting(Refused):
    message = _l("This time is not within the meeting.")


class LeftBeforeComing(Refused):
    message = _l("Nobody can leave before they came. Please check the times.")


class NotInOffice(Refused):
    message = _l("On the day of the meeting this person had no seat in the council.")


class AttendanceApproved(Refused):
    message = _l("These minutes are approved and never change. A correction is a new revision.")


class AttendanceChanged(Refused):
    """Somebody else has recorded something different for the same people."""

    def __init__(self, names: list[str]) -> None:
        told = _("Somebody else has recorded something different meanwhile for: %(names)s.", names=format_list(names))
        super().__init__(told)


@dataclass(frozen=True)
class Seen:
    """What is recorded for one person; the times only of who came later or left earlier."""

    presence: Presence | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None

    @classmethod
    def of(cls, attendance: Attendance | None) -> "Seen":
        return cls(attendance.presence, attendance.came_at, attendance.left_at) if attendance else cls()

    def is_there(self, at: datetime) -> bool:
        """Whether the person was in the room at that moment."""
        came, left = self.came_at or BEGINNING, self.left_at or END
        return self.presence is Presence.PRESENT and came <= at <= left


@dataclass(frozen=True)
class Roll:
    """Everybody in office on the day of a meeting, and what is recorded about them."""

    memberships: list[Membership]
    attendances: Mapping[int, Attendance]

    def seen(self, membership: Membership) -> Seen:
        return Seen.of(self.attendances.get(membership.id))

    def is_there(self, membership_id: int | None, at: datetime) -> bool:
        return Seen.of(self.attendances.get(membership_id or 0)).is_there(at)

    def voters(self, at: datetime | None = None) -> list[Membership]:
        """Who could vote at that moment; without one: at some time of the meeting."""
        moments = [at] if at else self._moments()
        return [one for one in self.memberships if any(self._votes(one, moment) for moment in moments)]

    def most_voters(self, at: datetime | None = None) -> int:
        """How many could vote at that moment; without one: when most of them were there."""
        return max(len(self.voters(moment)) for moment in ([at] if at else self._moments()))

    def voters_at_the_end(self) -> list[Membership]:
        """Who could vote and has not left."""
        return self.voters(END)

    def is_recorded(self) -> bool:
        """Whether the minutes say of anybody whether they were there."""
        return any(one.presence is not None for one in self.attendances.values())

    def _votes(self, membership: Membership, at: datetime) -> bool:
        """A deputy votes while the member is not there."""
        if not (membership.has_vote and membership.role in VOTING and self.is_there(membership.id, at)):
            return False
        return membership.deputy_for_id is None or not self.is_there(membership.deputy_for_id, at)

    def _moments(self) -> list[datetime]:
        """Moments between which nobody comes or leaves."""
        came = {one.came_at for one in self.attendances.values() if one.came_at}
        left = {one.left_at + INSTANT for one in self.attendances.values() if one.left_at}
        return [BEGINNING, *sorted(came | left)]


def roll(meeting: Meeting) -> Roll:
    """Two statements, however many sit in the council."""
    found = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))
    return Roll(in_office(meeting.council, meeting.held_on), {one.membership_id: one for one in found})


def votes_to_decide(meeting: Meeting, here: Roll) -> int:
    """How many votes must be there for the council to decide."""
    votes = sum(1 for one in here.memberships if one.has_vote and one.role in SEATED)
    return votes_needed(votes, meeting.council.quorum_percent)


def present_voters(meeting: Meeting, at: datetime | None = None) -> list[Membership]:
    """Who could vote in the meeting at that moment; without one: at some time of it."""
    return roll(meeting).voters(at)


def moment_of(meeting: Meeting, clock_time: time) -> datetime:
    """A time of day as a moment of the meeting; after midnight it belongs to the next day."""
    for days in (0, 1):
        day = meeting.held_on + timedelta(days=days)
        moment = datetime.combine(day, clock_time, tzinfo=ZoneInfo(meeting.zone)).astimezone(UTC)
        if meeting.starts_at - BEFORE <= moment <= meeting.starts_at + AFTER:
            return moment
    raise NotDuringTheMeeting


def record(meeting: Meeting, said: Mapping[int, Seen], shown: Mapping[int, Seen]) -> None:
    """Keep what is said about people. `shown` is what the writer was looking at: who was left as shown is not touched,
    and what somebody else has changed meanwhile is not overwritten."""
    lock(meeting)  # two writers, one after the other
    if is_closed(meeting):
        raise AttendanceApproved
    here = roll(meeting)
    members = {one.id: one for one in here.memberships}
    changed = {number: one for number, one in said.items() if one != shown.get(number, Seen())}
    if not changed.keys() <= members.keys():
        raise NotInOffice
    for one in changed.values():
        if one.came_at and one.left_at and one.left_at < one.came_at:
            raise LeftBeforeComing
    now = {number: here.seen(members[number]) for number in changed}
    others = [number for number in changed if now[number] not in {changed[number], shown.get(number, Seen())}]
    if others:
        raise AttendanceChanged([members[number].person.name for number in others])
    for number, one in changed.items():
        _keep(meeting, here.attendances.get(number), number, one)
    if changed:
        audit.record("attendance.recorded", f"meeting {meeting.id}", people=len(changed))
    session.flush()


def _keep(meeting: Meeting, attendance: Attendance | None, membership_id: int, said: Seen) -> None:
    if attendance is None:
        attendance = Attendance(meeting=meeting, membership_id=membership_id)
        session.add(attendance)
    is_present = said.presence is Presence.PRESENT
    attendance.presence = said.presence
    attendance.came_at = said.came_at if is_present else None
    attendance.left_at = said.left_at if is_present else None
