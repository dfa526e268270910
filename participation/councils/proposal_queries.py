"""Looking up proposals."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from participation import clock
from participation.contributions.models import Contribution, ContributionStatus, Translation
from participation.councils.meeting_models import AgendaItem, Meeting
from participation.councils.models import Council, council_areas
from participation.councils.proposal_models import ItemProposal
from participation.councils.rules import SECRETARIES
from participation.db import session
from participation.receipts.models import Receipt

ITEM = joinedload(ItemProposal.item).joinedload(AgendaItem.meeting).joinedload(Meeting.council)
WITH_COUNCIL = (joinedload(ItemProposal.council).selectinload(Council.areas), ITEM)


def proposal(proposal_id: int) -> ItemProposal:
    """One proposal; NoResultFound when there is none."""
    return session.scalars(select(ItemProposal).where(ItemProposal.id == proposal_id).options(*WITH_COUNCIL)).one()


def of_receipt(receipt: Receipt) -> ItemProposal | None:
    """What was proposed with this receipt; None when it belongs to something else."""
    return session.scalar(select(ItemProposal).where(ItemProposal.receipt_id == receipt.id))


def public(council: Council) -> Select[Any]:
    """What everybody may read of what was proposed to a council, the newest first."""
    rows = select(ItemProposal).where(ItemProposal.council_id == council.id, is_public())
    return rows.options(ITEM).order_by(ItemProposal.id.desc())


def is_public() -> ColumnElement[bool]:
    """Whether everybody may read it."""
    return Contribution.status == ContributionStatus.PUBLISHED


def for_office(person: Any, *, answered: bool = False) -> Select[Any]:
    """What waits for the office, the oldest first; or what it has answered, the newest first."""
    rows = select(ItemProposal).options(*WITH_COUNCIL)
    if answered:
        rows = rows.where(ItemProposal.outcome.is_not(None), Contribution.status != ContributionStatus.WITHDRAWN)
        rows = rows.order_by(ItemProposal.decided_at.desc(), ItemProposal.id.desc())
    else:
        rows = rows.where(ItemProposal.outcome.is_(None), is_public())
        rows = rows.order_by(Contribution.published_at, ItemProposal.id)
    return _within(rows, person)


def _within(rows: Select[Any], person: Any) -> Select[Any]:
    """Only councils that this person looks after, as rules.manage has it."""
    mine = person.areas_of(*SECRETARIES)
    if mine is None:
        return rows
    councils = select(council_areas.c.council_id).where(council_areas.c.area_id.in_(mine))
    return rows.where(ItemProposal.council_id.in_(councils))


def waiting(person: Any) -> Select[Any]:
    """Since when each proposal waits for this person's answer."""
    return for_office(person).order_by(None).with_only_columns(ItemProposal.published_at)


def open_meetings(council: Council) -> list[Meeting]:
    """The coming meetings whose agenda can still take something up, the next one first."""
    coming = select(Meeting).where(
        Meeting.council_id == council.id, Meeting.starts_at > clock.now(), Meeting.cancelled_at.is_(None)
    )
    return list(session.scalars(coming.order_by(Meeting.starts_at, Meeting.id).limit(20)))


def translations(one: ItemProposal) -> list[Translation]:
    """What it says in other languages."""
    rows = select(Translation).where(Translation.contribution_id == one.id)
    return list(session.scalars(rows.order_by(Translation.language)))
