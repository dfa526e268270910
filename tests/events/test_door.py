"""Counting at the door: each registration once, everybody else by number."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.db import session
from participation.events import door, door_queries, door_scans
from participation.events.door import DoorIsClosed, Mark, Outcome, SomethingElseCounted, TooMany
from participation.events.models import EventSession
from participation.events.registration_models import BookingStatus, CheckIn, RegisteredPerson
from participation.i18n import LocalizedText
from tests.accounts.makers import make_user
from tests.events.makers import make_event, make_registration

pytestmark = pytest.mark.databases


@pytest.fixture
def staff(app):
    return make_user("editor")


def how_many(event):
    return session.scalar(select(func.count()).select_from(CheckIn).where(CheckIn.event_id == event.id))


def scan(registration, **facts):
    """What a phone sends for a ticket."""
    return {"id": str(uuid.uuid4()), "ticket": registration.ticket, "seconds_ago": 0, **facts}


def test_a_registration_counts_once_with_all_its_people(app, staff):
    event = make_event()
    family = make_registration(event, persons=3)
    assert door.check_in(event, family, staff, Mark.now()) is Outcome.HERE
    assert door.check_in(event, family, staff, Mark.now()) is Outcome.ALREADY
    assert door.counts(event) == door.Counts(came=3, without_registration=0, expected=3)


def test_what_a_phone_sends_twice_counts_once(app, staff):
    event = make_event()
    mark = Mark.now()
    for _again in range(2):
        door.walk_in(event, staff, mark)
    assert (how_many(event), door.counts(event).came) == (1, 1)


def test_an_id_that_was_used_for_somebody_else_counts_nothing(app, staff):
    event = make_event()
    first, second = make_registration(event), make_registration(event)
    mark = Mark.now()
    door.check_in(event, first, staff, mark)
    with pytest.raises(SomethingElseCounted):
        door.check_in(event, second, staff, mark)
    with pytest.raises(SomethingElseCounted):
        door.walk_in(event, staff, mark)
    assert how_many(event) == 1


def test_fewer_people_than_registered_may_come_and_the_number_can_be_corrected(app, staff):
    event = make_event()
    family = make_registration(event, persons=4)
    door.check_in(event, family, staff, Mark.now(persons=2))
    assert door.counts(event).came == 2
    door.correct(family, 5)
    assert door.counts(event).came == 5
    with pytest.raises(TooMany):
        door.correct(family, 0)


def test_what_was_counted_by_mistake_is_taken_back(app, staff):
    event, other = make_event(), make_event()
    person = make_registration(event)
    door.check_in(event, person, staff, Mark.now())
    check_in_id = door.check_in_of(person).id
    door.undo(other, check_in_id)
    assert door.counts(event).came == 1
    door.undo(event, check_in_id)
    assert door.counts(event).came == 0
    assert door.check_in(event, person, staff, Mark.now()) is Outcome.HERE


@pytest.mark.parametrize("status", [BookingStatus.HELD, BookingStatus.OFFERED])
def test_whoever_is_in_the_room_keeps_a_place_that_was_not_confirmed_yet(app, staff, status):
    event = make_event(capacity=5)
    person = make_registration(event, status=status)
    assert door.check_in(event, person, staff, Mark.now()) is Outcome.HERE
    session.refresh(person.bookings[0])
    assert (person.bookings[0].status, person.bookings[0].ends_at) == (BookingStatus.CONFIRMED, None)


def test_from_the_waiting_list_only_whoever_staff_let_in(app, staff):
    event = make_event(capacity=1)
    person = make_registration(event, status=BookingStatus.WAITING)
    assert door.check_in(event, person, staff, Mark.now()) is Outcome.WAITING
    assert door.counts(event).came == 0
    assert door.check_in(event, person, staff, Mark.now(anyway=True)) is Outcome.HERE


def test_a_cancelled_registration_is_told_and_not_counted(app, staff):
    event = make_event()
    person = make_registration(event, status=BookingStatus.CANCELLED)
    assert door.check_in(event, person, staff, Mark.now(anyway=True)) is Outcome.CANCELLED
    assert how_many(event) == 0


def test_nobody_is_counted_before_an_event_is_public_or_when_it_is_cancelled(app, staff):
    draft, off = make_event(published=False), make_event(cancelled_at=clock.now())
    for event in (draft, off):
        with pytest.raises(DoorIsClosed):
            door.walk_in(event, staff, Mark.now())
        with pytest.raises(DoorIsClosed):
            door.check_in(event, make_registration(event), staff, Mark.now())


def test_d4_people_without_a_registration_are_a_number_and_perhaps_a_language(app, staff):
    event = make_event(capacity=1)
    make_registration(event)
    assert door_queries.is_full(event)
    door.walk_in(event, staff, Mark.now(persons=4), "tr")
    counted = door_queries.last_counted(event)[0]
    assert (counted.persons, counted.language, counted.registration_id) == (4, "tr", None)
    assert door.counts(event) == door.Counts(came=4, without_registration=4, expected=1)


def test_the_numbers_stay_when_the_registrations_are_erased(app, staff):
    event = make_event()
    person = make_registration(event, persons=2)
    door.check_in(event, person, staff, Mark.now())
    session.delete(person)
    session.flush()
    session.expire_all()
    assert door.counts(event).came == 2


@pytest.mark.parametrize(
    "typed", ["{ticket}", "{small}", " {parts} ", "https://city.example/de/staff/check-in#{ticket}"]
)
def test_a_ticket_is_read_from_a_qr_code_or_from_typing(app, typed):
    person = make_registration(make_event())
    ticket = person.ticket
    parts = "-".join((ticket[:4], ticket[4:8], ticket[8:]))
    assert door.holder(typed.format(ticket=ticket, small=ticket.lower(), parts=parts)) == person


@pytest.mark.parametrize("typed", ["", "x", "A" * 12, "A" * 300, "\x00", "#", "' OR 1=1"])
def test_what_is_no_ticket_belongs_to_nobody(app, typed):
    make_registration(make_event())
    assert door.holder(typed) is None


# --- What phones send later -------------------------------------------------------------------------------------------


def test_each_scan_is_answered_by_itself(app, staff):
    event, other = make_event(), make_event()
    here, elsewhere = make_registration(event), make_registration(other)
    cancelled = make_registration(event, status=BookingStatus.CANCELLED)
    sent = [
        scan(here, event=event.id),
        scan(here, event=event.id),
        scan(elsewhere, event=event.id),
        scan(cancelled, event=event.id),
        {**scan(here), "ticket": "222222222222"},
        {"id": str(uuid.uuid4()), "event": event.id, "persons": 2, "seconds_ago": 5},
    ]
    outcomes = [door_scans.take(one, staff).outcome for one in sent]
    assert outcomes == ["here", "already", "other_event", "cancelled", "unknown", "counted"]
    assert door.counts(event) == door.Counts(came=3, without_registration=2, expected=1)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"},
        {"id": 7},
        {"id": None},
        {"ticket": 7},
        {"ticket": "A" * 301},
        {"ticket": ""},
        {"seconds_ago": -1},
        {"seconds_ago": "now"},
        {"seconds_ago": 1e400},
        {"persons": 0},
        {"persons": 501},
        {"persons": True},
        {"event": 2**31},
        {"event": "1"},
        {"language": "xx"},
        {"language": ["de"]},
        {"language": {}},
    ],
)
def test_what_no_page_of_ours_sends_is_told_to_be_unreadable(app, staff, change):
    event = make_event()
    sent = scan(make_registration(event), **change)
    assert door_scans.take(sent, staff).outcome == door_scans.UNREADABLE
    assert how_many(event) == 0


@pytest.mark.parametrize("sent", [None, 1, "x", [], [[]], {}])
def test_what_is_no_scan_is_told_to_be_unreadable(app, staff, sent):
    assert door_scans.take(sent, staff).outcome == door_scans.UNREADABLE


def test_a_scan_that_was_kept_tells_when_it_was(app, staff, stop_clock):
    now = stop_clock(2026, 5, 4, 18)
    event = make_event()
    kept, very_old = make_registration(event), make_registration(event)
    door_scans.take(scan(kept, seconds_ago=3600), staff)
    door_scans.take(scan(very_old, seconds_ago=2**40), staff)
    assert door.check_in_of(kept).arrived_at == now - timedelta(hours=1)
    assert door.check_in_of(very_old).arrived_at == now - door.OLDEST


def test_v18_whoever_may_not_see_the_event_counts_nobody(app):
    event = make_event()
    stranger = make_user("analyst")
    one = make_registration(event)
    assert door_scans.take(scan(one), stranger).outcome == door_scans.NOT_ALLOWED
    people = {"id": str(uuid.uuid4()), "event": event.id, "seconds_ago": 0}
    assert door_scans.take(people, stranger).outcome == door_scans.NOT_ALLOWED
    assert how_many(event) == 0


# --- Who is expected --------------------------------------------------------------------------------------------------


def test_the_list_is_in_the_order_of_names_and_finds_them_in_any_spelling(app):
    event = make_event(sessions=[EventSession(title=LocalizedText(de="Tisch 1")), EventSession(position=1)])
    agreed = {"needs_agreed_at": clock.now()}
    make_registration(event, name="Özge Şahin", wheelchairs=1, interpreter="tr", children=2, **agreed)
    group = make_registration(event, name="", organisation="Verein Älter werden", persons=2)
    session.add(RegisteredPerson(registration_id=group.id, position=0, name="Yusuf Kaya"))
    make_registration(event, name="Weg", status=BookingStatus.CANCELLED)
    session.flush()
    everybody = door_queries.guests(event)
    assert [guest.called for guest in door_queries.expected(everybody)] == ["Özge Şahin", "Verein Älter werden"]
    assert [one.called for one in door_queries.looked_for(everybody, "sahin OZGE")] == []
    assert [one.called for one in door_queries.looked_for(everybody, "sahin oezge")] == ["Özge Şahin"]
    assert [one.called for one in door_queries.looked_for(everybody, "yusuf")] == ["Verein Älter werden"]
    guest = everybody[0]
    assert guest.wishes == ["1 wheelchair", "Interpreter: Türkçe", "Child care for 2 children"]
    assert [str(title) for title in guest.sessions] == ["Tisch 1"]
