"""The writer of calendar files by RFC 5545 (F1). Why it is our own: docs/decisions/0014-own-calendar-writer.md."""

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from participation.clock import BERLIN

PRODUCT = "-//Participation//Calendar//EN"
LONGEST_LINE = 75  # octets, without the line end
BERLIN_RULES = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
# Line ends of every kind, also those that only some programs take for one.
LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
NOT_IN_ADDRESS = re.compile('[\x00-\x20\x7f-\x9f\u2028\u2029"<>]')


class Text(NamedTuple):
    """Words in one language; where it is not known which, there is none."""

    words: str
    language: str = ""


class Entry(NamedTuple):
    """What a calendar is told about one event."""

    uid: uuid.UUID
    sequence: int
    created_at: datetime
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: Text
    description: Text
    url: str
    zone: str = BERLIN.key
    location: str = ""
    point: tuple[float, float] | None = None
    categories: Sequence[Text] = ()
    contact: str = ""
    conference: str = ""
    is_cancelled: bool = False


class Organiser(NamedTuple):
    """Who sends a calendar file by mail; `address` is a URI, as mailto:events@city.example."""

    name: str
    address: str


def write_feed(entries: Sequence[Entry], name: Text, address: str, refreshed: timedelta) -> str:
    """A calendar to subscribe to, that tells its name and how often it is worth a look (RFC 7986)."""
    every = f"PT{int(refreshed.total_seconds()) // 60}M"
    head = [
        _text("NAME", name),
        _text("X-WR-CALNAME", Text(name.words)),  # what programs read that are older than NAME
        f"REFRESH-INTERVAL;VALUE=DURATION:{every}",
        f"X-PUBLISHED-TTL:{every}",
        folded(f"SOURCE;VALUE=URI:{_uri(address)}"),
        folded(f"URL:{_uri(address)}"),
    ]
    return _calendar(head, entries)


def write_one(entry: Entry, organiser: Organiser) -> str:
    """One event, to be taken into one's own calendar; what is published so says who organises it (RFC 5546)."""
    sender = folded(f"ORGANIZER;CN={_parameter(organiser.name)}:{_uri(organiser.address)}")
    return _calendar(["METHOD:PUBLISH"], [entry], [sender])


def _calendar(head: Iterable[str], entries: Sequence[Entry], sender: Sequence[str] = ()) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", *head]
    if any(one.zone == BERLIN.key for one in entries) or not entries:  # a calendar needs a component
        lines += BERLIN_RULES
    for one in entries:
        lines += _event(one)
        lines[-1:] = [*sender, "END:VEVENT"]
    lines += ["END:VCALENDAR", ""]
    return "\r\n".join(lines)


def _event(one: Entry) -> list[str]:
    changed = utc(one.changed_at)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"DTSTAMP:{changed}",  # the same file as long as nothing changes
        f"CREATED:{utc(one.created_at)}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTART{_moment(one.starts_at, one.zone)}",
        f"DTEND{_moment(one.ends_at, one.zone)}",
        _text("SUMMARY", one.title),
        _text("DESCRIPTION", one.description),
        _often("LOCATION", Text(one.location)),
        f"GEO:{one.point[0]:.6f};{one.point[1]:.6f}" if one.point else "",
        *(_often("CATEGORIES", topic) for topic in one.categories),
        _often("CONTACT", Text(one.contact)),
        folded(f"CONFERENCE;VALUE=URI:{_uri(one.conference)}") if one.conference else "",
        folded(f"URL:{one.url}"),  # made by us, unlike the one above
        "STATUS:CANCELLED" if one.is_cancelled else "STATUS:CONFIRMED",
        "END:VEVENT",
    ]
    return [line for line in lines if line]


# --- Values -----------------------------------------------------------------------------------------------------------


def utc(moment: datetime) -> str:
    """A moment as calendars write it in UTC."""
    return f"{_digits(moment.astimezone(UTC))}Z"


def _moment(moment: datetime, zone: str) -> str:
    """On the clock of Berlin. A time that comes a second time in autumn is written in UTC: its clock time means the
    first one. So is a time of another zone, whose rules we do not write down."""
    local = moment.astimezone(BERLIN)
    if zone != BERLIN.key or local.fold:
        return f":{utc(moment)}"
    return f";TZID={zone}:{_digits(local)}"


def _digits(moment: datetime) -> str:
    """20260401T180000; strftime would take ten times as long, and there are thousands."""
    return moment.isoformat()[:19].replace("-", "").replace(":", "")


def escaped(words: str) -> str:
    """Text as a value: one line end for all kinds, no control characters, and nothing that would end the value."""
    if not words.replace("\n", "").isprintable():  # few are not, and it is quickly known
        words = CONTROL.sub("", LINE_END.sub("\n", words))
    return words.strip().replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _text(name: str, text: Text) -> str:
    words = escaped(text.words)
    if not words:
        return ""
    return folded(f"{name};LANGUAGE={text.language}:{words}" if text.language else f"{name}:{words}")


@lru_cache(maxsize=2_000)
def _often(name: str, text: Text) -> str:
    """The same for what many events have in common."""
    return _text(name, text)


def _parameter(words: str) -> str:
    """A name beside a value, between quotes, as RFC 6868 writes what may not stand there."""
    clean = CONTROL.sub("", LINE_END.sub("\n", words))
    quoted = clean.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{quoted}"'


def _uri(address: str) -> str:
    """An address has no blanks and no line ends; whatever else somebody typed there goes."""
    return NOT_IN_ADDRESS.sub("", address)


def folded(line: str) -> str:
    """The line, in several if it is long; the next one begins with a blank. No character is cut in two."""
    if len(line) <= LONGEST_LINE and line.isascii():
        return line
    octets = line.encode()
    if len(octets) <= LONGEST_LINE:
        return line
    parts, start, room = [], 0, LONGEST_LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        parts.append(octets[start:end])
        start, room = end, LONGEST_LINE - 1
    parts.append(octets[start:])
    return b"\r\n ".join(parts).decode()
