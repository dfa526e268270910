"""Which words councils, meetings, minutes and resolutions are found by: only what everybody reads of them now.

Of a confidential item that is its neutral title, and of minutes their public version: words that are blacked out there
find nothing, on the agenda as little as in the minutes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from participation import text_index
from participation.councils import public_agenda
from participation.councils.blackening import MARK, Blackening
from participation.councils.meeting_models import AgendaItem, Consultation, Meeting
from participation.councils.minutes_models import Minutes, MinutesStatus
from participation.councils.models import Council, council_areas
from participation.councils.resolution_models import Resolution
from participation.db import session
from participation.marks import LINK

COUNCIL, MEETING, MINUTES, RESOLUTION = "council", "meeting", "minutes", "resolution"
ALL_LANGUAGES = "mul"  # as ISO 639 calls several of them
Said = dict[str, str]  # plain words per language
NOTHING_BLACKENED = Blackening([])
_ITEMS = selectinload(Meeting.items)
# What public_agenda looks at; of many meetings it is fetched at once.
WITH_AGENDA = (
    joinedload(Meeting.council),
    _ITEMS.selectinload(AgendaItem.consultations).joinedload(Consultation.paper),
    _ITEMS.selectinload(AgendaItem.links),
    _ITEMS.joinedload(AgendaItem.postponed_from).joinedload(AgendaItem.meeting),
)


# --- Called by whoever changes something ------------------------------------------------------------------------------


def index_council(council: Council) -> None:
    """A council is found by its name and by what it says about itself."""
    text_index.drop(COUNCIL, council.id)
    if council.is_public:
        title = " ".join(council.name.values())
        text_index.index(COUNCIL, council.id, ALL_LANGUAGES, title, " ".join(said_of_council(council).values()))
        text_index.place(COUNCIL, council.id, area_ids(council.id))


def index_meeting(meeting: Meeting) -> None:
    """A meeting is found by its agenda, once that is published."""
    text_index.drop(MEETING, meeting.id)
    if meeting.is_announced and meeting.council.is_public:
        blackening = public_agenda.blackenings([meeting.id])[meeting.id]
        title = [blackening.text(text) for text in meeting.title.values()]
        _index(MEETING, meeting.id, said_of_meeting(meeting, blackening), meeting, title)


def index_minutes(minutes: Minutes) -> None:
    """The newest public revision is found, and no other one; all of them stand under the number of their meeting."""
    meeting = minutes.meeting
    text_index.drop(MINUTES, meeting.id)
    newest = newest_public([meeting.id]).get(meeting.id)
    if newest is not None and meeting.council.is_public:
        _index(MINUTES, meeting.id, said_in_minutes(newest), meeting, title_in_minutes(newest))
    index_meeting(meeting)  # what was blacked out now is so on the agenda


def index_resolution(resolution: Resolution) -> None:
    """A public resolution is found by its text, and by its cards that somebody has released."""
    text_index.drop(RESOLUTION, resolution.id)
    if resolution.is_public and resolution.council.is_public:
        text = without_marks(" ".join(said_of_resolution(resolution).values()))
        title = without_marks(resolution.title)
        number, day = resolution.id, resolution.decided_on
        text_index.index(RESOLUTION, number, ALL_LANGUAGES, title, f"{resolution.number} {text}", day=day)
        text_index.place(RESOLUTION, number, area_ids(resolution.council_id))


def index_whole(council: Council) -> None:
    """A council appears, or works for other areas: all that is its own follows."""
    index_council(council)
    ids = session.scalars(select(Meeting.id).where(Meeting.council_id == council.id).order_by(Meeting.starts_at)).all()
    index_meetings(ids)
    index_minutes_of(ids)
    of_council = select(Resolution.id).where(Resolution.council_id == council.id)
    index_resolutions(session.scalars(of_council.order_by(Resolution.decided_on, Resolution.id)).all())


# --- Several at a time ------------------------------------------------------------------------------------------------


def index_councils(ids: Sequence[int]) -> None:
    """Index these anew."""
    for council in session.scalars(select(Council).where(Council.id.in_(ids))):
        index_council(council)


def index_meetings(ids: Sequence[int]) -> None:
    """Index the agendas of these meetings anew."""
    for meeting in session.scalars(select(Meeting).where(Meeting.id.in_(ids)).options(*WITH_AGENDA)):
        index_meeting(meeting)


def index_minutes_of(ids: Sequence[int]) -> None:
    """Index the minutes of these meetings anew."""
    for meeting_id, minutes in newest_public(ids).items():
        text_index.drop(MINUTES, meeting_id)
        if minutes.meeting.council.is_public:
            _index(MINUTES, meeting_id, said_in_minutes(minutes), minutes.meeting, title_in_minutes(minutes))


def index_resolutions(ids: Sequence[int]) -> None:
    """Index these anew."""
    around = (joinedload(Resolution.council), selectinload(Resolution.cards))
    for resolution in session.scalars(select(Resolution).where(Resolution.id.in_(ids)).options(*around)):
        index_resolution(resolution)


def newest_public(ids: Collection[int]) -> Mapping[int, Minutes]:
    """By meeting the newest revision of its minutes that everybody may read."""
    found = session.scalars(
        select(Minutes)
        .where(Minutes.meeting_id.in_(ids), Minutes.status == MinutesStatus.PUBLISHED)
        .order_by(Minutes.number)
        .options(
            joinedload(Minutes.meeting).joinedload(Meeting.council),
            selectinload(Minutes.summaries),
            undefer(Minutes.public_content),
        )
    )
    return {one.meeting_id: one for one in found}


def area_ids(council_id: int) -> Sequence[int]:
    """The parts of the city that a council works for; none means the whole city."""
    return session.scalars(select(council_areas.c.area_id).where(council_areas.c.council_id == council_id)).all()


# --- What they say, as plain words per language -----------------------------------------------------------------------


def said_of_council(council: Council) -> Said:
    """Name and introduction."""
    tags = dict.fromkeys([*council.name, *council.introduction])
    introduced = {tag: text.html.replace("<", " <") for tag, text in council.introduction.items()}
    plain = {tag: str(Markup(html).striptags()) for tag, html in introduced.items()}  # noqa: S704  (tags are dropped)
    return {tag: f"{council.name.get(tag, '')}\n{plain.get(tag, '')}" for tag in tags}


def said_of_meeting(meeting: Meeting, blackening: Blackening) -> Said:
    """Its title and its agenda, without what is blacked out in its minutes."""
    texts: list[Mapping[str, str]] = [meeting.title]
    for item in (public_agenda.public_view(one, NOTHING_BLACKENED) for one in meeting.items):
        texts += [item.title, item.text, *(paper.title for paper in item.papers)]
    return {tag: blackening.text(text) for tag, text in _by_language(texts).items()}


def said_in_minutes(minutes: Minutes) -> Said:
    """What residents read of them; nobody is found by having been there."""
    content: dict[str, Any] = minutes.public_content or {}
    if not content:
        return {}
    texts: list[Mapping[str, str]] = [content["meeting"]["title"]]
    for item in content["items"]:
        own = [item.get("discussion", ""), item.get("resolution", "")]
        own += [task["text"] for task in item.get("tasks", ())]
        texts += [item["title"], *({minutes.language: text} for text in own if text)]
    texts += [{minutes.language: content["remarks"]}]
    texts += [{one.language: one.text} for one in minutes.summaries if one.released_at is not None]
    return _by_language(texts)


def title_in_minutes(minutes: Minutes) -> Iterable[str]:
    """The meeting's own title, if it has one, as residents read it."""
    content: dict[str, Any] = minutes.public_content or {}
    return content["meeting"]["title"].values() if content else ()


