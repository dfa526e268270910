"""Makers of the events room."""

from datetime import timedelta
from itertools import count
from typing import Any

from participation import clock
from participation.contacts.models import Contact
from participation.db import session
from participation.events import seats
from participation.events.models import Event, EventSeries, EventSession, Mode, Rhythm, Topic
from participation.events.registration_models import (
    TAKES_SEATS,
    Booking,
    BookingStatus,
    CallReason,
    PhoneCall,
    Registration,
)
from participation.i18n import LocalizedText
from participation.places.models import Place, Room, StepFree
from participation.receipts import operations as receipts

_numbers = count(1)
A_WEEK = timedelta(days=7)


def make_place(**facts: Any) -> Place:
    """A place without steps."""
    number = next(_numbers)
    facts = {
        "name": LocalizedText(de=f"Bürgerhaus {number}"),
        "address": f"Marktplatz {number}",
        "postal_code": "12345",
        "town": "Musterstadt",
        "step_free": StepFree.YES,
        **facts,
    }
    place = Place(**facts)
    session.add(place)
    session.flush()
    return place


def make_topic(name: str = "Verkehr", **facts: Any) -> Topic:
    """Something that events are about."""
    topic = Topic(name=LocalizedText(de=name), **facts)
    session.add(topic)
    session.flush()
    return topic


def make_event(*, published: bool = True, capacity: int | None = None, **facts: Any) -> Event:
    """An event in a week that knows its duties, with one session; public and with registration by itself."""
    number = next(_numbers)
    now = clock.now()
    starts_at = facts.pop("starts_at", now + A_WEEK)
    sessions = facts.pop("sessions", None) or [EventSession(capacity=capacity)]
    facts = {
        "title": LocalizedText(de=f"Quartiersversammlung {number}", tr=f"Mahalle toplantısı {number}"),
        "summary": LocalizedText(de="Wir sprechen über den Marktplatz."),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "mode": Mode.REGISTRATION,
        "purpose": LocalizedText(de="Wir planen die Versammlung."),
        "legal_basis": LocalizedText(de="Aufgabe der Stadt"),
        "person_in_charge": "Frau Beispiel",
        "published_at": now - timedelta(hours=1) if published else None,
        "created_at": now,
        "changed_at": now,
        **facts,
    }
    event = Event(**facts, sessions=sessions)
    event.retention_days = facts.get("retention_days", 30)
    event.zone = facts.get("zone", "Europe/Berlin")
    event.note_times()
    session.add(event)
    session.flush()
    return event


def make_contact(email: str = "ayse@example.org", **facts: Any) -> Contact:
    """An address that was given for a registration."""
    facts = {"language": "de", "given_on": clock.today(), "consent_version": "1", "is_needed": True, **facts}
    contact = Contact(email=email, **facts)
    session.add(contact)
    session.flush()
    return contact


def make_registration(
    event: Event,
    *,
    status: BookingStatus = BookingStatus.CONFIRMED,
    persons: int = 1,
    in_session: EventSession | None = None,
    with_receipt: bool = False,
    **facts: Any,
) -> Registration:
    """A registration with one booking; places are really taken, so the event must have them."""
    now = clock.now()
    number = next(_numbers)
    facts = {"name": f"Person {number}", "language": "de", "created_at": now, "changed_at": now, **facts}
    queued_at, ends_at = facts.pop("queued_at", now), facts.pop("ends_at", None)
    if with_receipt:
        facts["receipt"] = receipts.issue().receipt
    if status in {BookingStatus.HELD, BookingStatus.OFFERED}:
        ends_at = ends_at or now + timedelta(hours=24)
    chosen = in_session or event.sessions[0]
    if status in TAKES_SEATS:
        assert seats.take(chosen.id, persons), "this event is full"
    registration = Registration(event=event, persons=persons, **facts)
    session.add(registration)
    session.flush()
    session.add(
        Booking(
            event_id=event.id,
            registration_id=registration.id,
            session_id=chosen.id,
            persons=persons,
            status=status,
            queued_at=queued_at,
            ends_at=ends_at,
        )
    )
    session.flush()
    session.refresh(registration)
    return registration


def make_waiting_list(event: Event, *groups: int, **facts: Any) -> list[Registration]:
    """Groups of so many people each who wait, in this order."""
    now = facts.pop("at", None) or clock.now()
    return [
        make_registration(
            event, persons=persons, status=BookingStatus.WAITING, queued_at=now + timedelta(milliseconds=place), **facts
        )
        for place, persons in enumerate(groups)
    ]


def make_series(**facts: Any) -> EventSeries:
    """A weekly series without any date yet."""
    today = clock.today()
    series = EventSeries(
        **{"rhythm": Rhythm.WEEKLY, "begins_on": today, "until_on": today + timedelta(days=90), **facts}
    )
    session.add(series)
    session.flush()
    return series


def make_room(place: Place, **facts: Any) -> Room:
    """A room of a place."""
    room = Room(place=place, **{"name": LocalizedText(de="Saal"), **facts})
    session.add(room)
    session.flush()
    return room


def make_phone_call(registration: Registration, **facts: Any) -> PhoneCall:
    """Somebody to call."""
    facts = {"reason": CallReason.MESSAGE, "due_at": clock.now(), **facts}
    call = PhoneCall(registration_id=registration.id, **facts)
    session.add(call)
    session.flush()
    return call
