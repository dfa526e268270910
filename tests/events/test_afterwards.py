"""After an event: the report, photos, who is thanked, and the number that stays."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from participation import clock, text_index
from participation.db import session
from participation.events import afterwards
from participation.events.models import Event
from participation.events.registration_models import BookingStatus, CheckIn
from participation.mail import Mail
from participation.media.models import Picture
from participation.rich_text import LocalizedRichText, RichText
from tests.events.makers import make_contact, make_event, make_registration

pytestmark = pytest.mark.usefixtures("app")
REPORT = LocalizedRichText(de=RichText("<p>Wir haben über Sitzbänke gesprochen.</p>"))


def make_past(**facts: Any) -> Event:
    return make_event(**{"starts_at": clock.now() - timedelta(days=1), "report": REPORT, **facts})


def make_photo(**facts: Any) -> Picture:
    photo = Picture(alt="Menschen an einem Tisch", language="de", width=640, height=480, **facts)
    session.add(photo)
    session.flush()
    return photo


@pytest.mark.databases
def test_whoever_had_a_place_is_thanked_once():
    event = make_past(capacity=5)
    make_registration(event, contact=make_contact("here@example.org"))
    make_registration(event, status=BookingStatus.WAITING, contact=make_contact("waited@example.org"))
    assert afterwards.publish_report(event) == 1
    with pytest.raises(afterwards.ReportedAlready):
        afterwards.publish_report(event)
    assert session.execute(select(Mail.recipient, Mail.wording)).all() == [("here@example.org", "events/thanks")]
    assert event.is_reported
    assert event.sequence == 1
    assert list(session.scalars(text_index.search("Sitzbänke", "event"))) == [event.id]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"report": LocalizedRichText()}, afterwards.ReportMissing),
        ({"report": LocalizedRichText(tr=RichText("<p>Rapor</p>"))}, afterwards.ReportMissing),
        ({"published": False}, afterwards.DidNotTakePlace),
        ({"cancelled_at": clock.now()}, afterwards.DidNotTakePlace),
        ({"starts_at": clock.now() - timedelta(hours=1)}, afterwards.NotOverYet),  # still going on
        ({"starts_at": clock.now() + timedelta(days=1)}, afterwards.NotOverYet),
    ],
)
def test_only_what_took_place_is_reported_on_and_in_german(facts, refusal):
    event = make_past(**facts)
    with pytest.raises(refusal):
        afterwards.publish_report(event)
    assert not event.is_reported


def test_the_number_of_people_is_the_one_counted_at_the_door_unless_staff_say_another():
    counted, said, unknown = make_past(), make_past(attended=40), make_past()
    for event in (counted, said):
        for persons in (2, 3):
            session.add(CheckIn(event_id=event.id, persons=persons, arrived_at=event.starts_at))
    session.flush()
    for event in (counted, said, unknown):
        afterwards.publish_report(event)
    assert [one.attended for one in (counted, said, unknown)] == [5, 40, None]


def test_a_public_report_can_be_changed_without_a_second_letter_but_not_emptied():
    event = make_past()
    afterwards.publish_report(event)
    afterwards.keep_report(event, report=REPORT, attended=12)
    assert (event.attended, event.sequence) == (12, 2)
    with pytest.raises(afterwards.ReportNeeded):
        afterwards.keep_report(event, report=LocalizedRichText())
    assert session.scalars(select(Mail)).all() == []


@pytest.mark.databases
def test_photos_are_seen_with_the_report_and_gone_when_they_are_taken_away():
    event, photo, late = make_past(), make_photo(), make_photo()
    afterwards.add_photo(event, photo)
    assert (photo.is_kept, photo.is_public) == (True, False)
    afterwards.publish_report(event)
    afterwards.add_photo(event, late)
    assert photo.is_public
    assert late.is_public
    afterwards.take_photo_away(event, photo)
    session.expire_all()
    assert event.photos == [late]
    assert session.scalars(select(Picture)).all() == [late]


def test_photos_do_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(afterwards, "MOST_PHOTOS", 1)
    event = make_past()
    afterwards.add_photo(event, make_photo())
    with pytest.raises(afterwards.TooManyPhotos):
        afterwards.add_photo(event, make_photo())
