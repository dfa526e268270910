"""Looking up calls, ideas and everything that an idea's page tells."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from participation import clock, text_index
from participation.contributions.models import Contribution, ContributionStatus, contribution_areas
from participation.db import session, table_of
from participation.districts.models import Area
from participation.feature import Entry
from participation.i18n import _l
from participation.ideas.filters import Filters, Order
from participation.ideas.models import Call, Category, Idea, IdeaStep, Merge, Progress
from participation.paging import PAGE_SIZE, ListPage, asked_page

MOST_COUNTED = 1_000  # of a list; whoever wants to see more of it narrows it down
MOST_FOUND = 1_000  # by their words
SHUFFLES = 2**53  # what the places in the mixed order are drawn from
SHOWN_AT_HOME = 6
MOST_CALLS = 30
MOST_AREAS = 400

ideas = table_of(Idea)
contributions = table_of(Contribution)


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


def earlier_calls(limit: int = MOST_CALLS) -> Sequence[Call]:
    """Published calls whose time to send ideas is over, the latest first."""
    over = or_(Call.answered_at.is_not(None), Call.closes_at <= clock.now())
    query = select(Call).where(Call.published_at.is_not(None), over).order_by(Call.id.desc()).limit(limit)
    return session.scalars(query).all()


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


def listed(filters: Filters) -> Select[Idea]:
    """The ideas on the public list that fit, in no order."""
    return select(Idea).where(*fitting(filters))


def fitting(filters: Filters) -> list[ColumnElement[bool]]:
    """What the filters ask of an idea; every listed idea is public and stands for itself."""
    asked: list[ColumnElement[bool]] = [ideas.c.listed_at.is_not(None)]
    if filters.call:
        asked.append(ideas.c.call_id == filters.call)
    if filters.category:
        asked.append(ideas.c.category_id == filters.category)
    if filters.state:
        asked.append(ideas.c.state == filters.state)
    if filters.area:
        in_area = contribution_areas.c.area_id == filters.area
        asked.append(ideas.c.id.in_(select(contribution_areas.c.contribution_id).where(in_area)))
    if filters.language:
        written = and_(
            contributions.c.kind == "idea",
            contributions.c.status == ContributionStatus.PUBLISHED,
            contributions.c.language == filters.language,
        )
        asked.append(ideas.c.id.in_(select(contributions.c.id).where(written)))
    if filters.words:
        asked.append(ideas.c.id.in_(text_index.search(filters.words, "idea", MOST_FOUND)))
    return asked


def page_of(filters: Filters, size: int = PAGE_SIZE) -> ListPage[Idea]:
    """The page of the list that the address asks for; what it costs does not grow with the number of ideas.

    Up to a thousand ideas are counted and put in order here; where there are more, the index of the order is read.
    """
    found = session.execute(_keys(filters).limit(MOST_COUNTED + 1)).all()
    is_more, total = len(found) > MOST_COUNTED, min(len(found), MOST_COUNTED)
    count = max(1, -(-total // size))
    number = asked_page(count)
    start = (number - 1) * size
    if is_more:
        ids = _walk(filters, start, size)
    else:
        ids = [row.id for row in _in_order(found, filters.order)[start : start + size]]
    return ListPage(_loaded(ids), number, count, total, is_more)


def _keys(filters: Filters) -> Select[Any]:
    return select(ideas.c.id, ideas.c.listed_at, ideas.c.support_count, ideas.c.shuffle).where(*fitting(filters))


def pivot() -> int:
    """Where the mixed order begins today; the same for everybody, and another place tomorrow."""
    told = hashlib.sha256(clock.today().isoformat().encode()).digest()
    return int.from_bytes(told[:8]) % SHUFFLES


def _in_order(rows: Sequence[Row[Any]], order: Order) -> list[Row[Any]]:
    if order is Order.MIXED:
        start = pivot()
        return sorted(rows, key=lambda row: (row.shuffle < start, row.shuffle, row.id))
    key = "listed_at" if order is Order.NEWEST else "support_count"
    return sorted(rows, key=attrgetter(key, "id"), reverse=True)


def _walk(filters: Filters, start: int, size: int) -> list[int]:
    """The numbers of the ideas on a page far too long to be put in order here."""
    if filters.order is not Order.MIXED:
        key = ideas.c.listed_at if filters.order is Order.NEWEST else ideas.c.support_count
        return _ids(select(ideas.c.id).where(*fitting(filters)).order_by(key.desc(), ideas.c.id.desc()), start, size)
    mixed = select(ideas.c.id).where(*fitting(filters)).order_by(ideas.c.shuffle, ideas.c.id)
    after, before = mixed.where(ideas.c.shuffle >= pivot()), mixed.where(ideas.c.shuffle < pivot())
    found = _ids(after, start, size)
    if len(found) == size:
        return found
    passed = start + len(found) if found else session.scalar(_counted(after, start)) or 0
    return found + _ids(before, max(0, start - passed), size - len(found))


def _ids(query: Select[int], start: int, size: int) -> list[int]:
    return list(session.scalars(query.limit(size).offset(start)))


def _counted(query: Select[int], most: int) -> Select[int]:
    return select(func.count()).select_from(query.order_by(None).limit(most).subquery())


def _loaded(ids: list[int]) -> list[Idea]:
    query = select(Idea).where(Idea.id.in_(ids)).options(joinedload(Idea.category), selectinload(Idea.areas))
    found = {idea.id: idea for idea in session.scalars(query)}
    return [found[number] for number in ids if number in found]


# --- One idea -------------------------------------------------------------------------------------------------------


def idea(idea_id: int) -> Idea:
    """The idea with this number, with all that stands at the top of its page, in one statement."""
    return (
        session.scalars(
            select(Idea)
            .where(Idea.id == idea_id)
            .options(
                joinedload(Idea.call),
                joinedload(Idea.category),
                joinedload(Idea.office),
                joinedload(Idea.outcome),
                joinedload(Idea.areas),
                joinedload(Idea.picture),
                joinedload(Idea.merged_into),
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
