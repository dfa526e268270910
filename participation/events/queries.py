"""Looking up events as residents see them: the list, what filters choose, and one with all that stands on its page."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, load_only, selectinload
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from participation import clock, text_index
from participation.db import session, table_of
from participation.districts.models import Area
from participation.events.filters import Filters, Need
from participation.events.models import (
    Event,
    EventLink,
    EventSession,
    Offer,
    Topic,
    event_areas,
    event_documents,
    event_photos,
    event_topics,
)
from participation.events.models import EventLanguage as Language
from participation.feature import Entry
from participation.i18n import LocalizedText, _l
from participation.media.models import Document, Picture
from participation.paging import PAGE_SIZE, ListPage, asked_page
from participation.places.models import Place

MOST_COUNTED = 1_000  # of a list; whoever wants to see more of it narrows it down
MOST_AREAS = 400
MOST_TOPICS = 100
MOST_DATES = 12  # of the same series
SHOWN_AT_HOME = 4

events = table_of(Event)
OFFERED = (Offer.YES, Offer.ON_REQUEST)
NEEDED = {
    Need.STEP_FREE: events.c.is_step_free.is_(True),
    Need.SIGN_LANGUAGE: events.c.sign_language.in_(OFFERED),
    Need.INTERPRETATION: events.c.interpretation.in_(OFFERED),
    Need.CHILD_CARE: events.c.child_care.in_(OFFERED),
}


# --- What fits --------------------------------------------------------------------------------------------------------


def is_public() -> ColumnElement[bool]:
    """Whether everybody may see it; Event.is_public says the same of one row."""
    return events.c.published_at <= clock.now()


def is_coming() -> ColumnElement[bool]:
    """Whether it is not over yet; Event.is_over says the opposite of one row."""
    return events.c.ends_at > clock.now()


def fitting(filters: Filters) -> list[ColumnElement[bool]]:
    """What the filters ask of a public event, at whatever time it takes place."""
    asked = [is_public(), *(NEEDED[need] for need in filters.needs)]
    if filters.area:
        asked.append(_is_for_area(filters.area))
    if filters.topic:
        asked.append(_is_among(select(event_topics.c.event_id).where(event_topics.c.topic_id == filters.topic)))
    if filters.language:
        asked.append(_is_among(select(Language.event_id).where(Language.language == filters.language)))
    if filters.words:
        asked.append(_is_among(text_index.search(filters.words, "event")))
    return asked


def _is_for_area(area_id: int) -> ColumnElement[bool]:
    """What names no area is for the whole city."""
    named = select(event_areas.c.event_id).where(event_areas.c.area_id == area_id)
    names_any = exists(event_areas.c.event_id).where(event_areas.c.event_id == events.c.id)
    return or_(_is_among(named), ~names_any)


def _is_among(ids: Select[Any]) -> ColumnElement[bool]:
    """SQLite would fetch each of these long rows; a plus makes it go along the index of the list instead."""
    if session.get_bind().dialect.name != "sqlite":
        return events.c.id.in_(ids)
    return UnaryExpression(events.c.id, operator=custom_op("+"), type_=events.c.id.type).in_(ids)


def takes_place_within(begins_at: datetime, ends_at: datetime) -> ColumnElement[bool]:
    """Whether some of it lies in this span of time."""
    return and_(events.c.starts_at < ends_at, events.c.ends_at > begins_at)


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Germany."""
    return datetime.combine(day, time(), clock.BERLIN).astimezone(UTC)


# --- Lists ------------------------------------------------------------------------------------------------------------


class Card(NamedTuple):
    """An event in a list, and whether a place is left."""

    event: Event
    is_full: bool


def listed(filters: Filters) -> Select[Any]:
    """The ids of the events of a list: coming ones by time, earlier ones the latest first."""
    query = select(events.c.id).where(*fitting(filters))
    if filters.day:
        on_this_day = takes_place_within(midnight(filters.day), midnight(filters.day + timedelta(days=1)))
        return query.where(on_this_day).order_by(events.c.starts_at, events.c.id)
    if filters.is_past:
        return query.where(~is_coming()).order_by(events.c.ends_at.desc(), events.c.id.desc())
    return query.where(is_coming()).order_by(events.c.starts_at, events.c.id)


