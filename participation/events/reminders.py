"""The letters of the day before: some hundreds in a minute, none twice, however often the work is interrupted."""

import uuid
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, select

from participation import clock
from participation.clock import BERLIN
from participation.db import session, table_of
from participation.events import letters
from participation.events.models import Event
from participation.events.registration_models import BookingStatus, Registration

MOST_AT_ONCE = 300
FROM_HOUR = time(10)  # nobody is woken by it, and whoever cannot come has a day left to tell

events = table_of(Event)


def remind() -> int:
    """Write to those who have a place at an event of tomorrow, and remember how far we came; tells how many."""
    done = 0
    while done < MOST_AT_ONCE:
        event = session.scalar(select(Event).where(_is_due()).order_by(events.c.starts_at, events.c.id).limit(1))
        if event is None:
            break
        done += _go_on(event, MOST_AT_ONCE - done)
    return done


def _is_due() -> ColumnElement[bool]:
    """It is tomorrow, or later today where nobody was told yesterday, and it was not told to all."""
    now = clock.now()
    local = now.astimezone(BERLIN)
    day = local.date() + timedelta(days=1 if local.time() >= FROM_HOUR else 0)
    end_of_day = datetime.combine(day + timedelta(days=1), time(0), BERLIN)
    return and_(
        events.c.reminded_at.is_(None),
        events.c.published_at <= now,
        events.c.cancelled_at.is_(None),
        events.c.starts_at > now,
        events.c.starts_at < end_of_day,
    )


def _go_on(event: Event, most: int) -> int:
    """The next people in the order of their ids; whoever registered today knows it already."""
    after = event.reminded_to or uuid.UUID(int=0)
    today = datetime.combine(clock.today(), time(0), BERLIN)
    # All but those who only wait are counted in the step, whether a letter can reach them or not.
    wanted = letters.registrations(event, BookingStatus.CONFIRMED)
    wanted = wanted.where(Registration.id > after, Registration.created_at < today).limit(most)
    people = session.scalars(wanted).all()
    if people:
        letters.remind(people)
    is_all = len(people) < most
    event.reminded_to = None if is_all else people[-1].id
    event.reminded_at = clock.now() if is_all else None
    session.flush()
    return len(people)
