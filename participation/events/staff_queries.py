"""What those who prepare events look up: their list, one event, places and topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from participation import clock, text_index
from participation.db import session, table_of
from participation.districts import queries as districts
from participation.districts.models import Area
from participation.events.models import Event, EventSession, EventState, Topic, event_areas, event_topics
from participation.events.registration_models import Booking, ConsentText, Registration
from participation.paging import ListPage, paginate
from participation.places.models import Place, Room
from participation.text_matching import fold

events = table_of(Event)
UPCOMING, ALL = "upcoming", "all"
MOST_COUNTED = 1_000  # of the list; whoever wants to see more narrows it down
MOST_DRAFTS_READ = 2_000
Areas = frozenset[int] | None  # None is everywhere


@dataclass(frozen=True)
class Filters:
    """What the list of events shows; nothing chosen means what lies ahead."""

    show: str = UPCOMING
    area: int | None = None
    words: str = ""


# --- Events -----------------------------------------------------------------------------------------------------------


def event(event_id: int) -> Event:
    """One event with what its pages show around it."""
    around = (joinedload(Event.place), joinedload(Event.room), selectinload(Event.areas), selectinload(Event.sessions))
    return session.get_one(Event, event_id, options=around)


def page_of_events(filters: Filters, mine: Areas = None) -> ListPage[Event]:
    """One page of the list: the numbers come from one table, then the rows of this page alone are read."""
    numbers: ListPage[Any] = paginate(events_to_prepare(filters, mine), most=MOST_COUNTED)
    around = (selectinload(Event.sessions), selectinload(Event.areas), joinedload(Event.place), defer(Event.text))
    rows = session.scalars(select(Event).where(Event.id.in_(numbers.items)).options(*around))
    found = {row.id: row for row in rows}
    return ListPage(
        [found[number] for number in numbers.items], numbers.number, numbers.count, numbers.total, numbers.is_more
    )


def events_to_prepare(filters: Filters, mine: Areas = None) -> Select[Any]:
    """The numbers of the events that fit: what lies ahead by its beginning, anything else the latest first."""
    wanted = [_shown(filters.show), *_in_areas(mine)]
    if filters.area is not None:
        wanted += _in_areas(frozenset({filters.area}))
    if filters.words:
        wanted.append(_says(filters.words))
    lies_ahead = filters.show in {UPCOMING, EventState.PUBLISHED.value, EventState.SCHEDULED.value}
    order = (events.c.starts_at, events.c.id) if lies_ahead else (events.c.starts_at.desc(), events.c.id.desc())
    return select(events.c.id).where(*wanted).order_by(*order)


def _shown(what: str) -> ColumnElement[bool]:
    """The same as `Event.state`, for many events at once."""
    now, column = clock.now(), events.c
    is_draft, is_cancelled = column.published_at.is_(None), column.cancelled_at.is_not(None)
    return {
        EventState.DRAFT.value: and_(is_draft, column.handed_in_at.is_(None)),
        EventState.IN_REVIEW.value: and_(is_draft, column.handed_in_at.is_not(None)),
        EventState.SCHEDULED.value: and_(~is_cancelled, column.published_at > now),
        EventState.PUBLISHED.value: and_(~is_cancelled, column.published_at <= now, column.ends_at > now),
        EventState.OVER.value: and_(~is_cancelled, column.published_at <= now, column.ends_at <= now),
        EventState.CANCELLED.value: is_cancelled,
        ALL: column.id.is_not(None),
    }.get(what, column.ends_at > now)


def _in_areas(areas: Areas) -> list[ColumnElement[bool]]:
    """What names one of these areas: rules.organise says the same of one event."""
    if areas is None:
        return []
    column = event_areas.c
    lies_there = select(column.event_id).where(column.event_id == events.c.id, column.area_id.in_(areas))
    return [lies_there.exists() if areas else false()]


def _says(words: str) -> ColumnElement[bool]:
    """What is public is found by its words; drafts are few and in no index, so their titles are read."""
    is_hidden = or_(events.c.published_at.is_(None), events.c.published_at > clock.now())
    rows = session.execute(
        select(events.c.id, events.c.title).where(is_hidden).order_by(events.c.id.desc()).limit(MOST_DRAFTS_READ)
    )
    wanted = fold(words).split()
    drafts = [event_id for event_id, title in rows if _has(title.values(), wanted)]
    return or_(events.c.id.in_(text_index.search(words, "event")), events.c.id.in_(drafts))


def _has(titles: Sequence[str], wanted: list[str]) -> bool:
    said = fold(" ".join(titles))
    return bool(wanted) and all(word in said for word in wanted)


def has_registrations(event: Event) -> bool:
    """Whether anybody has ever registered and is still known."""
    return bool(session.scalar(select(exists().where(Registration.event_id == event.id))))


def has_bookings(part: EventSession) -> bool:
    """Whether anybody has, waits for or had places in this session."""
    return bool(session.scalar(select(exists().where(Booking.session_id == part.id))))


# --- What events can name ---------------------------------------------------------------------------------------------


def areas_to_name(chosen: Sequence[Area], mine: Areas) -> dict[int, Area]:
    """The areas of the default layer, those an event names already, and those of somebody who has only some."""
    layer = districts.default_layer()
    own = session.scalars(select(Area).where(Area.id.in_(mine))).all() if mine else ()
    return {one.id: one for one in [*(districts.areas(layer) if layer else []), *own, *chosen]}


def topics() -> Sequence[Topic]:
    """All topics, in their order."""
    return session.scalars(select(Topic).order_by(Topic.position, Topic.id)).all()


def topic(topic_id: int) -> Topic:
    """One topic."""
    return session.get_one(Topic, topic_id)


def is_topic_used(topic: Topic) -> bool:
    """Whether any event is about it."""
    return bool(session.scalar(select(exists().where(event_topics.c.topic_id == topic.id))))


def every_place() -> Select[Any]:
    """All places as a list to be paged, those in use first."""
    return select(Place).options(selectinload(Place.rooms)).order_by(Place.is_active.desc(), Place.id.desc())


def place(place_id: int) -> Place:
    """One place with its rooms."""
    return session.get_one(Place, place_id, options=[selectinload(Place.rooms)])


def room(place: Place, room_id: int) -> Room:
    """One room of this very place."""
    return session.scalars(select(Room).where(Room.id == room_id, Room.place_id == place.id)).one()


def events_at(place: Place) -> int:
    """How many events happen there, or did."""
    return session.scalar(select(func.count()).select_from(events).where(events.c.place_id == place.id)) or 0


def is_room_used(room: Room) -> bool:
    """Whether any event happens there, or did."""
    return bool(session.scalar(select(exists().where(events.c.room_id == room.id))))


def part_of(event: Event, session_id: int) -> EventSession:
    """A session of this very event."""
    query = select(EventSession).where(EventSession.id == session_id, EventSession.event_id == event.id)
    return session.scalars(query).one()


def consent_of(event: Event, text_id: int) -> ConsentText:
    """A consent text of this very event that is asked at present."""
    wanted = (ConsentText.id == text_id, ConsentText.event_id == event.id, ConsentText.retired_at.is_(None))
    return session.scalars(select(ConsentText).where(*wanted)).one()


def consent_texts(event: Event) -> Sequence[ConsentText]:
    """All versions that were ever asked, the newest of each purpose first."""
    query = select(ConsentText).where(ConsentText.event_id == event.id)
    return session.scalars(query.order_by(ConsentText.number, ConsentText.version.desc())).all()
