"""Makers of the councils' room."""

from datetime import timedelta
from itertools import count
from typing import Any

from participation import clock
from participation.contacts.models import Contact
from participation.councils.meeting_models import AgendaItem, Attendance, Meeting, Presence
from participation.councils.minutes_models import Minutes, MinutesEntry
from participation.councils.models import (
    ConsentPurpose,
    Council,
    CouncilPerson,
    Group,
    GroupKind,
    Membership,
    ProfileConsent,
)
from participation.db import session
from participation.i18n import LocalizedText
from participation.receipts import operations as receipts
from participation.text_matching import fold

_numbers = count(1)


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
        serial=number,
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
