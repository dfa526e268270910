"""What the database itself guards in the events room."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from participation.db import session
from participation.events import seats
from participation.events.models import EventSession
from participation.events.registration_models import ConsentText
from participation.i18n import LocalizedText
from tests.accounts.makers import make_user
from tests.events.makers import make_event, make_registration

pytestmark = pytest.mark.databases


def test_v7_the_database_refuses_more_places_than_there_are(app):
    event = make_event(capacity=2)
    make_registration(event, persons=2)
    with pytest.raises(IntegrityError, match="never_overbooked"), session.begin_nested():
        session.execute(text("UPDATE event_sessions SET taken = 3"))


def test_places_are_taken_all_or_none(app):
    event = make_event(capacity=3)
    there = event.sessions[0]
    assert [seats.take(there.id, 2), seats.take(there.id, 2), seats.take(there.id, 1)] == [True, False, True]
    assert there.free == 0
    seats.give_back(there.id, 2)
    assert there.free == 2


def test_where_nothing_is_limited_everybody_fits(app):
    event = make_event()
    assert seats.take(event.sessions[0].id, 500)
    assert event.sessions[0].free is None


def test_nobody_releases_what_they_handed_in(app):
    author = make_user("editor")
    event = make_event(published=False, needs_second_person=True, handed_in_by_id=author.id)
    event.published_at, event.released_by_id = event.created_at, author.id
    with pytest.raises(IntegrityError, match="released_by_somebody_else"), session.begin_nested():
        session.flush()


def test_d3_a_consent_text_never_changes(app):
    event = make_event()
    session.add(ConsentText(event_id=event.id, number=1, text=LocalizedText(de="Fotos")))
    session.flush()
    with pytest.raises(IntegrityError, match="never changes"), session.begin_nested():
        session.execute(text("UPDATE consent_texts SET version = 2"))


def test_a_booking_is_for_a_session_of_its_own_event(app):
    event, other = make_event(), make_event()
    with pytest.raises(IntegrityError), session.begin_nested():
        make_registration(event, in_session=session.get_one(EventSession, other.sessions[0].id))


def test_the_day_of_erasing_follows_the_end_in_germany(app):
    event = make_event(retention_days=30)
    assert event.erase_on == event.local_end.date() + timedelta(days=30)
