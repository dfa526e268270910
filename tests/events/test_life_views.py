"""The pages about the life of an event: the way through, and each way to be turned away."""

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from participation import clock
from participation.clock import BERLIN
from participation.db import session
from participation.events import series
from participation.events.models import Event, EventState, Rhythm
from participation.events.registration_models import BookingStatus
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.rich_text import LocalizedRichText, RichText
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.districts.makers import make_area, make_layer
from tests.events.makers import make_contact, make_event, make_place, make_registration, make_series
from tests.media.makers import image_file

PAGES = (
    *("hand-in", "hand-back", "release", "take-back", "cancel", "move", "duplicate", "repeat", "delete"),
    *("series", "series/more", "series/take-over", "series/call-off"),
    *("report", "report/photos", "report/publish"),
)


@pytest.fixture
def editor(app) -> FlaskClient:
    return staff_client(app, "editor")


@pytest.fixture
def second_person_needed(app, monkeypatch):
    settings = replace(app.config["SETTINGS"], events_need_second_person=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)


def at(event: Event, page: str) -> str:
    return f"/de/staff/events/{event.id}/{page}"


def typed(moment: datetime) -> str:
    return moment.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")


def make_draft(**facts: Any) -> Event:
    return make_event(published=False, place=make_place(), **facts)


def full_minute() -> datetime:
    return clock.now().replace(second=0, microsecond=0)


def make_past() -> Event:
    begun = clock.now() - timedelta(days=1)
    return make_event(starts_at=begun, report=LocalizedRichText(de=RichText("<p>Bänke</p>")))


# --- Publishing -------------------------------------------------------------------------------------------------------


def test_an_event_is_published_at_once(editor):
    event = make_draft()
    assert "As residents will see it" in editor.get(at(event, "release")).text
    assert editor.post(at(event, "release"), data={"when": "now"}).status_code == 302
    assert event.state is EventState.PUBLISHED
    again = editor.post(at(event, "release"), data={"when": "now"})
    assert again.status_code == 409
    assert "Somebody has released this event already." in again.text


def test_an_event_is_published_at_a_moment_and_taken_back(editor):
    event = make_draft()
    later = event.starts_at - timedelta(days=2)
    assert editor.post(at(event, "release"), data={"when": "later", "at": typed(later)}).status_code == 302
    assert event.state is EventState.SCHEDULED
    assert "Take it back" in editor.get(at(event, "release")).text
    assert editor.get(at(event, "take-back")).status_code == 200
    assert editor.post(at(event, "take-back")).status_code == 302
    assert event.state is EventState.DRAFT


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": "later"},
        {"when": "later", "at": "24.12.1999 18:00"},
        {"when": "later", "at": "24.12.2099 18:00"},
        {"when": "later", "at": "29.03.2099 morgen"},
        {"when": "whenever"},
    ],
)
def test_a_moment_that_cannot_be_comes_back_beside_its_field(editor, wrong):
    event = make_draft()
    assert editor.post(at(event, "release"), data=wrong).status_code == 422
    assert event.published_at is None


def test_two_people_publish_where_two_are_needed(app, editor, second_person_needed):
    event = make_draft()
    assert "Please hand it in." in editor.get(at(event, "release")).text
    assert editor.post(at(event, "release"), data={"when": "now"}).status_code == 409
    assert editor.get(at(event, "hand-in")).status_code == 200
    assert editor.post(at(event, "hand-in")).status_code == 302
    assert editor.post(at(event, "release"), data={"when": "now"}).status_code == 409
    other = staff_client(app, "editor")
    assert at(event, "release") in other.get("/de/staff/events/waiting").text
    assert other.post(at(event, "release"), data={"when": "now"}).status_code == 302
    assert event.state is EventState.PUBLISHED


def test_what_needs_more_work_is_a_draft_again(editor):
    event = make_draft()
    editor.post(at(event, "hand-in"))
    assert event.state is EventState.IN_REVIEW
    assert editor.get(at(event, "hand-back")).status_code == 200
    editor.post(at(event, "hand-back"))
    assert event.state is EventState.DRAFT


def test_what_people_registered_for_is_not_taken_back(editor):
    event = make_event()
    make_registration(event)
    assert "People have registered already." in editor.get(at(event, "take-back")).text
    assert editor.post(at(event, "take-back")).status_code == 409
    assert event.is_public


