"""The yearly numbers of moderation, counted by the system itself from its tables (DSA Art. 15 and 24, M9)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select, union_all

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
    decided = _decided(year)
    notices, notice_hours = _notices(year)
    return Year(
        year=year,
        counted_at=clock.now(),
        contributions=_contributions(year),
        decisions={action: sum(row.many for row in decided if row.action is action) for action in Action},
        by_rule=_by_rule(decided),
        queue_hours=_queue_hours(year, sum(row.waited for row in decided)),
        notices=notices,
        notice_hours=notice_hours,
        objections=_objections(year),
    )


def _within(moment: Any, year: int) -> Any:
    begin, end = (datetime(number, 1, 1, tzinfo=BERLIN) for number in (year, year + 1))
    return and_(moment >= begin, moment < end)


def _contributions(year: int) -> dict[str, int]:
    """What residents sent, by kind; comments of the city itself are not counted."""
    shelf, comments = table_of(Contribution), table_of(Comment)
    sent = select(shelf.c.kind, func.count().label("many")).where(_within(shelf.c.created_at, year))
    official = select(shelf.c.kind, -func.count()).join(comments, comments.c.id == shelf.c.id)
    official = official.where(_within(shelf.c.created_at, year), comments.c.is_official)
    found: Counter[str] = Counter()
    for kind, many in session.execute(union_all(sent.group_by(shelf.c.kind), official.group_by(shelf.c.kind))):
        found[kind] += many
    return +found


class Decided(NamedTuple):
    """How many decisions of one kind rely on one rule, and of how many it is known how long they were waited for."""

    action: Action
    rule_id: int | None
    many: int
    waited: int


def _decided(year: int) -> list[Decided]:
    query = select(Decision.action, Decision.rule_id, func.count(), func.count(Decision.waited_seconds))
    query = query.where(_within(Decision.decided_at, year)).group_by(Decision.action, Decision.rule_id)
    return [Decided(*row) for row in session.execute(query)]


def _by_rule(decided: list[Decided]) -> list[tuple[Rule, int]]:
    found: Counter[int] = Counter()
    for row in decided:
        if row.action in RESTRICTIONS and row.rule_id is not None:
            found[row.rule_id] += row.many
    rules = session.scalars(select(Rule).where(Rule.id.in_(found)).order_by(Rule.position, Rule.id)).all()
    for rule in rules:
        session.expunge(rule)  # it is remembered longer than this request
    return [(rule, found[rule.id]) for rule in rules]


def _queue_hours(year: int, count: int) -> float | None:
    """The median of how long something waited; the database sorts, and only the middle is fetched."""
    middle = select(Decision.waited_seconds).where(_within(Decision.decided_at, year))
    middle = middle.where(Decision.waited_seconds.is_not(None)).order_by(Decision.waited_seconds)
    if not count:
        return None
    return _hours(session.scalars(middle.offset((count - 1) // 2).limit(2 - count % 2)).all())


def _notices(year: int) -> tuple[dict[NoticeState, int], float | None]:
    """How many came and what became of them, and the median of how long they took."""
    query = select(Notice.state, Notice.received_at, Notice.decided_at).where(_within(Notice.received_at, year))
    rows = session.execute(query).all()
    taken = [int((decided - received).total_seconds()) for _state, received, decided in rows if decided]
    return {state: sum(row.state is state for row in rows) for state in NoticeState}, _hours(taken)


def _objections(year: int) -> dict[tuple[Party, ObjectionState], int]:
    query = select(Objection.party, Objection.state, func.count()).where(_within(Objection.received_at, year))
    rows = session.execute(query.group_by(Objection.party, Objection.state))
    found = {(party, state): count for party, state, count in rows}
    return {(party, state): found.get((party, state), 0) for party in Party for state in ObjectionState}


def _hours(seconds: Sequence[int | None]) -> float | None:
    """The median in hours, with one decimal."""
    known = [one for one in seconds if one is not None]
    return round(median(known) / 3600, 1) if known else None
