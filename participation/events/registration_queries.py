"""Looking at the registrations of one event: places, lists, and one of them with all that belongs to it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from participation.accounts.models import User
from participation.contacts.models import Contact
from participation.db import session
from participation.events.arrangement_models import NeedKind
from participation.events.models import Event, EventSession
from participation.events.registration_models import (
    Booking,
    BookingStatus,
    CheckIn,
    Consent,
    InvitationCode,
    PhoneCall,
    Registration,
    RegistrationSource,
)
from participation.paging import ListPage, asked_page, paginate
from participation.text_matching import fold

PAGE_SIZE = 50
NOT_CANCELLED, ALL = "not_cancelled", "all"
STATUSES = (NOT_CANCELLED, *(one.value for one in BookingStatus), ALL)


@dataclass(frozen=True)
class Filters:
    """Which registrations are wanted."""

    status: str = NOT_CANCELLED
    session: int | None = None
    need: str = ""
    language: str = ""
    source: str = ""
    groups: bool = False
    words: str = ""

    @classmethod
    def from_address(cls, asked: Mapping[str, str]) -> "Filters":
        """As they stand in the address; nonsense counts as nothing."""

        def one_of(name: str, known: Iterable[str], otherwise: str = "") -> str:
            return asked[name] if asked.get(name) in set(known) else otherwise

        number = asked.get("session", "")
        return cls(
            status=one_of("status", STATUSES, NOT_CANCELLED),
            session=int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None,
            need=one_of("need", (kind.value for kind in NeedKind)),
            language=asked.get("language", "")[:20],
            source=one_of("source", (source.value for source in RegistrationSource)),
            groups=asked.get("groups") == "y",
        )

    @classmethod
    def from_form(cls, sent: Mapping[str, str]) -> "Filters":
        """The same with the words that are looked for; these are names and addresses, and come by POST only (V21)."""
        words = " ".join(sent.get("words", "").replace("\0", "").split())[:200]
        return replace(cls.from_address(sent), words=words)

    @property
    def in_address(self) -> dict[str, Any]:
        """What an address needs to lead here again, without the words."""
        told = {
            "status": self.status if self.status != NOT_CANCELLED else None,
            "session": self.session,
            "need": self.need or None,
            "language": self.language or None,
            "source": self.source or None,
            "groups": "y" if self.groups else None,
        }
        return {name: value for name, value in told.items() if value is not None}


# --- Places -----------------------------------------------------------------------------------------------------------


@dataclass
class Places:
    """The places of one session, in persons."""

    session: EventSession
    by_status: dict[BookingStatus, int] = field(default_factory=dict)
    came: int = 0

    @property
    def confirmed(self) -> int:
        return self.by_status.get(BookingStatus.CONFIRMED, 0)

    @property
    def held(self) -> int:
        return self.by_status.get(BookingStatus.HELD, 0)

    @property
    def offered(self) -> int:
        return self.by_status.get(BookingStatus.OFFERED, 0)

    @property
    def waiting(self) -> int:
        return self.by_status.get(BookingStatus.WAITING, 0)


def places(event: Event) -> list[Places]:
    """Each session with its places: two statements, however many registrations there are."""
    found = {one.id: Places(one) for one in event.sessions}
    counted = (
        select(Booking.session_id, Booking.status, func.sum(Booking.persons))
        .where(Booking.session_id.in_(found))
        .group_by(Booking.session_id, Booking.status)
    )
    for number, status, persons in session.execute(counted):
        found[number].by_status[status] = persons
    came = (
        select(Booking.session_id, func.sum(CheckIn.persons))
        .join(CheckIn, CheckIn.registration_id == Booking.registration_id)
        .where(CheckIn.event_id == event.id, Booking.status == BookingStatus.CONFIRMED)
        .group_by(Booking.session_id)
    )
    for number, persons in session.execute(came):
        found[number].came = persons
    return list(found.values())


def attendance(event: Event) -> int:
    """All who came, registered or not."""
    came = select(func.sum(CheckIn.persons)).where(CheckIn.event_id == event.id)
    return session.scalar(came) or 0


# --- The list ---------------------------------------------------------------------------------------------------------


def page_of(event: Event, filters: Filters) -> ListPage[Registration]:
    """One page of the list, by name."""
    query = wanted(event, filters).options(
        selectinload(Registration.bookings).joinedload(Booking.session), joinedload(Registration.contact)
    )
    if not filters.words:
        return paginate(query, size=PAGE_SIZE)
    ids = matching(event, filters)
    count = max(1, -(-len(ids) // PAGE_SIZE))
    number = asked_page(count)
    shown = ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    rows = session.scalars(query.where(Registration.id.in_(shown))).all() if shown else []
    return ListPage(list(rows), number, count, len(ids))


def wanted(event: Event, filters: Filters) -> Select[Registration]:
    """The registrations that fit all filters but the words."""
    conditions = [Registration.event_id == event.id, *_with_bookings(filters), *_with_facts(filters)]
    return select(Registration).where(*conditions).order_by(Registration.name, Registration.id)


def ids_of(event: Event, filters: Filters) -> Sequence[uuid.UUID]:
    """The keys of all that fit all filters but the words, by name."""
    return session.scalars(wanted(event, filters).with_only_columns(Registration.id)).all()


def matching(event: Event, filters: Filters) -> list[uuid.UUID]:
    """Those that the words fit, in any way to write them (L14): all of one event are looked through."""
    columns = (Registration.id, Registration.name, Registration.organisation, Registration.phone, Contact.email)
    rows = wanted(event, filters).outerjoin(Contact, Contact.id == Registration.contact_id).with_only_columns(*columns)
    words, digits = fold(filters.words).split(), _digits(filters.words)

    def fits(name: str, organisation: str, phone: str, email: str | None) -> bool:
        # A telephone number is known by its last digits: 0171 and +49 171 begin differently.
        if digits and len(digits) > 3 and digits.lstrip("0") in phone:
            return True
        if email and filters.words.casefold() in email.casefold():
            return True
        text = fold(f"{name} {organisation}")
        return bool(words) and all(word in text for word in words)

    return [row[0] for row in session.execute(rows) if fits(*row[1:])]


def _digits(words: str) -> str:
    bare = "".join(char for char in words if char not in " +-/()")
    return fold(bare) if bare.isdecimal() else ""


def _with_bookings(filters: Filters) -> Iterable[ColumnElement[bool]]:
    booking = [Booking.registration_id == Registration.id]
    if filters.session is not None:
        booking.append(Booking.session_id == filters.session)
    if filters.status == NOT_CANCELLED:
        booking.append(Booking.status != BookingStatus.CANCELLED)
    elif filters.status != ALL:
        booking.append(Booking.status == BookingStatus(filters.status))
    if len(booking) > 1:
        yield select(Booking.id).where(*booking).exists()


def _with_facts(filters: Filters) -> Iterable[ColumnElement[bool]]:
    if filters.need:
        yield has_need(NeedKind(filters.need))
    if filters.language:
        yield Registration.language == filters.language
    if filters.source:
        yield Registration.source == RegistrationSource(filters.source)
    if filters.groups:
        yield Registration.organisation != ""


def has_need(kind: NeedKind) -> ColumnElement[bool]:
    """Whether a registration tells of such a need."""
    conditions: dict[NeedKind, ColumnElement[bool]] = {
        NeedKind.INTERPRETER: Registration.interpreter != "",
        NeedKind.SIGN_LANGUAGE: Registration.sign_language.is_(True),
        NeedKind.CHILD_CARE: Registration.children > 0,
        NeedKind.WHEELCHAIRS: Registration.wheelchairs > 0,
        NeedKind.OTHER: Registration.needs != "",
    }
    return conditions[kind]


def languages_of(event: Event) -> Sequence[str]:
    """The tags of the languages that those who registered speak."""
    spoken = select(Registration.language).where(Registration.event_id == event.id).distinct()
    return session.scalars(spoken.order_by(Registration.language)).all()


# --- The same address -------------------------------------------------------------------------------------------------


def shared_addresses(event: Event, shown: Sequence[Registration]) -> set[uuid.UUID]:
    """Which of these share their e-mail address or telephone with another registration of the event.

    Families share a telephone and helpers register several people, so it is a mark for staff and no mistake.
    """
    emails = {one.contact.email.casefold() for one in shown if one.contact}
    phones = {one.phone for one in shown if one.phone}
    often: set[str] = set()
    if emails:
        address = func.lower(Contact.email)
        counted = select(address).join(Registration, Registration.contact_id == Contact.id)
        often.update(_repeated(counted, address, event, emails))
    if phones:
        often.update(_repeated(select(Registration.phone), Registration.phone, event, phones))
    return {one.id for one in shown if one.phone in often or (one.contact and one.contact.email.casefold() in often)}


def _repeated(counted: Select[Any], column: Any, event: Event, among: set[str]) -> Iterable[str]:
    rows = counted.where(Registration.event_id == event.id, column.in_(among))
    return session.scalars(rows.group_by(column).having(func.count() > 1)).all()


def same_address(registration: Registration) -> Sequence[Registration]:
    """The other registrations of the event with the same e-mail address or telephone."""
    by_mail: ColumnElement[bool] = false()
    if registration.contact is not None:
        by_mail = func.lower(Contact.email) == registration.contact.email.casefold()
    by_phone = Registration.phone == registration.phone if registration.phone else false()
    others = (
        select(Registration)
        .outerjoin(Contact, Contact.id == Registration.contact_id)
        .where(
            Registration.event_id == registration.event_id,
            Registration.id != registration.id,
            or_(by_mail, by_phone),
        )
    )
    return session.scalars(others.order_by(Registration.name, Registration.id).limit(PAGE_SIZE)).all()


# --- One registration -------------------------------------------------------------------------------------------------


def registration(event: Event, registration_id: uuid.UUID) -> Registration:
    """One of this event; of another event it is not found."""
    query = (
        select(Registration)
        .where(Registration.id == registration_id, Registration.event_id == event.id)
        .options(
            selectinload(Registration.bookings).joinedload(Booking.session),
            selectinload(Registration.people),
            selectinload(Registration.consents).joinedload(Consent.text),
            joinedload(Registration.contact),
        )
    )
    return session.scalars(query).one()


def booking(registration: Registration, session_id: int) -> Booking:
    """What it has in one session."""
    return session.scalars(
        select(Booking).where(Booking.registration_id == registration.id, Booking.session_id == session_id)
    ).one()


def calls(registration: Registration) -> Sequence[PhoneCall]:
    """The telephone calls about it, the newest first."""
    about = select(PhoneCall).where(PhoneCall.registration_id == registration.id)
    return session.scalars(about.order_by(PhoneCall.id.desc())).all()


def check_in(registration: Registration) -> CheckIn | None:
    """When they came, and how many they were."""
    return session.scalar(select(CheckIn).where(CheckIn.registration_id == registration.id))


def entered_by(registration: Registration) -> User | None:
    """Who wrote it down for them."""
    return session.get(User, registration.entered_by_id) if registration.entered_by_id else None


def invitation(registration: Registration) -> InvitationCode | None:
    """The code it came with."""
    return session.get(InvitationCode, registration.invitation_id) if registration.invitation_id else None


def invitations(event: Event) -> Sequence[InvitationCode]:
    """All codes of an event, in the order they were made."""
    codes = select(InvitationCode).where(InvitationCode.event_id == event.id)
    return session.scalars(codes.order_by(InvitationCode.id)).all()


def one_invitation(event: Event, invitation_id: int) -> InvitationCode:
    """One of this event."""
    own = and_(InvitationCode.event_id == event.id, InvitationCode.id == invitation_id)
    return session.scalars(select(InvitationCode).where(own)).one()
