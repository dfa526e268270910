"""What the office does with a council: set it up, say by which rules it works, publish it, and dissolve it."""

from datetime import date
from typing import Any

from sqlalchemy import exists, func, select

from participation import audit, clock
from participation.councils import indexing, publishing, seats_and_terms
from participation.councils.meeting_models import Meeting
from participation.councils.models import Council, CouncilKind, Group, GroupKind, Membership, Role
from participation.councils.seats_and_terms import SEATED
from participation.db import session
from participation.errors import Refused
from participation.i18n import LazyText, LocalizedText, _l
from participation.slugs import free_slug, slug_of

RESERVED = {"members"}  # what addresses of this room use otherwise

DUTIES: dict[str, LazyText] = {
    "name": _l("The name is missing in German."),
    "purpose": _l("The purpose is missing in German: what are the data of members and residents for?"),
    "legal_basis": _l("The legal basis is missing in German: which law or consent allows it?"),
    "person_in_charge": _l("The person in charge is missing."),
}
GROUPS_MISSING = _l("There is no group with seats yet.")


class NotReady(Refused):
    message = _l("The council cannot be published yet. Please look at the list of what is missing.")


class AlreadyPublished(Refused):
    message = _l("The council is already published.")


class NotADraft(Refused):
    message = _l("A council that was published, has met or has members cannot be deleted. You can dissolve it.")


class AlreadyDissolved(Refused):
    message = _l("The council was dissolved already.")


class StillMeets(Refused):
    message = _l("A meeting is planned after that day. Please cancel it first.")


class PromiseGiven(Refused):
    message = _l("People were told how long their contact is kept. The time can become shorter, but not longer.")


class SeatsTaken(Refused):
    message = _l("More members than that sit in this group, today or later. Please end a term first.")


class GroupInUse(Refused):
    message = _l("Somebody sits or sat in this group, so it cannot be deleted. You can give it no seats.")


# --- Councils ---------------------------------------------------------------------------------------------------------


def create_council(name: LocalizedText, kind: CouncilKind = CouncilKind.QUARTIERSRAT, **facts: Any) -> Council:
    """A new draft, which no resident sees; its short name for addresses is made of the name."""
    slug = free_slug(Council.slug, slug_of(name["de"], "council"), RESERVED)
    council = Council(slug=slug, name=name, kind=kind, **facts)
    session.add(council)
    session.flush()
    audit.record("council.created", thing=_thing(council), slug=council.slug)
    return council


def change_council(council: Council, **facts: Any) -> None:
    """Other words or rules. What was promised about data can only become shorter."""
    session.refresh(council, with_for_update={"of": Council})
    longer = facts.get("retention_days", council.retention_days) > council.retention_days
    if council.is_public and longer:
        raise PromiseGiven
    changed = sorted(name for name, fact in facts.items() if getattr(council, name) != fact)
    for name in changed:
        setattr(council, name, facts[name])
    if council.is_public and missing_duties(council):
        raise NotReady
    session.flush()
    if {"areas", "name"} & set(changed):
        indexing.index_whole(council)
    indexing.index_council(council)
    publishing.refresh_council(council)
    audit.record("council.changed", thing=_thing(council), facts=changed)


def missing_duties(council: Council) -> list[LazyText]:
    """What must be said before residents see the council and anybody's data are kept for it (D2)."""
    missing = [sentence for name, sentence in DUTIES.items() if not _is_told(getattr(council, name))]
    if council.kind is not CouncilKind.ASSEMBLY and not any(group.seats for group in council.groups):
        missing.append(GROUPS_MISSING)
    return missing


def _is_told(fact: LocalizedText | str) -> bool:
    return bool((fact if isinstance(fact, str) else fact.get("de", "")).strip())


def publish_council(council: Council) -> None:
    """Everybody sees it from here on."""
    session.refresh(council, with_for_update={"of": Council})
    if council.is_public:
        raise AlreadyPublished
    if missing_duties(council):
        raise NotReady
    council.published_at = clock.now()
    session.flush()
    indexing.index_whole(council)
    publishing.refresh_council(council)
    audit.record("council.published", thing=_thing(council))


