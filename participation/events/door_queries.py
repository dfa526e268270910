"""Whom the door expects, as its list, its phones and its paper show them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from participation.db import session
from participation.events.models import Event
from participation.events.registration_models import (
    TAKES_SEATS,
    Booking,
    BookingStatus,
    CheckIn,
    RegisteredPerson,
    Registration,
)
from participation.i18n import _, language, ngettext
from participation.paging import ListPage, asked_page
from participation.text_matching import fold, order_key

PAGE_SIZE = 100  # a long page that can be searched at once, also without a network
LAST_COUNTED = 5

EXPECTED, WAITING, CANCELLED = "expected", "waiting", "cancelled"

REGISTERED = (
    Registration.id,
    Registration.ticket,
    Registration.name,
    Registration.organisation,
    Registration.persons,
    Registration.wheelchairs,
    Registration.sign_language,
    Registration.interpreter,
    Registration.children,
    Registration.needs,
)


@dataclass
class Guest:
    """One registration as the door sees it."""

    id: uuid.UUID
    ticket: str
    name: str
    organisation: str
    persons: int
    wheelchairs: int
    sign_language: bool
    interpreter: str
    children: int
    needs: str
    state: str = CANCELLED
    sessions: list[object] = field(default_factory=list)  # titles, where the event has more than one
    people: list[str] = field(default_factory=list)
    check_in_id: uuid.UUID | None = None
    came: int = 0

    @property
    def is_here(self) -> bool:
        return self.check_in_id is not None

    @property
    def called(self) -> str:
        """What they are called out by."""
        return self.name or self.organisation or _("Without a name")

    @property
    def words(self) -> str:
        """All that somebody may look for, in one common form."""
        return fold(" ".join((self.name, self.organisation, *self.people, self.ticket)))

    @property
    def wishes(self) -> list[str]:
        """What they need, in words."""
        said = []
        if self.wheelchairs:
            said.append(ngettext("%(n)s wheelchair", "%(n)s wheelchairs", self.wheelchairs))
        if self.sign_language:
            said.append(_("Sign language"))
        if self.interpreter:
            said.append(_("Interpreter: %(language)s", language=language(self.interpreter).name))
        if self.children:
            said.append(ngettext("Child care for %(n)s child", "Child care for %(n)s children", self.children))
        return [*said, *([self.needs] if self.needs else [])]


def guests(event: Event) -> list[Guest]:
    """Everybody who has registered, by name, those who have cancelled too; four statements, however many they are."""
    found = {row.id: Guest(*row) for row in session.execute(select(*REGISTERED).where(_of(event)))}
    titles = {one.id: one.title for one in event.sessions if len(event.sessions) > 1}
    statuses = defaultdict(set)
    booked = select(Booking.registration_id, Booking.session_id, Booking.status).where(
        Booking.registration_id.in_(select(Registration.id).where(_of(event)))
    )
    for registration_id, session_id, status in session.execute(booked):
        statuses[registration_id].add(status)
        if status in TAKES_SEATS and titles.get(session_id):
            found[registration_id].sessions.append(titles[session_id])
    for guest in found.values():
        guest.state = _state(statuses[guest.id])
    _add_people(event, found)
    _add_arrivals(event, found)
    return sorted(found.values(), key=lambda guest: (order_key(guest.called), guest.ticket))


def expected(everybody: Iterable[Guest]) -> list[Guest]:
    """Without those who have cancelled and did not come."""
    return [guest for guest in everybody if guest.state != CANCELLED or guest.is_here]


def looked_for(everybody: list[Guest], typed: str) -> list[Guest]:
    """Those in whom each of the words occurs."""
    words = fold(typed).split()
    return [guest for guest in everybody if all(word in guest.words for word in words)]


def page_of(everybody: list[Guest]) -> ListPage[Guest]:
    """The part that the address asks for."""
    count = max(1, -(-len(everybody) // PAGE_SIZE))
    number = asked_page(count)
    return ListPage(everybody[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, count, len(everybody))


def last_counted(event: Event) -> list[CheckIn]:
    """What was counted last without a registration, so that a slip of the finger can be taken back."""
    found = select(CheckIn).where(CheckIn.event_id == event.id, CheckIn.registration_id.is_(None))
    return list(session.scalars(found.order_by(CheckIn.arrived_at.desc()).limit(LAST_COUNTED)))


def is_full(event: Event) -> bool:
    """Whether every session of it is full."""
    return all(one.is_full for one in event.sessions)


def _of(event: Event) -> ColumnElement[bool]:
    return Registration.event_id == event.id


def _state(statuses: set[BookingStatus]) -> str:
    if statuses & TAKES_SEATS:
        return EXPECTED
    return WAITING if BookingStatus.WAITING in statuses else CANCELLED


def _add_people(event: Event, found: dict[uuid.UUID, Guest]) -> None:
    named = select(RegisteredPerson.registration_id, RegisteredPerson.name).where(
        RegisteredPerson.registration_id.in_(select(Registration.id).where(_of(event)))
    )
    for registration_id, name in session.execute(named.order_by(RegisteredPerson.position)):
        found[registration_id].people.append(name)


def _add_arrivals(event: Event, found: dict[uuid.UUID, Guest]) -> None:
    came = select(CheckIn.registration_id, CheckIn.id, CheckIn.persons)
    for registration_id, check_in_id, persons in session.execute(came.where(CheckIn.event_id == event.id)):
        guest = found.get(registration_id) if registration_id else None
        if guest is not None:
            guest.check_in_id, guest.came = check_in_id, persons
