"""The calendar files themselves, read by two parsers that others wrote (F1)."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from participation import clock, ical
from participation.db import random_id, session
from participation.events import calendar
from participation.events.models import EventSession, Format, Mode, Offer
from participation.i18n import LocalizedText
from participation.ical import Entry, Organiser, Text
from participation.mail import put
from participation.places.models import Room
from participation.rich_text import LocalizedRichText, RichText
from participation.wordings import Said
from tests.events.makers import make_event, make_place, make_topic

BERLIN = ZoneInfo("Europe/Berlin")
NASTY = (
    "Äpfel; Birnen, Komma\\n und \\ Rückstrich\nneue Zeile 👩‍👩‍👧‍👦 مرحبا بكم \u200f؛ "
    "\x00\x07\x1b\x7f\x85 \u2028 BEGIN:VEVENT"
)


def entry(**facts: Any) -> Entry:
    """Something to write into a calendar."""
    moment = datetime(2026, 4, 1, 16, 30, tzinfo=UTC)
    known = {
        "uid": random_id(),
        "sequence": 0,
        "created_at": moment - timedelta(days=9),
        "changed_at": moment - timedelta(days=8),
        "starts_at": moment,
        "ends_at": moment + timedelta(hours=2),
        "title": Text("Versammlung", "de"),
        "description": Text("", "de"),
        "url": "https://city.example/de/events/1",
    }
    return Entry(**{**known, **facts})


def feed_of(*entries: Entry, name: str = "Termine") -> str:
    return ical.write_feed(entries, Text(name, "de"), "https://city.example/calendar.ics", timedelta(hours=1))


def read(text: str) -> list[Any]:
    """The events that icalendar finds; it does not raise, so its list of errors is looked at."""
    found = Calendar.from_ical(text)
    assert [one.errors for one in found.walk() if one.errors] == []
    return list(found.walk("VEVENT"))


def only(text: str) -> Any:
    (found,) = read(text)
    return found


def assert_well_formed(text: str) -> None:
    """CRLF at every line end and nowhere else, no line above 75 octets, no control characters."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all("\n" not in line and "\r" not in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert all(char == "\t" or char >= " " for line in lines for char in line)
    assert all(line for line in lines)


def cleaned(text: str) -> str:
    """What may be left of a text: its letters, and one kind of line end."""
    return ical.CONTROL.sub("", ical.LINE_END.sub("\n", text)).strip()


# --- The file as such -------------------------------------------------------------------------------------------------


def test_a_calendar_says_what_it_is_and_who_wrote_it():
    text = feed_of(entry())
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert_well_formed(text)
    assert Calendar.from_ical(text)["NAME"] == "Termine"


