"""Tasks as they are written down in a meeting: what was promised, by whom, until when."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation import audit
from participation.councils import writing
from participation.councils.attending import NotInOffice
from participation.councils.minutes_models import Minutes, MinutesEntry
from participation.councils.models import Membership
from participation.councils.resolution_models import Task
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l


class AlreadyPublic(Refused):
    message = _l("Residents know this task already. End it instead of deleting it.")


class NotInWork(Refused):
    message = _l("The minutes that this task stands in cannot be changed at present.")


def add_task(
    entry: MinutesEntry, text: str, *, responsible: str = "", member_id: int | None = None, due_on: date | None = None
) -> Task:
    """Somebody promised something under this item; a click that arrives twice makes one task."""
    writing.lock_entry(entry)
    check_member(entry.minutes, member_id)
    facts = {"text": text, "responsible": responsible, "membership_id": member_id, "due_on": due_on}
    for known in tasks_of(entry.minutes).get(entry.item_id, ()):
        if all(getattr(known, name) == value for name, value in facts.items()):
            return known
    minutes = entry.minutes
    council_id = minutes.meeting.council_id
    task = Task(
        council_id=council_id, item_id=entry.item_id, language=minutes.language, is_demo=minutes.is_demo, **facts
    )
    session.add(task)
    session.flush()
    audit.record("task.written", f"task {task.id}", item=entry.item_id)
    return task


def change_task(task: Task, text: str, *, responsible: str, member_id: int | None, due_on: date | None) -> None:
    """Other words, somebody else, another day: while the minutes are written."""
    minutes = _in_work(task)
    check_member(minutes, member_id)
    task.text, task.responsible, task.membership_id, task.due_on = text, responsible, member_id, due_on
    audit.record("task.rewritten", f"task {task.id}")
    session.flush()


def delete_task(task: Task) -> None:
    """It was no task after all. Once residents know it, it is ended instead."""
    _in_work(task)
    if task.published_at is not None:
        raise AlreadyPublic
    audit.record("task.deleted", f"task {task.id}", item=task.item_id)
    session.delete(task)
    session.flush()


def tasks_of(minutes: Minutes) -> dict[int, list[Task]]:
    """The tasks of all items of the minutes, in one statement."""
    items = select(MinutesEntry.item_id).where(MinutesEntry.minutes_id == minutes.id)
    found: dict[int, list[Task]] = {}
    with_people = joinedload(Task.membership).joinedload(Membership.person)
    for task in session.scalars(select(Task).where(Task.item_id.in_(items)).order_by(Task.id).options(with_people)):
        found.setdefault(task.item_id or 0, []).append(task)
    return found


def check_member(minutes: Minutes, member_id: int | None) -> None:
    """Only somebody of this council who is in office promises something there."""
    if member_id is not None:
        member = session.get(Membership, member_id)
        meeting = minutes.meeting
        if member is None or member.council_id != meeting.council_id or not member.is_in_office(meeting.held_on):
            raise NotInOffice


def _in_work(task: Task) -> Minutes:
    minutes = writing.in_work(task.item.meeting) if task.item is not None else None
    if minutes is None:
        raise NotInWork
    session.refresh(minutes, with_for_update={"of": Minutes})
    if minutes.is_locked:
        raise writing.Locked
    session.refresh(task, with_for_update={"of": Task})
    return minutes
