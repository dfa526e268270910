"""Saying yes or no to an offer, with the receipt at hand or through the link of the letter."""

import re

from participation.db import session
from participation.events import waiting
from participation.events.registration_models import BookingStatus
from participation.mail import Mail
from participation.receipts import operations as receipts
from tests.events.makers import make_contact, make_event, make_waiting_list

Status = BookingStatus
PAGE = "/de/events/offers"


def make_offer(event=None, **facts):
    """Somebody who waited and is offered a place now."""
    event = event or make_event(capacity=1, offer_hours=1)
    (registration,) = make_waiting_list(event, 1, **facts)
    waiting.fill(event.sessions[0])
    session.expire_all()
    return registration


def take_to_hand(client, registration):
    code = receipts.renew(registration.receipt)
    client.post("/de/receipt", data={"code": code})


def link_in_the_letter() -> str:
    mail = session.query(Mail).filter_by(wording="events/offer").one()
    return re.search(r"http://\S+?(/de/events/offers/letter/\S+)", mail.text)[1]


def test_two_clicks_from_the_letter_to_the_place(client):
    registration = make_offer(contact=make_contact())
    page = client.get(link_in_the_letter(), follow_redirects=True)
    assert (page.status_code, page.request.path) == (200, PAGE)
    assert "no-store" in page.headers["Cache-Control"]
    action = f"{PAGE}/{registration.bookings[0].id}/accept"
    assert f'action="{action}"' in page.text
    page = client.post(action, follow_redirects=True)
    assert "You have a place." in page.text
    assert registration.bookings[0].status is Status.CONFIRMED
    assert registration.contact.is_confirmed, "whoever has the link reads this mailbox"


def test_opening_the_link_alone_changes_nothing(client):
    registration = make_offer(contact=make_contact())
    client.get(link_in_the_letter(), follow_redirects=True)
    assert registration.bookings[0].status is Status.OFFERED
    assert not registration.contact.is_confirmed


def test_with_the_receipt_at_hand_somebody_without_any_address_says_yes(client):
    registration = make_offer(with_receipt=True)
    take_to_hand(client, registration)
    assert "Yes, I take the place" in client.get(PAGE).text
    client.post(f"{PAGE}/{registration.bookings[0].id}/accept")
    assert registration.bookings[0].status is Status.CONFIRMED


def test_no_frees_the_place(client):
    registration = make_offer(with_receipt=True)
    take_to_hand(client, registration)
    page = client.post(f"{PAGE}/{registration.bookings[0].id}/decline", follow_redirects=True)
    assert "You have no place here, and you do not wait for one." in page.text
    assert registration.event.sessions[0].taken == 0


def test_whoever_comes_too_late_reads_what_became_of_it(client, stop_clock):
    stop_clock(2026, 5, 1, 10)
    registration = make_offer(with_receipt=True)
    make_waiting_list(registration.event, 1)
    take_to_hand(client, registration)
    stop_clock(2026, 5, 1, 11)
    assert "The time for this offer is over." in client.get(PAGE).text
    page = client.post(f"{PAGE}/{registration.bookings[0].id}/accept", follow_redirects=True)
    assert page.status_code == 200
    assert "This offer is over. The place was offered to somebody else." in page.text
    waiting.minutely()
    assert "You are on the waiting list again, at its end." in client.get(PAGE).text


def test_v18_nobody_answers_for_somebody_else(client):
    event = make_event(capacity=2)
    mine, other = make_offer(event, with_receipt=True), make_offer(event, with_receipt=True)
    take_to_hand(client, mine)
    assert client.post(f"{PAGE}/{other.bookings[0].id}/accept").status_code == 404
    assert other.bookings[0].status is Status.OFFERED


def test_without_receipt_or_letter_one_is_asked_for_the_receipt(client):
    registration = make_offer()
    assert client.get(PAGE).location == "/de/receipt"
    assert client.post(f"{PAGE}/{registration.bookings[0].id}/accept").location == "/de/receipt"
    client.get(f"{PAGE}/letter/forged")
    assert client.get(PAGE).location == "/de/receipt"


def test_a_letter_opened_later_counts_and_another_receipt_taken_to_hand_after_it_too(client):
    first = make_offer(with_receipt=True)
    second = make_offer(contact=make_contact())
    take_to_hand(client, first)
    page = client.get(link_in_the_letter(), follow_redirects=True)
    assert str(second.bookings[0].id) in page.text
    third = make_offer(with_receipt=True)
    take_to_hand(client, third)
    assert str(third.bookings[0].id) in client.get(PAGE).text
