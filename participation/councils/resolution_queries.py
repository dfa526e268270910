"""Looking things up in the register: resolutions, tasks, and papers that went to committees."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from participation import clock
from participation.addresses import LARGEST_ID
from participation.councils.meeting_models import AgendaItem, Consultation, Meeting, Paper
from participation.councils.models import Council, CouncilPerson, Membership, council_areas
from participation.councils.resolution_models import (
    STILL_OPEN,
    CommitteeAnswer,
    HandOver,
    Resolution,
    ResolutionCard,
    ResolutionState,
    Task,
    TaskState,
)
from participation.db import session, table_of
from participation.paging import ListPage, paginate

MOST_COUNTED = 1_000  # of a list; whoever wants to see more of it narrows it down
MOST_PAPERS = 60
FIRST_YEAR, LAST_YEAR = 1990, 2999
OPEN_STATES = tuple(one for one in ResolutionState if one.value in STILL_OPEN)

resolutions, tasks_table = table_of(Resolution), table_of(Task)


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see of the register; nothing chosen means all of it."""

    council: int | None = None
    state: ResolutionState | None = None
    year: int | None = None
    overdue: bool = False
    meeting: int | None = None  # for the office

    @classmethod
    def from_address(cls, told: Mapping[str, str]) -> "Filters":
        """What stands behind the question mark; nonsense is passed over."""
        year = _number(told.get("year"))
        return cls(
            council=_number(told.get("council")),
            state=next((one for one in ResolutionState if one.value == told.get("state")), None),
            year=year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None,
            overdue=told.get("overdue") == "1",
            meeting=_number(told.get("meeting")),
        )

    def within(self, meeting: Meeting | None) -> "Filters":
        """The same within one meeting."""
        return replace(self, meeting=meeting.id if meeting else None)

    @property
    def in_address(self) -> dict[str, Any]:
        """The same for the address of another page; only what was chosen."""
        chosen = {
            "council": self.council,
            "state": self.state.value if self.state else None,
            "year": self.year,
            "overdue": 1 if self.overdue else None,
            "meeting": self.meeting,
        }
        return {name: value for name, value in chosen.items() if value}


def _number(told: str | None) -> int | None:
    is_number = told is not None and told.isascii() and told.isdecimal() and len(told) <= len(str(LARGEST_ID))
    return int(told) if told and is_number and 0 < int(told) <= LARGEST_ID else None


# --- Resolutions ------------------------------------------------------------------------------------------------------


def resolution(resolution_id: int) -> Resolution:
    """One with its council, item and meeting, and with its cards and hand-overs, of which there are few."""
    around = [
        joinedload(Resolution.item).joinedload(AgendaItem.meeting),
        *(joinedload(one) for one in (Resolution.council, Resolution.minutes, Resolution.cards, Resolution.hand_overs)),
    ]
    return session.scalars(select(Resolution).where(Resolution.id == resolution_id).options(*around)).unique().one()


def is_public() -> ColumnElement[bool]:
    """What everybody may read; Resolution.is_public says the same of one row."""
    return and_(resolutions.c.published_at.is_not(None), resolutions.c.is_confidential == false())


def public_register(filters: Filters) -> Select[Any]:
    """The public resolutions, the newest first."""
    public = select(Resolution).join(Resolution.council).where(is_public(), Council.published_at.is_not(None))
    return _ordered(_chosen(public, replace(filters, meeting=None)))


def public_page(filters: Filters) -> ListPage[Resolution]:
    """One page of them, with their cards."""
    query = public_register(filters).options(contains_eager(Resolution.council), selectinload(Resolution.cards))
    return paginate(query, most=MOST_COUNTED)


def staff_page(filters: Filters, areas: Collection[int] | None) -> ListPage[Resolution]:
    """What somebody looks after: in their areas, or everywhere where no areas are named."""
    query = select(Resolution).join(Resolution.council).options(contains_eager(Resolution.council))
    return paginate(_ordered(_chosen(query.where(in_areas(areas)), filters)), most=MOST_COUNTED)


def _chosen(query: Select[Any], filters: Filters) -> Select[Any]:
    if filters.council:
        query = query.where(Resolution.council_id == filters.council)
    if filters.state:
        query = query.where(Resolution.state == filters.state)
    if filters.year:
        first, last = date(filters.year, 1, 1), date(filters.year, 12, 31)
        query = query.where(Resolution.decided_on.between(first, last))
    if filters.overdue:
        query = query.where(Resolution.state.in_(OPEN_STATES), Resolution.due_on < clock.today())
    if filters.meeting:
        query = query.join(Resolution.item).where(AgendaItem.meeting_id == filters.meeting)
    return query


def _ordered(query: Select[Any]) -> Select[Any]:
    return query.order_by(resolutions.c.decided_on.desc(), resolutions.c.id.desc())


def in_areas(areas: Collection[int] | None) -> ColumnElement[bool]:
    """The councils that somebody with these areas looks after: rules.manage says the same of one council."""
    if areas is None:
        return Council.id.is_not(None)
    return Council.id.in_(select(council_areas.c.council_id).where(council_areas.c.area_id.in_(areas)))


def councils(*, only_public: bool = True, areas: Collection[int] | None = None) -> Sequence[Council]:
    """The councils that one can choose from."""
    condition = Council.published_at.is_not(None) if only_public else in_areas(areas)
    return session.scalars(select(Council).where(condition).order_by(Council.slug).limit(400)).all()


