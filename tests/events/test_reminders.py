"""The letters of the day before."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.clock import BERLIN
from participation.db import session
from participation.events import life, reminders
from participation.events.registration_models import BookingStatus, CallReason, PhoneCall
from participation.mail import Mail
from tests.events.makers import make_contact, make_event, make_place, make_registration

LONG_AGO = datetime(2026, 4, 1, tzinfo=UTC)


def make_guests(event, number: int = 1, **facts):
    """People with a place and an address, who registered some time ago."""
    return [
        make_registration(event, contact=make_contact(f"guest{place}@example.org"), created_at=LONG_AGO, **facts)
        for place in range(number)
    ]


def make_evening(day: int = 2, **facts):
    """An event in the evening of a day in May."""
    return make_event(starts_at=datetime(2026, 5, day, 18, tzinfo=BERLIN), **facts)


def reminded() -> int:
    return session.query(Mail).filter_by(wording="events/reminder").count()


def test_on_the_day_before_everybody_with_a_place_hears_of_it_once(app, stop_clock):
    stop_clock(2026, 5, 1, 7)
    event = make_evening(capacity=2)
    make_guests(event, 2)
    make_registration(
        event, contact=make_contact("waits@example.org"), status=BookingStatus.WAITING, created_at=LONG_AGO
    )
    assert reminders.remind() == 0, "nobody is woken by it"
    now = stop_clock(2026, 5, 1, 8)
    assert [reminders.remind(), reminders.remind()] == [2, 0]
    assert (event.reminded_at, event.reminded_to) == (now, None)
    assert {mail.recipient for mail in session.query(Mail)} == {"guest0@example.org", "guest1@example.org"}


@pytest.mark.databases
def test_many_letters_are_written_in_steps_and_nobody_gets_two(app, stop_clock, monkeypatch):
    stop_clock(2026, 5, 1, 12)
    monkeypatch.setattr(reminders, "MOST_AT_ONCE", 4)
    event = make_evening()
    make_guests(event, 10)
    steps = []
    for _minute in range(4):
        steps.append(reminders.remind())
        session.commit()
        session.expire_all()
    assert steps == [4, 4, 2, 0]
    assert len({mail.recipient for mail in session.query(Mail)}) == reminded() == 10


def test_a_step_serves_several_events(app, stop_clock):
    stop_clock(2026, 5, 1, 12)
    for _number in range(3):
        make_guests(make_evening(), 2)
    assert reminders.remind() == 6


def test_whoever_registered_today_knows_it(app, stop_clock):
    now = stop_clock(2026, 5, 1, 12)
    event = make_evening()
    make_registration(event, contact=make_contact(), created_at=now - timedelta(hours=3))
    assert reminders.remind() == 0
    assert event.reminded_at is not None


@pytest.mark.parametrize("facts", [{"day": 3}, {"day": 1}, {"cancelled": True}, {"published": False}])
def test_no_letter_for_what_is_later_or_begun_or_cancelled_or_not_public(app, stop_clock, facts):
    now = stop_clock(2026, 5, 1, 17)
    is_cancelled = facts.pop("cancelled", False)
    event = make_evening(**facts)
    event.cancelled_at = now if is_cancelled else None
    make_guests(event)
    assert reminders.remind() == 0


def test_an_event_of_tomorrow_that_is_moved_is_told_of_again(app, stop_clock):
    stop_clock(2026, 5, 1, 12)
    event = make_evening(place=make_place())
    make_guests(event)
    reminders.remind()
    later = timedelta(days=7)
    life.move(event, starts_at=event.starts_at + later, ends_at=event.ends_at + later)
    assert reminders.remind() == 0
    stop_clock(2026, 5, 8, 12)
    assert reminders.remind() == 1


def test_who_has_only_a_telephone_is_called(app, stop_clock):
    stop_clock(2026, 5, 1, 12)
    make_registration(make_evening(), phone="+49201123456", created_at=LONG_AGO)
    reminders.remind()
    assert session.query(PhoneCall).one().reason is CallReason.REMINDER
