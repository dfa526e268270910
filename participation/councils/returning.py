"""What was left open comes back to the next agenda by itself: open tasks, and items that were postponed."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from participation import clock
from participation.councils import agenda
from participation.councils.meeting_models import AgendaItem, AgendaLink, Consultation, Meeting
from participation.councils.minutes_models import Minutes, MinutesEntry, MinutesStatus, Result
from participation.councils.models import Council
from participation.councils.resolution_models import Task, TaskReturn, TaskState
from participation.db import session
from participation.i18n import LocalizedText, content_text

LONGEST_TITLE = 150
BLACKED_OUT = "[[redacted:"
APPROVED = (MinutesStatus.APPROVED, MinutesStatus.PUBLISHED)


def bring_back(meeting: Meeting) -> int:
    """Put whatever was left open on this agenda; what stands there already stays as it is."""
    return len(return_postponed(meeting)) + len(return_open_tasks(meeting))


def bring_back_to_next() -> int:
    """The same for the next meeting of every council, as long as its agenda is not published."""
    return sum(bring_back(meeting) for meeting in _next_meetings() if not meeting.is_announced)


def is_next(meeting: Meeting) -> bool:
    """Whether no other meeting of its council comes before it: what is open may be done there."""
    earlier = exists().where(
        Meeting.council_id == meeting.council_id,
        Meeting.id != meeting.id,
        Meeting.cancelled_at.is_(None),
        Meeting.ends_at > clock.now(),
        Meeting.starts_at < meeting.starts_at,
    )
    return meeting.ends_at > clock.now() and not session.scalar(select(earlier))


def _next_meetings() -> Sequence[Meeting]:
    coming = Meeting.cancelled_at.is_(None) & (Meeting.ends_at > clock.now())
    first = select(Meeting.council_id, func.min(Meeting.starts_at).label("starts_at")).where(coming)
    firsts = first.group_by(Meeting.council_id).subquery()
    return session.scalars(
        select(Meeting)
        .join(firsts, (firsts.c.council_id == Meeting.council_id) & (firsts.c.starts_at == Meeting.starts_at))
        .join(Council, Council.id == Meeting.council_id)
        .where(coming, Council.dissolved_on.is_(None))
        .order_by(Meeting.id)
    ).all()


# --- Items that were postponed ----------------------------------------------------------------------------------------


def return_postponed(meeting: Meeting) -> list[AgendaItem]:
    """Items that approved minutes call postponed, and that did not come back yet, with their papers and links."""
    return [_repeat(item, meeting) for item in _postponed(meeting)]


def _repeat(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    again = agenda.add(
        meeting,
        item.title,
        text=item.text,
        brought_by=item.brought_by,
        is_public=item.is_public,
        public_title=item.public_title,
        postponed_from=item,
    )
    again.links = [AgendaLink(kind=one.kind, ref_id=one.ref_id) for one in item.links]
    again.consultations = [
        Consultation(paper=one.paper, is_authoritative=one.is_authoritative) for one in item.consultations
    ]
    session.flush()
    return again


def _postponed(meeting: Meeting) -> Sequence[AgendaItem]:
    newest = (
        select(func.max(Minutes.number))
        .where(Minutes.meeting_id == AgendaItem.meeting_id, Minutes.status.in_(APPROVED))
        .correlate(AgendaItem)
        .scalar_subquery()
    )
    later, later_meeting = aliased(AgendaItem), aliased(Meeting)
    came_back = (
        select(later.id)
        .join(later_meeting, later_meeting.id == later.meeting_id)
        .where(later.postponed_from_id == AgendaItem.id, later_meeting.cancelled_at.is_(None))
        .exists()
    )
    return session.scalars(
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(MinutesEntry, MinutesEntry.item_id == AgendaItem.id)
        .join(Minutes, Minutes.id == MinutesEntry.minutes_id)
        .where(
            Meeting.council_id == meeting.council_id,
            Meeting.starts_at < meeting.starts_at,
            MinutesEntry.result == Result.POSTPONED,
            Minutes.number == newest,
            ~came_back,
        )
        .order_by(Meeting.starts_at, AgendaItem.position)
    ).all()


# --- Open tasks -------------------------------------------------------------------------------------------------------


def return_open_tasks(meeting: Meeting) -> list[AgendaItem]:
    """Every open task of the council as a part of one item, unless it stands there already."""
    tasks = _open_tasks(meeting)
    if not tasks:
        return []
    known = _returned_to(meeting)
    there = [item for item in meeting.items if item.id in known]
    made = [] if there else [agenda.add(meeting, content_text("Offene Aufgaben"))]
    for task in tasks:
        made.append(_task_item(task, meeting, after=(there + made)[-1]))
    return made


def _returned_to(meeting: Meeting) -> set[int]:
    query = select(TaskReturn.item_id).join(TaskReturn.item).where(AgendaItem.meeting_id == meeting.id)
    return set(session.scalars(query))


def _task_item(task: Task, meeting: Meeting, after: AgendaItem) -> AgendaItem:
    title, text = _words(task)
    is_public = task.item is None or task.item.is_public
    item = agenda.add(meeting, title, text=text, is_public=is_public, is_part=True, after=after)
    session.add(TaskReturn(task=task, item=item))
    session.flush()
    return item


def _words(task: Task) -> tuple[LocalizedText, LocalizedText]:
    """What the agenda says of a task: its words as residents may read them, or that there is one.

    As long as its minutes are not published, nobody has looked for words in it that must not be read by all.
    """
    words = task.public_text.strip() if task.published_at is not None else ""
    if not words or BLACKED_OUT in words:
        return content_text("Aufgabe aus einer früheren Sitzung"), LocalizedText()
    first = words.partition("\n")[0].lstrip("#- ").strip()
    is_short = first == words and len(first) <= LONGEST_TITLE
    title = first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1].rstrip()}…"
    return LocalizedText({task.language: title}), LocalizedText() if is_short else LocalizedText({task.language: words})


def _open_tasks(meeting: Meeting) -> Sequence[Task]:
    stands_there = (
        select(TaskReturn.task_id)
        .join(AgendaItem, AgendaItem.id == TaskReturn.item_id)
        .where(TaskReturn.task_id == Task.id, AgendaItem.meeting_id == meeting.id)
        .exists()
    )
    is_new = select(AgendaItem.id).where(AgendaItem.id == Task.item_id, AgendaItem.meeting_id == meeting.id).exists()
    room = agenda.MOST_ITEMS - agenda.count_items(meeting) - 1
    return session.scalars(
        select(Task)
        .where(Task.council_id == meeting.council_id, Task.state == TaskState.OPEN, ~stands_there, ~is_new)
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
        .limit(max(0, room))
    ).all()
