"""What waits at the events desk, for the page "Today": events to release, needs to arrange, people to call, reports."""

from datetime import datetime
from typing import Any

from flask import url_for

from participation.clock import BERLIN
from participation.events import call_list, life_queries, needs, rules
from participation.events.life_queries import RELEASE, REPORT, REPORT_WITHIN
from participation.events.models import Event
from participation.feature import Counted, Duty
from participation.i18n import LazyText, _l

TITLES: dict[str, LazyText] = {
    RELEASE: _l("Events that wait for a second person"),
    REPORT: _l("Events that are over and have no report"),
}


def duties(person: Any) -> list[Duty | Counted]:
    """What a second person has to look at before the event begins, and what took place without a word since."""
    if not rules.visit(person):
        return []
    needed = needs.duty(person)
    return [_release(person), _report(person), *([needed] if needed else []), call_list.duty(person)]


def _release(person: Any) -> Counted:
    rows = life_queries.to_release(person).with_only_columns(Event.starts_at).order_by(None)
    return Counted(rows, lambda count, starts_at: _duty(RELEASE, count, starts_at))


def _report(person: Any) -> Counted:
    rows = life_queries.without_report(person).with_only_columns(Event.ends_at).order_by(None)
    return Counted(rows, lambda count, ends_at: _duty(REPORT, count, ends_at + REPORT_WITHIN if ends_at else None))


def _duty(what: str, count: int, due: datetime | None) -> Duty:
    url = url_for("event_life.waiting", show=what)
    return Duty(TITLES[what], url, count, due.astimezone(BERLIN).date() if due else None)
