"""What is due by night: a new mixed order, reminders to offices, and addresses whose promised time is over (D14)."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, cast, delete, exists, func, or_, select, update
from sqlalchemy.orm import joinedload

from participation import clock, mail
from participation.contacts.models import Contact
from participation.contributions.models import Contribution, ContributionStatus
from participation.db import session, table_of
from participation.i18n import SOURCE_LANGUAGE, format_day, speaking
from participation.ideas import merging
from participation.ideas.letters import Address
from participation.ideas.models import Call, Idea, IdeaState, IdeaStep, Office, Support
from participation.receipts.models import Receipt

NEAR = timedelta(days=3)
BETWEEN_REMINDERS = timedelta(days=7)
CAN_STILL_OBJECT = timedelta(days=190)  # whoever was refused keeps address and receipt for as long (M6)
SHUFFLES = 2**53
CHUNK = 500
ENDED = {IdeaState.ANSWERED, IdeaState.DONE}
NEVER_ANSWERED = {ContributionStatus.REFUSED, ContributionStatus.RETURNED, ContributionStatus.REMOVED}

ideas, shelf = table_of(Idea), table_of(Contribution)


def housekeeping() -> dict[str, int]:
    """All of it, counted."""
    reshuffle()
    released = merging.release_from_gone_ideas()
    return {"released_ideas": released, "reminders": remind_offices(), **delete_contacts()}


def reshuffle() -> None:
    """Mix the list anew, so that being first pays nobody; with one statement, however many ideas there are."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    drawn: ColumnElement[Any] = (
        func.random().op("&")(SHUFFLES - 1) if is_sqlite else cast(func.random() * (SHUFFLES - 1), BigInteger)
    )
    session.execute(update(ideas).where(ideas.c.listed_at.is_not(None)).values(shuffle=drawn))


# --- Reminders --------------------------------------------------------------------------------------------------------


def remind_offices() -> int:
    """One letter per office: three days before an answer is due, on the day after, and then once a week."""
    today = clock.today()
    last = ideas.c.reminded_on
    near = ideas.c.due_on <= today + NEAR
    first_time_late = (ideas.c.due_on < today) & (last <= ideas.c.due_on)
    again = (ideas.c.due_on < today) & (last <= today - BETWEEN_REMINDERS)
    due = session.scalars(
        select(Idea)
        .join(Idea.office)
        .where(ideas.c.listed_at.is_not(None), near, or_(last.is_(None), first_time_late, again), Office.email != "")
        .options(joinedload(Idea.office))
        .order_by(ideas.c.office_id, ideas.c.due_on, ideas.c.id)
    ).all()
    for _number, some in groupby(due, key=lambda one: one.office_id):
        _remind(list(some))
    numbers = [one.id for one in due]
    for start in range(0, len(numbers), CHUNK):
        chunk = ideas.c.id.in_(numbers[start : start + CHUNK])
        session.execute(update(ideas).where(chunk).values(reminded_on=today))
    return len({one.office_id for one in due})


def _remind(waiting: Sequence[Idea]) -> None:
    office = waiting[0].office
    assert office is not None
    with speaking(SOURCE_LANGUAGE):
        lines = "\n".join(_line(one) for one in waiting)
    mail.queue(office.email, "ideas/reminder", SOURCE_LANGUAGE, office=office.name, ideas=lines)


def _line(idea: Idea) -> str:
    assert idea.due_on is not None
    return f"{format_day(idea.due_on)}: {idea.title}\n{Address('idea_staff.show', idea_id=idea.id)}\n"


# --- Addresses and receipts -------------------------------------------------------------------------------------------


def delete_contacts() -> dict[str, int]:
    """Call by call, what was promised: addresses and receipts go so many days after the answer."""
    contacts: set[UUID | None] = set()
    receipts: set[UUID | None] = set()
    for call in session.scalars(select(Call).where(Call.published_at.is_not(None))):
        over = _over(call)
        found = session.execute(select(shelf.c.contact_id, shelf.c.receipt_id).where(shelf.c.id.in_(over)))
        for contact_id, receipt_id in found:
            contacts.add(contact_id)
            receipts.add(receipt_id)
        contacts.update(session.scalars(select(Support.contact_id).where(Support.idea_id.in_(over))))
    return {"contacts": _delete(Contact, contacts), "receipts": _delete(Receipt, receipts)}


def _over(call: Call) -> Any:
    """The ideas of a call whose time is over: answered long ago, standing in such a one, or never answered."""
    last_day = clock.now() - timedelta(days=call.retention_days)
    objected = clock.now() - max(timedelta(days=call.retention_days), CAN_STILL_OBJECT)
    leading = ideas.alias()
    moved_since = exists().where(IdeaStep.idea_id == leading.c.id, IdeaStep.happened_at > last_day)
    ended = select(leading.c.id).where(leading.c.state.in_(ENDED), ~moved_since)
    answered = or_(ideas.c.id.in_(ended) & ideas.c.merged_into_id.is_(None), ideas.c.merged_into_id.in_(ended))
    given_up = shelf.c.status.in_(NEVER_ANSWERED) & (func.coalesce(shelf.c.changed_at, shelf.c.created_at) < objected)
    together = ideas.join(shelf, shelf.c.id == ideas.c.id)
    supported = select(Support.idea_id).where(Support.contact_id.is_not(None))
    is_kept = or_(shelf.c.contact_id.is_not(None), shelf.c.receipt_id.is_not(None), ideas.c.id.in_(supported))
    return select(ideas.c.id).select_from(together).where(ideas.c.call_id == call.id, is_kept, or_(answered, given_up))


def _delete(model: type[Contact | Receipt], ids: set[Any]) -> int:
    """Delete some rows; what points to them lets go by itself."""
    known = sorted(one for one in ids if one is not None)
    rows = table_of(model)
    for start in range(0, len(known), CHUNK):
        session.execute(delete(rows).where(rows.c.id.in_(known[start : start + CHUNK])))
    session.expire_all()
    return len(known)
