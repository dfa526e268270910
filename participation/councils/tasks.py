"""Tasks: what somebody promised in a meeting, until it is done or dropped."""

from datetime import date
from typing import Any

from participation import audit, clock
from participation.councils.following import BlackedOutWords
from participation.councils.locking import lock
from participation.councils.public_agenda import blackening_of
from participation.councils.resolution_models import Task, TaskState
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l


class AlreadyEnded(Refused):
    message = _l("Somebody else has ended this task already. Please look at it again.")


def end(task: Task, state: TaskState, outcome: str) -> None:
    """It is done, or nobody will do it; it does not come back to an agenda any more."""
    lock(task)
    if not task.is_open:
        raise AlreadyEnded
    check_words(task, outcome)
    task.state, task.ended_on, task.outcome = state, clock.today(), outcome
    _noted("task.ended", task, state=state.value)


def reopen(task: Task) -> None:
    """It was not done after all: it comes back to the next agenda."""
    lock(task)
    task.state, task.ended_on = TaskState.OPEN, None
    _noted("task.reopened", task)


def plan(task: Task, responsible: str, membership_id: int | None, due_on: date | None) -> None:
    """Who does it, by when; a new day is reminded of anew."""
    lock(task)
    check_words(task, responsible)
    if due_on != task.due_on:
        task.reminded_on = None
    task.responsible, task.membership_id, task.due_on = responsible, membership_id, due_on
    if task.published_at is not None:
        task.public_responsible = "" if membership_id else responsible
    _noted("task.planned", task)


def public_responsible(task: Task) -> str:
    """Who does it, as residents read it: a member in office only by their own consent, which may end (D3, D17)."""
    member = task.membership
    if member is None:
        return task.public_responsible
    return member.person.public_name if member.is_in_office() else ""


def check_words(task: Task, *texts: str) -> None:
    """Nothing that is blacked out in the minutes comes back by another door. Raises BlackedOutWords."""
    if task.item is None:
        return
    hidden = blackening_of([task.item])
    if any(hidden.finds(text) for text in texts):
        raise BlackedOutWords


def _noted(action: str, task: Task, **details: Any) -> None:
    audit.record(action, f"task {task.id}", **details)
    session.flush()