def page_of(filters: Filters, size: int = PAGE_SIZE) -> ListPage[Card]:
    """The page of the list that the address asks for; three statements, however many events there are."""
    ids = session.scalars(listed(filters).limit(MOST_COUNTED + 1)).all()
    total = min(len(ids), MOST_COUNTED)
    count = max(1, -(-total // size))
    number = asked_page(count)
    return ListPage(cards(ids[:total][(number - 1) * size : number * size]), number, count, total, len(ids) > total)


def cards(ids: Sequence[int]) -> list[Card]:
    """What lists show of these events, in the given order."""
    if not ids:
        return []
    has_place = exists().where(
        EventSession.event_id == Event.id,
        or_(EventSession.capacity.is_(None), EventSession.taken < EventSession.capacity),
    )
    query = select(Event, has_place).where(Event.id.in_(ids)).options(*_of_card())
    found = {one.id: Card(one, not there) for one, there in session.execute(query)}
    return [found[number] for number in ids if number in found]


def _of_card() -> list[Any]:
    shown = (Event.title, Event.summary, Event.starts_at, Event.ends_at, Event.format, Event.mode, Event.cancelled_at)
    times = (Event.published_at, Event.registration_opens_at, Event.registration_closes_at, Event.has_waiting_list)
    needs = (Event.sign_language, Event.child_care, Event.interpretation, Event.is_step_free, Event.reported_at)
    place = joinedload(Event.place).load_only(Place.name, Place.town)
    return [load_only(*shown, *times, *needs), place, selectinload(Event.languages)]


class Choices(NamedTuple):
    """What a reader can choose from."""

    areas: Sequence[Area]
    topics: Sequence[Topic]


def choices() -> Choices:
    """The districts of today, the default layer first, and the topics."""
    today = clock.today()
    areas = (
        select(Area)
        .join(Area.layer)
        .where(
            or_(Area.valid_from.is_(None), Area.valid_from <= today),
            or_(Area.valid_to.is_(None), Area.valid_to >= today),
        )
        .options(joinedload(Area.layer))
        .order_by(Area.layer.property.mapper.class_.is_default.desc(), Area.layer_id, Area.sort_name)
        .limit(MOST_AREAS)
    )
    topics = select(Topic).order_by(Topic.position, Topic.id).limit(MOST_TOPICS)
    return Choices(session.scalars(areas).all(), session.scalars(topics).all())


def entries() -> list[Entry]:
    """What the home page shows: what takes place next."""
    query = (
        select(Event)
        .where(is_public(), is_coming(), events.c.cancelled_at.is_(None))
        .order_by(Event.starts_at, Event.id)
        .limit(SHOWN_AT_HOME)
        .options(load_only(Event.title, Event.summary, Event.starts_at))
    )
    return [
        Entry(
            title=one.title,
            url=url_for("events.show", event_id=one.id),
            kind=_l("Event"),
            starts_at=one.starts_at,
            summary=one.summary,
        )
        for one in session.scalars(query)
    ]


# --- One event --------------------------------------------------------------------------------------------------------


def event(event_id: int) -> Event:
    """The event with this number, with its place, its picture and its languages, in one statement."""
    query = select(Event).where(Event.id == event_id)
    one = (joinedload(Event.place), joinedload(Event.room), joinedload(Event.picture), joinedload(Event.series))
    return session.scalars(query.options(*one, joinedload(Event.languages))).unique().one()


class Belonging(NamedTuple):
    """What stands on the page of an event beside its own words."""

    sessions: Sequence[EventSession]
    areas: list[LocalizedText]
    topics: list[LocalizedText]
    links: Sequence[EventLink]
    documents: Sequence[Document]
    photos: Sequence[Picture]
    dates: Sequence[Any]  # of the same series: id, starts_at


def belonging(event: Event) -> Belonging:
    """All that belongs to an event; a series and a report cost a statement more."""
    areas, topics = _names(event)
    links = select(EventLink).where(EventLink.event_id == event.id).order_by(EventLink.position, EventLink.id)
    return Belonging(
        event.sessions,
        areas,
        topics,
        session.scalars(links).all(),
        session.scalars(_readable(Document, event, event_documents.c.document_id)).all(),
        session.scalars(_readable(Picture, event, event_photos.c.picture_id)).all() if event.is_reported else (),
        _dates(event) if event.series_id else (),
    )


def _names(event: Event) -> tuple[list[LocalizedText], list[LocalizedText]]:
    """Areas and topics in one statement; none of the first means the whole city."""
    area, topic = table_of(Area), table_of(Topic)
    of_areas = select(literal("area").label("kind"), literal(0).label("position"), area.c.sort_name, area.c.name)
    of_topics = select(literal("topic"), topic.c.position, literal(""), topic.c.name)
    found = session.execute(
        union_all(
            of_areas.join(event_areas).where(event_areas.c.event_id == event.id),
            of_topics.join(event_topics).where(event_topics.c.event_id == event.id),
        )
    ).all()
    ordered = sorted(found, key=lambda row: (row.position, row.sort_name))
    return [row.name for row in ordered if row.kind == "area"], [row.name for row in ordered if row.kind == "topic"]


def _readable(kind: Any, event: Event, key: Any) -> Select[Any]:
    """Its public files; before it is public, staff see all of them."""
    query = select(kind).join(key.table, key == kind.id).where(key.table.c.event_id == event.id)
    query = query.order_by(kind.created_at, kind.id)
    return query.where(kind.is_public) if event.is_public else query


def _dates(event: Event) -> Sequence[Any]:
    others = select(Event.id, Event.starts_at, Event.cancelled_at).where(
        Event.series_id == event.series_id, Event.id != event.id, is_public(), is_coming()
    )
    return session.execute(others.order_by(Event.starts_at).limit(MOST_DATES)).all()
