"""The pages of the door: for a member of staff with a phone, with and without scripts."""

import re
import uuid

import pytest
from sqlalchemy import select

from participation.audit import AuditEntry
from participation.db import session
from participation.events import door, door_views
from participation.events.models import EventSession
from participation.events.registration_models import BookingStatus
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.districts.makers import make_area
from tests.events.makers import make_event, make_registration


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def staff(app):
    return staff_client(app, "editor")


def at(event, rest=""):
    return f"/de/staff/events/{event.id}/door{rest}"


def open_list(client, event):
    assert client.post(at(event, "/open")).status_code == 302


def arrive(client, registration, **facts):
    data = {"registration": registration.id, "mark": uuid.uuid4(), "persons": registration.persons, **facts}
    return client.post(at(registration.event, "/arrive"), data=data)


def actions():
    return [(one.action, one.is_personal_data) for one in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_d15_names_are_shown_once_it_is_written_down_that_somebody_looks(staff, event):
    make_registration(event, name="Ayşe Yılmaz")
    assert "Ayşe" not in staff.get(at(event)).text
    open_list(staff, event)
    page = staff.get(at(event))
    assert "Ayşe Yılmaz" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert actions() == [("event.door_opened", True)]


def test_without_scripts_somebody_is_here_and_not_here_after_all(staff, event):
    family = make_registration(event, name="Familie Kaya", persons=3)
    open_list(staff, event)
    answer = arrive(staff, family, persons="٢")
    assert answer.status_code == 302
    assert answer.location.endswith(f"#r-{family.id}")
    assert "Here: Familie Kaya, 2 people" in staff.get(at(event)).text
    assert arrive(staff, family, persons=3).status_code == 302
    assert door.counts(event).came == 3
    undo = re.search(r'action="([^"]+/undo/[^"]+)"', staff.get(at(event)).text)[1]
    staff.post(undo)
    assert door.counts(event).came == 0


@pytest.mark.parametrize("persons", ["0", "501", "", "many", "-1", "1.5", "9" * 30])
def test_a_number_of_people_that_cannot_be_counts_nobody(staff, event, persons):
    person = make_registration(event)
    assert arrive(staff, person, persons=persons).status_code == 302
    assert staff.post(at(event, "/walk-ins"), data={"mark": uuid.uuid4(), "persons": persons}).status_code == 422
    assert door.counts(event).came == 0


def test_people_without_a_registration_are_counted_and_taken_back(staff, event):
    mark = uuid.uuid4()
    for _double_click in range(2):
        answer = staff.post(at(event, "/walk-ins"), data={"mark": mark, "persons": 4, "tongue": "tr"})
        assert answer.status_code == 302
    page = staff.get(at(event)).text
    assert door.counts(event) == door.Counts(came=4, without_registration=4, expected=0)
    staff.post(re.search(r'action="([^"]+/undo/[^"]+)"', page)[1])
    assert door.counts(event).came == 0


def test_a_full_event_says_so_and_leaves_the_decision_to_staff(app, staff):
    event = make_event(sessions=[EventSession(capacity=1)])
    make_registration(event)
    assert "All places are taken. You decide" in staff.get(at(event)).text
    staff.post(at(event, "/walk-ins"), data={"mark": uuid.uuid4(), "persons": 1, "tongue": ""})
    assert door.counts(event).came == 1


def test_v21_a_name_is_looked_for_without_standing_in_the_address(staff, event):
    make_registration(event, name="Ayşe Yılmaz")
    make_registration(event, name="Bogdan Iwanow")
    open_list(staff, event)
    page = staff.post(at(event), data={"words": "ayse"})
    assert "Ayşe Yılmaz" in page.text
    assert "Bogdan" not in page.text
    assert "Found: 1" in page.text


def test_needs_and_the_waiting_list_stand_in_words(staff, event):
    make_registration(event, wheelchairs=2, needs_agreed_at=event.created_at)
    make_registration(event, name="Wartet", status=BookingStatus.WAITING)
    open_list(staff, event)
    page = staff.get(at(event)).text
    assert "2 wheelchairs" in page
    assert "On the waiting list" in page


def test_a_long_list_has_pages(staff, event):
    for number in range(101):
        make_registration(event, name=f"Person {number:03}")
    open_list(staff, event)
    assert "Person 100" not in staff.get(at(event)).text
    assert "Person 100" in staff.get(at(event, "?page=2")).text


# --- On paper ---------------------------------------------------------------------------------------------------------


def test_d15_the_list_on_paper_is_alphabetical_and_written_down(staff, event):
    for name in ("Zoe", "Ärzte", "Boris"):
        make_registration(event, name=name)
    make_registration(event, name="Abgesagt", status=BookingStatus.CANCELLED)
    assert staff.get(at(event, "/list")).status_code == 302
    assert staff.post(at(event, "/list")).location.endswith("/door/list")
    page = staff.get(at(event, "/list")).text
    assert page.index("Ärzte") < page.index("Boris") < page.index("Zoe")
    assert "Abgesagt" not in page
    assert actions() == [("event.door_list_made", True)]


# --- Tickets ----------------------------------------------------------------------------------------------------------


def test_without_scripts_a_ticket_is_typed(staff, event):
    person = make_registration(event, name="Ayşe Yılmaz", persons=2)
    page = staff.post("/de/staff/check-in", data={"ticket": person.ticket.lower(), "mark": uuid.uuid4()})
    assert "Welcome. This ticket is counted." in page.text
    assert "Ayşe Yılmaz" in page.text
    assert "Already here" in staff.post("/de/staff/check-in", data={"ticket": person.ticket}).text
    assert door.counts(event).came == 2
    assert actions() == [("event.ticket_read", True)]


def test_whoever_waits_is_let_in_when_staff_say_so(staff, event):
    person = make_registration(event, status=BookingStatus.WAITING)
    page = staff.post("/de/staff/check-in", data={"ticket": person.ticket})
    assert "On the waiting list. You decide." in page.text
    assert door.counts(event).came == 0
    staff.post("/de/staff/check-in", data={"ticket": person.ticket, "anyway": "y"})
    assert door.counts(event).came == 1


@pytest.mark.parametrize("data", [{"ticket": "unknown"}, {"ticket": "A" * 12, "mark": "x"}, {"ticket": "\x00"}])
def test_a_ticket_of_nobody_is_told_in_words(staff, event, data):
    page = staff.post("/de/staff/check-in", data=data)
    assert page.status_code in {200, 422}
    assert "error" in page.text or "We do not know this ticket." in page.text or "could not be read" in page.text


def test_only_the_door_may_use_the_camera(staff, event):
    for address in (at(event), "/de/staff/check-in"):
        assert "camera=(self)" in staff.get(address).headers["Permissions-Policy"]
    assert "camera=()" in staff.get("/de/staff").headers["Permissions-Policy"]


def test_without_the_reader_the_page_still_opens(staff, event, monkeypatch, tmp_path):
    monkeypatch.setattr(door_views, "DECODER", tmp_path / "decode.js")
    page = staff.get(at(event)).text
    assert "data-decoder" not in page
    assert "the reader was not fetched" in page


def test_a_phone_gets_the_list_once_it_was_opened_and_never_keeps_it(staff, event):
    person = make_registration(event, name="Ayşe", persons=2)
    make_registration(event, status=BookingStatus.CANCELLED)
    assert staff.get(at(event, "/tickets.json")).status_code == 409
    open_list(staff, event)
    answer = staff.get(at(event, "/tickets.json"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert [one["state"] for one in answer.json["guests"]] == ["expected", "cancelled"]
    assert answer.json["guests"][0]["ticket"] == person.ticket
    assert answer.json["counts"] == {"came": 0, "expected": 2, "without": 0}


def test_scans_are_sent_together_and_again(staff, event):
    person = make_registration(event)
    scans = [
        {"id": str(uuid.uuid4()), "ticket": person.ticket, "event": event.id, "seconds_ago": 60},
        {"id": str(uuid.uuid4()), "event": event.id, "persons": 3, "seconds_ago": 1},
        "nonsense",
    ]
    told = staff.post("/de/staff/check-in/scans", json={"scans": scans, "page": event.id}).json
    assert [one["outcome"] for one in told["results"]] == ["here", "counted", "unreadable"]
    assert told["counts"] == {"came": 4, "expected": 1, "without": 3}
    again = staff.post("/de/staff/check-in/scans", json={"scans": scans, "page": event.id}).json
    assert [one["outcome"] for one in again["results"]] == ["already", "counted", "unreadable"]
    assert door.counts(event).came == 4


@pytest.mark.parametrize("sent", [None, [], 1, {}, {"scans": 1}, {"scans": [1] * 51}, {"scans": {}, "page": []}])
def test_what_is_no_message_of_a_phone_is_refused(staff, sent):
    assert staff.post("/de/staff/check-in/scans", json=sent).status_code == 400


@pytest.mark.parametrize("page", ["1", -1, 2**40, True, {}, 1.5])
def test_a_page_that_is_nowhere_gets_no_numbers(staff, page):
    assert staff.post("/de/staff/check-in/scans", json={"scans": [], "page": page}).json["counts"] is None


def test_v10_scans_need_the_token_that_a_signed_in_person_gets(app, event):
    client = staff_client(app, "editor")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post("/de/staff/check-in/scans", json={"scans": []}).status_code == 400
        token = client.get("/de/staff/check-in/token.json").json["token"]
        sent = client.post("/de/staff/check-in/scans", json={"scans": []}, headers={"X-CSRFToken": token})
        assert sent.status_code == 200
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


# --- Who may ----------------------------------------------------------------------------------------------------------


def test_v18_moderators_of_other_areas_are_turned_away(app):
    here, there = make_area(), make_area()
    event = make_event(areas=[here])
    person = make_registration(event)
    stranger, own = app.test_client(), app.test_client()
    sign_in(stranger, make_user("moderator", area_id=there.id))
    sign_in(own, make_user("moderator", area_id=here.id))
    assert own.get(at(event)).status_code == 200
    for address in (at(event), at(event, "/list"), at(event, "/tickets.json")):
        assert stranger.get(address).status_code == 403
    for address in ("/open", "/arrive", "/walk-ins", "/list", f"/undo/{uuid.uuid4()}"):
        assert stranger.post(at(event, address)).status_code == 403
    told = stranger.post("/de/staff/check-in", data={"ticket": person.ticket}).text
    assert "This ticket is for an event of other colleagues." in told
    assert person.name not in told
    assert door.counts(event).came == 0


def test_a_registration_of_another_event_is_not_found(staff, event):
    other = make_registration(make_event())
    data = {"registration": other.id, "mark": uuid.uuid4(), "persons": 1}
    assert staff.post(at(event, "/arrive"), data=data).status_code == 404
    assert staff.post(at(event, "/arrive"), data={"registration": "x"}).status_code == 404
