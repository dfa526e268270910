"""The numbers of an event that stay when the names are gone."""

from collections import Counter
from typing import Any

from sqlalchemy import select

from participation.db import session
from participation.events import registration_queries, standing
from participation.events.models import Event
from participation.events.registration_models import BookingStatus, Registration
from participation.events.standing import Standing

FEWEST = 5  # S1: by language nothing is kept that could point to somebody


def counted(event: Event) -> dict[str, Any]:
    """Persons who came, were registered, waited or had cancelled; by session, by source, and larger language groups."""
    where_they_stand = standing.column()
    facts = (where_they_stand, Registration.source, Registration.language, Registration.persons)
    by_standing: Counter[str] = Counter()
    by_source: Counter[str] = Counter()
    by_language: Counter[str] = Counter()
    registrations = 0
    for stands, source, language, persons in session.execute(
        select(*facts).where(Registration.event_id == event.id)
    ).yield_per(1_000):
        registrations += 1
        by_standing[stands] += persons
        if stands == Standing.COMING.value:
            by_source[source.value] += persons
            by_language[language] += persons
    return {
        "registrations": registrations,
        "registered": by_standing[Standing.COMING.value],
        "waiting": by_standing[Standing.WAITING.value],
        "cancelled": by_standing[Standing.CANCELLED.value],
        "attended": registration_queries.attendance(event),
        "sessions": _sessions(event),
        "sources": dict(by_source),
        "languages": large_groups(by_language),
    }


def large_groups(by_language: Counter[str]) -> dict[str, int]:
    """Without small groups, and so that none of these can be worked out from the total (S2)."""
    shown = {language: persons for language, persons in by_language.most_common() if persons >= FEWEST}
    hidden = sum(by_language.values()) - sum(shown.values())
    if shown and 0 < hidden < FEWEST:
        shown.popitem()  # the smallest of them
    return shown


def _sessions(event: Event) -> list[dict[str, Any]]:
    return [
        {
            "id": one.session.id,
            "capacity": one.session.capacity,
            "registered": one.confirmed + one.held + one.offered,
            "waiting": one.waiting,
            "cancelled": one.by_status.get(BookingStatus.CANCELLED, 0),
            "attended": one.came,
        }
        for one in registration_queries.places(event)
    ]
