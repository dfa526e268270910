"""Joining ideas that want the same, and taking them apart again (M11).

A merge is an arrow from one idea to another. `merged_into` of an idea repeats where its arrows end, so that nobody has
to follow them. Nothing else moves: text, supporters, contacts and comments stay where they are.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, text, update

from participation import audit, clock
from participation.contacts import operations as contacts
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import lock
from participation.db import session, table_of
from participation.errors import Refused
from participation.i18n import _l
from participation.ideas import letters, supporting
from participation.ideas.models import Idea, Merge
from participation.permissions import Person

STANDS: ColumnElement[bool] = Merge.undone_at.is_(None)
# What will not be public again: ideas that stand in such a one come back to the list.
GONE = {ContributionStatus.WITHDRAWN, ContributionStatus.REMOVED}


class SameIdea(Refused):
    message = _l("An idea cannot be joined with itself.")


class AlreadyMerged(Refused):
    message = _l("This idea is already joined with another one. Please undo that first.")


class InsideAlready(Refused):
    message = _l("The other idea is already joined with this one.")


class NotPublic(Refused):
    message = _l("Only ideas that are public can be joined.")


class AlreadyUndone(Refused):
    message = _l("The two ideas have already been taken apart.")


def merge(source: Idea, target: Idea, staff: Person, version: int | None = None) -> Merge:
    """From here on the source stands in the target, or where the target itself stands; what stood in it goes along."""
    _one_at_a_time()
    lock(source, version)
    lock(target)
    end = target.merged_into or target
    _check(source, target, end)
    made = Merge(source=source, target=end, merged_by=staff.name)
    session.add(made)
    source.merged_into, source.listed_at = end, None
    session.flush()
    _lead([one.id for one in standing_in(source)], end)
    supporting.recount(end)
    audit.record("idea.merged", thing=f"idea {source.id}", into=end.id, merge=made.id)
    there = letters.Address("ideas.show", idea_id=end.id)
    contacts.write(source.contact, "ideas/merged", idea=source.title, address=there)
    return made


def _check(source: Idea, target: Idea, end: Idea) -> None:
    if source.id == target.id:
        raise SameIdea
    if source.merged_into_id is not None:
        raise AlreadyMerged
    if end.id == source.id:
        raise InsideAlready
    if not (source.is_public and end.is_public):
        raise NotPublic


def undo(made: Merge, staff: Person) -> None:
    """Take the two apart: the source is what it was, with all that stood in it."""
    _one_at_a_time()
    session.refresh(made, with_for_update={"of": table_of(Merge)})
    if made.undone_at is not None:
        raise AlreadyUndone
    _take_apart(made, staff.name)
    audit.record("idea.merge_undone", thing=f"idea {made.source_id}", merge=made.id)


def release(target: Idea) -> int:
    """What stands in an idea that is gone for good comes back to the list; tells how many that are."""
    _one_at_a_time()
    arrows = session.scalars(select(Merge).where(STANDS, Merge.target_id == target.id)).all()
    for made in arrows:
        _take_apart(made, "")
    return len(arrows)


def release_from_gone_ideas() -> int:
    """The same for all ideas that are gone for good."""
    ideas = table_of(Idea)
    within = select(ideas.c.merged_into_id).where(ideas.c.merged_into_id.is_not(None))
    gone = session.scalars(select(Idea).where(Idea.id.in_(within), Idea.status.in_(GONE))).all()
    return sum(release(one) for one in gone)


def standing_in(idea: Idea) -> Sequence[Idea]:
    """The ideas that were merged into this one, or into one that was, by the arrows that still stand."""
    found: list[int] = []
    reached = [idea.id]
    while reached:
        reached = list(session.scalars(select(Merge.source_id).where(STANDS, Merge.target_id.in_(reached))))
        found += reached
    return session.scalars(select(Idea).where(Idea.id.in_(found)).order_by(Idea.id)).all() if found else []


def _one_at_a_time() -> None:
    """Whoever merges at the same moment waits: arrows in a circle would lead nowhere. SQLite lets one write anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE merges IN SHARE ROW EXCLUSIVE MODE"))


def _take_apart(made: Merge, by: str) -> None:
    source = made.source
    lock(source)
    end = source.merged_into
    made.undone_at, made.undone_by = clock.now(), by
    source.merged_into = None
    source.listed_at = source.published_at if source.is_public else None
    session.flush()
    _lead([one.id for one in standing_in(source)], source)
    supporting.recount(source)
    if end is not None:
        supporting.recount(end)


def _lead(ids: Sequence[int], end: Idea) -> None:
    """Where the arrows of these ideas end."""
    if ids:
        ideas = table_of(Idea)
        session.execute(update(ideas).where(ideas.c.id.in_(ids)).values(merged_into_id=end.id))
        session.expire_all()
