"""The yearly numbers of moderation, counted by the system itself from its tables (DSA Art. 15 and 24, M9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import and_, func, select

from participation import clock
from participation.clock import BERLIN
from participation.contributions.models import Comment, Contribution
from participation.db import session, table_of
from participation.memory import remembered
from participation.moderation.models import (
    RESTRICTIONS,
    Action,
    Decision,
    Notice,
    NoticeState,
    Objection,
    ObjectionState,
    Party,
    Rule,
)

REFRESHED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Year:
    """All numbers of one year, counted in Germany's time."""

    year: int
    counted_at: datetime
    contributions: dict[str, int]  # by kind
    decisions: dict[Action, int]
    by_rule: list[tuple[Rule, int]]  # decisions against a text
    queue_hours: float | None  # median
    notices: dict[NoticeState, int]
    notice_hours: float | None
    objections: dict[tuple[Party, ObjectionState], int]

    @property
    def notices_received(self) -> int:
        return sum(self.notices.values())

    @property
    def objections_received(self) -> int:
        return sum(self.objections.values())


def years() -> list[int]:
    """The years there are numbers for, the newest first."""
    this_year = clock.today().year
    first = session.scalar(select(func.min(Contribution.created_at)))
    begin = min(this_year, first.astimezone(BERLIN).year) if first else this_year
    return list(range(this_year, begin - 1, -1))


def numbers(year: int) -> Year:
    """The numbers of a year, counted at most once an hour."""
    return remembered(("transparency", year), lambda: _count(year), REFRESHED_EVERY)


def _count(year: int) -> Year:
    return Year(
        year=year,
        counted_at=clock.now(),
        contributions=_contributions(year),
        decisions=_decisions(year),
        by_rule=_by_rule(year),
        queue_hours=_queue_hours(year),
        notices=_notices(year),
        notice_hours=_notice_hours(year),
        objections=_objections(year),
    )


def _within(moment: Any, year: int) -> Any:
    begin, end = (datetime(number, 1, 1, tzinfo=BERLIN) for number in (year, year + 1))
    return and_(moment >= begin, moment < end)


def _contributions(year: int) -> dict[str, int]:
    """What residents sent, by kind; comments of the city itself are not counted."""
    shelf, comments = table_of(Contribution), table_of(Comment)
    counted = select(shelf.c.kind, func.count()).where(_within(shelf.c.created_at, year)).group_by(shelf.c.kind)
    found = {kind: count for kind, count in session.execute(counted)}  # noqa: C416  (rows are no pairs to mypy)
    official = select(func.count()).select_from(comments.join(shelf, comments.c.id == shelf.c.id))
    own = session.scalar(official.where(comments.c.is_official, _within(shelf.c.created_at, year))) or 0
    if own:
        found["comment"] -= own
    return found


def _decisions(year: int) -> dict[Action, int]:
    query = select(Decision.action, func.count()).where(_within(Decision.decided_at, year)).group_by(Decision.action)
    found: dict[Action, int] = {action: count for action, count in session.execute(query)}  # noqa: C416  (as above)
    return {action: found.get(action, 0) for action in Action}


def _by_rule(year: int) -> list[tuple[Rule, int]]:
    query = select(Decision.rule_id, func.count()).where(_within(Decision.decided_at, year))
    query = query.where(Decision.action.in_(RESTRICTIONS)).group_by(Decision.rule_id)
    found = {rule_id: count for rule_id, count in session.execute(query)}  # noqa: C416  (as above)
    rules = session.scalars(select(Rule).where(Rule.id.in_(found)).order_by(Rule.position, Rule.id)).all()
    for rule in rules:
        session.expunge(rule)  # it is remembered longer than this request
    return [(rule, found[rule.id]) for rule in rules]


def _queue_hours(year: int) -> float | None:
    """The median of how long something waited; the database sorts, and only the middle is fetched."""
    waited = and_(_within(Decision.decided_at, year), Decision.waited_seconds.is_not(None))
    count = session.scalar(select(func.count()).select_from(Decision).where(waited)) or 0
    if not count:
        return None
    middle = select(Decision.waited_seconds).where(waited).order_by(Decision.waited_seconds)
    return _hours(session.scalars(middle.offset((count - 1) // 2).limit(2 - count % 2)).all())


def _notices(year: int) -> dict[NoticeState, int]:
    query = select(Notice.state, func.count()).where(_within(Notice.received_at, year)).group_by(Notice.state)
    found: dict[NoticeState, int] = {state: count for state, count in session.execute(query)}  # noqa: C416  (as above)
    return {state: found.get(state, 0) for state in NoticeState}


def _notice_hours(year: int) -> float | None:
    query = select(Notice.received_at, Notice.decided_at).where(_within(Notice.received_at, year))
    rows = session.execute(query.where(Notice.decided_at.is_not(None)))
    return _hours([int((decided - received).total_seconds()) for received, decided in rows if decided])


def _objections(year: int) -> dict[tuple[Party, ObjectionState], int]:
    query = select(Objection.party, Objection.state, func.count()).where(_within(Objection.received_at, year))
    rows = session.execute(query.group_by(Objection.party, Objection.state))
    found = {(party, state): count for party, state, count in rows}
    return {(party, state): found.get((party, state), 0) for party in Party for state in ObjectionState}


def _hours(seconds: Sequence[int | None]) -> float | None:
    """The median in hours, with one decimal."""
    known = [one for one in seconds if one is not None]
    return round(median(known) / 3600, 1) if known else None