def test_an_entry_is_read_as_it_was_meant():
    one = entry(
        sequence=3,
        location="Bürgerhaus, Marktplatz 1, 12345 Musterstadt",
        point=(51.25, 6.5),
        categories=(Text("Verkehr, Wege", "de"), Text("Grün", "de")),
        contact="Frau Beispiel, 0123",
        description=Text("Kommen Sie!", "de"),
    )
    found = only(feed_of(one))
    assert found["UID"] == str(one.uid)
    assert found["SEQUENCE"] == 3
    assert found["STATUS"] == "CONFIRMED"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (one.starts_at, one.ends_at)
    assert found["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == one.changed_at
    assert found["CREATED"].dt == one.created_at
    assert found["SUMMARY"].params["LANGUAGE"] == "de"
    assert found["LOCATION"] == one.location
    assert (found["GEO"].latitude, found["GEO"].longitude) == (51.25, 6.5)
    assert [name for some in found["CATEGORIES"] for name in some.cats] == ["Verkehr, Wege", "Grün"]
    assert found["CONTACT"] == one.contact
    assert found["URL"] == one.url


def test_vobject_reads_the_same():
    one = entry(title=Text("Straße; Wege, Plätze", "de"), is_cancelled=True)
    found = vobject.readOne(feed_of(one)).vevent
    assert found.summary.value == "Straße; Wege, Plätze"
    assert found.dtstart.value == one.starts_at
    assert found.status.value == "CANCELLED"


@given(st.text(max_size=400), st.text(max_size=200))
@example(NASTY, NASTY)
@example("\r\nBEGIN:VALARM\r\nACTION:PROCEDURE", "x\r\nATTENDEE:mailto:x@example.org")
@example("é" * 200, "👩‍👩‍👧‍👦" * 30)
@example("\\n\\;\\,\\\\", ";,:\"'^")
def test_whatever_people_write_comes_out_as_they_wrote_it(title, words):
    text = feed_of(entry(title=Text(title), description=Text(words, "ar"), location=words, contact=title))
    assert_well_formed(text)
    found = only(text)
    assert str(found.get("SUMMARY", "")) == cleaned(title)
    assert str(found.get("DESCRIPTION", "")) == cleaned(words)
    again = vobject.readOne(text).vevent
    for name, said in (("summary", title), ("description", words), ("location", words)):
        known = again.contents.get(name)
        assert (known[0].value if known else "") == cleaned(said)


@given(st.text(max_size=300))
@example(NASTY)
@example('a "quoted" ^name^ : ; ,')
def test_the_name_of_the_organiser_breaks_out_of_nothing(name):
    text = ical.write_one(entry(), Organiser(name, "mailto:events@city.example"))
    assert_well_formed(text)
    found = only(text)
    assert str(found["ORGANIZER"]) == "mailto:events@city.example"
    assert "\r\nMETHOD:PUBLISH\r\n" in text


@given(st.text(alphabet="aé漢👶\u0301", min_size=1, max_size=500))
def test_no_character_is_cut_in_two(words):
    lines = ical.folded(words).split("\r\n ")
    assert "".join(lines) == words  # each part was decoded by itself
    assert len(lines[0].encode()) <= 75
    assert all(len(line.encode()) <= 74 for line in lines[1:])


def test_an_address_online_holds_nothing_but_an_address():
    text = feed_of(entry(conference="https://meet.example/a b\r\nX-EVIL:1"))
    assert_well_formed(text)
    assert "\r\nX-EVIL" not in text


def test_a_calendar_without_events_is_still_one():
    text = feed_of()
    assert read(text) == []
    assert Calendar.from_ical(text).walk("VTIMEZONE")  # it needs something in it


# --- Times ------------------------------------------------------------------------------------------------------------


def test_the_rules_of_berlin_are_those_of_the_time_zone_database():
    zone = tzical(StringIO("\r\n".join(["BEGIN:VCALENDAR", *ical.BERLIN_RULES, "END:VCALENDAR", ""]))).get()
    noon = datetime(2024, 1, 1, 12)  # noqa: DTZ001  (each zone in turn is put on it)
    for day in range(365 * 12):
        moment = noon + timedelta(days=day)
        assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=BERLIN).utcoffset(), moment


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Berlin:20261025T023000"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "DTSTART:20261025T013000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Berlin:20261025T033000"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "DTSTART;TZID=Europe/Berlin:20260329T030000"),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart(moment, written):
    text = feed_of(entry(starts_at=moment, ends_at=moment + timedelta(hours=1)))
    assert f"\r\n{written}\r\n" in text
    assert only(text)["DTSTART"].dt.astimezone(UTC) == moment


def test_another_time_zone_is_written_in_utc_as_its_rules_are_not_there():
    text = feed_of(entry(zone="America/New_York"))
    assert "\r\nDTSTART:20260401T163000Z\r\n" in text
    assert "TZID" not in text


# --- An event of ours -------------------------------------------------------------------------------------------------


def test_an_event_brings_all_that_one_needs_to_come(app):
    place = make_place(latitude=51.2, longitude=6.8, transport=LocalizedText(de="Bus 7 bis Marktplatz"))
    room = Room(name=LocalizedText(de="Saal"))
    place.rooms.append(room)
    session.flush()
    event = make_event(
        place=place,
        room=room,
        topics=[make_topic("Verkehr")],
        title=LocalizedText(de="Der Marktplatz", tr="Pazar yeri"),
        text=LocalizedRichText(de=RichText.clean("<p>Mit <b>Kaffee</b> &amp; Kuchen.</p><ul><li>Eins</li></ul>")),
        child_care=Offer.YES,
        contact_phone="0123 456",
        sessions=[EventSession(title=LocalizedText(de="Runde 1")), EventSession(position=1)],
    )
    found = only(calendar.calendar_of(event, "tr"))
    assert found["SUMMARY"] == "Pazar yeri"
    assert found["SUMMARY"].params["LANGUAGE"] == "tr"
    assert found["LOCATION"] == f"Saal, {place.name}, {place.full_address}"
    assert (found["GEO"].latitude, found["GEO"].longitude) == (51.2, 6.8)
    words = str(found["DESCRIPTION"])
    assert "Mit Kaffee & Kuchen.\n\n- Eins" in words
    assert "Child care\nAccess without steps" in words
    assert "Runde 1" in words
    assert "Bus 7 bis Marktplatz" in words
    assert words.endswith(f"/tr/events/{event.id}")
    assert found["CONTACT"] == "0123 456"
    assert str(found["CATEGORIES"].cats[0]) == "Verkehr"


