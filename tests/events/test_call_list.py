"""The call list: people who have a telephone and no e-mail address."""

from datetime import timedelta

import pytest

from participation import clock
from participation.audit import AuditEntry
from participation.db import session
from participation.events import call_list, letters, phone_calls, waiting
from participation.events.call_list import Outcome
from participation.events.models import EventSession
from participation.events.registration_models import BookingStatus, CallReason, PhoneCall
from participation.feature import counted
from participation.i18n import LocalizedText, speaking
from tests.accounts.makers import make_user, sign_in
from tests.districts.makers import make_area
from tests.events.makers import make_event, make_registration, make_waiting_list

Status = BookingStatus
NUMBER = "+49201123456"


def the_call() -> PhoneCall:
    return session.query(PhoneCall).one()


def make_offer(**facts):
    """Somebody with a telephone to whom a place is offered."""
    event = make_event(capacity=1, **facts)
    (registration,) = make_waiting_list(event, 1, phone=NUMBER, language="ar")
    waiting.fill(event.sessions[0])
    session.expire_all()
    return event, registration


def test_an_offer_puts_them_on_the_list_until_it_ends(app, stop_clock):
    now = stop_clock(2026, 5, 1, 10)
    _event, registration = make_offer(offer_hours=3)
    call = the_call()
    assert (call.reason, call.due_at, call.registration) == (CallReason.OFFER, now + timedelta(hours=3), registration)


def test_staff_see_what_to_say_in_both_languages(app):
    event, _registration = make_offer()
    with speaking("de"):
        ours, theirs = call_list.sentences(the_call())
    assert (ours.language, theirs.language) == ("de", "ar")
    assert "There is room for you" in ours.words
    assert event.title["de"] in ours.words


@pytest.mark.parametrize(
    ("outcome", "status"), [(Outcome.ACCEPTED, Status.CONFIRMED), (Outcome.DECLINED, Status.CANCELLED)]
)
def test_what_the_person_says_on_the_telephone_counts_like_a_click(app, outcome, status):
    _event, registration = make_offer()
    staff = make_user("editor")
    call_list.note(the_call(), outcome, staff)
    assert registration.bookings[0].status is status
    assert (the_call().outcome, the_call().done_by_id) == (outcome.value, staff.id)
    with pytest.raises(call_list.DoneAlready):
        call_list.note(the_call(), outcome, staff)


def test_who_was_not_reached_is_called_again_before_the_offer_ends(app, stop_clock):
    now = stop_clock(2026, 5, 1, 10)
    make_offer(offer_hours=2)
    call_list.note(the_call(), Outcome.NOT_REACHED, make_user("editor"))
    assert (the_call().done_at, the_call().outcome) == (None, "not_reached")
    assert the_call().due_at == now + timedelta(minutes=90)


def test_a_call_about_an_offer_is_not_made_once_the_person_has_answered_or_the_time_is_over(app, stop_clock):
    stop_clock(2026, 5, 1, 10)
    _event, registration = make_offer(offer_hours=1)
    waiting.accept(registration.bookings[0])
    assert the_call().outcome == phone_calls.SETTLED
    make_offer(offer_hours=1)
    stop_clock(2026, 5, 1, 11)
    waiting.minutely()
    newest = session.query(PhoneCall).order_by(PhoneCall.id.desc()).limit(2).all()
    assert [one.outcome for one in newest] == ["", phone_calls.SETTLED], "offered once more at the end of the list"


def test_a_call_stays_while_another_offer_stands(app):
    event = make_event(sessions=[EventSession(capacity=1), EventSession(capacity=1)])
    (registration,) = make_waiting_list(event, 1, phone=NUMBER, in_session=event.sessions[0])
    (other,) = make_waiting_list(event, 1, phone=NUMBER, in_session=event.sessions[1])
    other.bookings[0].registration_id = registration.id
    session.flush()
    session.expire_all()
    for part in event.sessions:
        waiting.fill(part)
    waiting.accept(registration.bookings[0])
    assert session.query(PhoneCall).filter(PhoneCall.done_at.is_(None)).count() == 2
    waiting.accept(registration.bookings[1])
    assert session.query(PhoneCall).filter(PhoneCall.done_at.is_(None)).count() == 0


def test_calls_about_what_has_begun_leave_the_list(app, stop_clock):
    now = stop_clock(2026, 5, 1, 10)
    event = make_event(starts_at=now + timedelta(hours=1))
    make_registration(event, phone=NUMBER)
    letters.event_changed(event)
    assert phone_calls.settle_late() == 0
    stop_clock(2026, 5, 1, 11)
    assert phone_calls.settle_late() == 1
    assert the_call().outcome == phone_calls.TOO_LATE


@pytest.mark.parametrize("reason", CallReason)
def test_every_reason_has_a_sentence(app, reason):
    event = make_event(sessions=[EventSession(title=LocalizedText(de="Runde 1"), capacity=2)])
    registration = make_registration(event, status=Status.OFFERED, phone=NUMBER)
    phone_calls.ask_for([registration], reason)
    with speaking("de"):
        (said,) = call_list.sentences(the_call())
    assert event.title["de"] in said.words


# --- The pages --------------------------------------------------------------------------------------------------------


def test_the_list_shows_no_name_and_no_number(client):
    event, registration = make_offer()
    sign_in(client, make_user("editor"))
    page = client.get("/de/staff/phone-calls")
    assert event.title["de"] in page.text
    assert registration.name not in page.text
    assert NUMBER not in page.text


def test_d15_opening_a_call_shows_the_number_and_is_written_down(client):
    _event, registration = make_offer()
    sign_in(client, make_user("editor"))
    page = client.post(f"/de/staff/phone-calls/{the_call().id}")
    assert f'href="tel:{NUMBER}"' in page.text
    assert registration.name in page.text
    assert session.query(AuditEntry).filter_by(action="call.seen", is_personal_data=True).count() == 1


@pytest.mark.databases
def test_staff_note_the_answer_with_one_button(client):
    _event, registration = make_offer()
    sign_in(client, make_user("editor"))
    answer = client.post(f"/de/staff/phone-calls/{the_call().id}/accepted")
    assert (answer.status_code, answer.location) == (302, "/de/staff/phone-calls")
    assert registration.bookings[0].status is Status.CONFIRMED
    assert client.post(f"/de/staff/phone-calls/{the_call().id}/accepted").status_code == 409
    assert client.post(f"/de/staff/phone-calls/{the_call().id}/nonsense").status_code == 404


def test_v18_moderators_see_the_calls_of_their_own_areas_only(client):
    mine, other = make_area(), make_area()
    event, _registration = make_offer(areas=[mine])
    elsewhere, _registration = make_offer(areas=[other])
    call = session.query(PhoneCall).join(PhoneCall.registration).filter_by(event_id=elsewhere.id).one()
    user = make_user("moderator", area_id=mine.id)
    sign_in(client, user)
    page = client.get("/de/staff/phone-calls")
    assert event.title["de"] in page.text
    assert elsewhere.title["de"] not in page.text
    assert client.post(f"/de/staff/phone-calls/{call.id}").status_code == 403


def test_residents_are_asked_to_sign_in(client):
    make_offer()
    assert client.get("/de/staff/phone-calls").status_code == 401


def test_the_page_today_counts_the_calls(app):
    make_offer()
    with app.test_request_context("/de/"):
        (duty,) = counted([call_list.duty(make_user("editor"))])
    assert (duty.count, duty.due_on is not None) == (1, True)
    assert clock.today() <= duty.due_on
