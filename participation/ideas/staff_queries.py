"""What staff look up about ideas, calls and offices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from participation import clock, text_index
from participation.contributions.models import Contribution, ContributionStatus, contribution_areas
from participation.contributions.similar import similar
from participation.db import session, table_of
from participation.districts import queries as districts
from participation.districts.models import Area
from participation.ideas.models import Call, Category, Idea, IdeaState, IdeaStep, Merge, Office, Progress, Remark
from participation.paging import ListPage, paginate
from participation.text_matching import order_key

ideas = table_of(Idea)
WAITING, OVERDUE, SOON, REOPENED, MERGED, ALL = "waiting", "overdue", "soon", "reopened", "merged", "all"
SOON_DAYS = timedelta(days=7)
MOST_SIMILAR = 8
MOST_COUNTED = 1_000  # of the list; whoever wants to see more narrows it down
Areas = frozenset[int] | None  # None is everywhere


@dataclass(frozen=True)
class Filters:
    """What the list of ideas shows; nothing chosen means what waits for the city."""

    show: str = WAITING
    office: int | None = None
    call: int | None = None
    area: int | None = None
    words: str = ""


# --- Ideas ------------------------------------------------------------------------------------------------------------


def idea(idea_id: int) -> Idea:
    """One idea with all that its page shows around it."""
    around = (joinedload(Idea.call), joinedload(Idea.office), joinedload(Idea.category), joinedload(Idea.outcome))
    return session.get_one(Idea, idea_id, options=[*around, selectinload(Idea.areas), selectinload(Idea.translations)])


def ideas_to_process(filters: Filters, mine: Areas = None) -> Select[int]:
    """The numbers of the ideas that fit, the most urgent first; whoever has some areas sees these and what has none."""
    wanted = [_shown(filters.show), *_for_those_of(mine)]
    if filters.office is not None:
        wanted.append(ideas.c.office_id == filters.office)
    if filters.call is not None:
        wanted.append(ideas.c.call_id == filters.call)
    if filters.area is not None:
        wanted += _in_areas(frozenset({filters.area}))
    if filters.words:
        wanted.append(ideas.c.id.in_(text_index.search(filters.words, "idea")))
    order = (ideas.c.due_on, ideas.c.id) if filters.show in {WAITING, OVERDUE, SOON, REOPENED} else (ideas.c.id.desc(),)
    return select(ideas.c.id).where(*wanted).order_by(*order)


def how_many(views: Sequence[str], mine: Areas = None) -> dict[str, tuple[int, date | None]]:
    """For some views of what waits, how many ideas each holds and the most pressing day; in one statement."""
    figures = (func.count(ideas.c.id), func.min(ideas.c.due_on))
    # Each figure by itself: so each takes its own way along an index.
    columns = [
        select(figure).where(_shown(view), *_for_those_of(mine)).scalar_subquery()
        for view in views
        for figure in figures
    ]
    told = session.execute(select(*columns)).one()
    return {view: (told[2 * place], told[2 * place + 1]) for place, view in enumerate(views)}


def _shown(what: str) -> ColumnElement[bool]:
    listed, due, today = ideas.c.listed_at.is_not(None), ideas.c.due_on, clock.today()
    if what in {state.value for state in IdeaState}:
        return and_(listed, ideas.c.state == IdeaState(what))
    return {
        OVERDUE: and_(listed, due < today),
        SOON: and_(listed, due >= today, due <= today + SOON_DAYS),
        REOPENED: and_(listed, due.is_not(None), _is_reopened()),
        MERGED: ideas.c.merged_into_id.is_not(None),
        ALL: listed,
    }.get(what, and_(listed, due.is_not(None)))


def _is_reopened() -> ColumnElement[bool]:
    return and_(ideas.c.state == IdeaState.IN_PROGRESS, ideas.c.is_solved.is_(False))


def _in_areas(areas: Areas) -> list[ColumnElement[bool]]:
    return [] if areas is None else [_lies_in(areas)]


def _for_those_of(areas: Areas) -> list[ColumnElement[bool]]:
    """What lies in their areas, or nowhere: rules.process says the same of one idea."""
    if not areas:
        return _in_areas(areas)
    placed = select(contribution_areas.c.contribution_id).where(contribution_areas.c.contribution_id == ideas.c.id)
    return [or_(_lies_in(areas), ~placed.exists())]


def _lies_in(areas: frozenset[int]) -> ColumnElement[bool]:
    column = contribution_areas.c
    return ideas.c.id.in_(select(column.contribution_id).where(column.area_id.in_(areas))) if areas else false()


def page_of_ideas(filters: Filters, mine: Areas = None) -> ListPage[Idea]:
    """One page of the list: the numbers come from one table, then the rows of this page alone are read."""
    numbers: ListPage[Any] = paginate(ideas_to_process(filters, mine), most=MOST_COUNTED)
    rows = session.scalars(
        select(Idea)
        .where(Idea.id.in_(numbers.items))
        .options(joinedload(Idea.call), joinedload(Idea.office), defer(Idea.text), defer(Idea.hints))
    )
    found = {row.id: row for row in rows}
    return ListPage(
        [found[number] for number in numbers.items], numbers.number, numbers.count, numbers.total, numbers.is_more
    )


def steps(idea: Idea) -> Sequence[IdeaStep]:
    """The idea's way through the city, the newest step first."""
    query = select(IdeaStep).where(IdeaStep.idea_id == idea.id).options(joinedload(IdeaStep.outcome))
    return session.scalars(query.order_by(IdeaStep.id.desc())).all()