def said_of_resolution(resolution: Resolution) -> Said:
    """Its text, and the cards that were released."""
    texts = [{resolution.language: f"{resolution.title}\n{resolution.text}"}]
    texts += [{one.language: f"{one.title}\n{one.text}"} for one in resolution.cards if one.released_at is not None]
    return _by_language(texts)


def without_marks(text: str) -> str:
    """Text without a trace of what was blacked out."""
    return MARK.sub(" ", text)


def _index(kind: str, ref_id: int, said: Said, meeting: Meeting, titles: Iterable[str]) -> None:
    """Under the name of the council, and the meeting's own title as residents read it."""
    title = without_marks(" ".join([*meeting.council.name.values(), *titles]))
    words = without_marks(" ".join(said.values()))
    text_index.index(kind, ref_id, ALL_LANGUAGES, title, words, day=meeting.held_on)
    text_index.place(kind, ref_id, area_ids(meeting.council_id))


def _bare(line: str) -> str:
    return line.strip().lstrip("#").removeprefix("- ").strip()


def _by_language(texts: Iterable[Mapping[str, str]]) -> Said:
    """All texts of one language as plain lines, without the marks of headings, lists and links."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for tag, words in text.items():
            found[tag] += [line for line in map(_bare, LINK.sub(r"\1", words).splitlines()) if line]
    return {tag: "\n".join(lines) for tag, lines in found.items()}
