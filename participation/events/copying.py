"""Another event like this one: what is copied, what begins anew, and what both share."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from participation import audit, clock
from participation.db import session, table_of
from participation.events import life, operations
from participation.events.models import Event, EventLanguage, EventLink, EventSession
from participation.events.registration_models import ConsentText
from participation.questionnaires.asking import next_version

# What an event has of its own: who it is, what has happened to it, and what came of it. All else is copied.
OWN = {
    "id",
    "uid",
    "sequence",
    "created_at",
    "changed_at",
    "moved_from_at",
    "series_id",
    "series_on",
    "version_id",  # the questions are copied, so that changing them here changes nothing there
    "needs_second_person",
    "handed_in_at",
    "handed_in_by_id",
    "released_by_id",
    "published_at",
    "appeared_at",
    "cancelled_at",
    "cancelled_because",
    "reminded_at",
    "reminded_to",
    "report",
    "next_steps",
    "reported_at",
    "attended",
    "figures",
    "erased_at",
}
MOVED_ALONG = ("registration_opens_at", "registration_closes_at")


def duplicate(event: Event, starts_at: datetime) -> Event:
    """A new draft like this event at another time; nobody is registered for it."""
    if starts_at <= clock.now():
        raise operations.InThePast
    if starts_at > clock.now() + operations.FARTHEST_AHEAD:
        raise operations.TooFarAhead
    made = copy_of(event, life.local_difference(event, starts_at))
    made.needs_second_person = life.second_person_is_needed()
    session.flush()
    audit.record("event.duplicated", thing=life.name(made), of=event.id)
    return made


def copy_of(event: Event, by: timedelta, **facts: Any) -> Event:
    """The same, so much later on the clock; picture, documents and topics are shared, all else is its own."""
    now = clock.now()
    columns = [column.name for column in table_of(Event).columns if column.name not in OWN]
    made = Event(**{name: getattr(event, name) for name in columns}, created_at=now, changed_at=now)
    for name in ("starts_at", "ends_at", *MOVED_ALONG):
        setattr(made, name, life.shifted(event, getattr(event, name), by))
    if event.requests_until is not None:
        made.requests_until = event.requests_until + timedelta(days=by.days)
    for name, fact in facts.items():
        setattr(made, name, fact)
    made.place, made.room = event.place, event.room
    _copy_parts(event, made, by)
    made.note_times()
    session.add(made)
    session.flush()
    _copy_what_is_asked(event, made)
    return made


def _copy_parts(event: Event, made: Event, by: timedelta) -> None:
    made.areas, made.topics, made.documents = list(event.areas), list(event.topics), list(event.documents)
    made.languages = [
        EventLanguage(language=one.language, is_interpreted=one.is_interpreted) for one in event.languages
    ]
    made.links = [EventLink(position=one.position, title=one.title, address=one.address) for one in event.links]
    made.sessions = [
        EventSession(
            title=one.title,
            position=one.position,
            starts_at=life.shifted(event, one.starts_at, by),
            ends_at=life.shifted(event, one.ends_at, by),
            is_online=one.is_online,
            capacity=one.capacity,
        )
        for one in event.sessions
    ]


def _copy_what_is_asked(event: Event, made: Event) -> None:
    """Extra questions and consent texts, as they are asked now."""
    if event.version is not None:
        published_at = clock.now() if made.published_at is not None else None
        made.version = next_version(None, event.version.definition, name=life.name(made), published_at=published_at)
    asked = select(ConsentText).where(ConsentText.event_id == event.id, ConsentText.retired_at.is_(None))
    for one in session.scalars(asked.order_by(ConsentText.number)):
        session.add(ConsentText(event_id=made.id, number=one.number, text=one.text))
    session.flush()
