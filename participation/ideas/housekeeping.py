"""What is due by night: a new mixed order, reminders to offices, and addresses whose promised time is over (D14).

The mixed order is drawn anew bit by bit: a large city's whole list at once would hold up everybody who writes.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, or_, select, update
from sqlalchemy.orm import joinedload

from participation import clock, mail
from participation.contributions.models import Contribution
from participation.db import session, table_of
from participation.i18n import SOURCE_LANGUAGE, format_day, speaking
from participation.ideas import forgetting, merging
from participation.ideas.letters import Address
from participation.ideas.models import Idea, Office
from participation.jobs import NIGHT_BEGINS

NEAR = timedelta(days=3)
BETWEEN_REMINDERS = timedelta(days=7)
SHUFFLES = 2**53
SLICES = 60  # one for each minute of an hour
MOST_REMINDED = 500  # in one night; nobody reads a letter of thousands of lines, and the rest follows the next night

ideas, shelf = table_of(Idea), table_of(Contribution)


def housekeeping() -> dict[str, int]:
    """All but the mixing, counted."""
    released = merging.release_from_gone_ideas()
    return {"released_ideas": released, "reminders": remind_offices(), **forgetting.forget()}


def mix_by_night() -> dict[str, int]:
    """In each minute of the night's first hour a sixtieth of the ideas; in the morning all have a new place."""
    now = clock.now().astimezone(clock.BERLIN)
    is_time = timedelta(hours=now.hour) == NIGHT_BEGINS
    return {"mixed_ideas": reshuffle(now.minute, SLICES) if is_time else 0}


def reshuffle(part: int = 0, parts: int = 1) -> int:
    """Mix the list anew, or one part of it, so that being first pays nobody."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    drawn: ColumnElement[Any] = (
        func.random().op("&")(SHUFFLES - 1) if is_sqlite else cast(func.random() * (SHUFFLES - 1), BigInteger)
    )
    newest = session.scalar(select(func.max(ideas.c.id))) or 0
    first, last = newest * part // parts + 1, newest * (part + 1) // parts
    mixed = update(ideas).where(ideas.c.listed_at.is_not(None), ideas.c.id.between(first, last)).values(shuffle=drawn)
    return session.connection().execute(mixed).rowcount


# --- Reminders --------------------------------------------------------------------------------------------------------


def remind_offices() -> int:
    """One letter per office: three days before an answer is due, on the day after, and then once a week."""
    today = clock.today()
    last = ideas.c.reminded_on
    near = ideas.c.due_on <= today + NEAR
    first_time_late = (ideas.c.due_on < today) & (last <= ideas.c.due_on)
    again = (ideas.c.due_on < today) & (last <= today - BETWEEN_REMINDERS)
    due = session.scalars(
        select(Idea)
        .join(Idea.office)
        .where(ideas.c.listed_at.is_not(None), near, or_(last.is_(None), first_time_late, again), Office.email != "")
        .options(joinedload(Idea.office))
        .order_by(ideas.c.due_on, ideas.c.id)
        .limit(MOST_REMINDED)
    ).all()
    for _number, some in groupby(sorted(due, key=lambda one: one.office_id or 0), key=lambda one: one.office_id):
        _remind(list(some))
    reminded = ideas.c.id.in_([one.id for one in due])
    session.execute(update(ideas).where(reminded).values(reminded_on=today))
    return len({one.office_id for one in due})


def _remind(waiting: Sequence[Idea]) -> None:
    office = waiting[0].office
    assert office is not None
    with speaking(SOURCE_LANGUAGE):
        lines = "\n".join(_line(one) for one in waiting)
    mail.queue(office.email, "ideas/reminder", SOURCE_LANGUAGE, office=office.name, ideas=lines)


def _line(idea: Idea) -> str:
    assert idea.due_on is not None
    return f"{format_day(idea.due_on)}: {idea.title}\n{Address('idea_staff.show', idea_id=idea.id)}\n"
