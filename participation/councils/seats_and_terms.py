"""Seats and terms of office: who sits in a council on which day, who votes, and which seats nobody holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from participation import audit, clock
from participation.councils import letters, publishing
from participation.councils.models import Council, CouncilPerson, Group, Membership, Role
from participation.councils.wordings import WELCOME
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l

SEATED = (Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER)  # each of them takes one of their group's seats
VOTING = (*SEATED, Role.DEPUTY)
ORDER = {role: place for place, role in enumerate((*SEATED, Role.DEPUTY, Role.SECRETARY, Role.ADVISER))}
FAR_AWAY = date.max


class EndsBeforeItBegins(Refused):
    message = _l("A term of office cannot end before it begins.")


class NoSeatLeft(Refused):
    message = _l(
        "All seats of this group are taken in that time. Please end a term first, or give the group more seats."
    )


class InOfficeAlready(Refused):
    message = _l("This person is in office in this council already in that time.")


class NoSuchGroup(Refused):
    message = _l("This group belongs to another council.")


class NobodyToStandInFor(Refused):
    message = _l("A deputy stands in for a member with a seat who is in office at the same time.")


class IsDissolved(Refused):
    message = _l("This council was dissolved, so nobody can take a seat there.")


class GroupSeats(NamedTuple):
    """The seats of one group on a day: who holds them, and how many nobody holds."""

    group: Group
    members: list[Membership]

    @property
    def vacant(self) -> int:
        return max(0, self.group.seats - len(self.members))


# --- Who is there -----------------------------------------------------------------------------------------------------


def lasts_on(day: date) -> ColumnElement[bool]:
    """Terms that last on this day; the first and the last day count."""
    return (Membership.starts_on <= day) & or_(Membership.ends_on.is_(None), Membership.ends_on >= day)


def with_people(query: Select[Membership]) -> Select[Membership]:
    """Terms with their person, what the person agreed to, the address they are written to, and the group at once."""
    person = joinedload(Membership.person)
    return query.options(
        person.joinedload(CouncilPerson.consents),
        person.joinedload(CouncilPerson.contact),
        joinedload(Membership.group),
    )


def in_office(council: Council, day: date | None = None) -> list[Membership]:
    """Everybody who holds an office on that day (today), group by group, the chair first."""
    query = select(Membership).where(Membership.council_id == council.id, lasts_on(day or clock.today()))
    return sorted(session.scalars(with_people(query)).unique(), key=_place)


def voters(council: Council, day: date | None = None) -> list[Membership]:
    """The members with a vote on that day; their deputies vote only where they do not, and are not counted here."""
    return with_votes(in_office(council, day))


def with_votes(members: Sequence[Membership]) -> list[Membership]:
    """The voters among those who are in office on one day."""
    return [one for one in members if one.has_vote and one.role in SEATED]


def deputies_of(membership: Membership, day: date | None = None) -> list[Membership]:
    """Who may come in place of this member on that day."""
    query = select(Membership).where(Membership.deputy_for_id == membership.id, lasts_on(day or clock.today()))
    return sorted(session.scalars(with_people(query)).unique(), key=_place)


def group_seats(council: Council, members: Sequence[Membership]) -> list[GroupSeats]:
    """How the seats of a council are taken by these members, who are in office on one day."""
    seated = [one for one in members if one.role in SEATED]
    return [GroupSeats(group, [one for one in seated if one.group_id == group.id]) for group in council.groups]


def _place(membership: Membership) -> tuple[int, int, int, str]:
    group = membership.group
    return group.position, group.id, ORDER[membership.role], membership.person.sort_name


# --- Beginning and ending ---------------------------------------------------------------------------------------------


def appoint(
    person: CouncilPerson,
    council: Council,
    group: Group,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    *,
    deputy_for: Membership | None = None,
    on_behalf_of: str = "",
) -> Membership:
    """Somebody takes a seat, or an office without one, for a term. The vote comes with the seat of the group."""
    session.refresh(council, with_for_update={"of": Council})  # two secretaries cannot give the last seat twice
    _check_term(council, person, starts_on, ends_on)
    if group.council_id != council.id:
        raise NoSuchGroup
    if role is Role.DEPUTY:
        _check_deputy(council, deputy_for, starts_on, ends_on)
    elif role in SEATED:
        check_seats(group, group.seats, starts_on, ends_on, more=1)
    membership = Membership(
        council=council,
        person=person,
        group=deputy_for.group if deputy_for and role is Role.DEPUTY else group,
        role=role,
        has_vote=_has_vote(role, group, deputy_for),
        deputy_for_id=deputy_for.id if deputy_for and role is Role.DEPUTY else None,
        on_behalf_of=on_behalf_of,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    session.add(membership)
    session.flush()
    publishing.refresh_person(person)
    _note("membership.began", membership, role=role.value, starts_on=starts_on.isoformat())
    if ends_on is None or ends_on >= clock.today():
        letters.tell([person], WELCOME, council=council.name)
    return membership


def _check_term(
    council: Council, person: CouncilPerson, starts_on: date, ends_on: date | None, but: int | None = None
) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItBegins
    if council.dissolved_on is not None and (ends_on or FAR_AWAY) > council.dissolved_on:
        raise IsDissolved
    theirs = select(Membership.id).where(
        Membership.council_id == council.id, Membership.person_id == person.id, Membership.id != (but or 0)
    )
    if session.scalar(theirs.where(_meets(starts_on, ends_on)).limit(1)) is not None:
        raise InOfficeAlready


def _check_deputy(council: Council, member: Membership | None, starts_on: date, ends_on: date | None) -> None:
    if member is None or member.council_id != council.id or member.role not in SEATED:
        raise NobodyToStandInFor
    if member.starts_on > (ends_on or FAR_AWAY) or (member.ends_on or FAR_AWAY) < starts_on:
        raise NobodyToStandInFor


def check_seats(
    group: Group, seats: int, starts_on: date, ends_on: date | None, *, more: int = 0, but: int = 0
) -> None:
    """Refuse if on some day of that time more members than seats would sit in the group."""
    terms = session.execute(
        select(Membership.starts_on, Membership.ends_on).where(
            Membership.group_id == group.id,
            Membership.role.in_(SEATED),
            Membership.id != but,
            _meets(starts_on, ends_on),
        )
    ).all()
    first_days = {starts_on, *(begins for begins, _ends in terms if begins > starts_on)}
    fullest = max(sum(begins <= day <= (ends or FAR_AWAY) for begins, ends in terms) for day in first_days)
    if fullest + more > seats:
        raise NoSeatLeft


def _meets(starts_on: date, ends_on: date | None) -> ColumnElement[bool]:
    """Terms that share at least one day with that time."""
    begins = Membership.starts_on <= (ends_on or FAR_AWAY)
    return begins & or_(Membership.ends_on.is_(None), Membership.ends_on >= starts_on)


def _has_vote(role: Role, group: Group, deputy_for: Membership | None) -> bool:
    if role is Role.DEPUTY and deputy_for is not None:
        return deputy_for.has_vote
    return group.has_vote and role in SEATED


def change_term(membership: Membership, *, ends_on: date | None, on_behalf_of: str) -> None:
    """Another last day, or none; and for whom the person sits there. The end of a member's term ends the deputies'."""
    council = membership.council
    session.refresh(council, with_for_update={"of": Council})
    _check_term(council, membership.person, membership.starts_on, ends_on, membership.id)
    if membership.role in SEATED:
        check_seats(membership.group, membership.group.seats, membership.starts_on, ends_on, more=1, but=membership.id)
    membership.ends_on, membership.on_behalf_of = ends_on, on_behalf_of
    session.flush()
    if ends_on is not None:
        _end_deputies(membership, ends_on)
    publishing.refresh_person(membership.person)
    _note("membership.changed", membership, ends_on=ends_on.isoformat() if ends_on else "")


def end_term(membership: Membership, on: date | None = None) -> None:
    """The term ends with that day (today): from the next one on nothing is shown of it, and there is no vote."""
    last = on or clock.today()
    if last < membership.starts_on:
        raise EndsBeforeItBegins
    membership.ends_on = last
    session.flush()
    _end_deputies(membership, last)
    publishing.refresh_person(membership.person)
    _note("membership.ended", membership, ends_on=last.isoformat())


def _end_deputies(member: Membership, last: date) -> None:
    """Nobody stands in for a member who is gone; a deputy whose term was yet to begin never was one."""
    later = select(Membership).where(
        Membership.deputy_for_id == member.id, or_(Membership.ends_on.is_(None), Membership.ends_on > last)
    )
    for deputy in session.scalars(later).all():
        person = deputy.person
        if deputy.starts_on > last:
            session.delete(deputy)
        else:
            deputy.ends_on = last
        publishing.refresh_person(person)
    session.flush()


def end_all_terms(council: Council, last: date) -> int:
    """Everybody's term ends with that day, as when a council is dissolved; tells how many."""
    mine = Membership.council_id == council.id
    for deputies_first in (Membership.role == Role.DEPUTY, Membership.role != Role.DEPUTY):
        for one in session.scalars(select(Membership).where(mine, deputies_first, Membership.starts_on > last)).all():
            session.delete(one)
        session.flush()
    lasting = session.scalars(
        select(Membership).where(mine, or_(Membership.ends_on.is_(None), Membership.ends_on > last))
    ).all()
    for one in lasting:
        one.ends_on = last
    session.flush()
    return len(lasting)


def _note(action: str, membership: Membership, **details: Any) -> None:
    audit.record(action, thing=f"membership {membership.id}", council=membership.council_id, **details)
