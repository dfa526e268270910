"""What waits at the events desk, for the page "Today": events to release, needs to arrange, people to call, reports."""

from typing import Any

from flask import url_for
from sqlalchemy import func, select

from participation.clock import BERLIN
from participation.db import session
from participation.events import call_list, life_queries, needs, rules
from participation.events.life_queries import RELEASE, REPORT, REPORT_WITHIN
from participation.feature import Duty
from participation.i18n import LazyText, _l

TITLES: dict[str, LazyText] = {
    RELEASE: _l("Events that wait for a second person"),
    REPORT: _l("Events that are over and have no report"),
}


def duties(person: Any) -> list[Duty]:
    """What a second person has to look at before the event begins, and what took place without a word since."""
    if not rules.visit(person):
        return []
    found = []
    for what, waiting in life_queries.WAITING.items():
        rows = waiting(person).order_by(None).subquery()
        count, starts_at, ends_at = session.execute(
            select(func.count(), func.min(rows.c.starts_at), func.min(rows.c.ends_at))
        ).one()
        if count:
            due = starts_at if what == RELEASE else ends_at + REPORT_WITHIN
            found.append(
                Duty(TITLES[what], url_for("event_life.waiting", show=what), count, due.astimezone(BERLIN).date())
            )
    return [*found, *(duty for duty in (needs.duty(person), call_list.duty(person)) if duty)]
