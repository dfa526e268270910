"""The events desk: the way through, and each way to be turned away."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from participation import clock
from participation.db import session
from participation.events.models import Event, EventState, Format, Mode, Offer
from participation.events.registration_models import ConsentText
from participation.i18n import LocalizedText
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.districts.makers import make_area, make_layer
from tests.events.makers import make_event, make_place, make_registration, make_room, make_topic
from tests.media.makers import image_file, pdf_file
from tests.questionnaires.sheets import file_of
from tests.surveys.makers import make_survey


@pytest.fixture
def editor(app) -> FlaskClient:
    return staff_client(app, "editor")


@pytest.fixture
def some_day(stop_clock):
    return stop_clock(2026, 3, 2, 12)


def page(event: Event, name: str = "") -> str:
    return f"/de/staff/events/{event.id}{name and '/' + name}"


def settings(**changed: Any) -> dict[str, Any]:
    facts = {
        "mode": "registration",
        "contact_rule": "needed",
        "hold_hours": "24",
        "most_persons": "6",
        "most_in_group": "0",
        "offer_hours": "24",
        "group_rule": "next_that_fits",
        "has_waiting_list": "y",
    }
    return {**facts, **changed}


def test_an_event_is_begun_with_a_title_and_a_time_and_filled_in(editor, some_day):
    area, topic, place = make_area(layer=make_layer(is_default=True)), make_topic(), make_place()
    made = editor.post("/de/staff/events/new", data={"title-de": "Runder Tisch", "starts_at": "1.4.2026 18:00"})
    assert made.status_code == 302
    here = made.location
    shown = editor.get(here).text
    for missing in ("The place is missing.", "The purpose is missing", "The person in charge is missing."):
        assert missing in shown
    texts = {"title-de": "Runder Tisch", "summary-de": "Kurz", "text-de": "<p>Lang</p><script>x</script>"}
    more = {"topics": [str(topic.id)], "areas": [str(area.id)], "contact_email": "stadt@example.org"}
    assert editor.post(f"{here}/texts", data={**texts, **more}).status_code == 302
    times = {"starts_at": "1.4.2026 18:00", "ends_at": "1.4.2026 20:00", "format": "on_site", "where": str(place.id)}
    assert editor.post(f"{here}/times", data=times).status_code == 302
    duties = {"purpose-de": "Wozu", "legal_basis-de": "Gesetz", "person_in_charge": "Frau X", "retention_days": "14"}
    assert editor.post(f"{here}/duties", data=duties).status_code == 302
    event = session.scalars(select(Event)).one()
    assert (event.topics, event.areas, event.place, event.is_step_free) == ([topic], [area], place, True)
    assert (event.text["de"].html, event.erase_on.isoformat()) == ("<p>Lang</p>", "2026-04-15")
    ready = editor.get(here).text
    assert "Everything that is needed is there." in ready
    assert f"{event.id}/release" in ready


@pytest.mark.parametrize(
    ("name", "wrong", "sentence"),
    [
        ("new", {"title-de": ""}, "at least the German text"),
        ("new", {"starts_at": ""}, "Please fill in this field."),
        ("new", {"starts_at": "1.3.2026 18:00"}, "cannot begin in the past"),
        ("new", {"starts_at": "29.3.2026 2:30"}, "This time does not exist"),
        ("new", {"starts_at": "25.10.2026 2:30"}, "This time exists twice"),
        ("new", {"ends_at": "1.4.2026 17:00"}, "must end after it begins"),
        ("new", {"starts_at": "1.4.2126 18:00"}, "five years ahead"),
        ("new", {"starts_at": "31.12.9999 23:59"}, "Please enter a date and a time"),
        ("new", {"starts_at": "1.1.0001 0:00"}, "Please enter a date and a time"),
        ("new", {"areas": ["999"]}, "Please choose one of the options."),
    ],
)
def test_l13_what_cannot_be_a_beginning_comes_back_with_its_reason(editor, some_day, name, wrong, sentence):
    make_area(layer=make_layer(is_default=True))
    data = {"title-de": "Runder Tisch", "starts_at": "1.4.2026 18:00", **wrong}
    back = editor.post(f"/de/staff/events/{name}", data=data)
    assert (back.status_code, sentence in back.text) == (422, True)
    assert session.scalar(select(Event)) is None


def test_a_moderator_of_an_area_prepares_only_what_lies_there(app, some_day):
    layer = make_layer(is_default=True)
    mine, other = make_area("Nord", layer), make_area("Süd", layer)
    moderator = staff_client(app, "moderator", area_id=mine.id)
    own, foreign, citywide = make_event(areas=[mine]), make_event(areas=[other]), make_event()
    assert [moderator.get(page(one)).status_code for one in (own, foreign, citywide)] == [200, 403, 403]
    listed = moderator.get("/de/staff/events").text
    assert page(own) in listed
    assert page(foreign) not in listed
    data = {"title-de": "Fest", "starts_at": "1.4.2026 18:00"}
    assert moderator.post("/de/staff/events/new", data={**data, "areas": [str(other.id)]}).status_code == 422
    assert moderator.post("/de/staff/events/new", data={**data, "areas": [str(mine.id)]}).status_code == 302
    away = moderator.post(page(own, "texts"), data={"title-de": "Fest", "areas": [str(other.id)]})
    assert "Please choose at least one of the districts that you are responsible for." in away.text
    assert moderator.get("/de/staff/places").status_code == 403


def test_the_list_is_filtered_by_state_area_and_words(editor, some_day):
    area = make_area(layer=make_layer(is_default=True))
    draft = make_event(published=False, title=LocalizedText(de="Spaziergang durch die Grünanlage"), areas=[area])
    over = make_event(title=LocalizedText(de="Fest"), starts_at=clock.now() - timedelta(days=9))
    cancelled = make_event(title=LocalizedText(de="Werkstatt"), cancelled_at=clock.now())

    def found(query: str) -> list[bool]:
        text = editor.get(f"/de/staff/events?{query}").text
        return [f'href="{page(one)}"' in text for one in (draft, over, cancelled)]

    assert found("") == [True, False, True]
    assert found("show=draft") == [True, False, False]
    assert found("show=over") == [False, True, False]
    assert found("show=cancelled") == [False, False, True]
    assert found("show=all") == [True, True, True]
    assert found(f"show=all&area={area.id}") == [True, False, False]
    assert found("show=all&words=GRUENANLAGE") == [True, False, False]
    assert found("show=nonsense&area=x&page=-1") == [True, False, True]


def test_the_states_of_the_list_are_those_of_the_events(app, some_day):
    from participation.events import staff_queries

    now, later = clock.now(), clock.now() + timedelta(days=1)
    made = [
        make_event(published=False),
        make_event(published=False, handed_in_at=now),
        make_event(published_at=later),
        make_event(),
        make_event(starts_at=now - timedelta(days=2)),
        make_event(cancelled_at=now),
        make_event(published_at=later, cancelled_at=now),
    ]
    for state in EventState:
        listed = session.scalars(staff_queries.events_to_prepare(staff_queries.Filters(show=state.value))).all()
        assert sorted(listed) == [one.id for one in made if one.state is state], state


def test_languages_and_help_are_said(editor, some_day):
    event = make_event(published=False)
    data = {
        "spoken": ["de", "tr"],
        "interpretation": "on_request",
        "interpreted": ["ar"],
        "sign_language": "no",
        "child_care": "yes",
        "requests_until": "5.3.2026",
    }
    assert editor.post(page(event, "access"), data=data).status_code == 302
    assert (event.spoken, event.interpreted, event.child_care) == (["de", "tr"], ["ar"], Offer.YES)
    again = {**data, "spoken": ["de"], "interpreted": ["tr"]}
    assert editor.post(page(event, "access"), data=again).status_code == 302
    assert (event.spoken, event.interpreted) == (["de"], ["tr"])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"requests_until": ""}, "until which day people can ask"),
        ({"requests_until": "10.3.2026"}, "must lie before the event"),
        ({"interpreted": ["de"]}, "needs no interpreter"),
        ({"interpretation": "no", "child_care": "on_request"}, "how these languages are interpreted"),
        ({"spoken": ["xx"]}, "Please choose one of the options."),
        ({"child_care": "perhaps"}, "Please choose one of the options."),
    ],
)
def test_help_that_cannot_be_given_comes_back(editor, some_day, wrong, sentence):
    event = make_event(published=False)
    data = {"spoken": ["de"], "interpretation": "on_request", "interpreted": ["ar"], "requests_until": "5.3.2026"}
    back = editor.post(page(event, "access"), data={**data, "sign_language": "no", "child_care": "no", **wrong})
    assert (back.status_code, sentence in back.text) == (422, True)
    assert event.languages == []


def test_what_residents_know_is_moved_and_not_changed(editor, some_day):
    event = make_event(format=Format.BOTH)
    shown = editor.get(page(event, "times")).text
    assert page(event, "move") in shown
    assert 'name="starts_at"' not in shown
    sent = {"starts_at": "1.5.2026 18:00", "online_address": "https://video.example/raum"}
    before, sequence = event.starts_at, event.sequence
    assert editor.post(page(event, "times"), data=sent).status_code == 302
    assert (event.starts_at, event.online_address, event.sequence) == (before, sent["online_address"], sequence + 1)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://video.example", "https://x", "https://a@b.example"])
def test_v1_an_online_address_is_one_that_browsers_open_safely(editor, some_day, address):
    event = make_event(format=Format.ONLINE)
    assert editor.post(page(event, "times"), data={"online_address": address}).status_code == 422


def test_rooms_are_chosen_with_their_place(editor, some_day):
    event, place = make_event(published=False), make_place()
    room = make_room(place)
    data = {"starts_at": "1.4.2026 18:00", "ends_at": "1.4.2026 20:00", "format": "on_site"}
    assert editor.post(page(event, "times"), data={**data, "where": f"{place.id}-{room.id}"}).status_code == 302
    assert (event.place, event.room) == (place, room)
    assert editor.post(page(event, "times"), data={**data, "where": f"{place.id + 1}-{room.id}"}).status_code == 422
    online = {**data, "format": "online", "where": str(place.id), "online_address": "https://video.example"}
    assert editor.post(page(event, "times"), data=online).status_code == 302
    assert (event.place, event.room, event.is_step_free) == (None, None, False)


def test_rules_of_registration_are_kept_and_wrong_ones_come_back(editor, some_day):
    event = make_event(published=False, starts_at=clock.now() + timedelta(days=7))
    kept = settings(mode="invitation", registration_opens_at="3.3.2026 8:00", most_persons="3")
    assert editor.post(page(event, "registration"), data=kept).status_code == 302
    assert (event.mode, event.most_persons, event.has_waiting_list) == (Mode.INVITATION, 3, True)
    for wrong in (
        {"most_persons": "0"},
        {"most_persons": "51"},
        {"offer_hours": "337"},
        {"hold_hours": ""},
        {"most_in_group": "-1"},
        {"mode": "somehow"},
        {"registration_opens_at": "20.3.2026 8:00"},
        {"registration_opens_at": "5.3.2026 8:00", "registration_closes_at": "4.3.2026 8:00"},
        {"confirms_by_link": "y", "contact_rule": "none"},
    ):
        assert editor.post(page(event, "registration"), data=settings(**wrong)).status_code == 422, wrong
    assert event.most_persons == 3


def test_an_event_with_registrations_stays_one(editor, some_day):
    event = make_event()
    make_registration(event)
    back = editor.post(page(event, "registration"), data=settings(mode="open"))
    assert (back.status_code, "People have registered already" in back.text) == (422, True)


def test_parts_are_added_changed_moved_and_removed(editor, some_day):
    event = make_event(capacity=10)
    (first,) = event.sessions
    here = page(event, "sessions")
    assert editor.post(here, data={"capacity": "5"}).status_code == 422  # a second part needs a name
    assert editor.post(here, data={"title-de": "Tisch 2", "capacity": "5"}).status_code == 302
    second = event.sessions[1]
    assert editor.post(f"{here}/{second.id}/up").status_code == 302
    assert [one.id for one in event.sessions] == [second.id, first.id]
    make_registration(event, in_session=second, persons=4)
    refused = editor.post(f"{here}/{second.id}", data={"title-de": "Tisch 2", "capacity": "3"})
    assert (refused.status_code, "than are taken already: 4" in refused.text) == (422, True)
    assert editor.post(f"{here}/{second.id}", data={"title-de": "Tisch 2", "capacity": "4"}).status_code == 302
    assert editor.post(f"{here}/{second.id}/remove").status_code == 409
    gone = f"{here}/{first.id}/remove"
    assert [editor.post(gone).status_code for _twice in range(2)] == [302, 404]
    assert [one.capacity for one in event.sessions] == [4]


def test_a_part_of_another_event_is_not_found(editor, some_day):
    event, other = make_event(), make_event()
    there = page(event, f"sessions/{other.sessions[0].id}")
    assert [editor.get(there).status_code, editor.post(f"{there}/remove").status_code] == [404, 404]


def test_extra_questions_come_from_a_spreadsheet(editor, some_day):
    event = make_event(published=False)
    sheet = [["type", "name", "label"], ["text", "why", "Was sollen wir besprechen?"]]
    for _twice in range(2):
        sent = {"file": (io.BytesIO(file_of(survey=sheet)), "q.xlsx"), "language": "de"}
        assert editor.post(page(event, "questions"), data=sent).status_code == 302
    assert "Was sollen wir besprechen?" in editor.get(page(event, "questions")).text
    broken = {"file": (io.BytesIO(b"no"), "q.xlsx"), "language": "de"}
    assert editor.post(page(event, "questions"), data=broken).status_code == 422
    assert (event.version.number if event.version else None) == 2
    assert editor.post(page(event, "questions/stop")).status_code == 302
    assert event.version is None


def test_d3_consents_are_added_reworded_and_retired(editor, some_day):
    event, other = make_event(), make_event()
    assert editor.post(page(event, "consents"), data={"text-de": "Fotos"}).status_code == 302
    first = session.scalars(select(ConsentText)).one()
    assert editor.get(page(other, f"consents/{first.id}")).status_code == 404
    assert editor.post(page(event, f"consents/{first.id}"), data={"text-de": "Fotos im Netz"}).status_code == 302
    second = session.scalars(select(ConsentText).where(ConsentText.retired_at.is_(None))).one()
    assert (second.number, second.version, second.text["de"]) == (1, 2, "Fotos im Netz")
    assert editor.post(page(event, f"consents/{second.id}/retire")).status_code == 302
    assert editor.post(page(event, f"consents/{second.id}/retire")).status_code == 404
    assert session.scalar(select(ConsentText).where(ConsentText.retired_at.is_(None))) is None


def test_a_picture_needs_words_and_is_public_with_its_event(editor, some_day):
    event = make_event()
    wordless = {"picture": (io.BytesIO(image_file()), "x.jpg")}
    assert editor.post(page(event, "picture"), data=wordless).status_code == 422
    sent = {"picture": (io.BytesIO(image_file()), "x.jpg"), "picture_alt": "Eine Bank"}
    assert editor.post(page(event, "picture"), data=sent).status_code == 302
    picture = event.picture
    assert picture is not None
    assert (picture.alt, picture.is_kept, picture.is_public) == ("Eine Bank", True, True)
    assert editor.post(page(event, "picture"), data={"picture_alt": "", "picture_remove": "y"}).status_code == 302
    assert event.picture is None


def test_documents_are_added_and_removed(editor, some_day):
    event = make_event()
    title = {"title": "Einladung", "language": "de"}
    for wrong in ({}, {"file": (io.BytesIO(b"MZ"), "x.pdf")}, {"title": "", "file": (io.BytesIO(pdf_file()), "x.pdf")}):
        assert editor.post(page(event, "documents"), data={**title, **wrong}).status_code == 422
    sent = {**title, "file": (io.BytesIO(pdf_file()), "privat.pdf")}
    assert editor.post(page(event, "documents"), data=sent).status_code == 302
    (document,) = event.documents
    shown = editor.get(page(event, "media")).text
    assert "Einladung" in shown
    assert "privat" not in shown
    assert document.is_public
    gone = page(event, f"documents/{document.id}/remove")
    assert [editor.post(gone).status_code for _twice in range(2)] == [302, 404]


def test_links_lead_to_surveys_and_elsewhere(editor, some_day):
    survey, event = make_survey(), make_event(published=False)
    offered = editor.get(page(event, "links")).text
    (own,) = re.findall(rf'<option value="(/surveys/[^"]*)">{survey.title}', offered)
    assert editor.post(page(event, "links"), data={"page": own}).status_code == 302
    typed = {"page": "", "address": f"/tr{own}?a=1", "title-de": "Noch eine"}
    assert editor.post(page(event, "links"), data=typed).status_code == 302
    assert [one.address for one in event.links] == [own, f"{own}?a=1"]
    assert event.links[0].title["de"] == str(survey.title)
    for address in ("", "ftp://x.example", "//evil.example", "/staff/accounts", "/de/nowhere", "https://a\\b.example"):
        back = editor.post(page(event, "links"), data={"page": "", "address": address, "title-de": "Seite"})
        assert back.status_code == 422, address
    assert editor.post(page(event, f"links/{event.links[0].id}/remove")).status_code == 302
    assert len(event.links) == 1


def test_the_preview_is_what_residents_see(editor, client, some_day):
    event = make_event(published=False)
    assert client.get(f"/de/events/{event.id}").status_code in {401, 404}
    shown = editor.get(page(event, "preview").replace("/de/", "/tr/")).text
    assert event.title["tr"] in shown
    assert f'href="/ar/staff/events/{event.id}/preview"' in shown
    assert client.get(page(event, "preview")).status_code == 401


def test_a_cancelled_event_is_not_changed_any_more(editor, some_day):
    event = make_event(cancelled_at=clock.now())
    back = editor.post(page(event, "texts"), data={"title-de": "Neu"})
    assert (back.status_code, "This event is cancelled" in back.text) == (422, True)
    assert editor.get(page(event)).status_code == 200


def test_the_hub_of_every_state_leads_on(app, some_day):
    client = app.test_client()
    sign_in(client, make_user("administrator"))
    now = clock.now()
    for facts in (
        {"published": False},
        {"published": False, "handed_in_at": now},
        {"published_at": now + timedelta(days=1)},
        {"mode": Mode.OPEN},
        {"mode": Mode.INVITATION},
        {"starts_at": now - timedelta(days=2)},
        {"cancelled_at": now},
    ):
        shown = client.get(page(make_event(**facts)))
        assert shown.status_code == 200
        for address in set(re.findall(r'href="(/de/staff/events/\d+/[^"]+)"', shown.text)):
            assert client.get(address).status_code in {200, 302, 303}, address