def test_a_draft_is_deleted_after_a_question_back(editor):
    event, public = make_draft(), make_event()
    assert editor.get(at(event, "delete")).status_code == 200
    assert editor.post(at(event, "delete")).location.endswith("/de/staff/events")
    assert editor.post(at(public, "delete")).status_code == 409
    assert session.scalars(select(Event)).all() == [public]


# --- Cancelling and moving --------------------------------------------------------------------------------------------


def seen_on(page: str) -> str:
    (sequence,) = re.findall(r'name="sequence" value="(\d+)"', page)
    return str(sequence)


def test_staff_know_whom_they_tell_before_they_cancel(editor):
    event = make_event(capacity=4)
    make_registration(event, contact=make_contact())
    make_registration(event, status=BookingStatus.WAITING, phone="+4930123456")
    make_registration(event)
    asked = editor.get(at(event, "cancel")).text
    for sentence in ("1 registration is told by e-mail", "a telephone number only", "1 registration cannot be reached"):
        assert sentence in asked
    data = {"because-de": "Der Saal ist überflutet.", "sequence": seen_on(asked)}
    assert editor.post(at(event, "cancel"), data={**data, "because-de": ""}).status_code == 422
    assert editor.post(at(event, "cancel"), data={**data, "sequence": "٣x"}).status_code == 409
    assert editor.post(at(event, "cancel"), data=data).status_code == 302
    assert event.state is EventState.CANCELLED
    assert editor.post(at(event, "cancel"), data=data).status_code == 409
    assert len(session.scalars(select(Mail)).all()) == 1


def move_data(editor: FlaskClient, event: Event, **changed: Any) -> dict[str, Any]:
    return {
        "starts_at": typed(event.starts_at),
        "ends_at": typed(event.ends_at),
        "format": "on_site",
        "where": str(event.place_id),
        "online_address": "",
        "note-de": "Der Saal war belegt.",
        "sequence": seen_on(editor.get(at(event, "move")).text),
        **changed,
    }


def test_an_event_is_moved_and_everybody_hears_of_it(editor):
    event = make_event(place=make_place(), starts_at=full_minute() + timedelta(days=9))
    new = event.starts_at + timedelta(days=2)
    make_registration(event, contact=make_contact())
    data = move_data(editor, event, starts_at=typed(new), ends_at=typed(new + timedelta(hours=1)))
    assert editor.post(at(event, "move"), data=data).status_code == 302
    assert (event.starts_at, event.sequence) == (new, 1)
    assert "Der Saal war belegt." in session.scalars(select(Mail.text)).one()
    assert editor.post(at(event, "move"), data=data).status_code == 409, "somebody has moved it meanwhile"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"starts_at": "24.12.1999 18:00", "ends_at": "24.12.1999 20:00"}, 422),
        ({"starts_at": "25.12.2099 18:00", "ends_at": "24.12.2099 20:00"}, 422),
        ({"starts_at": "24.12.2099 18:00", "ends_at": "24.12.2099 20:00"}, 422),
        ({"starts_at": "28.03.2027 02:30"}, 422),  # never on the clock (L13)
        ({"starts_at": ""}, 422),
        ({"starts_at": "31.12.9999 23:30", "ends_at": "31.12.9999 23:59"}, 422),
        ({"starts_at": "01.01.0001 00:30"}, 422),
        ({"where": "999999"}, 422),
        ({"where": ""}, 422),
        ({"format": "nowhere"}, 422),
        ({"online_address": "javascript:alert(1)"}, 422),
        ({}, 409),
    ],
)
def test_where_an_event_cannot_go_nobody_is_told(editor, wrong, status):
    event = make_event(place=make_place(), starts_at=full_minute() + timedelta(days=9))
    make_registration(event, contact=make_contact())
    assert editor.post(at(event, "move"), data=move_data(editor, event, **wrong)).status_code == status
    assert session.scalars(select(Mail)).all() == []


# --- More events like it ----------------------------------------------------------------------------------------------


def test_another_event_like_this_one_is_a_draft(editor):
    event = make_event(place=make_place())
    assert editor.get(at(event, "duplicate")).status_code == 200
    made = editor.post(at(event, "duplicate"), data={"starts_at": typed(event.starts_at + timedelta(days=30))})
    assert made.status_code == 302
    assert editor.get(made.location).status_code == 200
    for wrong in ("", "24.12.1999 18:00", "24.12.2099 18:00", "31.12.9999 23:30", "01.01.0001 00:30"):
        assert editor.post(at(event, "duplicate"), data={"starts_at": wrong}).status_code == 422
    assert [one.state for one in session.scalars(select(Event).order_by(Event.id))] == [
        EventState.PUBLISHED,
        EventState.DRAFT,
    ]


