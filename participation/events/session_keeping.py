"""The sessions of an event: its parts with places of their own."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update

from participation.db import session
from participation.errors import Refused
from participation.events import life, operations, staff_queries, waiting
from participation.events.models import Event, EventSession
from participation.i18n import _l


class EndsBeforeItBegins(Refused):
    message = _l("This part must end after it begins.")


class OutsideTheEvent(Refused):
    message = _l("This part must lie within the time of the event.")


class CapacityTooSmall(Refused):
    """Fewer places than people were promised."""

    def __init__(self, taken: int) -> None:
        super().__init__(_l("There cannot be fewer places than are taken already: %(taken)s.", taken=taken))


class HasBookings(Refused):
    message = _l("People have registered for this part, so it cannot be removed.")


class LastSession(Refused):
    message = _l("An event has at least one part.")


def add_session(event: Event, **facts: Any) -> EventSession:
    """One more part, the last in the list."""
    life.lock(event)
    _check_times(event, facts.get("starts_at"), facts.get("ends_at"))
    position = max((one.position for one in event.sessions), default=-1) + 1
    part = EventSession(event=event, position=position, **facts)
    session.add(part)
    operations.note_change(event, "sessions")
    return part


def change_session(part: EventSession, *, capacity: int | None, **facts: Any) -> None:
    """Another name, time or number of places; whoever waits moves up when there are more of them."""
    life.lock(part.event)  # first, as everybody does who holds both
    _check_times(part.event, facts.get("starts_at", part.starts_at), facts.get("ends_at", part.ends_at))
    _set_capacity(part, capacity)
    for name, fact in facts.items():
        setattr(part, name, fact)
    operations.note_change(part.event, "sessions")
    waiting.fill(part)


def _set_capacity(part: EventSession, capacity: int | None) -> None:
    """In one statement, so that nobody takes a place in between (V7)."""
    statement = update(EventSession).where(EventSession.id == part.id)
    if capacity is not None:
        statement = statement.where(EventSession.taken <= capacity)
    changed = session.execute(statement.values(capacity=capacity).execution_options(synchronize_session=False))
    session.refresh(part, ["capacity", "taken"])
    if cast("CursorResult[Any]", changed).rowcount == 0:
        raise CapacityTooSmall(part.taken)


def _check_times(event: Event, starts_at: datetime | None, ends_at: datetime | None) -> None:
    begins, ends = starts_at or event.starts_at, ends_at or event.ends_at
    if ends <= begins:
        raise EndsBeforeItBegins
    if begins < event.starts_at or ends > event.ends_at:
        raise OutsideTheEvent


def move_up(part: EventSession) -> None:
    """One place further up; the first one stays where it is."""
    event = part.event
    order = list(event.sessions)
    place = order.index(part)
    if place:
        order[place - 1 : place + 1] = [part, order[place - 1]]
    for position, one in enumerate(order):
        one.position = position
    session.flush()
    session.expire(event, ["sessions"])


def remove_session(part: EventSession) -> None:
    """Only one that nobody has registered for, and never the last one."""
    event = part.event
    life.lock(event)
    waiting.hold([part.id])  # whoever registers now waits, or is seen here
    if len(event.sessions) == 1:
        raise LastSession
    if staff_queries.has_bookings(part):
        raise HasBookings
    event.sessions.remove(part)
    operations.note_change(event, "sessions")
