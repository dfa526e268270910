"""What everybody reads of an agenda: decided here and nowhere else."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, func, select, union_all
from sqlalchemy.orm import aliased

from participation import clock
from participation.councils.blackening import Blackening, said
from participation.councils.meeting_models import AgendaItem, AgendaLink, Consultation, Meeting, Paper
from participation.councils.meeting_words import number_of
from participation.councils.minutes_models import Minutes, Redaction
from participation.councils.resolution_models import Task, TaskReturn
from participation.db import session
from participation.i18n import LazyText, LocalizedText, content_text, speaking

NOTHING = LocalizedText()


@dataclass(frozen=True)
class PublicItem:
    """An item as everybody may read it; of a confidential one nothing is left but its number and a neutral title."""

    id: int
    position: int
    number: str
    title: LocalizedText
    is_confidential: bool
    is_part: bool
    is_added: bool
    is_withdrawn: bool
    text: LocalizedText = NOTHING
    brought_by: str = ""
    papers: tuple[Paper, ...] = ()
    paper_titles: Mapping[int, LocalizedText] = field(default_factory=dict)  # by the paper's number
    consultations: tuple[Consultation, ...] = ()  # the same with whether it is decided here
    links: tuple[AgendaLink, ...] = ()
    postponed_from: AgendaItem | None = None


def neutral_title(item: AgendaItem) -> LocalizedText:
    """How a confidential item is called in public."""
    return item.public_title or content_text("Nichtöffentlicher Tagesordnungspunkt")


def public_view(item: AgendaItem, blackening: Blackening | None = None) -> PublicItem:
    """What everybody may read of an item once its agenda is published.

    What is blacked out in the minutes is so here, too, also where the item was postponed to. Whoever asks for many
    items has looked up what is blacked out before.
    """
    blackening = blackening if blackening is not None else blackening_of([item])
    confidential = PublicItem(
        id=item.id,
        position=item.position,
        number=item.number,
        title=without(neutral_title(item), blackening),
        is_confidential=True,
        is_part=item.is_part,
        is_added=item.added_at is not None,
        is_withdrawn=item.withdrawn_at is not None,
    )
    if not item.is_public:
        return confidential
    shown = tuple(one for one in item.consultations if one.paper.is_public)
    earlier = item.postponed_from
    return replace(
        confidential,
        title=without(item.title, blackening),
        is_confidential=False,
        text=without(item.text, blackening),
        brought_by=said(blackening.text(item.brought_by)),
        papers=tuple(one.paper for one in shown),
        paper_titles={one.paper_id: without(one.paper.title, blackening) for one in shown},
        consultations=shown,
        links=tuple(item.links),
        postponed_from=earlier if earlier is not None and earlier.meeting.is_announced else None,
    )


def public_items(meeting: Meeting) -> list[PublicItem]:
    """The agenda as everybody may read it: nothing before it is published."""
    if not meeting.is_announced:
        return []
    blackening = blackening_of(meeting.items)
    return [public_view(item, blackening) for item in meeting.items]


def public_name(meeting: Meeting) -> LocalizedText | LazyText:
    """What a meeting is called; a title of its own says nothing that is blacked out in its minutes."""
    if not meeting.title:
        return number_of(meeting)
    if meeting.starts_at > clock.now():
        return meeting.title  # nobody has written minutes of it
    return without(meeting.title, blackenings([meeting.id])[meeting.id])


# --- What is blacked out ----------------------------------------------------------------------------------------------


def blackening_of(items: Iterable[AgendaItem]) -> Blackening:
    """What is blacked out in the minutes of these items, and in those that their words came from."""
    ids = [one.id for one in items]
    found = _redactions(AgendaItem.id.in_(ids)) if ids else {}
    return Blackening([redaction for some in found.values() for redaction in some])


def blackenings(meeting_ids: Collection[int]) -> Mapping[int, Blackening]:
    """The same for whole agendas, by meeting; one statement, however many there are."""
    found = _redactions(AgendaItem.meeting_id.in_(meeting_ids))
    return {number: Blackening(found.get(number, ())) for number in meeting_ids}


def redactions_of(meeting_id: int) -> Sequence[Redaction]:
    """Everything that residents do not read in the minutes of a meeting, whichever revision it was found in."""
    return _redactions(AgendaItem.meeting_id == meeting_id).get(meeting_id, [])


def _redactions(start: ColumnElement[bool]) -> Mapping[int, list[Redaction]]:
    """By meeting what is blacked out in its minutes, and where its items were postponed from or promised."""
    here = aliased(AgendaItem)
    there = select(AgendaItem.meeting_id.label("told"), AgendaItem.id.label("item")).where(start)
    came = there.cte("came", recursive=True)
    before = func.coalesce(Task.item_id, here.postponed_from_id)
    came = came.union(
        select(came.c.told, before)
        .join(here, here.id == came.c.item)
        .outerjoin(TaskReturn, TaskReturn.item_id == here.id)
        .outerjoin(Task, Task.id == TaskReturn.task_id)
        .where(before.is_not(None))
    )
    meetings = select(came.c.told, AgendaItem.meeting_id).join(AgendaItem, AgendaItem.id == came.c.item).distinct()
    where = meetings.subquery()
    rows = session.execute(
        select(where.c.told, Redaction)
        .join(Minutes, Minutes.id == Redaction.minutes_id)
        .join(where, where.c.meeting_id == Minutes.meeting_id)
        .order_by(Redaction.id)
    )
    found: dict[int, dict[str, Redaction]] = defaultdict(dict)
    for told, redaction in rows:
        found[told].setdefault(redaction.passage, redaction)
    return {told: list(some.values()) for told, some in found.items()}


def later_meetings(meeting: Meeting) -> Sequence[Meeting]:
    """Where words of this meeting stand again: its items were postponed to there, or its tasks came back."""
    ways = union_all(
        select(AgendaItem.postponed_from_id.label("before"), AgendaItem.id.label("after")).where(
            AgendaItem.postponed_from_id.is_not(None)
        ),
        select(Task.item_id, TaskReturn.item_id).join(Task, Task.id == TaskReturn.task_id),
    ).subquery()
    came = select(AgendaItem.id.label("item")).where(AgendaItem.meeting_id == meeting.id).cte("came", recursive=True)
    came = came.union(select(ways.c.after).join(came, came.c.item == ways.c.before))
    theirs = select(AgendaItem.meeting_id).join(came, came.c.item == AgendaItem.id)
    query = select(Meeting).where(Meeting.id.in_(theirs), Meeting.id != meeting.id)
    return session.scalars(query.order_by(Meeting.starts_at, Meeting.id)).all()


def without(text: LocalizedText, blackening: Blackening) -> LocalizedText:
    """A text in which every language says by itself where words are blacked out."""
    if not blackening:
        return text
    made = {}
    for tag, words in text.items():
        with speaking(tag):
            made[tag] = said(blackening.text(words))
    return LocalizedText(made)
