"""What is new among the events, as an Atom feed by RFC 4287 (F2)."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from flask import current_app
from markupsafe import Markup
from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import joinedload, selectinload

from participation.clock import BERLIN
from participation.db import session
from participation.events import calendar, showing
from participation.events.models import Event, Format
from participation.i18n import LocalizedText, _, current_language, language
from participation.mail import link

ATOM, XML = "http://www.w3.org/2005/Atom", "http://www.w3.org/XML/1998/namespace"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MADE_IN = "2025"  # part of the name of each feed: whoever had the address then has made the name (RFC 4151)

ET.register_namespace("", ATOM)


def feed(conditions: Sequence[ColumnElement[bool]], address: str, page: str, changed_at: datetime, most: int) -> str:
    """The events that fit, what changed last first; `page` is where people read the same."""
    city = current_app.config["SETTINGS"].city_name
    top = ET.Element(_named("feed"), {f"{{{XML}}}lang": current_language().tag})
    _add(top, "id", _name_of(address))
    _add(top, "title", _("Events in %(city)s", city=city))
    _add(top, "subtitle", _("New and changed events, in your language as far as they are translated"))
    _add(top, "updated", stamp(changed_at))
    _add(top, "link", rel="self", type="application/atom+xml", href=address)
    _add(top, "link", rel="alternate", type="text/html", href=page)
    _add(_add(top, "author"), "name", city)
    is_new_since = case((Event.published_at > Event.changed_at, Event.published_at), else_=Event.changed_at)
    query = select(Event).where(*conditions).order_by(is_new_since.desc(), Event.id.desc()).limit(most)
    around = (joinedload(Event.place), joinedload(Event.room), selectinload(Event.topics))
    for event in session.scalars(query.options(*around)):
        _entry(top, event)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def stamp(moment: datetime) -> str:
    """A moment with the offset of its day in Germany, by RFC 3339."""
    return moment.astimezone(BERLIN).replace(microsecond=0).isoformat()


def _entry(top: ET.Element, event: Event) -> None:
    tag = current_language().tag
    title = event.title.pick()
    assert title is not None  # the database knows no event without one
    entry = _add(top, "entry", **{f"{{{XML}}}lang": title.language})
    _add(entry, "id", event.uid.urn)
    _add(entry, "title", _("Cancelled: %(event)s", event=title.item) if event.is_cancelled else title.item)
    published_at = event.published_at or event.changed_at
    _add(entry, "published", stamp(published_at))
    _add(entry, "updated", stamp(max(event.changed_at, published_at)))
    _add(entry, "link", rel="alternate", type="text/html", href=link("events.show", tag, event_id=event.id))
    calendar_file = link("event_calendar.event", tag, event_id=event.id)
    _add(entry, "link", rel="related", type="text/calendar", href=calendar_file)
    organiser = str(event.organiser)
    if organiser:
        _add(_add(entry, "author"), "name", organiser)
    for topic in event.topics:
        _add(entry, "category", term=str(topic.name), label=str(topic.name))
    _add(entry, "content", str(_content(event)), type="html")


def _content(event: Event) -> Markup:
    """When and where, then what it is about; each part in its own language and direction."""
    parts = [_part("p", showing.span(event), current_language().tag), _part("p", _where(event), "")]
    short = (event.cancelled_because if event.is_cancelled else LocalizedText(), event.summary)
    parts += [_part("p", said.item, said.language) for text in short if (said := text.pick())]
    if long := event.text.pick():
        parts.append(_part("div", long.item, long.language))
    return Markup("").join(parts)


def _where(event: Event) -> str:
    if event.format is Format.ONLINE:
        return _("Online")
    return calendar.where(event.place, event.room, current_language().tag) if event.place else ""


def _part(element: str, words: object, tag: str) -> Markup:
    if not words:
        return Markup("")
    if not tag:
        return Markup('<{0} dir="auto">{1}</{0}>').format(element, words)
    return Markup('<{0} lang="{1}" dir="{2}">{3}</{0}>').format(element, tag, language(tag).direction, words)


def _name_of(address: str) -> str:
    """A name that stays while the scheme changes, as when a city comes to have https."""
    parts = urlsplit(address)
    behind = f"?{parts.query}" if parts.query else ""
    return f"tag:{parts.hostname},{MADE_IN}:{parts.path}{behind}"


def _add(above: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    added = ET.SubElement(above, _named(name), {key: _clean(value) for key, value in attributes.items()})
    if text:
        added.text = _clean(text)
    return added


def _named(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _clean(words: str) -> str:
    """Without what XML cannot hold."""
    return NOT_IN_XML.sub("", words)
