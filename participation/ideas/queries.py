"""Looking up calls, ideas and everything that an idea's page tells."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from participation import clock, text_index
from participation.contributions.models import Contribution, ContributionStatus, contribution_areas
from participation.contributions.queries import with_areas
from participation.db import session, table_of
from participation.districts.models import Area
from participation.feature import Entry
from participation.i18n import _l
from participation.ideas.filters import Filters, Order
from participation.ideas.models import Call, Category, Idea, IdeaStep, Merge, Phase, Progress
from participation.paging import PAGE_SIZE, ListPage, asked_page

MOST_COUNTED = 1_000  # of a list; whoever wants to see more of it narrows it down
MOST_GATHERED = 3_000  # that are put in order here; of more one meets a thousand soon enough along an index
SHUFFLES = 2**53  # what the places in the mixed order are drawn from
SHOWN_AT_HOME = 6
MOST_CALLS = 30
MOST_AREAS = 400

ideas = table_of(Idea)
contributions = table_of(Contribution)
KEYS = {Order.MIXED: ideas.c.shuffle, Order.NEWEST: ideas.c.listed_at, Order.SUPPORTED: ideas.c.support_count}


# --- Calls ----------------------------------------------------------------------------------------------------------


def call(slug: str) -> Call:
    """The call with this slug, with its categories."""
    return session.scalars(select(Call).where(Call.slug == slug).options(selectinload(Call.categories))).one()


def is_collecting() -> ColumnElement[bool]:
    """The calls that take ideas now; Call.is_open says the same of one row."""
    now = clock.now()
    return and_(
        Call.published_at.is_not(None),
        Call.answered_at.is_(None),
        or_(Call.opens_at.is_(None), Call.opens_at <= now),
        or_(Call.closes_at.is_(None), Call.closes_at > now),
    )


def open_calls(limit: int = MOST_CALLS) -> Sequence[Call]:
    """What takes ideas now: what closes first comes first, and the letter box last."""
    by_end = (Call.is_letter_box, Call.closes_at.is_(None), Call.closes_at, Call.id)
    return session.scalars(select(Call).where(is_collecting()).order_by(*by_end).limit(limit)).all()


class Calls(NamedTuple):
    """What takes ideas now, and what took ideas before."""

    open: list[Call]
    earlier: list[Call]


def calls() -> Calls:
    """The published calls: what closes soon comes first and the letter box last; of earlier ones the latest first."""
    by_state = (is_collecting().desc(), Call.id.desc())
    found = session.scalars(
        select(Call).where(Call.published_at.is_not(None)).order_by(*by_state).limit(2 * MOST_CALLS)
    ).all()
    far = datetime.max.replace(tzinfo=UTC)
    taking = [one for one in found if one.is_open]
    over = [one for one in found if one.phase in {Phase.EXAMINING, Phase.ANSWERED}]
    return Calls(
        sorted(taking, key=lambda one: (one.is_letter_box, one.closes_at or far, one.id)),
        sorted(over, key=lambda one: (one.closes_at or one.answered_at or far, one.id), reverse=True),
    )


def categories(calls: Collection[Call]) -> Sequence[Category]:
    """What ideas of these calls are about, by call."""
    wanted = Category.call_id.in_([one.id for one in calls])
    return session.scalars(select(Category).where(wanted).order_by(Category.call_id, Category.position)).all()


def areas() -> Sequence[Area]:
    """The districts of today with their layers, the default layer first."""
    today = clock.today()
    return session.scalars(
        select(Area)
        .join(Area.layer)
        .where(
            or_(Area.valid_from.is_(None), Area.valid_from <= today),
            or_(Area.valid_to.is_(None), Area.valid_to >= today),
        )
        .options(joinedload(Area.layer))
        .order_by(Area.layer.property.mapper.class_.is_default.desc(), Area.layer_id, Area.sort_name)
        .limit(MOST_AREAS)
    ).all()


def entries() -> list[Entry]:
    """What the home page shows: the calls that take ideas now."""
    return [
        Entry(
            title=one.title,
            url=url_for("ideas.call", slug=one.slug),
            kind=_l("Call for ideas"),
            until=one.closes_at.astimezone(clock.BERLIN).date() if one.closes_at else None,
            summary=one.purpose,
        )
        for one in open_calls(SHOWN_AT_HOME)
    ]


# --- Lists ----------------------------------------------------------------------------------------------------------


def fitting(filters: Filters) -> list[ColumnElement[bool]]:
    """What the filters ask of an idea on the public list; every listed idea is public and stands for itself."""
    asked = [ideas.c.listed_at.is_not(None), *_plain(filters)]
    if filters.area:
        in_area = contribution_areas.c.area_id == filters.area
        asked.append(ideas.c.id.in_(select(contribution_areas.c.contribution_id).where(in_area)))
    return asked


def _plain(filters: Filters, read: Callable[[Any], Any] = lambda column: column) -> list[ColumnElement[bool]]:
    chosen = {
        ideas.c.call_id: filters.call,
        ideas.c.category_id: filters.category,
        ideas.c.state: filters.state,
        ideas.c.listed_language: filters.language,
    }
    asked: list[ColumnElement[bool]] = [read(column) == value for column, value in chosen.items() if value]
    if filters.words:
        asked.append(ideas.c.id.in_(text_index.search(filters.words, "idea")))
    return asked


def page_of(filters: Filters, size: int = PAGE_SIZE) -> ListPage[Idea]:
    """The page of the list that the address asks for; what it costs does not grow with the number of ideas.

    Some thousand ideas are put in order here. Where there are more, one meets them soon enough on the way along the
    index of the order, and nobody counts them.
    """
    rows = session.execute(_gathered(filters).limit(MOST_GATHERED + 1)).all()
    total = min(len(rows), MOST_COUNTED)
    count = max(1, -(-total // size))
    number = asked_page(count)
    start, end = (number - 1) * size, number * size
    if len(rows) > MOST_GATHERED:
        ids = _walked(filters, start, end)
    else:
        ids = [row.id for row in _in_order(rows, filters.order)[start:end]]
    return ListPage(_loaded(ids), number, count, total, len(rows) > MOST_COUNTED)


def _gathered(filters: Filters) -> Select[Any]:
    """All that fit, in no order, with what puts them in order."""
    query = select(ideas.c.id, KEYS[filters.order].label("key"))
    query = query.where(ideas.c.listed_at.is_not(None), *_plain(filters))
    return query.join(contribution_areas, _is_in_area(filters)) if filters.area else query


def _is_in_area(filters: Filters) -> ColumnElement[bool]:
    return and_(contribution_areas.c.contribution_id == ideas.c.id, contribution_areas.c.area_id == filters.area)


def pivot() -> int:
    """Where the mixed order begins today; the same for everybody, and another place tomorrow."""
    told = hashlib.sha256(clock.today().isoformat().encode()).digest()
    return int.from_bytes(told[:8]) % SHUFFLES


def _in_order(rows: Sequence[Row[Any]], order: Order) -> list[Row[Any]]:
    if order is Order.MIXED:
        start = pivot()
        return sorted(rows, key=lambda row: (row.key < start, row.key, row.id))
    return sorted(rows, key=attrgetter("key", "id"), reverse=True)


def _walked(filters: Filters, start: int, end: int) -> list[int]:
    """The numbers of the ideas on a page that is read along the index of the order."""
    query, key = _along_the_order(filters), KEYS[filters.order]
    if filters.order is not Order.MIXED:
        return _ids(query.order_by(key.desc(), ideas.c.id.desc()).limit(end))[start:]
    mixed = query.order_by(key, ideas.c.id)
    found = _ids(mixed.where(key >= pivot()).limit(end))
    if len(found) < end:
        found += _ids(mixed.where(key < pivot()).limit(end - len(found)))
    return found[start:]


def _along_the_order(filters: Filters) -> Select[int]:
    asked = _plain(filters, _without_its_index)
    if filters.area:
        asked.append(select(contribution_areas.c.area_id).where(_is_in_area(filters)).exists())
    return select(ideas.c.id).where(ideas.c.listed_at.is_not(None), *asked)


def _without_its_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """SQLite prefers the index of a filter, and then puts all that fit in order; a plus takes that index away."""
    if session.get_bind().dialect.name != "sqlite":
        return column
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def _ids(query: Select[int]) -> list[int]:
    return list(session.scalars(query))


def _loaded(ids: list[int]) -> list[Idea]:
    query = with_areas(select(Idea).where(Idea.id.in_(ids)), Idea).options(joinedload(Idea.category))
    found = {idea.id: idea for idea in session.scalars(query).unique()} if ids else {}
    return [found[number] for number in ids if number in found]


# --- One idea -------------------------------------------------------------------------------------------------------


def idea(idea_id: int) -> Idea:
    """The idea with this number, with all that stands at the top of its page, in one statement."""
    return (
        session.scalars(
            with_areas(select(Idea).where(Idea.id == idea_id), Idea).options(
                joinedload(Idea.call),
                joinedload(Idea.category),
                joinedload(Idea.office),
                joinedload(Idea.outcome),
                joinedload(Idea.picture),
            )
        )
        .unique()
        .one()
    )


@dataclass(frozen=True)
class Way:
    """What became of an idea, for everybody to read."""

    steps: Sequence[IdeaStep]
    reports: Sequence[Progress]
    merged: Sequence["Merged"]


@dataclass(frozen=True)
class Merged:
    """An idea that stands in this one."""

    id: int
    title: str
    language: str
    on: date


def way_of(idea: Idea) -> Way:
    """Its steps with the answers, the news, and the ideas that were merged into it, in three statements."""
    steps = select(IdeaStep).where(IdeaStep.idea_id == idea.id).order_by(IdeaStep.happened_at, IdeaStep.id)
    reports = select(Progress).where(Progress.idea_id == idea.id).order_by(Progress.happened_on, Progress.id)
    return Way(
        session.scalars(steps.options(joinedload(IdeaStep.outcome))).all(),
        session.scalars(reports.options(joinedload(Progress.picture))).all(),
        merged_into(idea),
    )


def merged_into(idea: Idea) -> list[Merged]:
    """The public ideas that stand in this one."""
    rows = session.execute(
        select(contributions.c.id, contributions.c.title, contributions.c.language, Merge.merged_at)
        .join(Merge, Merge.source_id == contributions.c.id)
        .join(ideas, ideas.c.id == contributions.c.id)
        .where(
            ideas.c.merged_into_id == idea.id,
            Merge.undone_at.is_(None),
            contributions.c.status == ContributionStatus.PUBLISHED,
        )
        .order_by(Merge.id)
    )
    return [Merged(row.id, row.title, row.language, row.merged_at.astimezone(clock.BERLIN).date()) for row in rows]
