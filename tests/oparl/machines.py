"""Another machine that reads the interface, and a council with something of everything."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from participation import clock
from participation.councils import publishing
from participation.councils.meeting_models import Consultation, Meeting, Paper, PaperKind
from participation.councils.minutes_models import Minutes, MinutesStatus, Result
from participation.councils.models import ConsentPurpose, Council
from participation.councils.resolution_models import Resolution
from participation.db import session
from participation.i18n import LocalizedText
from participation.media.models import Document
from participation.places.models import Place, Room
from tests.councils.makers import make_council, make_item, make_meeting, make_membership, make_minutes, make_person

HOUSE = "http://127.0.0.1:8000"
API = f"{HOUSE}/oparl/1.1"
SHOWS_ALL = (ConsentPurpose.NAME, ConsentPurpose.ABOUT)


class Machine:
    """Asks for addresses as they stand in answers."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def ask(self, address: str) -> TestResponse:
        path = address.removeprefix(HOUSE) if address.startswith(HOUSE) else f"/oparl/1.1/{address}"
        return self.client.get(path, base_url=HOUSE)

    def read(self, address: str) -> dict[str, Any]:
        answer = self.ask(address)
        assert answer.status_code == 200, (address, answer.text)
        read: dict[str, Any] = answer.json
        return read

    def list(self, address: str) -> list[dict[str, Any]]:
        """All pages of a list."""
        found: list[dict[str, Any]] = []
        while address:
            page = self.read(address)
            found += page["data"]
            address = page["links"].get("next", "")
        return found


def make_document(title: str = "Plan des Parks", **facts: Any) -> Document:
    content = b"%PDF-1.7\n" + title.encode() + uuid.uuid4().bytes + b"\n%%EOF"
    document = Document(title=title, language="de", size=len(content), content=content, is_public=True, **facts)
    session.add(document)
    session.flush()
    return document


def make_venue() -> Place:
    place = Place(
        name=LocalizedText(de="Bürgerhaus"),
        address="Hauptstraße 1",
        postal_code="45127",
        town="Musterstadt",
        latitude=51.45,
        longitude=7.01,
        rooms=[Room(name=LocalizedText(de="Saal")), Room(name=LocalizedText(de="Kleiner Raum"))],
    )
    session.add(place)
    session.flush()
    return place


def make_paper(meeting: Meeting, *, item: Any = None, **facts: Any) -> Paper:
    item = item or make_item(meeting, "Vorlage")
    facts = {"is_public": True, "document": make_document(), "kind": PaperKind.MOTION, **facts}
    number = len(session.query(Paper).all()) + 1
    paper = Paper(
        council=meeting.council,
        reference=f"2026/{number:03}",
        title=LocalizedText(de="Mehr Licht"),
        dated_on=clock.today(),
        **facts,
    )
    paper.consultations.append(Consultation(item=item, is_authoritative=True))
    session.add(paper)
    session.flush()
    return paper


def publish_minutes(meeting: Meeting, *, number: int = 1, text: str = "Der Park wird heller.") -> Minutes:
    """Minutes as the workflow leaves them: published, with a PDF, and the first public item resolved."""
    minutes = make_minutes(meeting, number=number, reason="" if number == 1 else "Ein Name war falsch.")
    session.flush()
    public = [entry for entry in minutes.entries if entry.item.is_public]
    public[0].result, public[0].resolution = Result.RESOLVED, text
    now = clock.now()
    minutes.circulated_at = minutes.approved_at = minutes.published_at = now
    minutes.content = minutes.public_content = {"items": []}
    minutes.digest = minutes.public_digest = minutes.seal = "0" * 64
    minutes.status = MinutesStatus.PUBLISHED
    minutes.document = make_document(f"Niederschrift {number}")
    session.flush()
    if number == 1:
        resolution = Resolution(
            council=meeting.council,
            item=public[0].item,
            minutes=minutes,
            year=2026,
            serial=meeting.id,
            decided_on=meeting.held_on,
            title="Licht",
            text=text,
            language="de",
            published_at=now,
        )
        session.add(resolution)
    session.flush()
    return minutes


def make_everything() -> Council:
    """A public council with members, a place, papers, two meetings, minutes in two revisions, and secrets."""
    council = make_council()
    make_membership(
        council, make_person("Ayşe Yılmaz", shows=SHOWS_ALL, about=LocalizedText(de="Wohnt seit 1998 hier."))
    )
    make_membership(council, make_person("Geheime Person"))
    place = make_venue()
    starts_at = clock.now() - timedelta(days=10)
    held = make_meeting(council, starts_at=starts_at, place=place, room_id=place.rooms[0].id)
    make_paper(held, item=make_item(held, "Beleuchtung im Park"))
    make_item(held, "Kauf von Grundstück 17", is_public=False, public_title=LocalizedText(de="Vertraulich"))
    publish_minutes(held)
    publish_minutes(held, number=2)
    make_item(make_meeting(council, announced=False), "Noch nicht öffentlich")
    publishing.refresh_council(council)
    session.commit()
    return council
