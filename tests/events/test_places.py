"""Places with their rooms, and topics: kept once, used by many events."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from participation import clock
from participation.db import session
from participation.events import place_operations
from participation.events.models import Topic
from participation.i18n import LocalizedText
from participation.places.models import Place, Room, StepFree
from tests.accounts.makers import staff_client
from tests.events.makers import make_event, make_place, make_room, make_topic


@pytest.fixture
def editor(app) -> FlaskClient:
    return staff_client(app, "editor")


FACTS = {"name-de": "Bürgerhaus", "address": "Markt 1", "postal_code": "12345", "town": "Stadt", "step_free": "partly"}


def test_a_place_is_made_with_its_rooms_and_changed(editor):
    made = editor.post("/de/staff/places/new", data={**FACTS, "latitude": "51,2345", "longitude": "٦.5"})
    place = session.scalars(select(Place)).one()
    assert made.location.endswith(f"/staff/places/{place.id}")
    assert (place.latitude, place.longitude, place.step_free) == (51.2345, 6.5, StepFree.PARTLY)
    assert 'value="51.2345"' in editor.get(made.location).text
    room = {"label-de": "Saal", "holds": "40", "step_free": "yes"}
    assert editor.post(f"{made.location}/rooms", data=room).status_code == 302
    (saal,) = place.rooms
    assert editor.post(f"{made.location}/rooms/{saal.id}", data={**room, "holds": "50"}).status_code == 302
    assert saal.holds == 50
    assert editor.post(f"{made.location}/rooms/{saal.id}/delete").status_code == 302
    assert "Bürgerhaus" in editor.get("/de/staff/places").text
    assert session.scalar(select(Room)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name-de": ""},
        {"address": ""},
        {"address": "x" * 201},
        {"latitude": "51.5"},
        {"longitude": "6.5"},
        {"latitude": "91", "longitude": "6"},
        {"latitude": "nan", "longitude": "6"},
        {"latitude": "1e400", "longitude": "6"},
        {"latitude": "here", "longitude": "there"},
        {"step_free": "perhaps"},
    ],
)
def test_wrong_facts_about_a_place_come_back(editor, wrong):
    assert editor.post("/de/staff/places/new", data={**FACTS, **wrong}).status_code == 422
    assert session.scalar(select(Place)) is None


def test_v6_a_form_from_which_fields_were_taken_makes_a_place_all_the_same(editor):
    bare = {"name-de": "Platz", "address": "Markt 1", "step_free": "no"}
    assert editor.post("/de/staff/places/new", data=bare).status_code == 302
    place = session.scalars(select(Place)).one()
    assert (place.postal_code, place.access, place.step_free) == ("", LocalizedText(), StepFree.NO)


@pytest.mark.parametrize("holds", ["0", "-5", "many", "99999999999"])
def test_a_room_holds_somebody(editor, holds):
    place = make_place()
    data = {"label-de": "Saal", "holds": holds, "step_free": "yes"}
    assert editor.post(f"/de/staff/places/{place.id}/rooms", data=data).status_code == 422


def test_a_place_where_events_are_is_taken_out_of_the_list_and_not_deleted(editor):
    used, unused = make_place(), make_place()
    event = make_event(place=used, published=False)
    here = f"/de/staff/places/{used.id}"
    assert f"{here}/delete" not in editor.get(here).text
    assert editor.post(f"{here}/delete").status_code == 409
    assert editor.post(f"{here}/deactivate").status_code == 302
    new_event = make_event(published=False)
    assert str(used.name) not in editor.get(f"/de/staff/events/{new_event.id}/times").text
    assert str(used.name) in editor.get(f"/de/staff/events/{event.id}/times").text
    assert editor.post(f"{here}/activate").status_code == 302
    assert editor.post(f"/de/staff/places/{unused.id}/delete").status_code == 302
    assert session.scalars(select(Place)).all() == [used]


def test_a_room_of_another_place_is_not_found(editor):
    room, other = make_room(make_place()), make_place()
    assert editor.get(f"/de/staff/places/{other.id}/rooms/{room.id}").status_code == 404
    assert editor.post(f"/de/staff/places/{other.id}/rooms/{room.id}/delete").status_code == 404


def test_a_room_where_an_event_is_stays(editor):
    place = make_place()
    room = make_room(place)
    make_event(place=place, room=room)
    assert editor.post(f"/de/staff/places/{place.id}/rooms/{room.id}/delete").status_code == 409


@pytest.mark.databases
def test_events_repeat_whether_their_place_has_steps(app):
    place = make_place(step_free=StepFree.NO)
    event, elsewhere = make_event(place=place), make_event()
    place_operations.keep_place(place, step_free=StepFree.YES)
    session.expire_all()
    assert (event.is_step_free, elsewhere.is_step_free) == (True, False)


def test_f1_calendars_learn_of_another_address_of_what_is_to_come(app):
    place = make_place()
    coming, over = make_event(place=place), make_event(place=place, starts_at=clock.now() - timedelta(days=2))
    draft = make_event(place=place, published=False)
    place_operations.keep_place(place, address="Neuer Weg 2")
    place_operations.keep_place(place, has_hearing_loop=True)
    assert [one.sequence for one in (coming, over, draft)] == [1, 0, 0]


def test_f1_calendars_learn_of_another_name_of_a_room_of_what_is_to_come(app):
    place = make_place()
    room = make_room(place)
    coming, elsewhere = make_event(place=place, room=room), make_event(place=place, room=make_room(place))
    over = make_event(place=place, room=room, starts_at=clock.now() - timedelta(days=2))
    draft = make_event(place=place, room=room, published=False)
    place_operations.keep_room(place, room, name=LocalizedText(de="Neuer Saal"), holds=20)
    place_operations.keep_room(place, room, name=room.name, holds=30)
    assert [one.sequence for one in (coming, elsewhere, over, draft)] == [1, 0, 0, 0]


def test_topics_are_added_renamed_moved_and_deleted_while_unused(editor):
    for name in ("Verkehr", "Spielplätze"):
        assert editor.post("/de/staff/topics", data={"label-de": name}).status_code == 302
    traffic, playgrounds = session.scalars(select(Topic).order_by(Topic.id))
    assert editor.post(f"/de/staff/topics/{playgrounds.id}/up").status_code == 302
    assert [traffic.position, playgrounds.position] == [1, 0]
    assert editor.post(f"/de/staff/topics/{traffic.id}", data={"label-de": "Wege"}).status_code == 302
    make_event(topics=[traffic])
    assert editor.post(f"/de/staff/topics/{traffic.id}/delete").status_code == 409
    assert editor.post(f"/de/staff/topics/{playgrounds.id}/delete").status_code == 302
    assert [str(one.name) for one in session.scalars(select(Topic))] == ["Wege"]
    assert editor.get("/de/staff/topics/99").status_code == 404


def test_the_order_of_topics_starts_with_the_first(editor):
    first = make_topic()
    assert editor.post(f"/de/staff/topics/{first.id}/up").status_code == 302
    assert first.position == 0
