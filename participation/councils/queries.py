"""Looking up councils and who sits there: for everybody only what is public now, and only what people agreed to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, selectinload

from participation import clock
from participation.councils import seats_and_terms
from participation.councils.meeting_models import Meeting
from participation.councils.models import (
    ConsentPurpose,
    Council,
    CouncilPerson,
    Group,
    Membership,
    Role,
    Statute,
    council_areas,
)
from participation.councils.rules import SECRETARIES
from participation.councils.seats_and_terms import GroupSeats, in_office, lasts_on
from participation.db import session
from participation.i18n import LocalizedText
from participation.media.models import Picture
from participation.permissions import Person
from participation.text_matching import fold

FOUND_AT_ONCE = 30

# --- Councils ---------------------------------------------------------------------------------------------------------


def council(slug: str) -> Council:
    """The council with this short name, public or not; one that nobody knows is not found."""
    return session.scalars(select(Council).where(Council.slug == slug)).one()


def council_by_id(council_id: int) -> Council:
    """The council with this number."""
    return session.get_one(Council, council_id)


def public_councils() -> Select[Council]:
    """All published councils, those that work now before those that were dissolved, by name."""
    is_over = func.coalesce(Council.dissolved_on, seats_and_terms.FAR_AWAY) < clock.today()
    return (
        select(Council)
        .where(Council.published_at.is_not(None))
        .options(selectinload(Council.areas))
        .order_by(is_over, Council.slug)
    )


def next_meetings(councils: Sequence[Council]) -> dict[int, datetime]:
    """When each of them meets next, for all at once."""
    coming = (
        select(Meeting.council_id, func.min(Meeting.starts_at))
        .where(
            Meeting.council_id.in_([one.id for one in councils]),
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at > clock.now(),
        )
        .group_by(Meeting.council_id)
    )
    return dict(session.execute(coming).all())


def meetings_of(council: Council) -> Select[Meeting]:
    """All meetings of a council, the newest first; of a planned one everybody may know the day."""
    newest_first = Meeting.starts_at.desc(), Meeting.id.desc()
    return (
        select(Meeting)
        .where(Meeting.council_id == council.id)
        .options(joinedload(Meeting.place))
        .order_by(*newest_first)
    )


def coming_meetings(council: Council, most: int = 3) -> Sequence[Meeting]:
    """The next ones, the soonest first."""
    coming = Meeting.cancelled_at.is_(None), Meeting.ends_at > clock.now()
    query = (
        select(Meeting)
        .where(Meeting.council_id == council.id, *coming)
        .options(joinedload(Meeting.place))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(most)
    )
    return session.scalars(query).all()


# --- What everybody may know of members -------------------------------------------------------------------------------


class PublicMember(NamedTuple):
    """A member as residents see them: nothing in it that was not agreed to."""

    serial: int
    name: str
    role: Role
    on_behalf_of: str
    has_page: bool  # there is more to read or to see than the name


class PublicGroup(NamedTuple):
    """A group for residents: who may be named, how many may not, and how many seats nobody holds."""

    group: Group
    named: list[PublicMember]
    unnamed: int
    vacant: int


def public_groups(council: Council) -> list[PublicGroup]:
    """Who sits in the council today, group by group."""
    members = in_office(council)
    return [_public_group(one, members) for one in seats_and_terms.group_seats(council, members)]


def _public_group(seats: GroupSeats, members: Sequence[Membership]) -> PublicGroup:
    theirs = [one for one in members if one.group_id == seats.group.id]
    named = [_public_member(one) for one in theirs if one.person.public_name]
    seated = {one.id for one in seats.members}
    unnamed = sum(1 for one in theirs if not one.person.public_name and one.id in seated)
    return PublicGroup(seats.group, named, unnamed, seats.vacant)


def _public_member(membership: Membership) -> PublicMember:
    person = membership.person
    has_words = bool(person.about) and person.agrees_to(ConsentPurpose.ABOUT)
    has_picture = person.picture_id is not None and person.agrees_to(ConsentPurpose.PORTRAIT)
    return PublicMember(
        person.serial, person.public_name, membership.role, membership.on_behalf_of, has_words or has_picture
    )


class Profile(NamedTuple):
    """The page of somebody in office: what they agreed to, and where they sit today."""

    serial: int
    name: str
    about: LocalizedText
    picture: Picture | None
    seats: Sequence[Membership]


def profile(serial: int) -> Profile:
    """What may be shown of somebody today; when nothing may, or no term lasts, nobody is found."""
    person = session.scalars(
        select(CouncilPerson).where(CouncilPerson.serial == serial).options(selectinload(CouncilPerson.consents))
    ).one()
    seats = session.scalars(_public_seats(person)).all() if person.public_name else []
    if not seats:
        raise NoResultFound
    shows_words, shows_picture = person.agrees_to(ConsentPurpose.ABOUT), person.agrees_to(ConsentPurpose.PORTRAIT)
    return Profile(
        person.serial,
        person.public_name,
        person.about if shows_words else LocalizedText(),
        person.picture if shows_picture else None,
        seats,
    )


def _public_seats(person: CouncilPerson) -> Select[Membership]:
    return (
        select(Membership)
        .join(Membership.council)
        .where(Membership.person_id == person.id, lasts_on(clock.today()), Council.published_at.is_not(None))
        .options(joinedload(Membership.council), joinedload(Membership.group))
        .order_by(Council.slug, Membership.id)
    )


# --- For the office ---------------------------------------------------------------------------------------------------


def managed(user: Person) -> Select[Council]:
    """The councils that somebody looks after, those that work now first."""
    is_over = func.coalesce(Council.dissolved_on, seats_and_terms.FAR_AWAY) < clock.today()
    return (
        select(Council).where(_is_managed_by(user)).options(selectinload(Council.areas)).order_by(is_over, Council.slug)
    )


def _is_managed_by(user: Person) -> ColumnElement[bool]:
    areas = user.areas_of(*SECRETARIES)
    if areas is None:
        return true()
    mine = council_areas.c.council_id == Council.id, council_areas.c.area_id.in_(areas)
    return exists().where(*mine)


class Counted(NamedTuple):
    """How many people are in office in a council today, and how many seats nobody holds."""

    people: int
    vacant: int


def counted(councils: Sequence[Council]) -> dict[int, Counted]:
    """The same for many councils at once."""
    ids = [one.id for one in councils]
    seats = dict(
        session.execute(
            select(Group.council_id, func.sum(Group.seats)).where(Group.council_id.in_(ids)).group_by(Group.council_id)
        ).all()
    )
    people: dict[int, int] = {}
    seated: dict[int, int] = {}
    here = Membership.council_id.in_(ids), lasts_on(clock.today())
    by_role = select(Membership.council_id, Membership.role, func.count()).where(*here)
    for council_id, role, number in session.execute(by_role.group_by(Membership.council_id, Membership.role)):
        people[council_id] = people.get(council_id, 0) + number
        if role in seats_and_terms.SEATED:
            seated[council_id] = seated.get(council_id, 0) + number
    return {one: Counted(people.get(one, 0), max(0, seats.get(one, 0) - seated.get(one, 0))) for one in ids}


def terms_to_come(council: Council) -> Sequence[Membership]:
    """Terms that begin later, the soonest first."""
    later = select(Membership).where(Membership.council_id == council.id, Membership.starts_on > clock.today())
    return session.scalars(seats_and_terms.with_people(later).order_by(Membership.starts_on)).unique().all()


def earlier_terms(council: Council) -> Select[Membership]:
    """Terms that are over, the newest first, as a list to be paged."""
    return (
        select(Membership)
        .where(Membership.council_id == council.id, Membership.ends_on < clock.today())
        .options(joinedload(Membership.person), joinedload(Membership.group))
        .order_by(Membership.ends_on.desc(), Membership.id.desc())
    )


def seated_members(council: Council, day: date | None = None) -> Sequence[Membership]:
    """Whom a deputy can stand in for: members with a seat whose term is not over on that day (today)."""
    last = or_(Membership.ends_on.is_(None), Membership.ends_on >= (day or clock.today()))
    query = select(Membership).where(
        Membership.council_id == council.id, Membership.role.in_(seats_and_terms.SEATED), last
    )
    return session.scalars(seats_and_terms.with_people(query).order_by(Membership.id)).unique().all()


def membership(membership_id: int) -> Membership:
    """One term with its person and group."""
    return session.get_one(Membership, membership_id)


def person(serial: int) -> CouncilPerson:
    """The person with this number."""
    return session.scalars(select(CouncilPerson).where(CouncilPerson.serial == serial)).one()


def terms_of(person: CouncilPerson) -> Sequence[Membership]:
    """All terms of somebody in every council, the newest first."""
    query = (
        select(Membership)
        .where(Membership.person_id == person.id)
        .options(joinedload(Membership.council), joinedload(Membership.group))
        .order_by(Membership.starts_on.desc(), Membership.id.desc())
    )
    return session.scalars(query).all()


def people_of(user: Person) -> Select[CouncilPerson]:
    """Whom somebody may see: everybody, or who sits or sat in one of their councils or in none so far."""
    query = select(CouncilPerson).order_by(CouncilPerson.sort_name, CouncilPerson.id)
    if user.areas_of(*SECRETARIES) is None:
        return query
    anywhere = exists().where(Membership.person_id == CouncilPerson.id)
    in_mine = exists().where(
        Membership.person_id == CouncilPerson.id, Membership.council_id == Council.id, _is_managed_by(user)
    )
    return query.where(or_(in_mine, ~anywhere))


def named(user: Person, words: str) -> Sequence[CouncilPerson]:
    """The first of them whose name holds all these words."""
    query, folded = people_of(user), fold(words).split()
    for word in folded:
        query = query.where(CouncilPerson.sort_name.contains(word, autoescape=True))
    return session.scalars(query.limit(FOUND_AT_ONCE)).all() if folded else []


def statute(statute_id: int) -> Statute:
    """One version of some statutes."""
    return session.get_one(Statute, statute_id)


def group(group_id: int) -> Group:
    """One group of a council."""
    return session.get_one(Group, group_id)
