"""An archive: what fifty councils leave behind in twenty years, written in bulk."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from participation import clock
from participation.councils.meeting_models import AgendaItem, Attendance, Consultation, Meeting, Paper, Presence
from participation.councils.minutes_models import VoteKind
from participation.councils.models import (
    ConsentPurpose,
    Council,
    CouncilPerson,
    Group,
    GroupKind,
    Membership,
    ProfileConsent,
    council_areas,
)
from participation.councils.resolution_models import Resolution, ResolutionState
from participation.db import engine, session, table_of
from participation.districts.models import Area, Layer
from participation.i18n import LocalizedText
from participation.places.models import Place
from participation.receipts.models import Receipt
from participation.text_matching import fold
from tests.bench.bulk import pour

YEARS, MEETINGS_A_YEAR, ITEMS_EACH = 20, 6, 10
AREAS, SEATS, TERM_YEARS = 10, 12, 4
EVERY_RESOLVED, EVERY_PAPER = 4, 3  # every fourth item ends with a resolution, every third has a paper
SUBJECTS = [
    "Beleuchtung",
    "Spielplatz",
    "Radweg",
    "Zebrastreifen",
    "Sitzbänke",
    "Nachbarschaftsfest",
    "Bücherschrank",
    "Lärm",
    "Kita",
    "Schulweg",
    "Jugendtreff",
    "Grünfläche",
    "Sperrmüll",
    "Bushaltestelle",
    "Dolmetschen",
    "Sprachcafé",
    "Sportplatz",
    "Trinkbrunnen",
    "Hochbeete",
    "Wohnen",
]
PLACES = "Nordstadt Kanalviertel Bahnhof Marktplatz Schulhof Park Lindenstraße Hafen Siedlung Kirchplatz".split()  # noqa: SIM905  (shorter)
NAMES = "Yılmaz Popescu Kowalska Schmidt Haddad Iwanow Rostami Barzanî Weber Georgiew Öztürk Lindner".split()  # noqa: SIM905  (shorter)
SERIAL = ("councils", "council_groups", "memberships", "meetings", "agenda_items", "papers", "consultations",
          "attendances", "minutes", "minutes_entries", "resolutions", "profile_consents", "public_objects")  # fmt: skip


class Archive:
    """How large it is, and what stands where; everything is counted from 1."""

    def __init__(self, councils: int) -> None:
        self.councils = councils
        self.per_council = YEARS * MEETINGS_A_YEAR
        self.meetings = councils * self.per_council
        self.items = self.meetings * ITEMS_EACH
        self.terms = YEARS // TERM_YEARS
        self.people = councils * SEATS * self.terms
        self.now = clock.now().replace(hour=17, minute=0, second=0, microsecond=0)

    def council_of(self, meeting: int) -> int:
        return (meeting - 1) // self.per_council + 1

    def starts_at(self, meeting: int) -> datetime:
        """Two months apart; the last one of each council is to come."""
        back = self.per_council - 1 - (meeting - 1) % self.per_council
        return self.now + timedelta(days=20 - 61 * back)

    def is_over(self, meeting: int) -> bool:
        return self.starts_at(meeting) < self.now

    def membership(self, council: int, seat: int, term: int) -> int:
        """The number of who holds a seat in a term, the newest term being the last."""
        return ((council - 1) * self.terms + term) * SEATS + seat + 1

    def title(self, item: int) -> str:
        return f"{SUBJECTS[item % len(SUBJECTS)]} am {PLACES[item // 7 % len(PLACES)]}, Abschnitt {item % 97}"

    def resolution_of(self, item: int) -> int | None:
        meeting = (item - 1) // ITEMS_EACH + 1
        return item if item % EVERY_RESOLVED == 0 and self.is_over(meeting) else None


def make_archive(councils: int) -> Archive:
    """Fill an empty house. Commits as it goes."""
    archive = Archive(councils)
    _town()
    _councils(archive)
    _people(archive)
    _meetings(archive)
    _papers(archive)
    forget_numbers()
    return archive


def forget_numbers() -> None:
    """PostgreSQL has to be told which numbers are taken, and both databases what the tables hold now."""
    if engine().dialect.name == "postgresql":
        for name in SERIAL:
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) + 1 FROM {name}))")
            )
    session.execute(text("ANALYZE"))
    session.commit()


def _town() -> None:
    layer = Layer(slug="stadtbezirke", name=LocalizedText(de="Stadtbezirke"), is_default=True)
    session.add_all(Area(layer=layer, code=f"c{n}", name=LocalizedText(de=f"Bezirk {n}")) for n in range(AREAS))
    session.add_all(
        Place(name=LocalizedText(de=f"Haus {n}"), address=f"Weg {n}", postal_code="12345", town="Stadt")
        for n in range(20)
    )
    session.commit()


def _councils(archive: Archive) -> None:
    began = archive.now - timedelta(days=365 * YEARS)
    numbers = range(1, archive.councils + 1)
    pour(
        table_of(Council),
        (
            {
                "id": n,
                "slug": f"rat-{n}",
                "name": LocalizedText(de=f"Quartiersrat {n}", tr=f"Mahalle meclisi {n}"),
                "languages": ["de", "tr", "ar"],
                "purpose": LocalizedText(de="Arbeit des Quartiersrats"),
                "legal_basis": LocalizedText(de="Aufgabe der Stadt"),
                "published_at": began,
                "created_at": began,
            }
            for n in numbers
        ),
    )
    pour(council_areas, ({"council_id": n, "area_id": n % AREAS + 1} for n in numbers))
    pour(
        table_of(Group),
        ({"id": n, "council_id": n, "kind": GroupKind.RESIDENTS, "seats": SEATS, "position": 1} for n in numbers),
    )


def _people(archive: Archive) -> None:
    die = random.Random(3)
    people = [uuid.UUID(int=die.getrandbits(128), version=4) for _n in range(archive.people)]
    pour(
        table_of(Receipt),
        ({"id": one, "code_hash": one.hex * 2, "issued_on": archive.now.date()} for one in people),
    )
    pour(table_of(CouncilPerson), (_person(n, one) for n, one in enumerate(people, 1)))
    # Two of three agree to have their names published.
    pour(
        table_of(ProfileConsent),
        (
            {"id": n, "person_id": one, "purpose": ConsentPurpose.NAME, "version": "1", "given_at": archive.now}
            for n, one in enumerate(people, 1)
            if n % 3
        ),
    )
    pour(table_of(Membership), (_membership(archive, n, one) for n, one in enumerate(people, 1)))


def _person(number: int, identity: uuid.UUID) -> dict[str, Any]:
    family = f"{NAMES[number % len(NAMES)]}-{number}"
    return {
        "id": identity,
        "serial": number,
        "given_name": "Kim",
        "family_name": family,
        "sort_name": fold(f"{family} Kim"),
        "receipt_id": identity,
    }


def _membership(archive: Archive, number: int, person: uuid.UUID) -> dict[str, Any]:
    council, term = (number - 1) // SEATS // archive.terms + 1, (number - 1) // SEATS % archive.terms
    starts_on = _term_begins(archive, term)
    return {
        "id": number,
        "council_id": council,
        "person_id": person,
        "group_id": council,
        "starts_on": starts_on,
        "ends_on": _term_begins(archive, term + 1) - timedelta(days=1),
        "created_at": archive.now,
    }


def _term_begins(archive: Archive, term: int) -> date:
    return (archive.now - timedelta(days=365 * TERM_YEARS * (archive.terms - term) - 365)).date()


def _meetings(archive: Archive) -> None:
    numbers = range(1, archive.meetings + 1)
    pour(table_of(Meeting), (_meeting(archive, n) for n in numbers))
    pour(
        table_of(AgendaItem),
        (
            {
                "id": n,
                "meeting_id": (n - 1) // ITEMS_EACH + 1,
                "position": (n - 1) % ITEMS_EACH + 1,
                "number": str((n - 1) % ITEMS_EACH + 1),
                "title": LocalizedText(de=archive.title(n)),
                "text": LocalizedText(de=f"Im Quartier wird über {archive.title(n)} gesprochen."),
                "brought_by": "Einwohnerin",
                "is_public": n % 23 > 0,
            }
            for n in range(1, archive.items + 1)
        ),
    )
    pour(table_of(Attendance), _attendances(archive))


def _meeting(archive: Archive, number: int) -> dict[str, Any]:
    starts_at = archive.starts_at(number)
    return {
        "id": number,
        "uid": uuid.UUID(int=number),
        "council_id": archive.council_of(number),
        "number": (number - 1) % archive.per_council + 1,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "place_id": number % 20 + 1,
        "agenda_published_at": starts_at - timedelta(days=21),
        "invited_at": starts_at - timedelta(days=21),
        "created_at": starts_at - timedelta(days=40),
        "changed_at": starts_at - timedelta(days=21),
    }


def _attendances(archive: Archive) -> Iterator[dict[str, Any]]:
    number = 0
    for meeting in range(1, archive.meetings + 1):
        if not archive.is_over(meeting):
            continue
        day, council = archive.starts_at(meeting).date(), archive.council_of(meeting)
        term = next(n for n in reversed(range(archive.terms)) if _term_begins(archive, n) <= day or n == 0)
        for seat in range(SEATS):
            number += 1
            yield {
                "id": number,
                "meeting_id": meeting,
                "membership_id": archive.membership(council, seat, term),
                "presence": Presence.EXCUSED if (meeting + seat) % 5 == 0 else Presence.PRESENT,
            }


def _papers(archive: Archive) -> None:
    with_paper = range(EVERY_PAPER, archive.items + 1, EVERY_PAPER)
    pour(table_of(Paper), (_paper(archive, number, item) for number, item in enumerate(with_paper, 1)))
    pour(
        table_of(Consultation),
        ({"id": number, "paper_id": number, "item_id": item} for number, item in enumerate(with_paper, 1)),
    )


def _paper(archive: Archive, number: int, item: int) -> dict[str, Any]:
    meeting = (item - 1) // ITEMS_EACH + 1
    day = (archive.starts_at(meeting) - timedelta(days=30)).date()
    return {
        "id": number,
        "council_id": archive.council_of(meeting),
        "reference": f"{day.year}/{number}",
        "title": LocalizedText(de=f"Vorlage: {archive.title(item)}"),
        "dated_on": day,
        "created_at": archive.starts_at(meeting) - timedelta(days=30),
    }


def vote_of(item: int) -> dict[str, Any]:
    """How was voted under an item that ends with a resolution."""
    return {"vote": VoteKind.OPEN, "votes_for": 7, "votes_against": item % 3, "abstained": 0, "recused": 0}


def make_resolutions(archive: Archive) -> None:
    """The register; the minutes that they come from must be there."""
    pour(
        table_of(Resolution), (_resolution(archive, n) for n in range(1, archive.items + 1) if archive.resolution_of(n))
    )


def _resolution(archive: Archive, item: int) -> dict[str, Any]:
    meeting = (item - 1) // ITEMS_EACH + 1
    decided_on = archive.starts_at(meeting).date()
    return {
        "id": item,
        "council_id": archive.council_of(meeting),
        "item_id": item,
        "minutes_id": meeting,
        "year": decided_on.year,
        "serial": item,
        "decided_on": decided_on,
        "title": archive.title(item),
        "text": f"Die Stadt prüft: {archive.title(item)}.",
        "language": "de",
        "is_confidential": item % 23 == 0,
        **vote_of(item),
        "responsible": "Stabsstelle Quartiersarbeit",
        "due_on": decided_on + timedelta(days=90),
        "state": ResolutionState.OPEN if item % 40 == 0 else ResolutionState.DONE,
        "published_at": archive.starts_at(meeting) + timedelta(days=30),
        "created_at": archive.starts_at(meeting) + timedelta(days=30),
    }