def remarks(idea: Idea) -> Sequence[Remark]:
    """What colleagues and, once it was done, its author wrote; the newest first."""
    return session.scalars(select(Remark).where(Remark.idea_id == idea.id).order_by(Remark.id.desc())).all()


def progress(idea: Idea) -> Sequence[Progress]:
    """What was reported, the newest first."""
    query = select(Progress).where(Progress.idea_id == idea.id).options(joinedload(Progress.picture))
    return session.scalars(query.order_by(Progress.happened_on.desc(), Progress.id.desc())).all()


def merges(idea: Idea) -> Sequence[Merge]:
    """All that was ever joined with this idea, or this one with others; the newest first."""
    query = (
        select(Merge)
        .where((Merge.source_id == idea.id) | (Merge.target_id == idea.id))
        # A merge always has both; SQLite would read all ideas to join one that may be missing.
        .options(joinedload(Merge.source, innerjoin=True), joinedload(Merge.target, innerjoin=True))
    )
    return session.scalars(query.order_by(Merge.id.desc())).all()


def similar_to(idea: Idea) -> list[Idea]:
    """Public ideas that may want the same, the most alike first; a merged one leads to where it stands."""
    ids = similar(idea.title, idea.text, "idea", limit=MOST_SIMILAR + 1)
    rows = session.scalars(select(Idea).where(Idea.id.in_(ids)).options(selectinload(Idea.merged_into)))
    found = {one.id: one.merged_into or one for one in rows}
    in_order = dict.fromkeys(found[number] for number in ids if number in found)
    return [one for one in in_order if one.id != idea.id and one.listed_at is not None][:MOST_SIMILAR]


def merge(merge_id: int) -> Merge:
    """One trace of a merge."""
    return session.get_one(Merge, merge_id)


# --- Calls and offices ------------------------------------------------------------------------------------------------


def every_call() -> Select[Any]:
    """All calls as a list to be paged: the letter box, then the newest first."""
    return select(Call).order_by(Call.is_letter_box.desc(), Call.id.desc())


def has_letter_box() -> bool:
    """Whether the call that never closes was made already."""
    return session.scalar(select(Call.id).where(Call.is_letter_box)) is not None


def calls() -> Sequence[Call]:
    """The calls that have been published, for a menu."""
    return session.scalars(every_call().where(Call.published_at.is_not(None))).all()


def call(call_id: int) -> Call:
    """One call with its categories, areas and questions."""
    around = (selectinload(Call.categories), selectinload(Call.areas), joinedload(Call.version))
    return session.get_one(Call, call_id, options=around)


def category(category_id: int) -> Category:
    """One category with its call."""
    return session.get_one(Category, category_id, options=[joinedload(Category.call)])


def idea_counts(found: Sequence[Call]) -> dict[int, tuple[int, int]]:
    """For each call how many of its ideas are public, and how many of these wait for an answer."""
    waiting = func.count(ideas.c.due_on)
    rows = session.execute(
        select(ideas.c.call_id, func.count(), waiting)
        .where(ideas.c.call_id.in_([one.id for one in found]), ideas.c.listed_at.is_not(None))
        .group_by(ideas.c.call_id)
    )
    counts = {call_id: (total, open_ones) for call_id, total, open_ones in rows}
    return {one.id: counts.get(one.id, (0, 0)) for one in found}


def open_ideas(call: Call) -> int:
    """How many public ideas of a call, or ones that a moderator has yet to see, have no answer."""
    shelf = table_of(Contribution)
    query = (
        select(func.count())
        .select_from(ideas.join(shelf, shelf.c.id == ideas.c.id))
        .where(
            ideas.c.call_id == call.id,
            ideas.c.merged_into_id.is_(None),
            ideas.c.state.in_([IdeaState.RECEIVED, IdeaState.EXAMINATION]),
            shelf.c.status.in_([ContributionStatus.PUBLISHED, ContributionStatus.WAITING, ContributionStatus.RETURNED]),
        )
    )
    return session.scalar(query) or 0


def office(office_id: int) -> Office:
    """One office."""
    return session.get_one(Office, office_id)


def offices(*, active: bool = False) -> list[Office]:
    """All offices, or those that still answer, in the order of the alphabet."""
    query = select(Office).where(Office.is_active) if active else select(Office)
    return sorted(session.scalars(query), key=lambda one: order_key(str(one.name)))


def areas() -> list[Area]:
    """The areas of the default layer, for a menu."""
    layer = districts.default_layer()
    return districts.areas(layer) if layer else []


def areas_of_ideas(ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the areas of several ideas, with one statement."""
    column = contribution_areas.c
    rows = session.execute(
        select(column.contribution_id, Area.name)
        .join(Area, Area.id == column.area_id)
        .where(column.contribution_id.in_(ids))
    )
    found: dict[int, list[str]] = {}
    for idea_id, name in rows:
        found.setdefault(idea_id, []).append(str(name))
    return found
