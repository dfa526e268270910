"""Reading events as a visitor: the list, the month, and the page of one event."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from participation import clock
from participation.accounts.models import Role
from participation.db import session
from participation.events.models import EventLanguage, EventLink, EventSession, Format, Mode, Offer
from participation.i18n import LocalizedText
from participation.media.models import Document
from participation.rich_text import LocalizedRichText, RichText
from participation.settings import PROJECT
from tests.accounts.makers import make_user, sign_in
from tests.districts.makers import make_area
from tests.events.makers import make_event, make_place, make_series, make_topic
from tests.media.makers import make_picture
from tests.statements import counted_statements

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MOST_WEIGHT = 14_000  # of a first visit: page and style sheet, as they travel


def rich(words: str) -> LocalizedRichText:
    return LocalizedRichText(de=RichText.clean(f"<p>{words}</p>"))


def make_document(title: str = "Tagesordnung", *, is_public: bool = True) -> Document:
    document = Document(title=title, language="de", size=1_572_864, content=b"%PDF-", is_public=is_public)
    session.add(document)
    session.flush()
    return document


def make_rich_event(**facts):
    """An event with everything that can stand on its page."""
    return make_event(
        areas=[make_area()],
        topics=[make_topic()],
        languages=[EventLanguage(language="de"), EventLanguage(language="tr", is_interpreted=True)],
        interpretation=Offer.YES,
        sign_language=Offer.ON_REQUEST,
        child_care=Offer.YES,
        requests_until=clock.today() + 3 * DAY,
        place=make_place(name=LocalizedText(de="Villa"), latitude=51.25, longitude=6.75, has_hearing_loop=True),
        picture=make_picture(is_public=True),
        documents=[make_document()],
        links=[EventLink(title=LocalizedText(de="Umfrage"), address="/surveys/family")],
        text=rich("Wir reden über alles."),
        target_group=LocalizedText(de="Alle aus der Nachbarschaft"),
        organiser=LocalizedText(de="Quartiersbüro"),
        contact_name="Frau Beispiel",
        contact_phone="(0211) 123-45",
        contact_email="frage+fest@example.org",
        series=make_series(),
        series_on=date(2026, 1, 1),
        **facts,
    )


def text_of(html: str) -> str:
    """What people read: the words of the main part, without marks."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return text_of(answer.text)


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_tells_what_when_where_and_what_helps(client, stop_clock):
    stop_clock(2026, 7, 1)
    make_event(
        title=LocalizedText(de="Runder Tisch"),
        starts_at=datetime(2026, 7, 6, 16, tzinfo=UTC),
        place=make_place(name=LocalizedText(de="Villa")),
        languages=[EventLanguage(language="tr")],
        child_care=Offer.YES,
    )
    page = read(client, "/en/events/")
    assert "1 event" in page
    assert "Runder Tisch" in page
    assert "Villa" in page
    assert "Turkish · Child care · Access without steps" in page
    assert "Monday, July 6, 2026, from 6:00 PM to 8:00 PM" in page


def test_a18_cancelled_and_full_events_say_so_in_words(client):
    make_event(cancelled_at=clock.now())
    make_event(sessions=[EventSession(capacity=1, taken=1)])
    make_event(sessions=[EventSession(capacity=1, taken=1)], has_waiting_list=False)
    html = client.get("/de/events/").text
    assert re.findall(r'<span class="tag">(.*?)</span>', html) == ["Cancelled", "Full, with a waiting list", "Full"]


def test_what_was_chosen_stays_chosen_and_goes_along_in_links(client):
    area, topic = make_area("Mitte"), make_topic("Verkehr")
    asked = f"area={area.id}&topic={topic.id}&language=tr&need=sign_language&need=child_care"
    html = client.get(f"/de/events/?q=Fest&{asked}").text
    for shown in (f'value="{area.id}" selected', f'value="{topic.id}" selected', 'value="sign_language" checked'):
        assert shown in html
    assert 'name="q" value="Fest"' in html
    travelling = f"q=Fest&amp;{asked.replace('&', '&amp;')}"
    today = clock.today()
    for path in (f"month/{today.year}/{today.month}", "calendar.ics", "feed.atom"):
        assert f'href="/de/events/{path}?{travelling}"' in html, path
    assert f'href="/de/events/?{travelling}&amp;past=1"' in html
    assert '<form method="get"' in html