def test_a_title_that_fell_back_keeps_its_own_language(app):
    event = make_event(title=LocalizedText(de="Der Marktplatz"))
    assert only(calendar.calendar_of(event, "ar"))["SUMMARY"].params["LANGUAGE"] == "de"


def test_a_cancelled_event_stays_and_says_why(app):
    event = make_event()
    before = only(calendar.calendar_of(event, "de"))
    event.cancelled_at = event.changed_at = clock.now() + timedelta(seconds=1)
    event.sequence, event.cancelled_because = 1, LocalizedText(de="Der Saal ist gesperrt.")
    after = only(calendar.calendar_of(event, "de"))
    assert after["STATUS"] == "CANCELLED"
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["SUMMARY"] == f"Cancelled: {event.title}"
    assert str(after["DESCRIPTION"]).startswith("Der Saal ist gesperrt.")


def test_an_address_online_is_for_those_who_take_part(app):
    """Where one can just come, it is for everybody."""
    event = make_event(format=Format.ONLINE, online_address="https://meet.example/abc", mode=Mode.REGISTRATION)
    assert "meet.example" not in calendar.public_calendar_of(event, "de")
    assert "https://meet.example/abc" in str(only(calendar.calendar_of(event, "de"))["DESCRIPTION"])
    assert only(calendar.calendar_of(event, "de"))["LOCATION"] == "Online"
    open_to_all = make_event(format=Format.ONLINE, online_address="https://meet.example/xyz", mode=Mode.OPEN)
    assert only(calendar.public_calendar_of(open_to_all, "de"))["CONFERENCE"] == "https://meet.example/xyz"


def test_an_online_event_has_no_point_on_the_map(app):
    event = make_event(format=Format.ONLINE, place=make_place(latitude=51.2, longitude=6.8))
    assert "GEO" not in only(calendar.calendar_of(event, "de"))


def test_the_file_is_written_once_for_all_letters_and_anew_after_a_change(app):
    event = make_event()
    first = calendar.calendar_of(event, "de")
    assert calendar.calendar_of(event, "de") is first
    event.title, event.sequence, event.changed_at = LocalizedText(de="Neu"), 1, event.changed_at + timedelta(seconds=1)
    assert only(calendar.calendar_of(event, "de"))["SUMMARY"] == "Neu"


def test_it_fits_into_a_mail(app):
    event = make_event(title=LocalizedText(de=NASTY))
    mail = put("x@example.org", "events/registered", "de", Said("x", "y"), calendar=calendar.calendar_of(event, "de"))
    assert only(mail.calendar)["UID"] == str(event.uid)


@pytest.mark.parametrize(
    ("formatted", "expected"),
    [
        ("<p>Eins<br>zwei</p><p>drei</p>", "Eins\nzwei\n\ndrei"),
        ("<h2>Ablauf</h2><ol><li>Kaffee</li><li>Reden</li></ol>", "Ablauf\n\n- Kaffee\n- Reden"),
        (
            '<p>Siehe <a href="https://x.example/?a=1&amp;b=2" rel="noopener">hier</a>.</p>',
            "Siehe hier (https://x.example/?a=1&b=2).",
        ),
        ('<p><a href="mailto:a@x.example">a@x.example</a></p>', "a@x.example"),
        ("<p>1 &lt; 2 &amp;amp; <strong>fett</strong></p>", "1 < 2 &amp; fett"),
        ("", ""),
    ],
)
def test_formatted_text_becomes_plain_lines(formatted, expected):
    assert calendar.plain_words(RichText.clean(formatted).html) == expected
