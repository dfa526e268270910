"""What waits at the register, for the page "Today"."""

from datetime import date
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, bindparam, select, true
from sqlalchemy.orm import InstrumentedAttribute

from participation import clock
from participation.councils import rules
from participation.councils.models import council_areas
from participation.councils.resolution_models import (
    CommitteeAnswer,
    HandOver,
    Resolution,
    ResolutionCard,
    Task,
    TaskState,
)
from participation.councils.resolution_queries import OPEN_STATES
from participation.feature import Counted, Duty
from participation.i18n import LazyText, _l

OVERDUE, TASKS, ANSWERS, CARDS = "overdue", "tasks", "answers", "cards"
TITLES: dict[str, LazyText] = {
    OVERDUE: _l("Resolutions of councils that are overdue"),
    TASKS: _l("Tasks from council meetings that are overdue"),
    ANSWERS: _l("Committees have met: please write down what they answered"),
    CARDS: _l("Cards of resolutions that wait for release"),
}


def duties(person: Any) -> list[Counted]:
    """What is overdue, which committees have met meanwhile, and cards that wait for somebody to release them."""
    areas = person.areas_of(*rules.SECRETARIES)
    asked = {OVERDUE: _resolutions, TASKS: _tasks, ANSWERS: _answers} if rules.visit(person) else {}
    found = [Counted(rows(areas), partial(_duty, what)) for what, rows in asked.items()]
    if rules.visit_cards(person):
        found.append(Counted(_cards(None if person.has_role("editor") else areas), partial(_duty, CARDS)))
    return found


def _duty(what: str, count: int, first: date | None) -> Duty:
    return Duty(TITLES[what], _url(what), count, first)


def _url(what: str) -> str:
    if what == OVERDUE:
        return url_for("resolution_staff.index", overdue=1)
    return url_for({TASKS: "task_staff.index", ANSWERS: "hand_over_staff.index", CARDS: "card_staff.index"}[what])


def _resolutions(areas: Any) -> Select[Any]:
    # Written out, so that SQLite knows the index of what is still open.
    is_open = Resolution.state.in_(bindparam("open", OPEN_STATES, expanding=True, literal_execute=True))
    query = select(Resolution.due_on).where(is_open, Resolution.due_on < clock.today())
    return query.where(_within(Resolution.council_id, areas))


def _tasks(areas: Any) -> Select[Any]:
    query = select(Task.due_on).where(Task.state == TaskState.OPEN, Task.due_on < clock.today())
    return query.where(_within(Task.council_id, areas))


def _answers(areas: Any) -> Select[Any]:
    no_answer = HandOver.answer.is_(None) | (HandOver.answer == CommitteeAnswer.POSTPONED)
    query = select(HandOver.committee_on).join(Resolution, Resolution.id == HandOver.resolution_id)
    return query.where(no_answer, HandOver.committee_on < clock.today(), _within(Resolution.council_id, areas))


def _cards(areas: Any) -> Select[Any]:
    query = select(Resolution.decided_on).join(ResolutionCard, ResolutionCard.resolution_id == Resolution.id)
    return query.where(ResolutionCard.released_at.is_(None), _within(Resolution.council_id, areas))


def _within(council_id: InstrumentedAttribute[int], areas: Any) -> ColumnElement[bool]:
    """What `in_areas` says, asked without the councils themselves: the counting would begin with them."""
    if areas is None:
        return true()
    return council_id.in_(select(council_areas.c.council_id).where(council_areas.c.area_id.in_(areas)))
