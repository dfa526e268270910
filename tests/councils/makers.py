"""Makers of the councils' room."""

from datetime import timedelta
from itertools import count
from typing import Any

from flask.testing import FlaskClient

from participation import clock
from participation.contacts.models import Contact
from participation.contributions.models import ContributionStatus
from participation.councils import papers
from participation.councils.meeting_models import AgendaItem, Attendance, Meeting, Paper, PaperKind, Presence
from participation.councils.minutes_models import Minutes, MinutesEntry
from participation.councils.models import (
    ConsentPurpose,
    Council,
    CouncilPerson,
    Group,
    GroupKind,
    Membership,
    ProfileConsent,
    Statute,
)
from participation.councils.proposal_models import ItemProposal
from participation.db import session
from participation.i18n import LocalizedText
from participation.media import documents
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt
from participation.rich_text import LocalizedRichText, RichText
from participation.text_matching import fold
from tests.media.makers import pdf_file, uploaded

_numbers = count(1)
PDF = pdf_file()


def make_council(*, published: bool = True, **facts: Any) -> Council:
    """A Quartiersrat with nine seats of residents and three of the administration, which have no vote."""
    number = next(_numbers)
    facts = {
        "slug": f"quartiersrat-{number}",
        "name": LocalizedText(de=f"Quartiersrat {number}", tr=f"Mahalle meclisi {number}"),
        "purpose": LocalizedText(de="Arbeit des Quartiersrats"),
        "legal_basis": LocalizedText(de="Aufgabe der Stadt"),
        "person_in_charge": "Stadt Musterstadt",
        "languages": ["de", "tr"],
        "published_at": clock.now() if published else None,
        **facts,
    }
    groups = facts.pop("groups", None) or [
        Group(kind=GroupKind.RESIDENTS, seats=9, position=1),
        Group(kind=GroupKind.ADMINISTRATION, seats=3, has_vote=False, position=2),
    ]
    council = Council(**facts, groups=groups)
    session.add(council)
    session.flush()
    return council


def make_person(
    name: str = "", *, email: str = "", shows: tuple[ConsentPurpose, ...] = (), **facts: Any
) -> CouncilPerson:
    """Somebody with a receipt; what they agreed to have published is named by `shows`."""
    number = next(_numbers)
    given, _blank, family = (name or f"Ayşe Yılmaz{number}").rpartition(" ")
    contact = None
    if email:
        contact = Contact(
            email=email,
            language=facts.pop("language", "de"),
            given_on=clock.today(),
            consent_version="1",
            is_needed=True,
        )
    person = CouncilPerson(
        serial=facts.pop("serial", number),
        given_name=given,
        family_name=family,
        sort_name=fold(f"{family} {given}"),
        contact=contact,
        receipt=receipts.issue().receipt,
        consents=[ProfileConsent(purpose=purpose, version="1", given_at=clock.now()) for purpose in shows],
        **facts,
    )
    session.add(person)
    session.flush()
    return person


def make_membership(council: Council, person: CouncilPerson | None = None, **facts: Any) -> Membership:
    """A seat of the council's first group, for a term of four years that began a year ago."""
    facts = {
        "group": council.groups[0],
        "starts_on": clock.today() - timedelta(days=365),
        "ends_on": clock.today() + timedelta(days=3 * 365),
        **facts,
    }
    membership = Membership(council=council, person=person or make_person(), **facts)
    session.add(membership)
    session.flush()
    return membership


def make_statute(council: Council, **facts: Any) -> Statute:
    """A published version of the statutes, valid since last year."""
    facts = {
        "number": next(_numbers),
        "title": LocalizedText(de="Geschäftsordnung"),
        "text": LocalizedRichText(de=RichText.clean("<p>Die Sitzungen sind öffentlich.</p>")),
        "valid_from": clock.today() - timedelta(days=365),
        "published_at": clock.now(),
        **facts,
    }
    statute = Statute(council=council, **facts)
    session.add(statute)
    session.flush()
    return statute


