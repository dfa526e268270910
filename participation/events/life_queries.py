"""What the pages about the life of an event look up: who would be told, and what waits for somebody."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from participation import clock
from participation.contacts.models import Contact
from participation.db import session, table_of
from participation.events import rules
from participation.events.audiences import Reach
from participation.events.models import Event, event_areas
from participation.events.registration_models import Booking, BookingStatus, Registration

events, registrations, contacts = table_of(Event), table_of(Registration), table_of(Contact)

REPORT_WITHIN = timedelta(days=14)
# After that nobody writes a report any more, and reminding of it would only hide what can still be done.
REMINDED_FOR = timedelta(days=90)
RELEASE, REPORT = "release", "report"


def reach(some: Sequence[Event]) -> Reach:
    """How everybody who has a place at one of these events, or waits for one, hears of a change."""
    has_booking = exists().where(
        Booking.registration_id == registrations.c.id, Booking.status != BookingStatus.CANCELLED
    )
    is_written_to = and_(contacts.c.id.is_not(None), or_(contacts.c.confirmed_at.is_not(None), contacts.c.is_needed))
    is_called = and_(registrations.c.contact_id.is_(None), registrations.c.phone != "")
    neither = and_(~is_written_to, ~is_called)
    counted = (
        select(func.count().filter(is_written_to), func.count().filter(is_called), func.count().filter(neither))
        .select_from(registrations.outerjoin(contacts, contacts.c.id == registrations.c.contact_id))
        .where(registrations.c.event_id.in_([one.id for one in some]), has_booking)
    )
    return Reach(*session.execute(counted).one())


def thanked(event: Event) -> int:
    """How many registrations get a letter when the report is published."""
    had_place = exists().where(Booking.registration_id == registrations.c.id, Booking.status == BookingStatus.CONFIRMED)
    is_written_to = or_(contacts.c.confirmed_at.is_not(None), contacts.c.is_needed)
    counted = select(func.count()).select_from(
        registrations.join(contacts, contacts.c.id == registrations.c.contact_id)
    )
    return session.scalar(counted.where(registrations.c.event_id == event.id, had_place, is_written_to)) or 0


def to_release(person: Any) -> Select[Any]:
    """Events that wait for a second person, who could be this one."""
    somebody_else = or_(events.c.handed_in_by_id.is_(None), events.c.handed_in_by_id != person.id)
    may = or_(~events.c.needs_second_person, somebody_else)
    in_review = and_(events.c.published_at.is_(None), events.c.handed_in_at.is_not(None))
    return select(Event).where(in_review, may, *_of(person)).order_by(events.c.starts_at, events.c.id)


def without_report(person: Any) -> Select[Any]:
    """Events that took place some time ago and about which residents cannot read yet what came of them."""
    now = clock.now()
    is_over = events.c.ends_at.between(now - REMINDED_FOR, now)
    has_taken_place = and_(events.c.published_at.is_not(None), events.c.cancelled_at.is_(None))
    unreported = events.c.reported_at.is_(None)
    return (
        select(Event).where(is_over, has_taken_place, unreported, *_of(person)).order_by(events.c.ends_at, events.c.id)
    )


WAITING = {RELEASE: to_release, REPORT: without_report}


def _of(person: Any) -> list[ColumnElement[bool]]:
    """What `rules.organise` says of one event."""
    mine = person.areas_of(*rules.ORGANISERS)
    if mine is None:
        return []
    there = exists().where(event_areas.c.event_id == events.c.id, event_areas.c.area_id.in_(mine))
    return [there if mine else false()]
