"""One event for calendar programs, with all that is known about it."""

import html
import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app

from participation import ical
from participation.events import access
from participation.events.models import Event, Format, Mode, Topic
from participation.i18n import LocalizedText, Picked, _, _l, format_moment, speaking
from participation.ical import Entry, Organiser, Text
from participation.mail import link
from participation.memory import remembered
from participation.places.models import Place, Room
from participation.rich_text import LocalizedRichText

REMEMBERED_FOR = timedelta(hours=1)  # a place may get another address
MORE = _l("More about this event: %(address)s")  # not every program shows the address itself
BLOCK_END = re.compile(r"</(?:p|h2|h3|h4|ul|ol|blockquote)>")
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ELEMENT = re.compile(r"<[^>]*>")
MANY_LINE_ENDS = re.compile(r"\s*\n\s*\n\s*")

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
    address = "" if is_public and event.mode is not Mode.OPEN else event.online_address
    url = link("events.show", tag, event_id=event.id)
    with speaking(tag):
        place = None if event.format is Format.ONLINE else event.place
        entry = Entry(
            uid=event.uid,
            sequence=event.sequence,
            created_at=event.created_at,
            changed_at=event.changed_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            zone=event.zone,
            title=title_of(event.title.pick(tag) or Picked("", tag), is_cancelled=event.is_cancelled),
            description=Text(_description(event, tag, address, url), tag),
            url=url,
            location=where(place, event.room, tag) if place else _("Online") if event.format is Format.ONLINE else "",
            point=point(place),
            categories=categories(event.topics, tag),
            contact=", ".join(filter(None, (event.contact_name, event.contact_phone, event.contact_email))),
            conference=conference(address),
            is_cancelled=event.is_cancelled,
        )
        return ical.write_one(entry, _organiser(event, tag))


def _description(event: Event, tag: str, address: str, url: str) -> str:
    parts = [
        said(event.cancelled_because, tag) if event.is_cancelled else "",
        said(event.summary, tag),
        plain(event.text, tag),
        "\n".join(fact.words for fact in access.facts(event)),
        "\n".join(_session_lines(event, tag)),
        _("Take part online: %(address)s", address=address) if address else "",
        _way(event, tag),
        MORE % {"address": url},
    ]
    return "\n\n".join(part for part in parts if part)


def _way(event: Event, tag: str) -> str:
    way = said(event.place.transport, tag) if event.place and event.format is not Format.ONLINE else ""
    return _("How to get there: %(way)s", way=way) if way else ""


def _session_lines(event: Event, tag: str) -> list[str]:
    """The parts of an event that have a name."""
    return [
        _("%(moment)s: %(part)s", moment=format_moment(one.starts_at or event.starts_at), part=said(one.title, tag))
        for one in event.sessions
        if one.title
    ]


def _organiser(event: Event, tag: str) -> Organiser:
    settings = current_app.config["SETTINGS"]
    email = event.contact_email or settings.mail_from
    return Organiser(
        name=said(event.organiser, tag) or settings.city_name,
        address=f"mailto:{email}" if email else settings.public_url,
    )


# --- What both say ----------------------------------------------------------------------------------------------------


def title_of(title: Picked[str], *, is_cancelled: bool) -> Text:
    """What stands in the calendar; not every program shows that an entry is cancelled."""
    return Text(_("Cancelled: %(event)s", event=title.item) if is_cancelled else title.item, title.language)


def categories(topics: Iterable[Topic], tag: str) -> tuple[Text, ...]:
    """The topics by their names."""
    return tuple(Text(*picked) for one in topics if (picked := one.name.pick(tag)))


def conference(address: str) -> str:
    """Where one takes part online, if it is an address that programs can open."""
    return address if urlsplit(address).scheme in {"http", "https"} else ""


def point(place: Place | None) -> tuple[float, float] | None:
    """The point on the map, if it is known."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def where(place: Place, room: Room | None, tag: str) -> str:
    """Room, house and address in one line, for people and for maps."""
    parts = [said(room.name, tag) if room else "", said(place.name, tag), place.full_address]
    return ", ".join(part for part in parts if part)


def plain(text: LocalizedRichText, tag: str) -> str:
    """Formatted text as plain lines; links keep their address. The sieve has left few elements in it."""
    picked = text.pick(tag)
    return plain_words(picked.item.html) if picked else ""


def plain_words(formatted: str) -> str:
    """The same for one language."""
    words = formatted.replace("\n", " ").replace("<li>", "\n- ")
    words = LINK.sub(_link, BLOCK_END.sub("\n\n", words.replace("<br>", "\n")))
    words = html.unescape(ELEMENT.sub("", words))
    return MANY_LINE_ENDS.sub("\n\n", words).strip()


def _link(found: re.Match[str]) -> str:
    address, words = found[1], found[2]
    return words if address.removeprefix("mailto:").removeprefix("tel:") in words else f"{words} ({address})"


def said(text: LocalizedText, tag: str) -> str:
    """A text for this reader, or nothing."""
    picked = text.pick(tag)
    return picked.item if picked else ""
