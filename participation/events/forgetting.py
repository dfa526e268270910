"""Registrations are deleted on the day that was promised, or earlier when a person asks for it; numbers stay (D14)."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, or_, select

from participation import audit, clock
from participation.contacts.models import Contact
from participation.db import Base, session, table_of
from participation.events import figures, invitations, outbox, seats, waiting
from participation.events.models import Event
from participation.events.registration_models import CheckIn, InvitationCode, Registration
from participation.questionnaires.models import Answer, Response
from participation.receipts.models import Receipt

CHUNK = 500
MOST_IN_ONE_NIGHT = 20_000  # registrations; the rest follows the next night

KINDS = ("events", "registrations", "contacts", "receipts", "answers", "mails")


def forget() -> dict[str, int]:
    """All events whose day has come, the longest due first; counted, without personal data."""
    done = Counter(dict.fromkeys(KINDS, 0))
    has_some = select(Registration.id).where(Registration.event_id == Event.id).exists()
    due = (
        select(Event)
        .where(Event.erased_at.is_(None), Event.erase_on <= clock.today())
        .where(or_(Event.published_at.is_not(None), has_some))
        .order_by(Event.erase_on, Event.id)
        .limit(MOST_IN_ONE_NIGHT)
    )
    for event in session.scalars(due).all():
        if done["registrations"] >= MOST_IN_ONE_NIGHT:
            break
        done += _forget(event, MOST_IN_ONE_NIGHT - done["registrations"])
    return {kind: done[kind] for kind in KINDS}


def erase_one(registration: Registration) -> None:
    """Everything about one registration goes at once; what it held goes to whoever waits."""
    waiting.hold(booking.session_id for booking in registration.bookings)
    for booking in registration.bookings:
        session.refresh(booking)  # what ended in that moment gave its invitation back already
    was_alive = registration.is_alive
    for booking in list(registration.bookings):
        waiting.give_back(booking)
    if was_alive:
        invitations.give_back(registration.invitation_id, registration.persons)
    session.flush()
    ids = registration.id, registration.contact_id, registration.receipt_id, registration.response_id
    session.expunge(registration)
    _erase([ids])


def _forget(event: Event, most: int) -> Counter[str]:
    """One event; a very large one takes several nights, and is counted before the first of them."""
    done: Counter[str] = Counter()
    if "registered" not in event.figures:
        event.figures = {**event.figures, **figures.counted(event)}
        if event.attended is None and event.figures["attended"]:
            event.attended = event.figures["attended"]
    facts = (Registration.id, Registration.contact_id, Registration.receipt_id, Registration.response_id)
    while done["registrations"] < most:
        some = select(*facts).where(Registration.event_id == event.id).limit(min(CHUNK, most - done["registrations"]))
        rows = session.execute(some).all()
        if not rows:
            _close(event)
            done["events"] += 1
            break
        done += _erase(rows)
    if done:
        audit.record("event.registrations_erased", thing=f"event {event.id}", registrations=done["registrations"])
    session.flush()
    return done


def _close(event: Event) -> None:
    """Nothing that belonged to people is left: no notes on who got a code, no minute in which somebody came."""
    for own in (InvitationCode, CheckIn):
        rows = table_of(own)
        session.execute(delete(rows).where(rows.c.event_id == event.id))
    for one in event.sessions:
        seats.give_back(one.id, one.taken)
    event.erased_at = clock.now()


def _erase(rows: Iterable[Iterable[uuid.UUID | None]]) -> Counter[str]:
    """Some registrations with all that belongs to them; bookings, names, consents and calls go with their rows."""
    registrations, contacts, receipts, responses = (_known(column) for column in zip(*rows, strict=True))
    letters = outbox.erase(session.scalars(select(Contact).where(Contact.id.in_(contacts))).all()) if contacts else 0
    _delete(Registration, "id", registrations)
    _delete(Contact, "id", contacts)
    _delete(Receipt, "id", receipts)
    _delete(Answer, "response_id", responses)
    _delete(Response, "id", responses)
    session.expire_all()
    return Counter(
        registrations=len(registrations),
        contacts=len(contacts),
        receipts=len(receipts),
        answers=len(responses),
        mails=letters,
    )


def _known(ids: Iterable[uuid.UUID | None]) -> list[uuid.UUID]:
    return [one for one in ids if one is not None]


def _delete(model: type[Base], column: str, ids: Sequence[Any]) -> None:
    if ids:
        rows = table_of(model)
        session.execute(delete(rows).where(rows.c[column].in_(ids)))
