"""The life of an event: who may publish it and when, how it is taken back, moved and called off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from participation import audit, clock, text_index
from participation.db import session
from participation.events import by_itself, life
from participation.events.models import Event, EventSession, EventState, Format
from participation.events.registration_models import Booking, BookingStatus, PhoneCall
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.media.models import Document
from tests.accounts.makers import make_user
from tests.events.makers import make_contact, make_event, make_place, make_registration, make_room

pytestmark = pytest.mark.usefixtures("app")

A_DAY = timedelta(days=1)


@pytest.fixture
def second_person_needed(app, monkeypatch):
    settings = replace(app.config["SETTINGS"], events_need_second_person=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)


@pytest.fixture
def staff(app):
    return make_user("editor")


def make_draft(**facts: Any) -> Event:
    return make_event(published=False, place=make_place(), **facts)


def make_document(**facts: Any) -> Document:
    document = Document(title="Tagesordnung", language="de", size=4, content=b"%PDF", **facts)
    session.add(document)
    session.flush()
    return document


def actions() -> list[str]:
    return list(session.scalars(select(audit.AuditEntry.action).order_by(audit.AuditEntry.id)))


def letters() -> list[tuple[str, str]]:
    return [(one.recipient, one.wording) for one in session.scalars(select(Mail).order_by(Mail.id))]


# --- Publishing -------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_what_is_released_now_is_public_found_and_shows_its_documents(staff):
    event = make_draft(documents=[make_document()])
    life.release(event, staff)
    assert event.state is EventState.PUBLISHED
    assert event.released_by_id == staff.id
    assert event.documents[0].is_public
    assert list(session.scalars(text_index.search("Quartiersversammlung", "event"))) == [event.id]
    assert actions() == ["event.released"]


def test_whoever_presses_second_is_told_that_the_event_is_released_already(staff):
    event = make_draft()
    life.release(event, staff)
    with pytest.raises(life.AlreadyReleased):
        life.release(event, make_user("editor"))
    assert actions() == ["event.released"]


def test_an_event_that_lacks_something_is_neither_handed_in_nor_released_d2(staff):
    event = make_event(published=False)  # no place
    for step in (life.hand_in, life.release):
        with pytest.raises(life.NotReady):
            step(event, staff)
    assert event.state is EventState.DRAFT


@pytest.mark.databases
def test_where_a_second_person_has_to_look_nobody_publishes_alone(staff, second_person_needed):
    event = make_draft()
    with pytest.raises(life.NotHandedIn):
        life.release(event, staff)
    life.hand_in(event, staff)
    assert event.state is EventState.IN_REVIEW
    with pytest.raises(life.SecondPersonNeeded):
        life.release(event, staff)
    with pytest.raises(life.AlreadyHandedIn):
        life.hand_in(event, make_user("editor"))
    other = make_user("editor")
    life.release(event, other)
    assert (event.handed_in_by_id, event.released_by_id) == (staff.id, other.id)


def test_what_was_handed_in_before_the_city_wanted_two_people_is_handed_in_again(staff, app, monkeypatch):
    event = make_draft()
    life.hand_in(event, staff)
    settings = replace(app.config["SETTINGS"], events_need_second_person=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with pytest.raises(life.NotHandedIn):
        life.release(event, make_user("editor"))
    life.hand_back(event)
    assert event.state is EventState.DRAFT
    life.hand_in(event, staff)
    life.release(event, make_user("editor"))


def test_only_what_waits_for_a_second_person_is_handed_back(staff):
    event = make_draft()
    with pytest.raises(life.NotInReview):
        life.hand_back(event)


@pytest.mark.databases
def test_an_event_appears_by_itself_once_however_often_or_late_the_worker_looks(staff, stop_clock):
    stop_clock(2026, 5, 4, 10)
    event = make_draft(documents=[make_document()])
    life.release(event, staff, datetime(2026, 5, 6, 8, tzinfo=UTC))
    assert (event.state, event.is_public) == (EventState.SCHEDULED, False)
    assert life.appear_by_themselves() == {"appeared_events": 0}
    assert not event.documents[0].is_public
    stop_clock(2026, 5, 6, 8)
    assert event.is_public, "the page needs no worker"
    stop_clock(2026, 5, 6, 13, 30)
    assert by_itself.minutely()["appeared_events"] == 1
    assert by_itself.minutely()["appeared_events"] == 0
    assert event.documents[0].is_public
    assert event.changed_at == event.published_at, "feeds learn that there is something new"
    assert list(session.scalars(text_index.search("Quartiersversammlung", "event"))) == [event.id]


@pytest.mark.parametrize(
    ("hours", "refusal"), [(-1, life.MomentPassed), (0, life.MomentPassed), (7 * 24, life.AppearsTooLate)]
)
def test_an_event_appears_neither_in_the_past_nor_when_it_has_begun(staff, stop_clock, hours, refusal):
    now = stop_clock(2026, 5, 4, 10)
    event = make_draft()
    with pytest.raises(refusal):
        life.release(event, staff, now + timedelta(hours=hours))
    assert event.published_at is None


# --- Taking back and throwing away ------------------------------------------------------------------------------------


def test_what_nobody_has_registered_for_becomes_a_draft_again_with_all_it_showed(staff):
    document, shared = make_document(), make_document()
    event = make_draft(documents=[document, shared])
    life.release(event, staff)
    other = make_draft(documents=[shared])
    life.release(other, staff)
    life.take_back(event)
    assert (event.state, event.sequence) == (EventState.DRAFT, 1)
    assert (document.is_public, shared.is_public) == (False, True)
    assert list(session.scalars(text_index.search("Quartiersversammlung", "event"))) == [other.id]
    assert "event.taken_back" in actions()


def test_what_somebody_registered_for_is_not_taken_back_even_if_they_cancelled():
    event = make_event()
    make_registration(event, status=BookingStatus.CANCELLED)
    with pytest.raises(life.PeopleRegistered):
        life.take_back(event)
    assert event.is_public


def test_only_what_is_published_and_lies_ahead_is_taken_back():
    now = clock.now()
    for event, refusal in (
        (make_event(published=False), life.NotPublished),
        (make_event(cancelled_at=now), life.AlreadyCancelled),
        (make_event(starts_at=now - timedelta(minutes=1)), life.HasBegun),
    ):
        with pytest.raises(refusal):
            life.take_back(event)


@pytest.mark.databases
def test_a_draft_is_deleted_without_what_other_events_show():
    own, shared = make_document(), make_document()
    draft = make_draft(documents=[own, shared])
    kept = make_draft(documents=[shared])
    life.delete_draft(draft)
    assert session.scalars(select(Event)).all() == [kept]
    assert session.scalars(select(Document)).all() == [shared]
    with pytest.raises(life.NotADraft):
        life.delete_draft(make_event())


# --- Cancelling -------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_everybody_with_a_place_or_on_the_list_is_told_that_it_does_not_take_place():
    event = make_event(capacity=1)
    make_registration(event, contact=make_contact("ayse@example.org"))
    make_registration(event, status=BookingStatus.WAITING, contact=make_contact("ivan@example.org"))
    make_registration(event, status=BookingStatus.CANCELLED, contact=make_contact("gone@example.org"))
    called = make_registration(event, status=BookingStatus.WAITING, phone="+4930123456")
    life.cancel(event, LocalizedText(de="Der Saal ist überflutet."), event.sequence)
    assert event.state is EventState.CANCELLED
    assert event.is_public, "its page stays and says so"
    assert event.sequence == 1
    told = {("ayse@example.org", "events/event_cancelled"), ("ivan@example.org", "events/event_cancelled")}
    assert set(letters()) == told
    assert session.scalars(select(PhoneCall.registration_id)).all() == [called.id]
    assert "Der Saal ist überflutet." in session.scalars(select(Mail.text)).first()
    assert len(session.scalars(select(Booking).where(Booking.status == BookingStatus.CONFIRMED)).all()) == 1


def test_an_event_is_cancelled_once_and_nobody_is_told_twice():
    event = make_event()
    make_registration(event, contact=make_contact())
    life.cancel(event, LocalizedText(de="Sturm"))
    with pytest.raises(life.AlreadyCancelled):
        life.cancel(event, LocalizedText(de="Sturm"))
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"published": False}, life.NotPublished), ({"starts_at": datetime(2020, 1, 1, tzinfo=UTC)}, life.HasBegun)],
)
def test_what_nobody_sees_or_what_has_begun_is_not_cancelled(app, facts, refusal):
    event = make_event(**facts)
    with pytest.raises(refusal):
        life.cancel(event, LocalizedText(de="Sturm"))


def test_whoever_looked_at_an_earlier_state_is_asked_to_look_again():
    event = make_event(place=make_place())
    seen = event.sequence
    life.move(event, seen=seen, starts_at=event.starts_at + A_DAY, ends_at=event.ends_at + A_DAY)
    with pytest.raises(life.ChangedMeanwhile):
        life.cancel(event, LocalizedText(de="Sturm"), seen)
    with pytest.raises(life.ChangedMeanwhile):
        life.move(event, seen=seen, online_address="https://example.org/raum")


# --- Moving -----------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_a_moved_event_takes_its_parts_and_its_days_of_registration_along_on_the_clock(stop_clock):
    stop_clock(2026, 3, 20, 12)
    starts_at = datetime(2026, 3, 27, 17, tzinfo=UTC)  # 18:00, before the clocks are put forward
    event = make_event(
        place=make_place(),
        starts_at=starts_at,
        registration_closes_at=datetime(2026, 3, 25, 11, tzinfo=UTC),  # 12:00, two days before
        requests_until=starts_at.date() - 3 * A_DAY,
        reminded_at=starts_at - A_DAY,
        sessions=[EventSession(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), capacity=5)],
    )
    make_registration(event, contact=make_contact())
    later = datetime(2026, 4, 3, 16, tzinfo=UTC)  # 18:00 again
    life.move(event, LocalizedText(de="Der Saal war belegt."), starts_at=later, ends_at=later + timedelta(hours=2))
    assert event.sessions[0].starts_at == later
    assert event.sessions[0].ends_at == later + timedelta(hours=1)
    assert event.registration_closes_at == datetime(2026, 4, 1, 10, tzinfo=UTC)  # still at 12:00
    assert event.requests_until == later.date() - 3 * A_DAY
    assert event.reminded_at is None, "the letter of the day before comes for the new day"
    assert event.erase_on == later.date() + 30 * A_DAY
    assert (event.sequence, letters()) == (1, [("ayse@example.org", "events/event_changed")])
    mail = session.scalars(select(Mail)).one()
    assert "Der Saal war belegt." in mail.text
    assert "SEQUENCE:1" in mail.calendar


def test_a_moved_event_can_go_online_and_change_its_building():
    old, new = make_place(), make_place()
    event = make_event(place=old)
    assert event.is_step_free
    life.move(event, place=new, format=Format.BOTH, online_address="https://example.org/raum")
    assert (event.place, event.format) == (new, Format.BOTH)
    life.move(event, place=None, room=None, format=Format.ONLINE)
    assert (event.place, event.is_step_free, event.sequence) == (None, False, 2)


def test_no_place_is_kept_beyond_the_new_beginning():
    event = make_event(place=make_place(), capacity=1)
    until = event.starts_at - timedelta(hours=1)
    waiting = make_registration(event, status=BookingStatus.OFFERED, ends_at=until)
    earlier = event.starts_at - timedelta(days=3)
    life.move(event, starts_at=earlier, ends_at=earlier + timedelta(hours=1))
    session.refresh(waiting.bookings[0])
    assert waiting.bookings[0].ends_at == earlier


@pytest.mark.parametrize(
    ("hours", "length", "refusal"),
    [
        (-8 * 24, 2, life.IntoThePast),
        (24, 0, life.EndsTooEarly),
        (24, -1, life.EndsTooEarly),
        (24 * 366 * 5, 2, life.TooFarAhead),
        (0, 2, life.NothingChanged),
    ],
)
def test_an_event_is_not_moved_where_it_cannot_be(hours, length, refusal):
    event = make_event(place=make_place())
    make_registration(event, contact=make_contact())
    starts_at = event.starts_at + timedelta(hours=hours)
    with pytest.raises(refusal):
        life.move(event, starts_at=starts_at, ends_at=starts_at + timedelta(hours=length))
    assert letters() == []


def test_a_part_that_would_lie_outside_stops_the_move():
    event = make_event(place=make_place())
    event.sessions[0].starts_at, event.sessions[0].ends_at = event.starts_at, event.ends_at
    session.flush()
    with pytest.raises(life.PartOutside):
        life.move(event, ends_at=event.ends_at - timedelta(hours=1))


def test_whoever_comes_somewhere_needs_a_place_and_a_room_of_that_place():
    event = make_event(place=make_place())
    with pytest.raises(life.PlaceMissing):
        life.move(event, place=None)
    with pytest.raises(life.PlaceMissing):
        life.move(event, room=make_room(make_place()))
