"""What waits with minutes, for the page "Today": objections, what can be approved or published, and broken seals."""

from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import func, select, union
from sqlalchemy.orm import joinedload

from participation import clock
from participation.councils import rules
from participation.councils.meeting_models import Meeting
from participation.councils.minutes_models import Minutes, MinutesObjection, MinutesStatus, MinutesSummary
from participation.councils.models import Council
from participation.db import session
from participation.feature import Duty
from participation.i18n import _l

MOST = 200
WITH_COUNCIL = joinedload(Minutes.meeting).joinedload(Meeting.council).selectinload(Council.areas)


def minutes(person: Any) -> list[Duty]:
    """One line for each meeting whose minutes wait for the office."""
    theirs = [one for one in _waiting() if rules.manage(person, one.meeting.council)]
    objections = _objections([one.id for one in theirs])
    return [duty for one in theirs if (duty := _duty(one, objections.get(one.id, 0)))]


def summaries(person: Any) -> list[Duty]:
    """Texts in other languages that nobody has released yet."""
    if not rules.visit_cards(person):
        return []
    unreleased = select(MinutesSummary.minutes_id).where(MinutesSummary.released_at.is_(None))
    rows = (
        select(Minutes, MinutesSummary.language)
        .join(MinutesSummary)
        .where(Minutes.id.in_(unreleased), MinutesSummary.released_at.is_(None))
        .where(Minutes.status == MinutesStatus.PUBLISHED)
        .order_by(Minutes.published_at, Minutes.id, MinutesSummary.language)
        .options(WITH_COUNCIL)
        .limit(MOST)
    )
    return [
        Duty(
            _l("Release a summary of minutes: %(council)s", council=one.meeting.council.name),
            url_for("minutes_life_staff.summary", meeting_id=one.meeting_id, tag=tag),
        )
        for one, tag in session.execute(rows)
        if rules.release(person, one.meeting.council)
    ]


def _duty(one: Minutes, objections: int) -> Duty | None:
    """What the office has to do first."""
    council, until = one.meeting.council.name, one.objections_until
    address = url_for("minutes_life_staff.show", meeting_id=one.meeting_id)
    if one.touched_at is not None:
        title = _l("Minutes were changed in the database: %(council)s", council=council)
        return Duty(title, address, due_on=clock.today())
    if objections:
        return Duty(_l("Decide objections to minutes: %(council)s", council=council), address, objections, until)
    if one.status is MinutesStatus.APPROVED:
        return Duty(_l("Publish the minutes: %(council)s", council=council), address)
    if one.status is MinutesStatus.CIRCULATED and until is not None and not one.takes_objections:
        due = until + timedelta(days=1)
        return Duty(_l("Approve the minutes: %(council)s", council=council), address, due_on=due)
    return None


def _waiting() -> list[Minutes]:
    in_work = select(Minutes.id).where(Minutes.status.in_([MinutesStatus.CIRCULATED, MinutesStatus.APPROVED]))
    touched = select(Minutes.id).where(Minutes.touched_at.is_not(None))
    rows = (
        select(Minutes)
        .where(Minutes.id.in_(union(in_work, touched)))  # numbers first, each from its index: minutes are long
        .order_by(Minutes.touched_at.is_(None), Minutes.objections_until, Minutes.id)
        .options(WITH_COUNCIL)
        .limit(MOST)
    )
    return list(session.scalars(rows))


def _objections(ids: list[int]) -> dict[int, int]:
    if not ids:
        return {}
    rows = (
        select(MinutesObjection.minutes_id, func.count().label("objections"))
        .where(MinutesObjection.minutes_id.in_(ids), MinutesObjection.decision.is_(None))
        .group_by(MinutesObjection.minutes_id)
    )
    return {row.minutes_id: row.objections for row in session.execute(rows)}
