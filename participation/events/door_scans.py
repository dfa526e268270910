"""What phones at the door have kept and send later: each scan is read strictly, answered by itself, and counts once."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from participation import clock
from participation.db import session
from participation.errors import Refused
from participation.events import door, rules
from participation.events.door import Mark, Outcome
from participation.events.models import Event
from participation.events.registration_models import Registration
from participation.i18n import languages
from participation.permissions import Person

MOST_IN_ONE_MESSAGE = 50
LONGEST_TICKET = 300  # a phone sends what the QR code says, which may be an address

# Beside what the door itself says to a ticket:
COUNTED = "counted"  # people without a registration
UNREADABLE = "unreadable"
NOT_ALLOWED = "not_allowed"  # kept on the phone for somebody who may
REFUSED = "refused"


class Unreadable(ValueError):
    """Nothing that our own page sends."""


@dataclass(frozen=True)
class Scan:
    """One thing that happened at the door: a ticket, or people without one."""

    mark: Mark
    ticket: str
    event_id: int | None
    language: str = ""

    @classmethod
    def read(cls, sent: Any) -> "Scan":
        """Out of the phone's words. It tells how long ago it was: its clock may be wrong, its stopwatch is not."""
        if not isinstance(sent, dict):
            raise Unreadable
        ago = min(_number(sent.get("seconds_ago", 0), 0, 2**53), int(door.OLDEST.total_seconds()))
        persons, event_id = sent.get("persons"), sent.get("event")
        mark = Mark(
            _identity(sent.get("id")),
            clock.now() - timedelta(seconds=ago),
            None if persons is None else _number(persons, 1, door.MOST_AT_ONCE),
            sent.get("anyway") is True,
        )
        ticket, tongue = sent.get("ticket", ""), sent.get("language", "")
        if not isinstance(ticket, str) or len(ticket) > LONGEST_TICKET or (not ticket and event_id is None):
            raise Unreadable
        if tongue not in ["", *(one.tag for one in languages())]:
            raise Unreadable
        return cls(mark, ticket, None if event_id is None else _number(event_id, 1, 2**31 - 1), tongue)


@dataclass(frozen=True)
class Answer:
    """What the phone shows; whose data it holds was allowed to the person who asks."""

    outcome: str
    registration: Registration | None = None
    event: Event | None = None


def take(sent: Any, staff: Person) -> Answer:
    """Count one scan, or tell why not."""
    try:
        scan = Scan.read(sent)
        return _take_ticket(scan, staff) if scan.ticket else _take_people(scan, staff)
    except Unreadable:
        return Answer(UNREADABLE)
    except Refused:
        return Answer(REFUSED)


def _take_ticket(scan: Scan, staff: Person) -> Answer:
    registration = door.holder(scan.ticket)
    if registration is None:
        return Answer(Outcome.UNKNOWN.value)
    event = registration.event
    if scan.event_id not in {None, event.id}:
        return Answer(Outcome.OTHER_EVENT.value, event=event if event.is_public else None)
    if not rules.see_registrations(staff, event):
        return Answer(NOT_ALLOWED)
    outcome = door.check_in(event, registration, staff, scan.mark)
    return Answer(outcome.value, registration, event)


def _take_people(scan: Scan, staff: Person) -> Answer:
    event = session.get(Event, scan.event_id)
    if event is None:
        return Answer(Outcome.UNKNOWN.value)
    if not rules.see_registrations(staff, event):
        return Answer(NOT_ALLOWED)
    door.walk_in(event, staff, scan.mark, scan.language)
    return Answer(COUNTED, event=event)


def _number(sent: Any, least: int, most: int) -> int:
    if not isinstance(sent, int) or isinstance(sent, bool) or not least <= sent <= most:
        raise Unreadable
    return sent


def _identity(sent: Any) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except (ValueError, AttributeError, TypeError) as error:
        raise Unreadable from error
