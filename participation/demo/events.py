"""The demo's events: what comes in the next weeks, who has registered, and what came of an earlier evening."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from typing import Any

from participation import clock
from participation.db import session
from participation.demo.event_texts import DemoEvent, Table, events, topics
from participation.districts.models import Area
from participation.events import indexing, seats
from participation.events.models import (
    ContactRule,
    Event,
    EventLanguage,
    EventSeries,
    EventSession,
    Mode,
    Rhythm,
    Topic,
)
from participation.events.registration_models import Booking, BookingStatus, InvitationCode, Registration
from participation.i18n import LocalizedText, content_text
from participation.places.models import Place, Room, StepFree
from participation.rich_text import LocalizedRichText, RichText

# Numbers that are set aside for films and books, so nobody is called by mistake.
PHONES = [f"+4930231250{number:02}" for number in range(1, 60)]
NAMES = (
    *("Ayşe Y.", "Familie Popescu", "Olena K.", "Herr Schmidt", "Samira A.", "Familie Nowak", "Ivan D.", "Frau Weber"),
    *("Mehmet Ö.", "Layla H.", "Familie Kaya", "Anna und Tom", "Herr Georgiev", "Rojda B.", "Frau Lindner", "Navid R."),
)


def load(areas: dict[str, Area]) -> list[Topic | Place | EventSeries | Event]:
    """Topics, places and all events with those who have registered; gives what the demo's list must name."""
    die = random.Random(11)  # noqa: S311  (the same city each time)
    about = [Topic(name=name, position=position) for position, name in enumerate(topics())]
    places = _places()
    session.add_all([*about, *places.values()])
    session.flush()
    made: list[Event] = []
    series: list[EventSeries] = []
    for told in events():
        dates = [_made(told, week, about, places, areas) for week in range(max(1, told.weeks))]
        if told.weeks:
            series.append(_series(dates))
        session.add_all(dates)
        session.flush()
        made += dates
        for event in dates:
            _people(event, told, die)
            indexing.index(event)
    return [*about, *places.values(), *series, *made]


def _places() -> dict[str, Place]:
    shared: dict[str, Any] = {"postal_code": "45999", "town": "Musterstadt", "is_demo": True}
    return {
        "hall": Place(
            name=content_text("Bürgerhaus Nordstadt"),
            address="Glückaufstraße 12",
            latitude=51.5462,
            longitude=7.0101,
            step_free=StepFree.YES,
            has_accessible_toilet=True,
            has_hearing_loop=True,
            access=content_text("Der Eingang ist ebenerdig. Der Saal liegt im Erdgeschoss."),
            transport=content_text("Bus 301 und 380, Haltestelle Bergmannsplatz. Von dort sind es 200 Meter."),
            rooms=[Room(name=content_text("Großer Saal"), holds=120, step_free=StepFree.YES)],
            **shared,
        ),
        "school": Place(
            name=content_text("Grundschule am Kanal"),
            address="Schleusenweg 3",
            latitude=51.5183,
            longitude=6.9894,
            step_free=StepFree.YES,
            access=content_text("Bitte klingeln Sie am Tor. Der Aufzug ist rechts vom Eingang."),
            transport=content_text("Straßenbahn 107, Haltestelle Hafenstraße."),
            rooms=[Room(name=content_text("Mensa"), holds=90, step_free=StepFree.YES)],
            **shared,
        ),
        "kita": Place(
            name=content_text("Kita Regenbogen"),
            address="Feldweg 7",
            step_free=StepFree.PARTLY,
            access=content_text("Am Eingang sind zwei Stufen. Eine Rampe liegt bereit."),
            **shared,
        ),
        "lock": Place(
            name=content_text("Schleusenplatz"),
            address="Uferpromenade 1",
            latitude=51.5171,
            longitude=6.9921,
            step_free=StepFree.YES,
            **shared,
        ),
    }


