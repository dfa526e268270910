"""Taking and giving back places: one statement each, so that nobody can come in between (V7)."""

from typing import Any

from sqlalchemy import BindParameter, bindparam, not_, or_, select, update

from participation.db import session, table_of
from participation.events.models import EventSession, GroupRule
from participation.events.registration_models import Booking, BookingStatus

sessions, bookings = table_of(EventSession), table_of(Booking)
persons_asked: BindParameter[int] = bindparam("persons")

TAKE = (
    update(sessions)
    .where(sessions.c.id == bindparam("session_id"))
    .where(or_(sessions.c.capacity.is_(None), sessions.c.taken + persons_asked <= sessions.c.capacity))
    .values(taken=sessions.c.taken + persons_asked)
)
GIVE_BACK = (
    update(sessions)
    .where(sessions.c.id == bindparam("session_id"))
    .values(taken=sessions.c.taken - bindparam("persons"))
)
# Whose turn it is before a newcomer's: in strict order everybody who waits, else whoever could use what is free.
SOMEBODY_IS_FIRST = (
    select(bookings.c.id)
    .where(bookings.c.session_id == sessions.c.id, bookings.c.status == BookingStatus.WAITING)
    .where(or_(bindparam("is_strict"), bookings.c.persons <= sessions.c.capacity - sessions.c.taken))
    .exists()
)
TAKE_AS_NEWCOMER = TAKE.where(or_(sessions.c.capacity.is_(None), not_(SOMEBODY_IS_FIRST)))


def take(session_id: int, persons: int) -> bool:
    """Take so many places if they are free, all or none; tells whether it worked.

    Whoever takes places in several sessions goes through them by their ids, so that two never wait for each other.
    """
    return _changed(TAKE, session_id, {"persons": persons}) == 1


def take_as_newcomer(session_id: int, persons: int, rule: GroupRule) -> bool:
    """The same for somebody who has not waited: nobody whose turn it is is passed. The session is held already."""
    return (
        _changed(TAKE_AS_NEWCOMER, session_id, {"persons": persons, "is_strict": rule is GroupRule.STRICT_ORDER}) == 1
    )


def give_back(session_id: int, persons: int) -> None:
    """These places are free again."""
    _changed(GIVE_BACK, session_id, {"persons": persons})


def _changed(statement: Any, session_id: int, values: dict[str, Any]) -> int:
    done = session.connection().execute(statement, {"session_id": session_id, **values})
    for known in session.identity_map.values():
        if isinstance(known, EventSession) and known.id == session_id:
            session.expire(known, ["taken"])
    return done.rowcount
