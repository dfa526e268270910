"""What waits at this desk for the member of staff who asks: the queue, what people reported, and objections."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from participation.clock import BERLIN
from participation.feature import Counted, Duty
from participation.i18n import _
from participation.moderation import noticing, objecting, queries, rules


def duties(person: Any) -> list[Counted]:
    """Whatever this person may decide, each kind with the day of the most pressing one."""
    if not rules.visit(person):
        return []
    return [
        Counted(objecting.waiting(person), _objections),
        Counted(noticing.waiting(person), _reports),
        Counted(queries.waiting_times(person), _queue),
    ]


def _objections(count: int, since: datetime | None) -> Duty:
    day = _day(since, objecting.DECIDE_WITHIN) if since else None
    return Duty(_("Objections to a colleague's decision"), url_for("objection_staff.index"), count, day)


def _reports(count: int, since: datetime | None) -> Duty:
    day = _day(since, noticing.DECIDE_WITHIN) if since else None
    return Duty(_("Texts that somebody reported"), url_for("notice_staff.index"), count, day)


def _queue(count: int, since: datetime | None) -> Duty:
    day = _day(since, queries.promise()) if since else None
    return Duty(_("Texts in the moderators' queue"), url_for("moderation.queue"), count, day)


def _day(since: datetime, within: timedelta) -> date:
    return (since + within).astimezone(BERLIN).date()
