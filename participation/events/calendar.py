"""Events for calendar programs: a whole feed, or one event with all that is known about it."""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import ColumnElement, Row, select

from participation.db import session
from participation.events import access, ical
from participation.events.ical import Entry, Organiser, Text
from participation.events.models import Event, Format, Mode, Topic, event_topics
from participation.events.place_models import Place, Room
from participation.i18n import LocalizedText, Picked, _, format_moment, speaking
from participation.mail import link
from participation.memory import remembered
from participation.rich_text import LocalizedRichText

REMEMBERED_FOR = timedelta(hours=1)  # a place may get another address
REFRESHED = timedelta(hours=1)  # how often calendars are asked to look again
COLUMNS = (
    *(Event.id, Event.uid, Event.sequence, Event.created_at, Event.changed_at, Event.starts_at, Event.ends_at),
    *(Event.zone, Event.title, Event.summary, Event.format, Event.mode, Event.online_address, Event.place_id),
    *(Event.room_id, Event.cancelled_at, Event.cancelled_because, Event.contact_name, Event.contact_phone),
    Event.contact_email,
)
BLOCK_END = re.compile(r"</(?:p|h2|h3|h4|ul|ol|blockquote)>")
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ELEMENT = re.compile(r"<[^>]*>")
MANY_LINE_ENDS = re.compile(r"\s*\n\s*\n\s*")


AnyRow = Row[*tuple[Any, ...]]


class Words(NamedTuple):
    """What is said about an event, and where one reads and hears more."""

    description: str
    url: str
    online_address: str


class Around(NamedTuple):
    """What an event names."""

    place: Place | None
    room: Room | None
    topics: Sequence[Topic]


# --- One event --------------------------------------------------------------------------------------------------------


def calendar_of(event: Event, tag: str) -> str:
    """The calendar file that goes with the letters to those who take part; it may tell the address online."""
    return _remembered(event, tag, is_public=False)


def public_calendar_of(event: Event, tag: str) -> str:
    """The same for everybody: an address online is told only if one can just come."""
    return _remembered(event, tag, is_public=True)


def _remembered(event: Event, tag: str, *, is_public: bool) -> str:
    key = ("calendar", event.id, event.sequence, event.changed_at, tag, is_public)
    return remembered(key, lambda: _write_one(event, tag, is_public=is_public), REMEMBERED_FOR)


def _write_one(event: Event, tag: str, *, is_public: bool) -> str:
    with speaking(tag):
        address = "" if is_public and event.mode is not Mode.OPEN else event.online_address
        url = link("events.show", tag, event_id=event.id)
        words = Words(_full_description(event, tag, address, url), url, address)
        entry = _entry(event, tag, words, Around(event.place, event.room, event.topics))
        return ical.write_one(entry, _organiser(event, tag))


def _full_description(event: Event, tag: str, address: str, url: str) -> str:
    parts = [
        *_beginning(event, tag),
        plain(event.text, tag),
        "\n".join(fact.words for fact in access.facts(event)),
        "\n".join(_session_lines(event, tag)),
        _("Take part online: %(address)s", address=address) if address else "",
        _way(event, tag),
        _more_at(url),
    ]
    return "\n\n".join(part for part in parts if part)


def _way(event: Event, tag: str) -> str:
    way = _said(event.place.transport, tag) if event.place and event.format is not Format.ONLINE else ""
    return _("How to get there: %(way)s", way=way) if way else ""


def _session_lines(event: Event, tag: str) -> list[str]:
    """The parts of an event that have a name."""
    return [
        _("%(moment)s: %(part)s", moment=format_moment(one.starts_at or event.starts_at), part=_said(one.title, tag))
        for one in event.sessions
        if one.title
    ]


def _organiser(event: Event, tag: str) -> Organiser:
    settings = current_app.config["SETTINGS"]
    email = event.contact_email or settings.mail_from
    return Organiser(
        name=_said(event.organiser, tag) or settings.city_name,
        address=f"mailto:{email}" if email else settings.public_url,
    )


# --- A feed -----------------------------------------------------------------------------------------------------------