def test_d12_reading_sets_no_cookie(client):
    event = make_event()
    for path in ("/de/events/", f"/de/events/{event.id}", f"/de/events/month/{clock.today().year}/1"):
        assert "Set-Cookie" not in client.get(path).headers


def test_an_empty_list_says_so_and_offers_a_way_on(client):
    assert "At the moment no event is planned." in read(client, "/de/events/")
    page = read(client, "/de/events/?need=child_care")
    assert "No event fits what you have chosen." in page
    assert "Show all events" in page


def test_earlier_events_and_the_events_of_a_day_have_pages_of_their_own(client, stop_clock):
    stop_clock(2026, 7, 1)
    make_event(title=LocalizedText(de="Vorbei"), starts_at=clock.now() - 2 * DAY)
    assert "Vorbei" in read(client, "/de/events/?past=1")
    assert "Events on 29. Juni 2026" in read(client, "/de/events/?day=2026-06-29")
    assert "Vorbei" not in read(client, "/de/events/")


def test_the_home_page_tells_what_comes_next_with_its_time(client, stop_clock):
    stop_clock(2026, 7, 1)
    make_event(title=LocalizedText(de="Runder Tisch"), starts_at=datetime(2026, 7, 6, 16, tzinfo=UTC))
    page = read(client, "/de/")
    assert "Runder Tisch" in page
    assert "06.07.2026, 18:00" in page


# --- The month --------------------------------------------------------------------------------------------------------


def test_the_month_is_a_real_table_with_weeks_from_monday_and_the_same_as_a_list(client, stop_clock):
    stop_clock(2026, 7, 1)
    event = make_event(title=LocalizedText(de="Runder Tisch"), starts_at=datetime(2026, 7, 6, 16, tzinfo=UTC))
    make_event(title=LocalizedText(de="Fest"), starts_at=datetime(2026, 7, 7, 16, tzinfo=UTC), cancelled_at=clock.now())
    html = client.get("/en/events/month/2026/7").text
    assert '<caption id="month">July 2026</caption>' in html
    assert re.findall(r'<th scope="col">.*?class="visually-hidden">(\w+)<', html)[::6] == ["Monday", "Sunday"]
    table, listed = html.partition("</table>")[::2]
    cell = re.search(r'<td>\s*<a href="#day-6"><time datetime="2026-07-06">6</time>(.*?)</td>', table, re.DOTALL)[1]
    for part in (cell, listed):
        assert f'<a href="/en/events/{event.id}">' in part
        assert "6:00\u202fPM" in part
    assert "Cancelled 6:00 PM Fest" in text_of(f"<main{listed}")
    assert "<strong>1</strong>" in table
    assert "Monday, July 6, 2026" in listed


def test_one_leafs_from_month_to_month_with_what_was_chosen(client, stop_clock):
    stop_clock(2026, 12, 1)
    html = client.get("/de/events/month/2026/12?need=child_care").text
    assert 'rel="prev" href="/de/events/month/2026/11?need=child_care"' in html
    assert 'rel="next" href="/de/events/month/2027/1?need=child_care"' in html


@pytest.mark.parametrize("far", ["2029/1", "2021/6", "2026/13", "2026/0", "0/1", "99999/1", "2147483647/12"])
def test_months_far_away_are_not_there(client, stop_clock, far):
    stop_clock(2026, 7, 1)
    assert client.get(f"/de/events/month/{far}").status_code == 404


def test_a_full_day_leads_to_the_list_of_its_events(client, stop_clock):
    stop_clock(2026, 7, 1)
    for _ in range(6):
        make_event(starts_at=datetime(2026, 7, 6, 16, tzinfo=UTC))
    html = client.get("/de/events/month/2026/7").text
    assert '<a href="/de/events/?day=2026-07-06">2 more events</a>' in html
    assert "6 events" in read(client, "/de/events/?day=2026-07-06")


# --- One event --------------------------------------------------------------------------------------------------------


