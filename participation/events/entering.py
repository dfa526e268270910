"""Writing a registration down, with its receipt, its contact and its bookings, in as few steps as can be."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from participation import clock
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.db import random_id, save_new, session
from participation.events import consents, letters, notice
from participation.events.models import Event, EventSession
from participation.events.registration_models import (
    Booking,
    BookingStatus,
    Registration,
    RegistrationSource,
    new_ticket,
)
from participation.events.wishes import Wish
from participation.i18n import current_language
from participation.receipts import operations as receipts
from participation.receipts.operations import Issued

Status = BookingStatus


@dataclass(frozen=True)
class How:
    """By which way a registration came in."""

    form_key: uuid.UUID | None
    source: RegistrationSource
    entered_by_id: int | None
    invitation_id: int | None
    asks_by_link: bool


def enter(event: Event, wish: Wish, places: dict[EventSession, bool], how: How) -> tuple[Registration, Issued]:
    """Write it down; `places` are the sessions, each with whether places were taken there.

    Raises IntegrityError for a form that was sent before.
    """
    issued = receipts.issue()
    contact = contact_for(event, wish.email, asks_by_link=how.asks_by_link)
    response = wish.questions.save() if wish.questions else None
    registration = save_new(
        Registration,
        **_facts(event, wish, how),
        receipt_id=issued.receipt.id,
        contact_id=contact.id if contact else None,
        response_id=response.id if response else None,
        phone="" if contact else wish.phone,
    )
    is_held = how.asks_by_link and contact is not None
    bookings = [_book(registration, one, is_free=free, is_held=is_held) for one, free in places.items()]
    # What the letters ask for next is known; nobody has to read it again.
    known = {"event": event, "receipt": issued.receipt, "contact": contact, "bookings": bookings}
    for name, value in known.items():
        set_committed_value(registration, name, value)
    if wish.consents:
        registration.consents = consents.given(wish.consents)
        session.flush()
    return registration, issued


def _facts(event: Event, wish: Wish, how: How) -> dict[str, Any]:
    now, needs = clock.now(), wish.needs
    return {
        "id": random_id(),
        "event_id": event.id,
        "form_key": how.form_key,
        "invitation_id": how.invitation_id,
        "ticket": new_ticket(),
        "language": current_language().tag,
        "name": wish.name,
        "organisation": wish.organisation,
        "persons": wish.persons,
        "interpreter": needs.interpreter,
        "sign_language": needs.sign_language,
        "children": needs.children,
        "wheelchairs": needs.wheelchairs,
        "needs": needs.words,
        "needs_agreed_at": now if needs.tell_about_health else None,
        "notice_version": notice.version(event),
        "source": how.source,
        "entered_by_id": how.entered_by_id,
        "created_at": now,
        "changed_at": now,
    }


def _book(registration: Registration, one: EventSession, *, is_free: bool, is_held: bool) -> Booking:
    now, event = registration.created_at, one.event
    status = (Status.HELD if is_held else Status.CONFIRMED) if is_free else Status.WAITING
    booking = save_new(
        Booking,
        id=random_id(),
        event_id=registration.event_id,
        registration_id=registration.id,
        session_id=one.id,
        persons=registration.persons,
        status=status,
        queued_at=now,
        ends_at=min(now + timedelta(hours=event.hold_hours), event.starts_at) if status is Status.HELD else None,
        missed_offers=0,
    )
    set_committed_value(booking, "session", one)
    set_committed_value(booking, "registration", registration)
    return booking


def contact_for(event: Event, email: str, *, asks_by_link: bool) -> Contact | None:
    """Where to write to; its owner is asked first where the event wants it so (D9)."""
    if not email:
        return None
    return letters.ask_for_link(event, email) if asks_by_link else contacts.give_needed(email)