def test_a_series_is_made_without_the_days_whose_mark_was_taken_away(editor):
    event = make_event(place=make_place())
    rule = {"rhythm": "weekly", "every": "1", "until_on": (event.local_start + timedelta(weeks=3)).strftime("%d.%m.%Y")}
    assert editor.get(at(event, "repeat")).status_code == 200
    shown = editor.post(at(event, "repeat"), data=rule)
    assert (shown.status_code, session.scalars(select(Event)).all()) == (200, [event])
    days = re.findall(r'name="days" value="([\d-]+)" checked', shown.text)
    assert len(days) == 3
    none_left = editor.post(at(event, "repeat"), data={**rule, "days_shown": "y"})
    assert none_left.status_code == 422
    wrong = editor.post(at(event, "repeat"), data={**rule, "days_shown": "y", "days": ["2020-01-01"]})
    assert wrong.status_code == 422
    done = editor.post(at(event, "repeat"), data={**rule, "days_shown": "y", "days": [days[0], days[2]]})
    assert done.location.endswith(at(event, "series"))
    assert len(series.dates(event.series)) == 3
    assert "On the same weekday as" in editor.get(at(event, "series")).text
    assert "belongs to a series already" in editor.get(at(event, "repeat")).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"until_on": "24.12.1999"},
        {"until_on": "24.12.9999"},
        {"until_on": "31.12.2090", "every": "12", "rhythm": "monthly_by_day"},
        {"until_on": "32.12.2026"},
        {"every": "0"},
        {"every": "13"},
        {"every": "x"},
        {"rhythm": "daily"},
        {"rhythm": ""},
    ],
)
def test_a_rule_that_makes_no_series_comes_back(editor, wrong):
    event = make_event()
    until_on = (event.local_start + timedelta(weeks=3)).strftime("%d.%m.%Y")
    data = {"rhythm": "weekly", "every": "1", "until_on": until_on, **wrong}
    assert editor.post(at(event, "repeat"), data=data).status_code == 422
    assert event.series_id is None


def make_weekly() -> Event:
    event = make_event(place=make_place())
    until_on = event.local_start.date() + timedelta(weeks=3)
    planned = series.plan(event, Rhythm.WEEKLY, 1, until_on)
    series.repeat(event, Rhythm.WEEKLY, 1, until_on, planned.days)
    return event


def test_later_dates_are_added_to_a_series(editor):
    event = make_weekly()
    until_on = (event.local_start + timedelta(weeks=5)).strftime("%d.%m.%Y")
    assert editor.get(at(event, "series/more")).status_code == 200
    shown = editor.post(at(event, "series/more"), data={"until_on": until_on}).text
    days = re.findall(r'name="days" value="([\d-]+)" checked', shown)
    data = {"until_on": until_on, "days_shown": "y", "days": days}
    assert editor.post(at(event, "series/more"), data=data).status_code == 302
    assert len(series.dates(event.series)) == 6
    assert editor.post(at(event, "series/more"), data=data).status_code == 422


def test_following_dates_take_over_what_is_chosen(editor):
    event = make_weekly()
    event.title = LocalizedText(de="Neuer Titel")
    assert "3 later dates take over" in editor.get(at(event, "series/take-over")).text
    assert editor.post(at(event, "series/take-over")).status_code == 422
    assert editor.post(at(event, "series/take-over"), data={"parts": ["price"]}).status_code == 422
    assert editor.post(at(event, "series/take-over"), data={"parts": ["texts"]}).status_code == 302
    assert {one.title for one in series.dates(event.series)} == {LocalizedText(de="Neuer Titel")}


def test_a_series_is_called_off_from_a_page_that_says_how_many_dates_that_are(editor):
    event = make_weekly()
    asked = editor.get(at(event, "series/call-off")).text
    assert "4 dates are cancelled." in asked
    assert "Only this date is cancelled. 3 later dates" in editor.get(at(event, "cancel")).text
    data = {"because-de": "Sturm", "sequence": seen_on(asked)}
    assert editor.post(at(event, "series/call-off"), data=data).status_code == 302
    assert {one.state for one in series.dates(event.series)} == {EventState.CANCELLED}


def test_nobody_changes_dates_of_a_series_that_are_not_theirs(app):
    event = make_weekly()
    event.areas = [make_area(layer=make_layer())]
    session.flush()
    moderator = staff_client(app, "moderator", area_id=event.areas[0].id)
    assert moderator.get(at(event, "cancel")).status_code == 200
    for page in ("series/take-over", "series/call-off"):
        data = {"because-de": "Sturm", "parts": ["texts"], "sequence": "0"}
        assert moderator.post(at(event, page), data=data).status_code == 403