def test_the_page_of_an_event_tells_all_one_needs_to_come(client, stop_clock):
    stop_clock(2026, 7, 1)
    event = make_rich_event(starts_at=datetime(2026, 7, 6, 16, tzinfo=UTC), capacity=5)
    page = read(client, f"/en/events/{event.id}")
    for words in (
        "Monday, July 6, 2026, from 6:00 PM to 8:00 PM",
        "Villa Marktplatz",
        "Access without steps Hearing loop",
        "51.25000, 6.75000",
        "Spoken languages German",
        "Interpretation Turkish",
        "Sign language Yes, if you ask for it by July 4, 2026",
        "Child care Yes",
        "Alle aus der Nachbarschaft",
        "Quartiersbüro",
        "5 places are left.",
        "You can register until Jul 6, 2026, 6:00 PM.",
        "Wir reden über alles.",
        "For this part of the city: Mitte",
        "(PDF, 1.5 MB, German)",
    ):
        assert words in page, words
    html = client.get(f"/en/events/{event.id}").text
    assert 'href="geo:51.25,6.75"' in html
    assert '<a href="tel:021112345"><bdi dir="ltr">(0211) 123-45</bdi></a>' in html
    assert '<a href="mailto:frage%2Bfest@example.org"><bdi dir="ltr">frage+fest@example.org</bdi></a>' in html
    assert 'href="/en/surveys/family"' in html
    assert f'href="/en/events/{event.id}/register"' in html
    assert f'href="/en/events/{event.id}/event.ics"' in html


def test_l3_l5_what_is_not_translated_comes_in_german_with_its_marks(client):
    event = make_event(title=LocalizedText(de="Fest"), text=rich("Wir feiern."))
    html = client.get(f"/ar/events/{event.id}").text
    assert '<h1><span lang="de" dir="ltr">Fest</span></h1>' in html
    assert '<div lang="de" dir="ltr"><p>Wir feiern.</p></div>' in html
    assert "not translated yet" in html
    assert "<title>Fest" in html


ENTRANCES = {
    "just come": ({"mode": Mode.OPEN}, "Just come. You do not need to register.", False),
    "not yet": ({"registration_opens_at": HOUR}, "You can register from", False),
    "closed": ({"registration_closes_at": -HOUR}, "The time to register is over.", False),
    "begun": ({"starts_at": -HOUR}, "The time to register is over.", False),
    "free": ({"capacity": 1}, "1 place is left.", True),
    "no limit": ({}, "You need no account.", True),
    "invitation": ({"mode": Mode.INVITATION}, "You need the code from your invitation.", True),
    "waiting list": ({"is_full": True}, "You can put your name on the waiting list.", True),
    "full": ({"is_full": True, "has_waiting_list": False}, "All places are taken.", False),
    "over": ({"starts_at": -DAY}, "This event is over.", False),
    "cancelled": ({"cancelled_at": -HOUR}, "This event is cancelled. It does not take place.", False),
}


@pytest.mark.parametrize("name", ENTRANCES)
def test_the_page_says_how_one_can_take_part_and_offers_no_dead_button(client, name):
    facts, words, has_button = ENTRANCES[name]
    now = clock.now()
    facts = {key: now + value if isinstance(value, timedelta) else value for key, value in facts.items()}
    if facts.pop("is_full", False):
        facts["sessions"] = [EventSession(capacity=1, taken=1)]
    event = make_event(**facts)
    html = client.get(f"/de/events/{event.id}").text
    assert words in text_of(html)
    assert (f"/de/events/{event.id}/register" in html) is has_button
    assert ("event.ics" in html) is (name not in {"over", "cancelled"})


def test_a_cancelled_event_says_why_in_its_title_too(client):
    event = make_event(
        title=LocalizedText(de="Fest"), cancelled_at=clock.now(), cancelled_because=LocalizedText(de="Es regnet.")
    )
    html = client.get(f"/de/events/{event.id}").text
    assert "<title>Cancelled: Fest" in html
    assert "Es regnet." in text_of(html)


def test_a_moved_event_tells_its_old_time(client):
    event = make_event(moved_from_at=datetime(2026, 1, 9, 18, tzinfo=UTC))
    assert "Before, it was: 09.01.2026, 19:00" in read(client, f"/de/events/{event.id}")


