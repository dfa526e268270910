"""What waits at the register, for the page "Today"."""

from typing import Any

from flask import url_for
from sqlalchemy import Select, func, literal, select, union_all

from participation import clock
from participation.councils import rules
from participation.councils.models import Council
from participation.councils.resolution_models import (
    CommitteeAnswer,
    HandOver,
    Resolution,
    ResolutionCard,
    Task,
    TaskState,
)
from participation.councils.resolution_queries import OPEN_STATES, in_areas
from participation.db import session
from participation.feature import Duty
from participation.i18n import LazyText, _l

OVERDUE, TASKS, ANSWERS, CARDS = "overdue", "tasks", "answers", "cards"
TITLES: dict[str, LazyText] = {
    OVERDUE: _l("Resolutions of councils that are overdue"),
    TASKS: _l("Tasks from council meetings that are overdue"),
    ANSWERS: _l("Committees have met: please write down what they answered"),
    CARDS: _l("Cards of resolutions that wait for release"),
}


def duties(person: Any) -> list[Duty]:
    """What is overdue, which committees have met meanwhile, and cards that wait for somebody to release them."""
    asked = _asked(person)
    if not asked:
        return []
    found = session.execute(union_all(*asked)).all()
    return [Duty(TITLES[what], _url(what), count, first) for what, count, first in found if count]


def _asked(person: Any) -> list[Select[Any]]:
    areas = person.areas_of(*rules.SECRETARIES)
    asked = [_resolutions(areas), _tasks(areas), _answers(areas)] if rules.visit(person) else []
    return [*asked, _cards(None if person.has_role("editor") else areas)] if rules.visit_cards(person) else asked


def _url(what: str) -> str:
    if what == OVERDUE:
        return url_for("resolution_staff.index", overdue=1)
    return url_for({TASKS: "task_staff.index", ANSWERS: "hand_over_staff.index", CARDS: "card_staff.index"}[what])


def _counted(what: str, day: Any) -> Select[Any]:
    """How many there are and the first of their days, beside the name of what is counted."""
    return select(literal(what), func.count(), func.min(day))


def _resolutions(areas: Any) -> Select[Any]:
    query = _counted(OVERDUE, Resolution.due_on).join(Council, Council.id == Resolution.council_id)
    return query.where(Resolution.state.in_(OPEN_STATES), Resolution.due_on < clock.today(), in_areas(areas))


def _tasks(areas: Any) -> Select[Any]:
    query = _counted(TASKS, Task.due_on).join(Council, Council.id == Task.council_id)
    return query.where(Task.state == TaskState.OPEN, Task.due_on < clock.today(), in_areas(areas))


def _answers(areas: Any) -> Select[Any]:
    no_answer = HandOver.answer.is_(None) | (HandOver.answer == CommitteeAnswer.POSTPONED)
    query = _counted(ANSWERS, HandOver.committee_on).join(Resolution, Resolution.id == HandOver.resolution_id)
    in_them = query.join(Council, Council.id == Resolution.council_id).where(in_areas(areas))
    return in_them.where(no_answer, HandOver.committee_on < clock.today())


def _cards(areas: Any) -> Select[Any]:
    query = _counted(CARDS, Resolution.decided_on).join(ResolutionCard, ResolutionCard.resolution_id == Resolution.id)
    in_them = query.join(Council, Council.id == Resolution.council_id)
    return in_them.where(ResolutionCard.released_at.is_(None), in_areas(areas))
