"""Where an event asks by link first: places are held, and the click makes them theirs (D9)."""

import re
from datetime import timedelta

from participation.contacts import operations as contacts
from participation.db import session
from participation.events import letters, waiting
from participation.events.registration_models import BookingStatus
from participation.mail import Mail
from tests.events.makers import make_event, make_registration, make_waiting_list

Status = BookingStatus


def make_held(event, **facts):
    """Somebody who was asked, and the token in the letter."""
    contact = letters.ask_for_link(event, "ayse@example.org")
    registration = make_registration(event, contact=contact, **facts)
    question = session.query(Mail).filter_by(wording="events/confirm").one()
    return registration, re.search(r"/contacts/confirm/(\S+)", question.text)[1]


def last_letter() -> str:
    return session.query(Mail).order_by(Mail.id.desc()).first().wording


def test_d9_the_click_in_time_confirms_the_place_and_brings_the_letter(app):
    event = make_event(capacity=1, confirms_by_link=True)
    registration, token = make_held(event, status=Status.HELD)
    contacts.confirm(token)
    booking = registration.bookings[0]
    assert (booking.status, booking.ends_at, event.sessions[0].taken) == (Status.CONFIRMED, None, 1)
    assert last_letter() == "events/registered"


def test_a_click_after_the_places_were_given_away_is_answered(app, stop_clock):
    now = stop_clock(2026, 5, 1, 10)
    event = make_event(capacity=1, confirms_by_link=True)
    registration, token = make_held(event, status=Status.HELD, ends_at=now + timedelta(hours=1))
    make_waiting_list(event, 1)
    stop_clock(2026, 5, 1, 11)
    waiting.minutely()
    contacts.confirm(token)
    assert registration.bookings[0].status is Status.CANCELLED
    assert last_letter() == "events/confirmed_too_late"


def test_a_click_after_the_time_confirms_nothing_also_when_nobody_has_looked_yet(app, stop_clock):
    now = stop_clock(2026, 5, 1, 10)
    event = make_event(confirms_by_link=True)
    registration, token = make_held(event, status=Status.HELD, ends_at=now + timedelta(hours=1))
    stop_clock(2026, 5, 1, 11)
    contacts.confirm(token)
    assert registration.bookings[0].status is Status.HELD
    assert last_letter() == "events/confirmed_too_late"


def test_whoever_waits_is_told_so_after_the_click(app):
    event = make_event(capacity=1, confirms_by_link=True)
    make_registration(event)
    _registration, token = make_held(event, status=Status.WAITING)
    contacts.confirm(token)
    assert last_letter() == "events/waiting"
