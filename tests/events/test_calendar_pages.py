"""Calendars as programs fetch them: the right events, and nothing twice (F1, V12)."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from participation import clock
from participation.db import session
from participation.events.models import EventLanguage, Format, Mode, Offer, Topic
from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText, RichText
from tests.accounts.makers import make_user, sign_in
from tests.events.makers import make_event, make_place, make_topic
from tests.statements import counted_statements

DAY = timedelta(days=1)


def entries(answer):
    """The events of a calendar by their titles; what the parser finds wrong is no calendar."""
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    found = Calendar.from_ical(answer.text)
    assert [one.errors for one in found.walk() if one.errors] == []
    return {str(one["SUMMARY"]): one for one in found.walk("VEVENT")}


def named(german, **facts):
    return make_event(title=LocalizedText(de=german), **facts)


def on(days, **facts):
    starts_at = clock.now() + days * DAY
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), **facts}


def ask_again(client, address, answer, name="If-None-Match", header="ETag"):
    return client.get(address, headers={name: answer.headers[header]})


# --- What is in the feed ----------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_the_feed_holds_what_comes_and_what_has_been_for_ninety_days(client):
    named("morgen", **on(1))
    named("neulich", **on(-89))
    named("damals", **on(-92))
    named("Entwurf", **on(2), published=False)
    named("bald", **on(3), published_at=clock.now() + DAY)
    assert set(entries(client.get("/de/events/calendar.ics"))) == {"morgen", "neulich"}


@pytest.mark.databases
def test_the_feed_tells_of_each_event_what_calendars_need(client):
    place = make_place(latitude=51.5, longitude=6.25)
    known = make_event(place=place, topics=[make_topic("Verkehr"), make_topic("Grün", position=-1)], sequence=4)
    found = entries(client.get("/tr/events/calendar.ics"))[known.title["tr"]]
    assert found["UID"] == str(known.uid)
    assert found["SEQUENCE"] == 4
    assert found["DTSTART"].dt == known.starts_at.replace(microsecond=0)
    assert found["SUMMARY"].params["LANGUAGE"] == "tr"
    assert found["LOCATION"] == f"{place.name}, {place.full_address}"
    assert found["GEO"].latitude == 51.5
    assert [str(name) for some in found["CATEGORIES"] for name in some.cats] == ["Grün", "Verkehr"]
    assert str(found["DESCRIPTION"]).startswith("Wir sprechen über den Marktplatz.\n\nMore about this event: http")
    assert found["URL"].endswith(f"/tr/events/{known.id}")


@pytest.mark.databases
def test_texts_fall_back_to_german_and_then_to_what_there_is(client):
    make_event(title=LocalizedText(de="Versammlung"), summary=LocalizedText())
    make_event(title=LocalizedText(pl="Zebranie"), text=LocalizedRichText(de=RichText.clean("<p>Langer Text</p>")))
    long = make_event(summary=LocalizedText(), text=LocalizedRichText(de=RichText.clean("<p>Langer <b>Text</b></p>")))
    found = entries(client.get("/ar/events/calendar.ics"))
    assert found["Versammlung"]["SUMMARY"].params["LANGUAGE"] == "de"
    assert found["Zebranie"]["SUMMARY"].params["LANGUAGE"] == "pl"
    assert "Langer" not in found["Zebranie"]["DESCRIPTION"]  # there is a short one
    assert str(found[long.title["de"]]["DESCRIPTION"]).startswith("Langer Text\n\n")


def test_a_cancelled_event_stays_in_the_feed(client):
    named("Fest", cancelled_at=clock.now(), cancelled_because=LocalizedText(de="Sturm"))
    found = entries(client.get("/de/events/calendar.ics"))["Cancelled: Fest"]
    assert found["STATUS"] == "CANCELLED"
    assert str(found["DESCRIPTION"]).startswith("Sturm")


def test_the_feed_of_a_filter_holds_what_fits(client):
    topic = make_topic("Grün")
    named("Garten", topics=[topic], child_care=Offer.YES, languages=[EventLanguage(language="tr")])
    named("Straße")
    for asked in (f"topic={topic.id}", "need=child_care", "language=tr"):
        assert set(entries(client.get(f"/de/events/calendar.ics?{asked}"))) == {"Garten"}, asked
    answer = client.get(f"/de/events/calendar.ics?topic={topic.id}&nonsense=1")
    assert f"calendar.ics?topic={topic.id}" in answer.text.replace("\r\n ", "")
    assert "nonsense" not in answer.text


def test_nonsense_behind_the_question_mark_is_passed_over(client):
    named("Fest")
    for asked in ("topic=x", "need=gold&area=-1", "language=zz", "past=1&day=2020-01-01"):
        assert set(entries(client.get(f"/de/events/calendar.ics?{asked}"))) == {"Fest"}, asked
    assert "BEGIN:VEVENT" not in client.get("/de/events/calendar.ics?topic=77").text


def test_an_address_online_is_told_to_all_only_where_all_may_just_come(client):
    online = {"format": Format.ONLINE, "online_address": "https://meet.example/abc"}
    named("zu", mode=Mode.REGISTRATION, **online)
    named("offen", mode=Mode.OPEN, **online)
    found = entries(client.get("/de/events/calendar.ics"))
    assert "CONFERENCE" not in found["zu"]
    assert found["offen"]["CONFERENCE"] == "https://meet.example/abc"
    assert found["zu"]["LOCATION"] == "Online"


def test_the_feed_takes_few_statements_however_many_events_there_are(app, client):
    def statements():
        with counted_statements(app) as seen:
            entries(client.get("/de/events/calendar.ics?need=step_free"))
        return len(seen)

    topics = [make_topic("Grün"), make_topic("Verkehr")]
    place = make_place()
    named("1", place=place, topics=topics)
    few = statements()
    for number in range(8):
        named(f"2{number}", place=make_place(), topics=topics)
    assert few <= 6
    assert statements() == few


# --- Asking again -----------------------------------------------------------------------------------------------------

FEEDS = ["/de/events/calendar.ics", "/de/events/calendar.ics?need=step_free", "/de/events/feed.atom"]


@pytest.mark.databases
@pytest.mark.parametrize("address", FEEDS)
def test_whoever_has_the_feed_is_told_so_without_anything_being_read(client, address):
    make_event(place=make_place(), changed_at=clock.now() - DAY)
    answer = client.get(address)
    assert answer.headers["ETag"].startswith('W/"')
    for again in (
        ask_again(client, address, answer),
        ask_again(client, address, answer, "If-Modified-Since", "Last-Modified"),
    ):
        assert again.status_code == 304
        assert again.data == b""
        assert again.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_that_is_known_costs_one_look(app, client, address):
    make_event(place=make_place())
    answer = client.get(address)
    with counted_statements(app) as seen:
        assert ask_again(client, address, answer).status_code == 304
    assert len(seen) == 1


@pytest.mark.databases
@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("what", ["changed", "new", "deleted", "appears by time", "leaves by time"])
def test_each_change_makes_it_new(client, stop_clock, address, what):
    now = stop_clock(2026, 4, 1, 12)
    place = make_place()
    before = {"place": place, "changed_at": now - DAY}
    known = named("da", **on(1), **before)
    later = named("später", **on(9), place=place, changed_at=now - 2 * DAY, published_at=now + timedelta(hours=1))
    named("bald vorbei", **on(-89), **before)
    answer = client.get(address)
    assert ask_again(client, address, answer).status_code == 304
    if what == "changed":
        known.changed_at = now
    elif what == "new":
        named("neu", **on(2), **before)
    elif what == "deleted":
        session.delete(known)
    elif what == "appears by time":
        stop_clock(2026, 4, 1, 13)
    else:
        later.published_at = None
        stop_clock(2026, 4, 3, 12)
    again = ask_again(client, address, answer)
    assert again.status_code == 200
    assert again.headers["ETag"] != answer.headers["ETag"]
    assert again.text != answer.text


def test_one_that_appears_while_another_leaves_is_noticed(client, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    old = {"changed_at": now - 5 * DAY}
    named("da", **on(1), changed_at=now - DAY)
    named("geht", **on(-90), **old)
    named("kommt", **on(9), **old, published_at=now + timedelta(hours=1))
    address = "/de/events/calendar.ics"
    answer = client.get(address)
    assert set(entries(answer)) == {"da", "geht"}
    stop_clock(2026, 4, 2, 12)
    assert set(entries(ask_again(client, address, answer))) == {"da", "kommt"}


def test_filters_and_languages_are_known_apart(client):
    make_event(place=make_place())
    addresses = [f"/{tag}/events/{name}" for tag in ("de", "tr") for name in ("calendar.ics", "feed.atom")]
    tags = {client.get(address + asked).headers["ETag"] for address in addresses for asked in ("", "?need=step_free")}
    assert len(tags) == 8


def test_no_change_can_hide_in_the_second_that_is_not_over(client):
    """Last-Modified knows seconds only, so it is not given for a change of this moment."""
    make_event()
    assert "Last-Modified" not in client.get("/de/events/calendar.ics").headers


def test_every_answer_is_for_all_programs_and_for_nobody_in_particular(app, client):
    """V12, D12: other sites may read it, no cookie is set or asked for; who is signed in sees the same."""
    event, draft = make_event(), make_event(published=False)
    editor = app.test_client()
    sign_in(editor, make_user("administrator"))
    for address in [*FEEDS, f"/de/events/{event.id}/event.ics"]:
        answer = client.get(address)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        assert (answer.cache_control.public, answer.cache_control.max_age) == (True, 900)
        assert answer.headers["Content-Language"] == "de"
        assert editor.get(address).data == answer.data
    assert editor.get(f"/de/events/{draft.id}/event.ics").status_code == 404


def test_the_feed_travels_compressed_and_keeps_its_tag(client):
    for _ in range(5):
        make_event()
    answer = client.get("/de/events/calendar.ics", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert ask_again(client, "/de/events/calendar.ics", answer).status_code == 304


# --- One event --------------------------------------------------------------------------------------------------------


def test_one_event_is_a_file_for_ones_own_calendar(client):
    event = make_event(text=LocalizedRichText(de=RichText.clean("<p>Alles, was zu sagen ist.</p>")))
    answer = client.get(f"/tr/events/{event.id}/event.ics")
    (found,) = entries(answer).values()
    assert "Alles, was zu sagen ist." in str(found["DESCRIPTION"])
    assert answer.headers["Content-Disposition"] == f"attachment; filename=event-{event.id}.ics"
    assert ask_again(client, f"/tr/events/{event.id}/event.ics", answer).status_code == 304


@pytest.mark.parametrize("facts", [{"published": False}, {"published_at": clock.now() + 400 * DAY}])
def test_what_is_not_public_has_no_file(client, facts):
    event = make_event(**facts)
    assert client.get(f"/de/events/{event.id}/event.ics").status_code == 404


def test_what_is_not_there_has_no_file(client):
    assert client.get("/de/events/77/event.ics").status_code == 404


def test_a_topic_that_nobody_named_yet_is_no_trouble(client):
    session.add(Topic(name=LocalizedText()))
    make_event()
    assert len(entries(client.get("/de/events/calendar.ics"))) == 1