def test_parts_of_an_event_tell_their_time_and_their_places(client, stop_clock):
    begin = stop_clock(2026, 7, 6, 8)
    parts = [
        EventSession(title=LocalizedText(de="Tisch 1"), capacity=2, taken=2, starts_at=begin + 9 * HOUR),
        EventSession(title=LocalizedText(de="Online"), position=1, capacity=4, is_online=True),
    ]
    event = make_event(sessions=parts, starts_at=begin + 8 * HOUR, ends_at=begin + 11 * HOUR)
    page = read(client, f"/de/events/{event.id}")
    assert "Tisch 1 , 19:00 to 21:00 All places are taken." in page
    assert "Online , Online 4 places are left." in page


@pytest.mark.parametrize(("mode", "is_told"), [(Mode.OPEN, True), (Mode.REGISTRATION, False)])
def test_the_address_online_stands_there_only_where_one_can_just_come(client, mode, is_told):
    event = make_event(format=Format.ONLINE, mode=mode, online_address="https://meet.example/room")
    assert ("meet.example" in client.get(f"/de/events/{event.id}").text) is is_told


def test_afterwards_the_page_tells_what_came_of_it(client):
    event = make_event(
        starts_at=clock.now() - 5 * DAY,
        report=rich("Wir waren uns einig."),
        next_steps=rich("Die Stadt pflanzt Bäume."),
        attended=48,
        photos=[make_picture("Ein voller Saal", is_public=True), make_picture("Unveröffentlicht")],
    )
    assert "Wir waren uns einig." not in read(client, f"/de/events/{event.id}")
    event.reported_at = clock.now()
    html = client.get(f"/de/events/{event.id}").text
    for words in ("Wir waren uns einig.", "Die Stadt pflanzt Bäume.", "48 people came."):
        assert words in text_of(html)
    assert 'alt="Ein voller Saal"' in html
    assert "Unveröffentlicht" not in html
    assert "With a report" in read(client, "/de/events/?past=1")


def test_other_dates_of_a_series_are_links(client):
    series = make_series()
    event = make_event(series=series, series_on=date(2026, 1, 1))
    other = make_event(series=series, series_on=date(2026, 1, 8), cancelled_at=clock.now())
    html = client.get(f"/de/events/{event.id}").text
    assert f'href="/de/events/{other.id}"' in html
    assert "Cancelled" in text_of(html)


def test_a_draft_is_there_for_those_who_prepare_it_only(client):
    event = make_event(published=False, documents=[make_document("Entwurf", is_public=False)])
    assert client.get(f"/de/events/{event.id}").status_code == 404
    assert client.get("/de/events/99").status_code == 404
    sign_in(client, make_user(Role.EDITOR))
    page = read(client, f"/de/events/{event.id}")
    assert "Only staff can read this page at the moment." in page
    assert "Entwurf" in page


def test_what_is_not_public_of_a_public_event_is_not_shown(client):
    event = make_event(documents=[make_document("Geheim", is_public=False)])
    assert "Geheim" not in client.get(f"/de/events/{event.id}").text


# --- What it costs ----------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_no_page_takes_more_than_nine_statements(app, client):
    """Of the nine of one event, councils need one to tell whether they speak of it."""
    event = make_rich_event(reported_at=clock.now(), photos=[make_picture(is_public=True)])
    for number in range(12):
        make_event(series=event.series, series_on=date(2026, 2, number + 1), languages=[EventLanguage(language="ar")])
    month = event.local_start
    for path in ("/de/events/", "/de/events/?past=1", f"/de/events/month/{month.year}/{month.month}"):
        assert statements(app, client, path) <= 6, path
    assert statements(app, client, f"/de/events/{event.id}") <= 9


def statements(app, client, path: str) -> int:
    app.extensions["memory"].clear()
    session.commit()
    with counted_statements(app) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_first_visit_weighs_little(client):
    event = make_rich_event()
    words = "Wir sprechen über den Marktplatz, die Bäume und den Verkehr."
    for number in range(25):
        make_event(summary=LocalizedText(de=f"{words} {number}", ar=f"نتحدث عن الساحة {number}"), place=event.place)
    styles = len(gzip.compress((PROJECT / "static/css/site.css").read_bytes()))
    month = event.local_start
    for path in ("/ar/events/", f"/ar/events/month/{month.year}/{month.month}", f"/ar/events/{event.id}"):
        page = len(gzip.compress(client.get(path).data))
        assert page + styles < MOST_WEIGHT, path