def dissolve(council: Council, on: date) -> None:
    """The council ends with that day, and all terms with it; what it did stays readable."""
    session.refresh(council, with_for_update={"of": Council})
    if council.dissolved_on is not None:
        raise AlreadyDissolved
    planned = select(Meeting.starts_at).where(
        Meeting.council_id == council.id, Meeting.cancelled_at.is_(None), Meeting.starts_at > clock.now()
    )
    if any(starts_at.astimezone(clock.BERLIN).date() > on for starts_at in session.scalars(planned)):
        raise StillMeets
    council.dissolved_on = on
    session.flush()
    ended = seats_and_terms.end_all_terms(council, on)
    publishing.refresh_members(council)
    audit.record("council.dissolved", thing=_thing(council), on=on.isoformat(), terms=ended)


def delete_draft(council: Council) -> None:
    """Throw away a council that no resident has seen and in which nothing has happened."""
    session.refresh(council, with_for_update={"of": Council})
    happened = exists().where(Meeting.council_id == council.id), exists().where(Membership.council_id == council.id)
    if council.is_public or any(session.scalar(select(one)) for one in happened):
        raise NotADraft
    audit.record("council.deleted", thing=_thing(council), name=council.name.get("de", ""))
    session.delete(council)
    session.flush()


# --- Groups -----------------------------------------------------------------------------------------------------------


def keep_group(
    council: Council,
    group: Group | None,
    *,
    kind: GroupKind,
    seats: int,
    has_vote: bool = True,
    name: LocalizedText = LocalizedText(),  # noqa: B008  (a LocalizedText never changes)
) -> Group:
    """A new group, the last in the list, or other facts about one.

    Another voting right counts for all terms that are not over; votes that were taken stay as they were.
    """
    session.refresh(council, with_for_update={"of": Council})
    is_new = group is None
    if group is None:
        position = max((one.position for one in council.groups), default=0) + 1
        group = Group(council=council, position=position, kind=kind, seats=seats)
        session.add(group)
    elif seats < group.seats:
        _check_not_taken(group, seats)
    group.kind, group.seats, group.name = kind, seats, name
    if not is_new and group.has_vote != has_vote:
        _change_votes(group, has_vote=has_vote)
    group.has_vote = has_vote
    session.flush()
    publishing.refresh_members(council)
    audit.record("council_group.created" if is_new else "council_group.changed", thing=_thing(council), group=group.id)
    return group


def _check_not_taken(group: Group, seats: int) -> None:
    try:
        seats_and_terms.check_seats(group, seats, clock.today(), None)
    except seats_and_terms.NoSeatLeft as refused:
        raise SeatsTaken from refused


def _change_votes(group: Group, *, has_vote: bool) -> None:
    voting = Membership.role.in_([*SEATED, Role.DEPUTY])
    is_over = func.coalesce(Membership.ends_on, seats_and_terms.FAR_AWAY) < clock.today()
    for one in session.scalars(select(Membership).where(Membership.group_id == group.id, voting, ~is_over)).all():
        one.has_vote = has_vote


def move_group(group: Group) -> None:
    """One place further up; the first one stays where it is."""
    order = list(group.council.groups)
    place = order.index(group)
    if place:
        order[place - 1 : place + 1] = [group, order[place - 1]]
    for position, one in enumerate(order, 1):
        one.position = position
    session.flush()
    session.expire(group.council, ["groups"])


def delete_group(group: Group) -> None:
    """Only one in which nobody ever sat."""
    if session.scalar(select(exists().where(Membership.group_id == group.id))):
        raise GroupInUse
    audit.record("council_group.deleted", thing=_thing(group.council), group=group.id)
    council = group.council
    session.delete(group)
    session.flush()
    session.expire(council, ["groups"])


# --- Small things -----------------------------------------------------------------------------------------------------


def _thing(council: Council) -> str:
    return f"council {council.id}"