def make_meeting(council: Council | None = None, *, announced: bool = True, **facts: Any) -> Meeting:
    """A meeting in three weeks, of two hours; its agenda is public."""
    council = council or make_council()
    starts_at = facts.pop("starts_at", clock.now() + timedelta(days=21))
    facts = {
        "number": next(_numbers),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "agenda_published_at": clock.now() if announced else None,
        **facts,
    }
    meeting = Meeting(council=council, **facts)
    session.add(meeting)
    session.flush()
    return meeting


def make_item(meeting: Meeting, title: str = "Beleuchtung im Park", **facts: Any) -> AgendaItem:
    """The next item of the agenda."""
    position = len(meeting.items) + 1
    facts = {"position": position, "number": str(position), "title": LocalizedText(de=title), **facts}
    item = AgendaItem(meeting=meeting, **facts)
    session.add(item)
    session.flush()
    return item


def make_attendance(meeting: Meeting, membership: Membership, presence: Presence = Presence.PRESENT) -> Attendance:
    """The minutes say that this member was there."""
    attendance = Attendance(meeting=meeting, membership=membership, presence=presence)
    session.add(attendance)
    session.flush()
    return attendance


def make_minutes(meeting: Meeting, **facts: Any) -> Minutes:
    """A draft with an empty entry per item."""
    minutes = Minutes(meeting=meeting, entries=[MinutesEntry(item=item) for item in meeting.items], **facts)
    session.add(minutes)
    session.flush()
    return minutes


def make_session(council: Council | None = None, *, members: int = 3, **facts: Any) -> tuple[Minutes, MinutesEntry]:
    """A meeting in which so many members with a vote are there, and the draft of its minutes with one item."""
    meeting = make_meeting(council, **facts)
    make_item(meeting)
    for _number in range(members):
        make_attendance(meeting, make_membership(meeting.council))
    minutes = make_minutes(meeting)
    return minutes, minutes.entries[0]


def make_proposal(
    council: Council | None = None,
    *,
    status: ContributionStatus = ContributionStatus.PUBLISHED,
    with_receipt: bool = True,
    **facts: Any,
) -> ItemProposal:
    """Something that somebody would like the council to talk about; published unless the status says otherwise."""
    number, now = next(_numbers), clock.now()
    was_public = status in {ContributionStatus.PUBLISHED, ContributionStatus.HIDDEN, ContributionStatus.REMOVED}
    facts = {
        "title": f"Mehr Licht {number}",
        "text": "Am Weg ist es abends dunkel.",
        "language": "de",
        "author_name": "Ayşe",
        "created_at": now,
        "published_at": now if was_public else None,
        "waiting_since": now if status is ContributionStatus.WAITING else None,
        "receipt": receipts.issue().receipt if with_receipt else None,
        **facts,
    }
    proposal = ItemProposal(council=council or make_council(), status=status, **facts)
    session.add(proposal)
    session.flush()
    return proposal


def come_back(client: FlaskClient, receipt: Receipt | None) -> None:
    """Somebody types the code of their receipt at this browser."""
    assert receipt is not None
    code = receipts.renew(receipt)
    session.flush()
    assert client.post("/de/receipt", data={"code": code}).location == "/de/receipt/matter"


def make_paper(item: AgendaItem, *, file: bytes = b"", **facts: Any) -> Paper:
    """A paper with a file that an item deals with; it is public as soon as the item is."""
    facts = {"reference": f"2026/{next(_numbers):03d}", "title": LocalizedText(de="Lichtplan"), **facts}
    kept = {"kind": PaperKind.REPORT, "dated_on": clock.today(), **facts}
    document = documents.take(uploaded(file or PDF, "plan.pdf"), "Lichtplan", "de")
    return papers.add(item, document=document, **kept)
