"""What was promised about proposals is deleted on its day: addresses, receipts, words that nobody may read (D14)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update

from participation import clock
from participation.contacts.models import Contact
from participation.contributions import operations as contributions
from participation.contributions.models import Contribution, ContributionStatus
from participation.councils.models import Council
from participation.councils.proposal_models import ItemProposal
from participation.db import session, table_of
from participation.feature import features
from participation.receipts.models import Receipt

CAN_STILL_OBJECT = timedelta(days=190)  # whoever was refused keeps address, receipt and words for as long (M6)
CHUNK = 500
NEVER_READ = (ContributionStatus.REFUSED, ContributionStatus.RETURNED, ContributionStatus.REMOVED)

proposals, shelf = table_of(ItemProposal), table_of(Contribution)
last_word = func.coalesce(shelf.c.changed_at, shelf.c.created_at)  # of its author


def forget() -> dict[str, int]:
    """Council by council, what each of them has promised, and counted."""
    over: list[int] = []
    unread: list[int] = []
    for council in session.scalars(select(Council)).all():
        over += _not_needed(session.scalars(_over(council)).all())
        unread += _not_needed(session.scalars(_never_read(council)).all())
    contacts = _delete(Contact, _column(shelf.c.contact_id, over))
    receipts = _delete(Receipt, _column(shelf.c.receipt_id, over))
    for some in _chunks(over):
        session.execute(update(proposals).where(proposals.c.id.in_(some)).values(person_id=None))
    for number in unread:
        contributions.forget_words(session.get_one(Contribution, number))
    session.expire_all()
    return {"proposal_contacts": contacts, "proposal_receipts": receipts, "proposal_texts": len(unread)}


def _over(council: Council) -> Select[int]:
    """Those that were answered long ago, or that nobody may read, and that still lead to somebody."""
    answered = proposals.c.decided_at < clock.now() - timedelta(days=council.retention_days)
    leads_to = or_(shelf.c.contact_id.is_not(None), shelf.c.receipt_id.is_not(None), proposals.c.person_id.is_not(None))
    return _of(council).where(leads_to, or_(answered, _given_up(council)))


def _given_up(council: Council) -> ColumnElement[bool]:
    """Whether nobody may read it, and its author has left it so for long enough."""
    long_ago = clock.now() - max(timedelta(days=council.retention_days), CAN_STILL_OBJECT)
    return shelf.c.status.in_(NEVER_READ) & (last_word < long_ago)


def _never_read(council: Council) -> Select[int]:
    return _of(council).where(_given_up(council), shelf.c.text != contributions.FORGOTTEN).limit(CHUNK)


def _of(council: Council) -> Select[Any]:
    together = proposals.join(shelf, shelf.c.id == proposals.c.id)
    return select(proposals.c.id).select_from(together).where(proposals.c.council_id == council.id)


def _not_needed(ids: Sequence[int]) -> list[int]:
    """Without those that somebody may still object to, or that an objection waits for."""
    needed: set[int] = set()
    for some in _chunks(ids):
        for room in features():
            needed |= room.needed(some) if room.needed else set()
    return [one for one in ids if one not in needed]


def _column(column: Any, ids: Sequence[int]) -> list[Any]:
    """What these proposals point to."""
    found: list[Any] = []
    for some in _chunks(ids):
        found += session.scalars(select(column).where(shelf.c.id.in_(some), column.is_not(None)))
    return found


def _delete(model: type[Contact | Receipt], ids: Sequence[Any]) -> int:
    """Delete some rows; what points to them lets go by itself."""
    rows = table_of(model)
    for some in _chunks(ids):
        session.execute(delete(rows).where(rows.c.id.in_(some)))
    return len(ids)


def _chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