def feed(conditions: Sequence[ColumnElement[bool]], tag: str, address: str, most: int) -> str:
    """The events that fit as a calendar to subscribe to, from one look at the events and a few at what they name."""
    rows = session.execute(select(*COLUMNS).where(*conditions).order_by(Event.starts_at, Event.id).limit(most)).all()
    places = {one.id: one for one in session.scalars(select(Place))}
    rooms = {one.id: one for one in session.scalars(select(Room))}
    topics, texts = _topics(conditions), _texts([row.id for row in rows if not row.summary])
    with speaking(tag):
        before_number = link("events.show", tag, event_id=0).removesuffix("0")
        entries = []
        for row in rows:
            url = f"{before_number}{row.id}"
            description = _short_description(row, texts.get(row.id), tag, url)
            words = Words(description, url, row.online_address if row.mode is Mode.OPEN else "")
            around = Around(places.get(row.place_id), rooms.get(row.room_id), topics.get(row.id, ()))
            entries.append(_entry(row, tag, words, around))
        name = _("Events in %(city)s", city=current_app.config["SETTINGS"].city_name)
        return ical.write_feed(entries, Text(name, tag), address, REFRESHED)


def _short_description(row: AnyRow, text: LocalizedRichText | None, tag: str, url: str) -> str:
    parts = _beginning(row, tag)
    if text:
        parts.append(plain(text, tag))
    return "\n\n".join([*parts, _more_at(url)])


def _topics(conditions: Sequence[ColumnElement[bool]]) -> Mapping[int, Sequence[Topic]]:
    named = select(event_topics.c.event_id, Topic).join(Topic).join(Event, Event.id == event_topics.c.event_id)
    found: dict[int, list[Topic]] = {}
    for number, topic in session.execute(named.where(*conditions).order_by(Topic.position)):
        found.setdefault(number, []).append(topic)
    return found


def _texts(numbers: Sequence[int]) -> Mapping[int, LocalizedRichText]:
    """The long texts of events that have no short one."""
    if not numbers:
        return {}
    return dict(session.execute(select(Event.id, Event.text).where(Event.id.in_(numbers))).tuples().all())


# --- What both say ----------------------------------------------------------------------------------------------------


def _entry(event: Event | AnyRow, tag: str, words: Words, around: Around) -> Entry:
    is_cancelled = event.cancelled_at is not None
    title = event.title.pick(tag) or Picked("", tag)
    place = None if event.format is Format.ONLINE else around.place
    return Entry(
        uid=event.uid,
        sequence=event.sequence,
        created_at=event.created_at,
        changed_at=event.changed_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        title=Text(_("Cancelled: %(event)s", event=title.item) if is_cancelled else title.item, title.language),
        description=Text(words.description, tag),
        url=words.url,
        location=where(place, around.room, tag) if place else _online(event),
        point=_point(place),
        categories=tuple(Text(*picked) for one in around.topics if (picked := one.name.pick(tag))),
        contact=", ".join(filter(None, (event.contact_name, event.contact_phone, event.contact_email))),
        conference=words.online_address if urlsplit(words.online_address).scheme in {"http", "https"} else "",
        is_cancelled=is_cancelled,
    )


def _beginning(event: Event | AnyRow, tag: str) -> list[str]:
    """That it does not take place and why, and the sentences of the lists."""
    reason = _said(event.cancelled_because, tag) if event.cancelled_at is not None else ""
    return [part for part in (reason, _said(event.summary, tag)) if part]


def _more_at(url: str) -> str:
    return _("More about this event: %(address)s", address=url)


def _online(event: Event | AnyRow) -> str:
    return _("Online") if event.format is Format.ONLINE else ""


def _point(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def where(place: Place, room: Room | None, tag: str) -> str:
    """Room, house and address in one line, for people and for maps."""
    parts = [_said(room.name, tag) if room else "", _said(place.name, tag), place.full_address]
    return ", ".join(part for part in parts if part)


def plain(text: LocalizedRichText, tag: str) -> str:
    """Formatted text as plain lines; links keep their address. The sieve has left few elements in it."""
    picked = text.pick(tag)
    if picked is None:
        return ""
    words = picked.item.html.replace("\n", " ").replace("<li>", "\n- ")
    words = LINK.sub(_link, BLOCK_END.sub("\n\n", words.replace("<br>", "\n")))
    words = html.unescape(ELEMENT.sub("", words))
    return MANY_LINE_ENDS.sub("\n\n", words).strip()


def _link(found: re.Match[str]) -> str:
    address, words = found[1], found[2]
    return words if address.removeprefix("mailto:").removeprefix("tel:") in words else f"{words} ({address})"


def _said(text: LocalizedText, tag: str) -> str:
    picked = text.pick(tag)
    return picked.item if picked else ""