def years() -> list[int]:
    """The years in which something was decided, the newest first."""
    day = resolutions.c.decided_on
    # Each by itself, from its end of the index, instead of both from all of it.
    ends = [select(day).where(is_public()).order_by(end).limit(1).scalar_subquery() for end in (day, day.desc())]
    first, last = session.execute(select(*ends)).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


# --- Tasks ------------------------------------------------------------------------------------------------------------


def task(task_id: int) -> Task:
    """One with its council, its item and who promised it."""
    person = joinedload(Task.membership).joinedload(Membership.person)
    found = select(Task).where(Task.id == task_id).options(joinedload(Task.council), joinedload(Task.item), person)
    return session.scalars(found).one()


def _task_list(query: Select[Any]) -> Select[Any]:
    """What is due first comes first; each with its council, item and who promised it."""
    person = joinedload(Task.membership).joinedload(Membership.person)
    around = (joinedload(Task.council), joinedload(Task.item), person.selectinload(CouncilPerson.consents))
    return query.options(*around).order_by(Task.due_on.is_(None), Task.due_on, Task.id)


def open_public_tasks(council: int | None) -> ListPage[Task]:
    """What was promised in public and is not done yet."""
    query = select(Task).join(Council, Council.id == Task.council_id)
    query = query.where(Council.published_at.is_not(None), Task.published_at.is_not(None), Task.state == TaskState.OPEN)
    return paginate(_task_list(query.where(Task.council_id == council) if council else query), most=MOST_COUNTED)


def public_tasks_of(item_id: int) -> Sequence[Task]:
    """What was promised in public under an agenda item."""
    query = select(Task).where(Task.item_id == item_id, Task.published_at.is_not(None))
    return session.scalars(_task_list(query)).all()


def staff_tasks(filters: Filters, areas: Collection[int] | None, state: TaskState | None) -> ListPage[Task]:
    """The tasks of the councils that somebody looks after."""
    query = select(Task).join(Council, Council.id == Task.council_id).where(in_areas(areas))
    if filters.council:
        query = query.where(Task.council_id == filters.council)
    if filters.meeting:
        query = query.join(AgendaItem, AgendaItem.id == Task.item_id).where(AgendaItem.meeting_id == filters.meeting)
    if state:
        query = query.where(Task.state == state)
    return paginate(_task_list(query), most=MOST_COUNTED)


def members_for(task_of: Task) -> Sequence[Membership]:
    """Who may be named for a task: the members in office, and whoever is named already."""
    today = clock.today()
    in_office = and_(Membership.starts_on <= today, or_(Membership.ends_on.is_(None), Membership.ends_on >= today))
    chosen = or_(in_office, Membership.id == task_of.membership_id)
    found = select(Membership).where(Membership.council_id == task_of.council_id, chosen)
    query = found.options(joinedload(Membership.person)).join(Membership.person).order_by(CouncilPerson.sort_name)
    return session.scalars(query).all()


# --- Papers for committees --------------------------------------------------------------------------------------------


def hand_over(hand_over_id: int) -> HandOver:
    """One with its resolution, council and annexes."""
    council = joinedload(HandOver.resolution).joinedload(Resolution.council)
    item = joinedload(HandOver.resolution).joinedload(Resolution.item).joinedload(AgendaItem.meeting)
    found = select(HandOver).where(HandOver.id == hand_over_id).options(council, item, selectinload(HandOver.annexes))
    return session.scalars(found).one()


def hand_overs_that_wait(areas: Collection[int] | None) -> ListPage[HandOver]:
    """What committees have not answered yet, or only put off; the earliest meeting of a committee comes first."""
    no_answer = or_(HandOver.answer.is_(None), HandOver.answer == CommitteeAnswer.POSTPONED)
    query = select(HandOver).join(HandOver.resolution).join(Resolution.council).where(no_answer, in_areas(areas))
    around = contains_eager(HandOver.resolution).contains_eager(Resolution.council)
    in_order = (HandOver.committee_on.is_(None), HandOver.committee_on, HandOver.id)
    return paginate(query.options(around).order_by(*in_order), most=MOST_COUNTED)


def papers_for(decided: Resolution) -> Sequence[Paper]:
    """The papers that may go along with it: those its item dealt with first, then the newest of the council."""
    dealt_with = select(Consultation.paper_id).where(Consultation.item_id == decided.item_id)
    own = select(Paper).where(Paper.council_id == decided.council_id)
    first = Paper.id.in_(dealt_with).desc()
    return session.scalars(own.order_by(first, Paper.dated_on.desc(), Paper.id.desc()).limit(MOST_PAPERS)).all()


# --- Cards ------------------------------------------------------------------------------------------------------------


def cards_that_wait(areas: Collection[int] | None) -> ListPage[ResolutionCard]:
    """What nobody has released yet; what residents never read needs no release."""
    query = select(ResolutionCard).join(Resolution, Resolution.id == ResolutionCard.resolution_id)
    waits = ResolutionCard.released_at.is_(None) & ~Resolution.is_confidential
    waiting = query.join(Resolution.council).where(waits, in_areas(areas))
    around = contains_eager(ResolutionCard.resolution).contains_eager(Resolution.council)
    return paginate(waiting.options(around).order_by(Resolution.id, ResolutionCard.language), most=MOST_COUNTED)
