"""Reminders by night: the office hears of resolutions that are due, and members of what they have promised."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload

from participation import clock, mail
from participation.councils import letters
from participation.councils.blackening import said
from participation.councils.letters import Saying, address
from participation.councils.models import Council, CouncilPerson, Membership
from participation.councils.resolution_models import Resolution, Task, TaskState
from participation.councils.resolution_queries import OPEN_STATES
from participation.councils.resolution_wordings import DUE, TASKS_DUE
from participation.db import session, table_of
from participation.i18n import SOURCE_LANGUAGE, format_day, speaking

RESOLUTIONS_NEAR, TASKS_NEAR = timedelta(days=7), timedelta(days=3)
BETWEEN_REMINDERS = timedelta(days=14)
MOST_REMINDED = 500  # in one night; the rest follows the next night

resolutions, tasks = table_of(Resolution), table_of(Task)


def remind() -> dict[str, int]:
    """All of it, counted."""
    return {"resolution_reminders": remind_offices(), "task_reminders": remind_members()}


def _is_due(table: Table, near: timedelta) -> ColumnElement[bool]:
    """Once when the day is near, on the day after, and then every second week."""
    today, due_on, last = clock.today(), table.c.due_on, table.c.reminded_on
    first_time_late = and_(due_on < today, last <= due_on)
    again = and_(due_on < today, last <= today - BETWEEN_REMINDERS)
    return and_(due_on <= today + near, or_(last.is_(None), first_time_late, again))


# --- The office -------------------------------------------------------------------------------------------------------


def remind_offices() -> int:
    """One letter per council whose office has an e-mail address; tells how many letters were written."""
    due = session.scalars(
        select(Resolution)
        .join(Resolution.council)
        .where(Resolution.state.in_(OPEN_STATES), Resolution.is_accepted, _is_due(resolutions, RESOLUTIONS_NEAR))
        .where(Council.contact.contains("@"), Council.dissolved_on.is_(None))
        .options(contains_eager(Resolution.council))
        .order_by(Resolution.council_id, Resolution.due_on, Resolution.id)
        .limit(MOST_REMINDED)
    ).all()
    written = sum(_tell_office(list(some)) for _council, some in groupby(due, key=lambda one: one.council_id))
    _reminded(resolutions, [one.id for one in due])
    return written


def _tell_office(due: Sequence[Resolution]) -> int:
    council = due[0].council
    try:
        recipient = mail.address(council.contact)
    except mail.NotAnAddress:
        return 0
    with speaking(SOURCE_LANGUAGE):
        lines = "\n".join(_line(one) for one in due)
    mail.queue(recipient, DUE.name, SOURCE_LANGUAGE, council=council.name, resolutions=lines)
    return 1


def _line(one: Resolution) -> str:
    assert one.due_on is not None
    page = address("resolution_staff.show", resolution_id=one.id)
    return f"{format_day(one.due_on)}: {one.number} {said(one.title)}\n{page}\n"


# --- Members ----------------------------------------------------------------------------------------------------------


def remind_members() -> int:
    """One letter per seat with tasks that are due, as long as the term lasts; tells how many letters were written."""
    today = clock.today()
    person = contains_eager(Task.membership).joinedload(Membership.person).joinedload(CouncilPerson.contact)
    due = session.scalars(
        select(Task)
        .join(Task.membership)
        .where(Task.state == TaskState.OPEN, _is_due(tasks, TASKS_NEAR))
        .where(Membership.starts_on <= today, or_(Membership.ends_on.is_(None), Membership.ends_on >= today))
        .options(person, joinedload(Task.council))
        .order_by(Task.membership_id, Task.due_on, Task.id)
        .limit(MOST_REMINDED)
    ).all()
    written = sum(_tell_member(list(some)) for _seat, some in groupby(due, key=lambda one: one.membership_id))
    _reminded(tasks, [one.id for one in due])
    return written


def _tell_member(due: Sequence[Task]) -> int:
    member = due[0].membership
    assert member is not None
    lines = Saying(lambda: "\n".join(_promise(one) for one in due))
    return letters.tell([member.person], TASKS_DUE, council=due[0].council.name, tasks=lines)


def _promise(one: Task) -> str:
    assert one.due_on is not None
    return f"{format_day(one.due_on)}: {one.text}"


def _reminded(table: Any, ids: Sequence[int]) -> None:
    session.execute(update(table).where(table.c.id.in_(ids)).values(reminded_on=clock.today()))