def _made(told: DemoEvent, week: int, about: list[Topic], places: dict[str, Place], areas: dict[str, Area]) -> Event:
    starts_at = _moment(told.days + 7 * week, told.hour)
    published_at = min(clock.now(), starts_at) - timedelta(days=20)
    place = places.get(told.place)
    event = Event(
        is_demo=True,
        title=told.title,
        summary=told.summary,
        text=_rich(told.text),
        organiser=content_text("Stabsstelle Quartiersarbeit"),
        contact_name="Stabsstelle Quartiersarbeit",
        contact_phone="+49 30 23125 000",
        contact_email="quartier@demo.invalid",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=told.hours),
        zone="Europe/Berlin",
        retention_days=30,
        format=told.format,
        place=place,
        room=place.rooms[0] if place and place.rooms else None,
        online_address="" if place else "https://video.demo.invalid/quartier",
        sign_language=told.sign_language,
        child_care=told.child_care,
        interpretation=told.interpretation,
        requests_until=(starts_at - timedelta(days=4)).astimezone(clock.BERLIN).date(),
        mode=told.mode,
        contact_rule=ContactRule.NEEDED if place else ContactRule.NONE,
        most_in_group=12 if told.mode is Mode.REGISTRATION and place else 0,
        several_sessions=len(told.tables) > 1,
        purpose=content_text("Die Veranstaltung vorbereiten und durchführen"),
        legal_basis=content_text("Aufgabe der Stadt nach § 3 Datenschutzgesetz NRW. Die Teilnahme ist freiwillig."),
        person_in_charge="Stabsstelle Quartiersarbeit",
        published_at=published_at,
        appeared_at=published_at,
        created_at=published_at,
        changed_at=published_at,
        areas=[areas[told.area]] if told.area in areas else [],
        topics=[about[number] for number in told.topics],
        languages=_languages(told),
        sessions=[
            EventSession(title=table.title, capacity=table.capacity, position=position)
            for position, table in enumerate(told.tables)
        ],
    )
    _afterwards(event, told)
    event.note_times()
    return event


def _afterwards(event: Event, told: DemoEvent) -> None:
    if told.report:
        event.report, event.next_steps = _rich(told.report), _rich(told.next_steps)
        event.reported_at, event.attended = event.ends_at + timedelta(days=3), told.attended
    if told.cancelled_because:
        event.cancelled_at, event.cancelled_because = clock.now() - timedelta(days=1), told.cancelled_because
        event.sequence = 1


def _languages(told: DemoEvent) -> list[EventLanguage]:
    spoken = [EventLanguage(language=tag) for tag in told.spoken]
    return spoken + [EventLanguage(language=tag, is_interpreted=True) for tag in told.interpreted]


def _series(dates: list[Event]) -> EventSeries:
    days = [one.local_start.date() for one in dates]
    series = EventSeries(rhythm=Rhythm.WEEKLY, every=1, begins_on=days[0], until_on=days[-1])
    session.add(series)
    for event, day in zip(dates, days, strict=True):
        event.series, event.series_on = series, day
    return series


# --- Who has registered -----------------------------------------------------------------------------------------------


def _people(event: Event, told: DemoEvent, die: random.Random) -> None:
    if told.mode is Mode.INVITATION:
        session.add(InvitationCode(event_id=event.id, code="SCHULWEG", note="Elternvertretung", most_persons=4))
    spoken = cycle(dict.fromkeys([*told.interpreted, *told.spoken]))
    names, phones = cycle(NAMES), cycle(PHONES)
    for chosen, table in zip(event.sessions, told.tables, strict=True):
        for persons in _parties(table, die):
            has_contact = event.contact_rule is ContactRule.NEEDED
            registration = Registration(
                event=event,
                name=next(names) if has_contact else "",
                phone=next(phones) if has_contact else "",
                persons=persons,
                language=next(spoken),
                children=die.choice((0, 0, 1)) if told.child_care is not event.child_care.NO and persons > 1 else 0,
                created_at=event.created_at + timedelta(hours=die.randrange(200)),
            )
            registration.interpreter = registration.language if registration.language in told.interpreted else ""
            _book(event, chosen, registration)


def _parties(table: Table, die: random.Random) -> Iterable[int]:
    """Families and friends: at first as many people as there are places, then those who wait."""
    placed = min(table.people, table.capacity or table.people)
    for left in (placed, table.people - placed):
        while left > 0:
            persons = min(left, die.choice((1, 1, 2, 2, 3, 4)))
            left -= persons
            yield persons


def _book(event: Event, chosen: EventSession, registration: Registration) -> None:
    has_place = seats.take(chosen.id, registration.persons)
    session.add(registration)
    session.flush()
    booking = Booking(
        event_id=event.id,
        registration_id=registration.id,
        session_id=chosen.id,
        persons=registration.persons,
        status=BookingStatus.CONFIRMED if has_place else BookingStatus.WAITING,
        queued_at=registration.created_at,
    )
    session.add(booking)
    session.flush()


# --- Small things -----------------------------------------------------------------------------------------------------


def _moment(days: int, hour: float) -> datetime:
    """So many days from today, at an hour on the clock in Germany."""
    at = time(int(hour), round(60 * (hour % 1)))
    return datetime.combine(clock.today() + timedelta(days=days), at, clock.BERLIN).astimezone(UTC)


def _rich(text: LocalizedText) -> LocalizedRichText:
    return LocalizedRichText({tag: RichText.from_plain(said) for tag, said in text.items()})
