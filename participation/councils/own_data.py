"""All that we keep about a member, for the member: to read, and as a file (D7, Art. 15 and 20)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation import clock
from participation.councils import own_seat
from participation.councils.meeting_models import Attendance, Meeting
from participation.councils.minutes_models import MinutesEntry, VoteCast
from participation.councils.models import CouncilPerson, Membership
from participation.councils.resolution_models import Task
from participation.db import session


def as_dict(person: CouncilPerson) -> dict[str, Any]:
    """Plain values that can be written as JSON; the names are English, the texts as they are kept."""
    mine = [one.id for one in person.memberships]
    return {
        "made_at": _moment(clock.now()),
        "person": _facts(person),
        "duties": [_duties(one) for one in person.memberships],
        "terms": [_term(one) for one in person.memberships],
        "agreements": [
            {
                "to": one.purpose.value,
                "version": one.version,
                "given_at": _moment(one.given_at),
                "withdrawn_at": _moment(one.withdrawn_at),
            }
            for one in sorted(person.consents, key=lambda one: one.id)
        ],
        "meetings": [_attendance(one) for one in _attendances(mine)],
        "votes_by_name": [_vote(one) for one in _votes(mine)],
        "objections": [
            {
                "council": str(one.minutes.meeting.council.name),
                "meeting_on": _day(one.minutes.meeting.held_on),
                "text": one.text,
                "received_at": _moment(one.received_at),
                "decision": one.decision.value if one.decision else None,
                "reason": one.reason,
            }
            for one in own_seat.objections(person)
        ],
        "tasks": [
            {"text": one.text, "due_on": _day(one.due_on), "state": one.state.value, "outcome": one.outcome}
            for one in session.scalars(select(Task).where(Task.membership_id.in_(mine)).order_by(Task.id))
        ],
        "proposals": [
            {"title": one.title, "text": one.text, "sent_at": _moment(one.created_at), "status": one.status.value}
            for one in own_seat.proposals(person)
        ],
    }


def _facts(person: CouncilPerson) -> dict[str, Any]:
    contact = person.contact
    return {
        "form_of_address": person.form_of_address,
        "academic_title": person.academic_title,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "about": dict(person.about),
        "email": contact.email if contact else "",
        "language": contact.language if contact else "",
        "telephone": person.phone,
        "has_picture": person.picture_id is not None,
        "number_in_addresses": person.serial,
        "written_down_at": _moment(person.created_at),
    }


def _duties(membership: Membership) -> dict[str, Any]:
    council = membership.council
    return {
        "council": str(council.name),
        "purpose": str(council.purpose),
        "legal_basis": str(council.legal_basis),
        "person_in_charge": council.person_in_charge,
        "deleted_days_after_the_term": council.retention_days,
    }


def _term(membership: Membership) -> dict[str, Any]:
    return {
        "council": str(membership.council.name),
        "role": membership.role.value,
        "has_vote": membership.has_vote,
        "on_behalf_of": membership.on_behalf_of,
        "starts_on": _day(membership.starts_on),
        "ends_on": _day(membership.ends_on),
    }


def _attendances(mine: list[int]) -> list[Attendance]:
    rows = select(Attendance).join(Attendance.meeting).where(Attendance.membership_id.in_(mine))
    with_meeting = joinedload(Attendance.meeting).joinedload(Meeting.council)
    return list(session.scalars(rows.options(with_meeting).order_by(Meeting.starts_at, Attendance.id)))


def _attendance(one: Attendance) -> dict[str, Any]:
    return {
        "council": str(one.meeting.council.name),
        "meeting_on": _day(one.meeting.held_on),
        "answer": one.answer.value if one.answer else None,
        "answered_at": _moment(one.answered_at),
        "note": one.note,
        "presence": one.presence.value if one.presence else None,
        "came_at": _moment(one.came_at),
        "left_at": _moment(one.left_at),
    }


def _votes(mine: list[int]) -> list[tuple[VoteCast, MinutesEntry]]:
    rows = (
        select(VoteCast, MinutesEntry)
        .join(MinutesEntry, MinutesEntry.id == VoteCast.entry_id)
        .where(VoteCast.membership_id.in_(mine))
        .options(joinedload(MinutesEntry.item))
        .order_by(VoteCast.id)
    )
    return [(cast, entry) for cast, entry in session.execute(rows)]


def _vote(found: tuple[VoteCast, MinutesEntry]) -> dict[str, Any]:
    cast, entry = found
    return {"item": str(entry.item.title), "choice": cast.choice.value}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