# --- Afterwards -------------------------------------------------------------------------------------------------------


def test_a_report_is_written_and_published_with_thanks(editor):
    event = make_past()
    make_registration(event, contact=make_contact())
    data = {"report-de": "<p>Es ging um Bänke.</p><script>alert(1)</script>", "attended": "41"}
    assert editor.get(at(event, "report")).status_code == 200
    assert editor.post(at(event, "report"), data={**data, "attended": "-1"}).status_code == 422
    assert editor.post(at(event, "report"), data=data).status_code == 302
    assert (event.report["de"].html, event.attended) == ("<p>Es ging um Bänke.</p>", 41)
    asked = editor.get(at(event, "report/publish")).text
    assert "41 people were there" in asked
    assert "1 registration gets a letter of thanks" in asked
    assert editor.post(at(event, "report/publish")).status_code == 302
    assert editor.post(at(event, "report/publish")).status_code == 409
    assert session.scalars(select(Mail.wording)).all() == ["events/thanks"]
    assert editor.post(at(event, "report"), data={"report-de": ""}).status_code == 422


def test_photos_come_with_words_for_people_who_cannot_see_them(editor):
    event = make_past()
    wordless = {"photo": (io.BytesIO(image_file(size=(40, 30))), "p.jpg"), "photo_alt": ""}
    assert editor.post(at(event, "report/photos"), data=wordless).status_code == 422
    assert editor.post(at(event, "report/photos"), data={"photo_alt": "Menschen"}).status_code == 422
    sent = {"photo": (io.BytesIO(image_file(size=(40, 30))), "p.jpg"), "photo_alt": "Menschen an einem Tisch"}
    assert editor.post(at(event, "report/photos"), data=sent).status_code == 302
    (photo,) = event.photos
    assert (photo.alt, photo.is_kept, photo.is_public) == ("Menschen an einem Tisch", True, False)
    assert "Menschen an einem Tisch" in editor.get(at(event, "report/photos")).text
    away = at(event, f"report/photos/{photo.id}/delete")
    assert editor.get(away).status_code == 200
    assert editor.get(at(make_past(), f"report/photos/{photo.id}/delete")).status_code == 404
    assert editor.post(away).status_code == 302
    assert session.get_one(Event, event.id).photos == []


# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_for_those_who_organise_the_event(app, client, page):
    event = make_weekly()
    assert client.get(at(event, page)).status_code == 401
    assert staff_client(app, "analyst").get(at(event, page)).status_code == 403
    area = make_area(layer=make_layer())
    neighbour = app.test_client()
    sign_in(neighbour, make_user("moderator", area_id=area.id))
    assert neighbour.get(at(event, page)).status_code == 403
    assert staff_client(app, "editor").get("/de/staff/events/999999/" + page).status_code == 404


def test_later_dates_of_other_districts_are_not_published_or_handed_in_along_with_ones_own(app):
    mine, other = make_area(), make_area()
    planned = make_series()
    first = make_event(published=False, areas=[mine], series=planned, place=make_place())
    later = first.starts_at + timedelta(days=7)
    second = make_event(published=False, areas=[other], series=planned, starts_at=later, place=make_place())
    client = staff_client(app, "moderator", area_id=mine.id)
    for page, form in (("release", {"when": "now"}), ("hand-in", {})):
        assert client.post(at(first, page), data={**form, "following": "y"}).status_code == 403
    assert (first.state, second.state) == (EventState.DRAFT, EventState.DRAFT)


def test_a_series_gets_no_new_dates_like_one_of_another_district(app):
    mine, other = make_area(), make_area()
    first = make_event(areas=[mine], place=make_place())
    day = first.local_start.date()
    planned = make_series(begins_on=day, until_on=day + timedelta(days=7))
    first.series, first.series_on = planned, day
    later = first.starts_at + timedelta(days=7)
    facts = {"series": planned, "series_on": day + timedelta(days=7), "starts_at": later, "place": make_place()}
    make_event(areas=[other], **facts)
    new_day = day + timedelta(days=14)
    form = {"until_on": f"{new_day:%d.%m.%Y}", "days_shown": "1", "days": new_day.isoformat()}
    client = staff_client(app, "moderator", area_id=mine.id)
    assert client.post(at(first, "series/more"), data=form).status_code == 403
    assert session.query(Event).count() == 2
