"""Groups of those who registered, for a message: all, those with a place, those who wait, one session, one language."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select

from participation.contacts.models import Contact
from participation.db import session
from participation.events import registration_queries, standing
from participation.events.models import Event
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.i18n import LazyText, _, _l
from participation.i18n import language as language_of

ALL, CONFIRMED, WAITING, INTERPRETER = "all", "confirmed", "waiting", "interpreter"
SESSION, LANGUAGE = "session-", "language-"  # with a number or a tag behind it

NAMES: dict[str, LazyText] = {
    ALL: _l("All who have a place or wait for one"),
    CONFIRMED: _l("All who have a place"),
    WAITING: _l("All who wait"),
    INTERPRETER: _l("All who need an interpreter"),
}


class Reach(NamedTuple):
    """How a message would come to a group: so many registrations each."""

    by_mail: int
    by_phone: int
    not_at_all: int

    @property
    def total(self) -> int:
        return sum(self)


def offered(event: Event) -> dict[str, str]:
    """The groups of this event with their names, for a form."""
    groups = {name: str(label) for name, label in NAMES.items()}
    if len(event.sessions) > 1:
        for one in event.sessions:
            groups[f"{SESSION}{one.id}"] = _("Only: %(session)s", session=str(one.title))
    spoken = registration_queries.languages_of(event)
    if len(spoken) > 1:
        for tag in spoken:
            groups[f"{LANGUAGE}{tag}"] = _("Only those who chose this language: %(language)s", language=name_of(tag))
    return groups


def members(event: Event, group: str) -> Select[Registration]:
    """The registrations of a group; whoever has cancelled belongs to none. An unknown group has no members."""
    living = or_(standing.is_coming(), standing.is_waiting())
    return select(Registration).where(Registration.event_id == event.id, living, *_conditions(group))


def reach(event: Event, group: str) -> Reach:
    """By mail whoever has an address that is written to, by telephone whoever has no address but a number."""
    query = (
        members(event, group)
        .outerjoin(Contact, Contact.id == Registration.contact_id)
        .with_only_columns(Contact.confirmed_at, Contact.is_needed, Registration.phone, Registration.contact_id)
    )
    found: Counter[str] = Counter()
    for confirmed_at, is_needed, phone, contact_id in session.execute(query):
        if confirmed_at is not None or is_needed:
            found["mail"] += 1
        else:
            found["phone" if phone and contact_id is None else "none"] += 1
    return Reach(found["mail"], found["phone"], found["none"])


def name_of(tag: str) -> str:
    """A language in its own words; a tag that we do not know stands for itself."""
    try:
        return language_of(tag).name
    except ValueError:
        return tag


def _conditions(group: str) -> list[ColumnElement[bool]]:
    own = Booking.registration_id == Registration.id
    if group.startswith(SESSION) and group.removeprefix(SESSION).isdecimal():
        alive = Booking.status != BookingStatus.CANCELLED
        there = Booking.session_id == int(group.removeprefix(SESSION)[:9])
        return [select(Booking.id).where(own, there, alive).exists()]
    if group.startswith(LANGUAGE):
        return [Registration.language == group.removeprefix(LANGUAGE)]
    known: dict[str, list[ColumnElement[bool]]] = {
        ALL: [],
        CONFIRMED: [standing.is_coming()],
        WAITING: [standing.is_waiting()],
        INTERPRETER: [Registration.interpreter != ""],
    }
    return known.get(group, [Registration.id.is_(None)])
