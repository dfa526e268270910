"""What waits at this desk for the member of staff who asks: the queue, what people reported, and objections."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from participation.clock import BERLIN
from participation.feature import Duty
from participation.i18n import _
from participation.moderation import noticing, objecting, queries, rules


def duties(person: Any) -> list[Duty]:
    """Whatever this person may decide, each kind with the day of the most pressing one."""
    if not rules.visit(person):
        return []
    waiting = queries.what_waits(person)
    reports, reported_at = noticing.waiting(person)
    objections, objected_at = objecting.waiting(person)
    found = [
        Duty(
            _("Objections to a colleague's decision"),
            url_for("objection_staff.index"),
            objections,
            _day(objected_at, objecting.DECIDE_WITHIN),
        ),
        Duty(
            _("Texts that somebody reported"),
            url_for("notice_staff.index"),
            reports,
            _day(reported_at, noticing.DECIDE_WITHIN),
        ),
        Duty(
            _("Texts in the moderators' queue"),
            url_for("moderation.queue"),
            waiting.count,
            _day(waiting.oldest, queries.promise()) if waiting.oldest else None,
        ),
    ]
    return [duty for duty in found if duty.count]


def _day(since: datetime | None, within: timedelta) -> date | None:
    return (since + within).astimezone(BERLIN).date() if since else None
