"""What search engines are told about an event (F3)."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from participation import clock
from participation.events.models import EventLanguage, Format, Mode
from participation.events.structured import structured
from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText, RichText
from tests.events.makers import make_event, make_place
from tests.media.makers import make_picture

NASTY = "</script><script>alert(1)</script><!-- &amp; '\"\u2028"


@pytest.fixture
def told(app):
    """What is told about an event on its German page."""

    def telling(event) -> dict:
        with app.test_request_context(f"/de/events/{event.id}"):
            app.preprocess_request()
            return structured(event)

    return telling


def test_f3_an_event_at_a_place_is_told_whole(told):
    starts_at = datetime(2026, 7, 1, 16, tzinfo=UTC)
    picture = make_picture(is_public=True)
    event = make_event(
        title=LocalizedText(de="Fest"),
        summary=LocalizedText(de="Wir feiern."),
        starts_at=starts_at,
        place=make_place(name=LocalizedText(de="Villa"), address="Allee 1", latitude=51.2, longitude=6.8),
        languages=[EventLanguage(language="de"), EventLanguage(language="tr", is_interpreted=True)],
        organiser=LocalizedText(de="Quartiersbüro"),
        picture=picture,
    )
    said = told(event)
    assert said["@type"] == "Event"
    assert (said["name"], said["description"]) == ("Fest", "Wir feiern.")
    assert (said["startDate"], said["endDate"]) == ("2026-07-01T18:00:00+02:00", "2026-07-01T20:00:00+02:00")
    assert said["eventStatus"] == "https://schema.org/EventScheduled"
    assert said["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert said["location"] == {
        "@type": "Place",
        "name": "Villa",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Allee 1",
            "postalCode": "12345",
            "addressLocality": "Musterstadt",
            "addressCountry": "DE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 51.2, "longitude": 6.8},
    }
    assert said["inLanguage"] == ["de"]
    assert said["isAccessibleForFree"] is True
    assert said["organizer"]["name"] == "Quartiersbüro"
    assert said["image"][0].startswith("http")
    assert str(picture.id) in said["image"][0]
    assert said["url"].endswith(f"/de/events/{event.id}")


def test_f3_in_winter_the_clocks_are_one_hour_ahead(told):
    event = make_event(starts_at=datetime(2026, 1, 9, 18, tzinfo=UTC))
    assert told(event)["startDate"] == "2026-01-09T19:00:00+01:00"


def test_f3_a_cancelled_and_a_moved_event_say_so(told):
    before = datetime(2026, 1, 9, 18, tzinfo=UTC)
    moved = told(make_event(moved_from_at=before))
    assert (moved["eventStatus"], moved["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2026-01-09T19:00:00+01:00",
    )
    both = told(make_event(moved_from_at=before, cancelled_at=clock.now()))
    assert both["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize(("mode", "is_told"), [(Mode.OPEN, True), (Mode.REGISTRATION, False), (Mode.INVITATION, False)])
def test_the_address_online_is_told_only_where_one_can_just_come(told, mode, is_told):
    address = "https://meet.example/secret"
    event = make_event(format=Format.ONLINE, mode=mode, online_address=address)
    said = told(event)
    assert said["location"]["@type"] == "VirtualLocation"
    assert (said["location"]["url"] == address) is is_told
    assert (address in json.dumps(said)) is is_told
    assert said["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_an_event_at_a_place_and_online_tells_both(told):
    said = told(make_event(format=Format.BOTH, place=make_place()))
    assert [one["@type"] for one in said["location"]] == ["Place", "VirtualLocation"]
    assert said["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"


def test_a_picture_that_nobody_may_see_is_not_told(told):
    assert "image" not in told(make_event(picture=make_picture()))


def test_a_long_text_is_cut_between_words(told):
    words = RichText.clean(f"<p>{'Wort ' * 100}</p>")
    said = told(make_event(summary=LocalizedText(), text=LocalizedRichText(de=words)))
    assert said["description"].endswith("Wort…")
    assert len(said["description"]) <= 301


def test_f3_nothing_that_people_wrote_ends_the_data(app, client):
    event = make_event(title=LocalizedText(de=NASTY), summary=LocalizedText(de=NASTY))
    html = client.get(f"/de/events/{event.id}").text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert "<" not in block
    assert json.loads(block)["name"] == NASTY
    assert html.count("<script") == 1


def test_what_is_not_public_is_told_to_no_search_engine(app, client, sign_in_editor):
    event = make_event(published=False, starts_at=clock.now() + timedelta(days=2))
    answer = client.get(f"/de/events/{event.id}")
    assert answer.status_code == 200
    assert "ld+json" not in answer.text


@pytest.fixture
def sign_in_editor(client):
    from participation.accounts.models import Role
    from tests.accounts.makers import make_user, sign_in

    sign_in(client, make_user(Role.EDITOR))
