"""All events that fit as one calendar to subscribe to: thousands of them in one look, so only what it needs is read."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import JSON, Column, ColumnElement, Row, case, func, select, type_coerce

from participation import ical
from participation.db import session, table_of
from participation.events import calendar
from participation.events.models import Event, Format, Mode, Topic, event_topics
from participation.i18n import SOURCE_LANGUAGE, LocalizedText, Picked, _, speaking
from participation.ical import Entry, Text
from participation.mail import link
from participation.places.models import Place, Room

REFRESHED = timedelta(hours=1)  # how often calendars are asked to look again
events = table_of(Event)
COLUMNS = [
    events.c[name]
    for name in (
        *("id", "uid", "sequence", "created_at", "changed_at", "starts_at", "ends_at", "zone", "format", "mode"),
        *("online_address", "place_id", "room_id", "cancelled_at", "contact_name", "contact_phone", "contact_email"),
    )
]

AnyRow = Row[*tuple[Any, ...]]
Whereabouts = tuple[str, tuple[float, float] | None]


def feed(conditions: Sequence[ColumnElement[bool]], tag: str, address: str, most: int) -> str:
    """The calendar file; each event with its short text, as its page has the long one."""
    with speaking(tag):
        rows = _rows(conditions, tag, most)
        around = Around(conditions, tag, [row.id for row in rows if row.title is None and row.german_title is None])
        name = _("Events in %(city)s", city=current_app.config["SETTINGS"].city_name)
        return ical.write_feed([_entry(row, around) for row in rows], Text(name, tag), address, REFRESHED)


def _entry(row: AnyRow, around: "Around") -> Entry:
    is_cancelled = row.cancelled_at is not None
    location, point = around.place_of(row)
    url = f"{around.before_number}{row.id}"
    return Entry(
        uid=row.uid,
        sequence=row.sequence,
        created_at=row.created_at,
        changed_at=row.changed_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        title=calendar.title_of(around.title_of(row), is_cancelled=is_cancelled),
        description=Text(_description(row, around.more % {"address": url}), around.tag),
        url=url,
        location=location,
        point=point,
        categories=around.topics.get(row.id, ()),
        contact=", ".join(filter(None, (row.contact_name, row.contact_phone, row.contact_email))),
        conference=calendar.conference(row.online_address) if row.online_address and row.mode is Mode.OPEN else "",
        is_cancelled=is_cancelled,
    )


def _description(row: AnyRow, more: str) -> str:
    reason = row.because if row.cancelled_at is not None else None
    text = row.summary or (calendar.plain_words(row.text) if row.text else None)
    return "\n\n".join(part for part in (reason, text, more) if part)


class Around:
    """What all events of a feed share; each place is said once."""

    def __init__(self, conditions: Sequence[ColumnElement[bool]], tag: str, without_title: Sequence[int]) -> None:
        self.tag = tag
        self.before_number = link("events.show", tag, event_id=0).removesuffix("0")
        self.more = str(calendar.MORE)
        self.topics = _topics(conditions, tag)
        self.titles = _titles(without_title)
        self.places = {one.id: one for one in session.scalars(select(Place))}
        self.rooms = {one.id: one for one in session.scalars(select(Room))}
        self.known: dict[tuple[Format, int | None, int | None], Whereabouts] = {}

    def title_of(self, row: AnyRow) -> Picked[str]:
        """In the asked language, in German, or in whatever there is."""
        if row.title:
            return Picked(row.title, self.tag)
        other = self.titles[row.id].pick() if row.id in self.titles else None
        return other or Picked(row.german_title or "", SOURCE_LANGUAGE)

    def place_of(self, row: AnyRow) -> Whereabouts:
        """The place in words and the point on the map."""
        key = (row.format, row.place_id, row.room_id)
        if key not in self.known:
            self.known[key] = self._place(*key)
        return self.known[key]

    def _place(self, form: Format, place_id: int | None, room_id: int | None) -> Whereabouts:
        place = self.places.get(place_id or 0)
        if form is Format.ONLINE or place is None:
            return (_("Online") if form is Format.ONLINE else ""), None
        return calendar.where(place, self.rooms.get(room_id or 0), self.tag), calendar.point(place)


# --- What it is made from ---------------------------------------------------------------------------------------------


def _rows(conditions: Sequence[ColumnElement[bool]], tag: str, most: int) -> Sequence[AnyRow]:
    """Texts in the asked language or in German only: taking twelve languages apart would cost most of the time."""
    summary = _in_either(events.c.summary, tag)
    labelled = (
        _in_language(events.c.title, tag).label("title"),
        _in_language(events.c.title, SOURCE_LANGUAGE).label("german_title"),
        summary.label("summary"),
        _in_either(events.c.cancelled_because, tag).label("because"),
        case((summary.is_(None), _in_either(events.c.text, tag))).label("text"),
    )
    query = select(*COLUMNS, *labelled).where(*conditions).order_by(events.c.starts_at, events.c.id).limit(most)
    return session.execute(query).all()


def _in_language(column: Column[Any], tag: str) -> ColumnElement[str | None]:
    found: ColumnElement[str | None] = type_coerce(column, JSON)[tag].as_string()
    return found


def _in_either(column: Column[Any], tag: str) -> ColumnElement[str | None]:
    return func.coalesce(_in_language(column, tag), _in_language(column, SOURCE_LANGUAGE))


def _titles(numbers: Sequence[int]) -> Mapping[int, LocalizedText]:
    """Titles that exist in other languages only, as our forms never make them."""
    if not numbers:
        return {}
    named = session.execute(select(events.c.id, events.c.title).where(events.c.id.in_(numbers)))
    return {row.id: row.title for row in named}


def _topics(conditions: Sequence[ColumnElement[bool]], tag: str) -> Mapping[int, Sequence[Text]]:
    """The names of the topics of each event."""
    names = {one.id: Text(*picked) for one in session.scalars(select(Topic)) if (picked := one.name.pick(tag))}
    pairs = select(event_topics.c.event_id, Topic.id).join(Topic).join(Event, Event.id == event_topics.c.event_id)
    found: dict[int, list[Text]] = {}
    for event_id, topic_id in session.execute(pairs.where(*conditions).order_by(Topic.position, Topic.id)):
        found.setdefault(event_id, []).append(names[topic_id])
    return found
