"""Invitation codes: made, handed out, used and printed."""

import pytest

from participation import clock
from participation.db import session
from participation.events import invitations, waiting
from participation.events.models import EventSession, Mode
from participation.events.registration_models import Booking, BookingStatus, InvitationCode
from tests.accounts.makers import staff_client
from tests.events.makers import make_event, make_registration


@pytest.fixture
def event(app):
    return make_event(mode=Mode.INVITATION)


def address(event) -> str:
    return f"/de/staff/events/{event.id}/invitations"


def test_several_codes_are_made_at_once_with_a_note_for_whom(app, event):
    client = staff_client(app, "editor")
    data = {"how_many": "3", "most_persons": "2", "note": "Elternbeirat Kita"}
    assert client.post(address(event), data=data).location == address(event)
    codes = session.query(InvitationCode).all()
    assert len({one.code for one in codes}) == 3
    assert {(one.most_persons, one.note, one.used) for one in codes} == {(2, "Elternbeirat Kita", 0)}
    page = client.get(address(event)).text
    assert all(invitations.grouped(one.code) in page for one in codes)
    assert "Elternbeirat Kita" in page


@pytest.mark.parametrize("wrong", [{"how_many": "0"}, {"how_many": "201"}, {"how_many": "x"}, {"most_persons": "501"}])
def test_nonsense_makes_no_codes(app, event, wrong):
    answer = staff_client(app, "editor").post(address(event), data={"how_many": "1", **wrong})
    assert answer.status_code == 422
    assert session.query(InvitationCode).count() == 0


def test_only_codes_that_somebody_can_still_use_are_printed_and_without_notes(app, event):
    free, used = invitations.make(event, 2, most_persons=2, note="Frau Beispiel")
    used.used = 2
    page = staff_client(app, "editor").get(f"{address(event)}/print").text
    assert invitations.grouped(free.code) in page
    assert invitations.grouped(used.code) not in page
    assert "Frau Beispiel" not in page


def test_a_code_that_was_used_stays(app, event):
    client = staff_client(app, "editor")
    free, used = invitations.make(event, 2)
    used.used = 1
    numbers = free.id, used.id
    assert client.post(f"{address(event)}/{numbers[1]}/delete").status_code == 409
    assert client.post(f"{address(event)}/{numbers[0]}/delete").status_code == 302
    assert [one.id for one in session.query(InvitationCode)] == [numbers[1]]


def test_a_code_of_another_event_is_not_found(app, event):
    code = invitations.make(make_event(), 1)[0]
    assert staff_client(app, "editor").post(f"{address(event)}/{code.id}/delete").status_code == 404


@pytest.mark.parametrize("status", [BookingStatus.HELD, BookingStatus.OFFERED])
def test_a_code_is_good_again_when_its_places_were_kept_in_vain(event, status):
    code = invitations.make(event, 1, most_persons=2)[0]
    invitations.take_more(code.id, 2)
    late = {"ends_at": clock.now(), "invitation_id": code.id}
    booking = make_registration(event, status=status, persons=2, **late).bookings[0]
    booking.missed_offers = waiting.OFFERS_PER_BOOKING - 1
    waiting.minutely()
    session.expire_all()
    assert (booking.status, code.used) == (BookingStatus.CANCELLED, 0)


def test_a_code_is_good_again_for_others_when_all_offers_are_declined(event):
    event.sessions.append(EventSession())
    code = invitations.make(event, 1, most_persons=1)[0]
    invitations.take_more(code.id, 1)
    first = make_registration(event, status=BookingStatus.OFFERED, invitation_id=code.id).bookings[0]
    waits = Booking(
        event_id=event.id,
        registration_id=first.registration_id,
        session_id=event.sessions[1].id,
        persons=1,
        status=BookingStatus.WAITING,
    )
    session.add(waits)
    session.flush()
    session.refresh(first.registration)
    waiting.decline(first)
    session.refresh(code)
    assert code.used == 1, "they still wait in the other part"
    waiting.fill(event.sessions[1])
    waiting.decline(waits)
    session.refresh(code)
    assert code.used == 0
