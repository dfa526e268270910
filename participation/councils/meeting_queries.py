"""What is asked about meetings, their agendas and their papers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from participation import clock
from participation.councils import meeting_words, paper_files
from participation.councils.meeting_models import AgendaChange, AgendaItem, AgendaLink, Consultation, Meeting, Paper
from participation.councils.minutes_models import Minutes, MinutesStatus
from participation.councils.models import Council
from participation.councils.resolution_models import TaskReturn
from participation.db import session
from participation.feature import Entry, Finding, features
from participation.i18n import _l

SHOWN_AT_HOME = 4
AHEAD_AT_HOME = timedelta(days=60)
MOST_PAPERS_TO_CHOOSE = 100
MOST_CHANGES = 200


def meeting(meeting_id: int) -> Meeting:
    """A meeting with its council and its place."""
    return session.get_one(Meeting, meeting_id, options=_place())


def with_agenda(meeting_id: int) -> Meeting:
    """The same with its agenda, and with everything that its items name."""
    return session.get_one(Meeting, meeting_id, options=[*_place(), *_agenda()], populate_existing=True)


def _place() -> list[ORMOption]:
    return [joinedload(Meeting.council), joinedload(Meeting.place), joinedload(Meeting.room)]


def _agenda() -> list[ORMOption]:
    items = selectinload(Meeting.items)
    return [
        items.selectinload(AgendaItem.links),
        items.selectinload(AgendaItem.consultations).joinedload(Consultation.paper).joinedload(Paper.document),
        items.selectinload(AgendaItem.postponed_from).joinedload(AgendaItem.meeting),
    ]


def item(item_id: int) -> AgendaItem:
    """One item of an agenda."""
    options = [joinedload(AgendaItem.meeting).joinedload(Meeting.council)]
    return session.get_one(AgendaItem, item_id, options=options)


# --- Lists ------------------------------------------------------------------------------------------------------------


def listed(*, is_past: bool, council: Council | None = None) -> Select[Meeting]:
    """The meetings of public councils, or of one council: what comes, the nearest first, or what was, the latest."""
    now = clock.now()
    query = select(Meeting).join(Meeting.council).options(*_place())
    query = query.where(Council.published_at.is_not(None) if council is None else Meeting.council_id == council.id)
    if is_past:
        return query.where(Meeting.ends_at <= now).order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    return query.where(Meeting.ends_at > now).order_by(Meeting.starts_at, Meeting.id)


def of_council(council: Council) -> Select[Meeting]:
    """All meetings of a council for its office, the latest first."""
    query = select(Meeting).where(Meeting.council_id == council.id).options(*_place())
    return query.order_by(Meeting.starts_at.desc(), Meeting.id.desc())


def with_minutes(meetings: Collection[Meeting]) -> set[int]:
    """Those of these meetings whose minutes everybody can read, by number."""
    wanted = Minutes.meeting_id.in_([one.id for one in meetings])
    query = select(Minutes.meeting_id).where(wanted, Minutes.status == MinutesStatus.PUBLISHED)
    return set(session.scalars(query))


def entries() -> list[Entry]:
    """What the home page shows: the meetings of the next weeks whose agenda is public."""
    query = listed(is_past=False).where(
        Meeting.agenda_published_at.is_not(None),
        Meeting.cancelled_at.is_(None),
        Meeting.starts_at < clock.now() + AHEAD_AT_HOME,
    )
    return [
        Entry(
            title=one.council.name,
            url=url_for("meetings.show", meeting_id=one.id),
            kind=_l("Meeting"),
            summary=meeting_words.name_of(one),
            starts_at=one.starts_at,
        )
        for one in session.scalars(query.limit(SHOWN_AT_HOME))
    ]


# --- What stands on an agenda -----------------------------------------------------------------------------------------


def changes(meeting: Meeting) -> Sequence[AgendaChange]:
    """What was changed since the agenda was published, the latest first."""
    query = select(AgendaChange).where(AgendaChange.meeting_id == meeting.id)
    latest_first = AgendaChange.made_at.desc(), AgendaChange.id.desc()
    return session.scalars(query.order_by(*latest_first).limit(MOST_CHANGES)).all()


def findings(links: Collection[AgendaLink]) -> dict[tuple[str, int], Finding]:
    """What these links lead to, as far as everybody may read it: one question per kind, however many links."""
    found: dict[tuple[str, int], Finding] = {}
    for known in (one for room in features() for one in room.findables):
        ids = [one.ref_id for one in links if one.kind == known.kind]
        found |= {(known.kind, ref_id): finding for ref_id, finding in (known.load(ids) if ids else {}).items()}
    return found


def returned_tasks(meeting: Meeting) -> Mapping[int, TaskReturn]:
    """The items that are open tasks of earlier meetings, by their number."""
    query = select(TaskReturn).join(TaskReturn.item).where(AgendaItem.meeting_id == meeting.id)
    return {one.item_id: one for one in session.scalars(query.options(joinedload(TaskReturn.task)))}


# --- Papers -----------------------------------------------------------------------------------------------------------


def paper(paper_id: int) -> Paper:
    """A paper with its file and the items that deal with it."""
    items = selectinload(Paper.consultations).joinedload(Consultation.item).joinedload(AgendaItem.meeting)
    options = [joinedload(Paper.council), joinedload(Paper.document), items]
    return session.get_one(Paper, paper_id, options=options)


def is_public(paper: Paper) -> bool:
    """Whether everybody may read it: it is public itself, and so is an item on a published agenda."""
    return paper.id in paper_files.public_ids([paper.id])


def papers_to_choose(item: AgendaItem) -> Sequence[Paper]:
    """The newest papers of the council that this item does not deal with yet."""
    there = [one.paper_id for one in item.consultations]
    query = select(Paper).where(Paper.council_id == item.meeting.council_id, Paper.id.not_in(there))
    return session.scalars(query.order_by(Paper.dated_on.desc(), Paper.id.desc()).limit(MOST_PAPERS_TO_CHOOSE)).all()
