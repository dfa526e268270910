"""What was promised to be deleted is deleted: addresses, receipts, answers, and words that nobody may read (D14)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select

from participation import clock
from participation.contacts.models import Contact
from participation.contributions import operations as contributions
from participation.contributions.models import Comment, Contribution, ContributionStatus
from participation.db import session, table_of
from participation.feature import features
from participation.ideas.models import Call, Idea, IdeaState, IdeaStep, Support
from participation.questionnaires import extra_questions
from participation.receipts.models import Receipt

CAN_STILL_OBJECT = timedelta(days=190)  # whoever was refused keeps address, receipt and words for as long (M6)
CHUNK = 500
ENDED = {IdeaState.ANSWERED, IdeaState.DONE}
NEVER_READ = {ContributionStatus.REFUSED, ContributionStatus.RETURNED, ContributionStatus.REMOVED}

ideas, shelf, comments = table_of(Idea), table_of(Contribution), table_of(Comment)
last_word = func.coalesce(shelf.c.changed_at, shelf.c.created_at)  # of its author


def forget() -> dict[str, int]:
    """Call by call, what each of them has promised, and counted."""
    found: dict[str, set[Any]] = {"contacts": set(), "receipts": set(), "answers": set(), "texts": set()}
    for call in session.scalars(select(Call).where(Call.published_at.is_not(None))).all():
        over = _not_needed(session.scalars(_ideas_over(call)).all())
        over += _not_needed(session.scalars(_comments_over(call)).all())
        for some in _chunks(over):
            for contact_id, receipt_id in session.execute(
                select(shelf.c.contact_id, shelf.c.receipt_id).where(shelf.c.id.in_(some))
            ):
                found["contacts"].add(contact_id)
                found["receipts"].add(receipt_id)
            found["contacts"].update(session.scalars(select(Support.contact_id).where(Support.idea_id.in_(some))))
            found["answers"].update(session.scalars(select(ideas.c.response_id).where(ideas.c.id.in_(some))))
        found["texts"].update(_not_needed(session.scalars(_never_read(call)).all()))
    known = {name: sorted(ids - {None}) for name, ids in found.items()}
    _delete(Contact, known["contacts"])
    _delete(Receipt, known["receipts"])
    for response_id in known["answers"]:
        extra_questions.forget(response_id)
    for number in known["texts"]:
        _forget_words(session.get_one(Contribution, number))
    session.expire_all()
    return {name: len(ids) for name, ids in known.items()}


# --- Whose time is over -----------------------------------------------------------------------------------------------


def _ended(call: Call) -> Select[int]:
    """The ideas of a call that were answered long ago, and those that stand in one of them."""
    last_day = clock.now() - timedelta(days=call.retention_days)
    leading = ideas.alias()
    moved_since = exists().where(IdeaStep.idea_id == leading.c.id, IdeaStep.happened_at > last_day)
    ended = select(leading.c.id).where(leading.c.state.in_(ENDED), ~moved_since)
    answered = or_(ideas.c.id.in_(ended) & ideas.c.merged_into_id.is_(None), ideas.c.merged_into_id.in_(ended))
    return select(ideas.c.id).where(ideas.c.call_id == call.id, answered)


def _given_up(call: Call) -> ColumnElement[bool]:
    """Whether nobody may read it, and its author has left it so for long enough."""
    long_ago = clock.now() - max(timedelta(days=call.retention_days), CAN_STILL_OBJECT)
    return shelf.c.status.in_(NEVER_READ) & (last_word < long_ago)


def _ideas_over(call: Call) -> Select[int]:
    """The ideas whose time is over and that still lead to somebody."""
    supported = select(Support.idea_id).where(Support.contact_id.is_not(None))
    leads_to = or_(_leads_to_author(), ideas.c.response_id.is_not(None), ideas.c.id.in_(supported))
    is_over = or_(ideas.c.id.in_(_ended(call)), _given_up(call))
    together = ideas.join(shelf, shelf.c.id == ideas.c.id)
    return select(ideas.c.id).select_from(together).where(ideas.c.call_id == call.id, leads_to, is_over)


def _comments_over(call: Call) -> Select[int]:
    """The same for comments: their time ends with the idea they are about."""
    last_day = clock.now() - timedelta(days=call.retention_days)
    is_over = or_(comments.c.on_id.in_(_ended(call)) & (last_word < last_day), _given_up(call))
    return _comments_of(call).where(_leads_to_author(), is_over)


def _comments_of(call: Call) -> Select[int]:
    together = comments.join(shelf, shelf.c.id == comments.c.id).join(ideas, ideas.c.id == comments.c.on_id)
    return select(comments.c.id).select_from(together).where(ideas.c.call_id == call.id)


def _leads_to_author() -> ColumnElement[bool]:
    return or_(shelf.c.contact_id.is_not(None), shelf.c.receipt_id.is_not(None))


def _never_read(call: Call) -> Select[int]:
    """Ideas and comments with words that nobody has read for so long, and nobody will."""
    own = select(ideas.c.id).where(ideas.c.call_id == call.id)
    wanted = or_(shelf.c.id.in_(own), shelf.c.id.in_(_comments_of(call)))
    still_there = shelf.c.text != contributions.FORGOTTEN
    return select(shelf.c.id).where(_given_up(call), still_there, wanted).limit(CHUNK)


def _not_needed(ids: Sequence[int]) -> list[int]:
    """Without those that somebody may still object to, or that an objection waits for."""
    needed: set[int] = set()
    for room in features():
        if room.needed:
            for some in _chunks(ids):
                needed |= room.needed(some)
    return [one for one in ids if one not in needed]


# --- Deleting ---------------------------------------------------------------------------------------------------------


def _forget_words(contribution: Contribution) -> None:
    contributions.forget_words(contribution)
    if isinstance(contribution, Idea):
        contribution.place, contribution.latitude, contribution.longitude = "", None, None
        session.flush()


def _delete(model: type[Contact | Receipt], ids: Sequence[Any]) -> None:
    """Delete some rows; what points to them lets go by itself."""
    rows = table_of(model)
    for some in _chunks(ids):
        session.execute(delete(rows).where(rows.c.id.in_(some)))


def _chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
