"""A fair: as many events and registrations as a large city has after years, written in bulk."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from participation import clock, text_index, text_words
from participation.db import engine, session, table_of
from participation.districts.models import Area, Layer
from participation.events.models import (
    Event,
    EventLanguage,
    EventSession,
    Mode,
    Offer,
    Topic,
    event_areas,
    event_topics,
)
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.i18n import LocalizedText
from participation.places.models import Place, StepFree
from participation.rich_text import LocalizedRichText, RichText
from participation.text_index import IndexedText
from tests.bench.bulk import pour

AREAS, TOPICS, PLACES = 10, 6, 50
EACH = 60  # places of an event
LANGUAGES = ("ar", "bg", "en", "fa", "ku", "pl", "ro", "ru", "tr", "uk")
WORDS = "Nachbarschaft Spielplatz Verkehr Kita Schule Lärm Grün Fest Straße Treffpunkt Sport Wohnen".split()  # noqa: SIM905  (shorter)


def make_fair(events: int, registrations: int, *, ahead: int) -> None:
    """Fill an empty house: `ahead` of the events are still to come, one after the other. Commits as it goes."""
    die = random.Random(events)
    _town()
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    pour(table_of(Event), (_event(n, now, ahead, die) for n in range(1, events + 1)))
    pour(event_areas, ({"event_id": n, "area_id": n % AREAS + 1} for n in range(1, events + 1)))
    pour(event_topics, ({"event_id": n, "topic_id": n % TOPICS + 1} for n in range(1, events + 1)))
    pour(table_of(EventLanguage), _languages(events))
    pour(table_of(IndexedText), _found_by(events))
    text_words.recount()
    each = registrations // events
    pour(table_of(EventSession), _sessions(events, each))
    pour(table_of(Registration), _registrations(registrations, events, now))
    pour(table_of(Booking), _bookings(registrations, events, now))
    if engine().dialect.name == "postgresql":
        for name in ("events", "event_sessions"):
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {events + 1})"))
    session.execute(text("ANALYZE"))
    session.commit()


def _town() -> None:
    layer = Layer(slug="stadtbezirke", name=LocalizedText(de="Stadtbezirke"), is_default=True)
    session.add_all(Area(layer=layer, code=f"c{n}", name=LocalizedText(de=f"Bezirk {n}")) for n in range(AREAS))
    session.add_all(Topic(name=LocalizedText(de=f"Thema {n}"), position=n) for n in range(TOPICS))
    session.add_all(
        Place(name=LocalizedText(de=f"Haus {n}"), address=f"Weg {n}", town="Stadt", step_free=StepFree.YES)
        for n in range(PLACES)
    )
    session.commit()
    assert sorted(session.scalars(select(Area.id))) == list(range(1, AREAS + 1))


def _event(number: int, now: datetime, ahead: int, die: random.Random) -> dict[str, Any]:
    starts_at = now + timedelta(hours=4 * (ahead - number) + 1)  # the first ones are the last to come
    ends_at = starts_at + timedelta(hours=2)
    title = f"{die.choice(WORDS)} und {die.choice(WORDS)} im Bezirk {number % AREAS}"
    said = RichText.from_plain(" ".join(die.choices(WORDS, k=80)))
    return {
        "id": number,
        "uid": _key(3, number),
        "title": LocalizedText(de=title, tr=f"{title} (tr)"),
        "summary": LocalizedText(de=f"Wir sprechen über {die.choice(WORDS)}."),
        "text": LocalizedRichText(de=said),
        "purpose": LocalizedText(de="Planen"),
        "legal_basis": LocalizedText(de="Aufgabe der Stadt"),
        "person_in_charge": "Frau Beispiel",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "erase_on": (ends_at + timedelta(days=30)).date(),
        "mode": Mode.REGISTRATION,
        "place_id": number % PLACES + 1,
        "is_step_free": True,
        "sign_language": Offer.YES if number % 7 == 0 else Offer.NO,
        "child_care": Offer.YES if number % 3 == 0 else Offer.NO,
        "interpretation": Offer.YES,
        "published_at": now - timedelta(days=400),
        "appeared_at": now - timedelta(days=400),
        "changed_at": now - timedelta(days=400),
        "created_at": now - timedelta(days=400),
    }


def _found_by(events: int) -> Iterator[dict[str, Any]]:
    die = random.Random(events)
    for number in range(1, events + 1):
        words = text_index.folded(" ".join(die.choices(WORDS, k=20)))
        yield {"kind": "event", "ref_id": number, "language": "de", "title": words[:60], "words": words}


def _languages(events: int) -> Iterator[dict[str, Any]]:
    for number in range(1, events + 1):
        yield {"event_id": number, "language": "de", "is_interpreted": False}
        yield {"event_id": number, "language": LANGUAGES[number % len(LANGUAGES)], "is_interpreted": True}


def _sessions(events: int, each: int) -> Iterator[dict[str, Any]]:
    for number in range(1, events + 1):
        yield {"id": number, "event_id": number, "capacity": EACH, "taken": min(EACH, each)}


def _key(kind: int, number: int) -> uuid.UUID:
    return uuid.UUID(int=(kind << 120) | number * 0x9E3779B97F4A7C15 % 2**100)


def _registrations(count: int, events: int, now: datetime) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "id": _key(1, number),
            "event_id": number % events + 1,
            "language": LANGUAGES[number % len(LANGUAGES)],
            "name": f"Person {number}",
            "ticket": f"{number:012}",
            "phone": f"+4930{number:08}",
            "created_at": now - timedelta(minutes=number % 10_000),
            "changed_at": now,
        }


def _bookings(count: int, events: int, now: datetime) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "id": _key(2, number),
            "event_id": number % events + 1,
            "registration_id": _key(1, number),
            "session_id": number % events + 1,
            "persons": 1,
            "status": BookingStatus.CONFIRMED if number // events < EACH else BookingStatus.WAITING,
            "queued_at": now - timedelta(minutes=number % 10_000),
        }
