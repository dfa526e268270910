"""What staff prepare: what may be changed, and what residents were promised."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from participation import audit, clock
from participation.db import session
from participation.events import life, materials, operations, session_keeping
from participation.events import readiness as words
from participation.events.models import ContactRule, EventSession, Format, Mode, Offer
from participation.events.readiness import readiness
from participation.events.registration_models import Booking, BookingStatus
from participation.i18n import LazyText, LocalizedText
from participation.media import operations as media
from participation.questionnaires.asking import RepeatedPages
from participation.questionnaires.definition import Definition, Page, Repeat
from tests.events.makers import make_event, make_place, make_registration, make_room
from tests.media.makers import make_picture
from tests.media.test_documents import make_document

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def some_day(stop_clock):
    return stop_clock(2026, 3, 2, 12)


def test_a_new_event_lasts_two_hours_and_takes_as_many_as_come(app):
    event = operations.create_event(LocalizedText(de="Fest"), clock.now() + DAY)
    (part,) = event.sessions
    assert (event.ends_at - event.starts_at, part.capacity, event.is_public) == (timedelta(hours=2), None, False)
    assert event.erase_on == event.ends_at.date() + timedelta(days=30)


def test_each_change_is_in_the_audit_log_once_and_no_change_is_not(app):
    event = make_event(published=False)
    operations.change_event(event, contact_name="Frau Beispiel", contact_phone="")
    operations.change_event(event, contact_name="Frau Beispiel")
    lines = session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.action == "event.changed")).all()
    assert [line.details for line in lines] == [{"fields": ["contact_name"]}]


def test_f1_a_change_of_a_public_event_reaches_the_calendars(app):
    event, draft = make_event(), make_event(published=False)
    for one in (event, draft):
        operations.change_event(one, summary=LocalizedText(de="Anders"))
    assert (event.sequence, draft.sequence) == (1, 0)


def test_time_and_place_of_a_public_event_are_not_simply_changed(app):
    event = make_event()
    for facts in ({"starts_at": event.starts_at - DAY}, {"place": make_place()}, {"format": Format.ONLINE}):
        with pytest.raises(operations.AlreadyPublic):
            operations.change_event(event, **facts)
    operations.change_event(event, starts_at=event.starts_at, title=LocalizedText(de="Fest"))  # nothing new about time
    assert event.title["de"] == "Fest"


def test_a_draft_cannot_be_moved_into_the_past(app):
    event = make_event(published=False)
    with pytest.raises(operations.InThePast):
        operations.change_event(event, starts_at=clock.now() - DAY)
    with pytest.raises(operations.EndsBeforeItBegins):
        operations.change_event(event, ends_at=event.starts_at)


def test_what_hangs_on_the_beginning_of_a_draft_moves_along_on_the_clock(app):
    before, after = datetime(2026, 3, 27, 17, tzinfo=UTC), datetime(2026, 3, 30, 16, tzinfo=UTC)  # both 18:00
    part = EventSession(starts_at=before, ends_at=before + timedelta(hours=1))
    event = make_event(
        published=False,
        starts_at=before,
        sessions=[part],
        requests_until=date(2026, 3, 20),
        registration_closes_at=before - DAY,
    )
    operations.change_event(event, starts_at=after, ends_at=after + timedelta(hours=2))
    assert (part.starts_at, part.ends_at) == (after, after + timedelta(hours=1))
    assert (event.requests_until, event.registration_closes_at) == (
        date(2026, 3, 23),
        datetime(2026, 3, 29, 16, tzinfo=UTC),
    )


def test_what_people_were_told_about_their_data_becomes_only_shorter(app):
    event = make_event(retention_days=30)
    with pytest.raises(operations.PromiseGiven):
        operations.change_event(event, retention_days=31)
    operations.change_event(event, retention_days=10)
    assert event.erase_on == event.local_end.date() + timedelta(days=10)


@pytest.mark.parametrize(
    "facts", [{"purpose": LocalizedText()}, {"person_in_charge": ""}, {"title": LocalizedText(tr="Fest")}]
)
def test_d2_a_published_event_is_never_without_what_it_owes(app, facts):
    event = make_event(place=make_place())
    with pytest.raises(operations.StillNeeded, match="missing"):
        operations.change_event(event, **facts)


def test_d2_an_event_to_just_come_to_asks_for_names_only_with_a_purpose(app):
    event = make_event(mode=Mode.OPEN, purpose=LocalizedText())
    with pytest.raises(operations.StillNeeded, match="purpose"):
        operations.change_event(event, mode=Mode.REGISTRATION)


def test_registration_of_a_public_event_can_be_closed_at_once(app):
    event = make_event()
    operations.change_event(event, registration_closes_at=clock.now())
    assert not event.takes_registrations


def test_an_event_does_not_begin_before_it_appears(app):
    event = make_event(published_at=clock.now() + 3 * DAY)
    with pytest.raises(life.AppearsTooLate):
        operations.change_event(event, starts_at=clock.now() + 2 * DAY)


@pytest.mark.databases
def test_fewer_places_than_are_taken_are_refused_with_their_number(app):
    event = make_event(capacity=10)
    (part,) = event.sessions
    make_registration(event, persons=7)
    with pytest.raises(session_keeping.CapacityTooSmall, match="7"):
        session_keeping.change_session(part, capacity=6)
    session_keeping.change_session(part, capacity=7)
    assert part.is_full


@pytest.mark.databases
def test_more_places_are_offered_to_those_who_wait(app):
    event = make_event(capacity=1)
    (part,) = event.sessions
    make_registration(event)
    waiting = make_registration(event, status=BookingStatus.WAITING)
    session_keeping.change_session(part, capacity=2)
    statuses = session.scalars(select(Booking.status).where(Booking.registration_id == waiting.id)).all()
    assert (statuses, part.taken) == ([BookingStatus.OFFERED], 2)


def test_a_part_lies_within_its_event(app):
    event = make_event(published=False)
    with pytest.raises(session_keeping.OutsideTheEvent):
        session_keeping.add_session(event, title=LocalizedText(de="Früh"), starts_at=event.starts_at - DAY)
    with pytest.raises(session_keeping.EndsBeforeItBegins):
        session_keeping.add_session(event, title=LocalizedText(de="Kurz"), starts_at=event.ends_at)


def test_the_last_part_and_one_with_bookings_stay(app):
    event = make_event(sessions=[EventSession(), EventSession(position=1)])
    first, second = event.sessions
    make_registration(event, in_session=first, status=BookingStatus.CANCELLED)
    with pytest.raises(session_keeping.HasBookings):
        session_keeping.remove_session(first)
    session_keeping.remove_session(second)
    with pytest.raises(session_keeping.LastSession):
        session_keeping.remove_session(first)


def test_an_event_asks_no_repeated_pages(app):
    event = make_event(published=False)
    page = Page(name="child", elements=(), repeat=Repeat(name="children"))
    with pytest.raises(RepeatedPages):
        operations.ask_questions(event, Definition(languages=("de",), pages=(page,)))


def test_a_picture_that_nothing_shows_any_more_is_thrown_away(app):
    picture, other = make_picture(), make_picture()
    one, two = make_event(picture=picture), make_event(picture=picture)
    materials.show_picture(one, other)
    assert two.picture is picture
    materials.show_picture(two, None)
    assert session.get(type(picture), picture.id) is None
    assert (other.is_public, other.is_kept) == (True, True)


def test_a_document_of_several_dates_stays_until_the_last_one(app):
    document = make_document()
    one, two = make_event(published=False), make_event(published=False)
    materials.add_document(one, document)
    materials.add_document(two, document)
    materials.remove_document(one, document)
    assert two.documents == [document]
    materials.remove_document(two, document)
    assert session.get(type(document), document.id) is None


def test_the_picture_of_a_draft_is_for_staff(app):
    event = make_event(published=False)
    picture = make_picture()
    materials.show_picture(event, picture)
    media.unpublish(picture)
    assert not picture.is_public


# --- What must be there before publishing -----------------------------------------------------------------------------


def missing(event) -> str:
    return " ".join(str(one) for one in readiness(event).missing)


def advice(event) -> str:
    return " ".join(str(one) for one in readiness(event).advice)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"title": LocalizedText(tr="Toplantı")}, "The title is missing"),
        ({"purpose": LocalizedText()}, "The purpose is missing"),
        ({"legal_basis": LocalizedText(en="Law")}, "The legal basis is missing"),
        ({"person_in_charge": " "}, "The person in charge is missing"),
        ({"format": Format.ONLINE}, "The web address for taking part online is missing"),
        ({"place": None}, "The place is missing"),
    ],
)
def test_d2_what_is_missing_stands_in_the_way_of_publishing(app, facts, sentence):
    event = make_event(published=False, **{"place": make_place(), **facts})
    assert sentence in missing(event)
    assert not readiness(event).is_ready


def test_d2_whoever_just_comes_is_asked_for_nothing_and_owed_nothing(app):
    event = make_event(
        published=False, mode=Mode.OPEN, purpose=LocalizedText(), person_in_charge="", place=make_place()
    )
    assert readiness(event).is_ready


def test_an_event_that_nobody_could_register_for_is_not_published(app):
    event = make_event(published=False, place=make_place(), registration_closes_at=clock.now())
    assert "registration is closed already" in missing(event)
    event.registration_closes_at, event.registration_opens_at = None, event.starts_at
    assert "opens only when it is closed already" in missing(event)
    event.registration_opens_at, event.starts_at = None, clock.now()
    assert "would have begun already" in missing(event)


def test_parts_have_names_and_lie_within_the_event(app):
    event = make_event(published=False, place=make_place(), sessions=[EventSession(), EventSession(position=1)])
    assert "one of them has no name" in missing(event)
    event.sessions[1].starts_at = event.starts_at - DAY
    assert "begins before the event" in missing(event)


def test_what_is_worth_a_look_does_not_stand_in_the_way(app):
    place = make_place()
    event = make_event(
        published=False,
        place=place,
        room=make_room(place, holds=10),
        capacity=11,
        contact_rule=ContactRule.NONE,
        child_care=Offer.ON_REQUEST,
        requests_until=clock.today() - DAY,
    )
    assert readiness(event).is_ready
    for sentence in ("holds fewer people", "cannot reach people", "has passed", "languages are spoken"):
        assert sentence in advice(event)


def test_whatever_is_missing_leads_to_the_page_where_it_is_put_right(app):
    sentences = [one for one in vars(words).values() if isinstance(one, LazyText)]
    assert all(
        "event_staff." in readiness(make_event()).put_right_on(one) for one in [*sentences, *words.DUTIES.values()]
    )
