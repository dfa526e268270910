"""The letters of a registration: in the person's language, with the facts, the own link, and the calendar (L17, D8).

Who can be reached by telephone only is put on the call list where the news cannot wait; who gave no address at all
reads everything on the page of the receipt.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from participation import clock
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contacts.operations import Letter
from participation.db import session, table_of
from participation.events import calendar, letter_facts, own_links, phone_calls
from participation.events import wordings as words
from participation.events.letter_facts import Saying
from participation.events.models import Event
from participation.events.registration_models import (
    Booking,
    BookingStatus,
    CallReason,
    Registration,
    RegistrationSource,
)
from participation.i18n import speaking
from participation.mail import Mail, mark
from participation.memory import remembered
from participation.wordings import Said, Wording, say

Status = BookingStatus

A_DAY = timedelta(days=1)
REMEMBERED_FOR = timedelta(minutes=1)  # staff may change a wording, and a place its address
# What somebody can make us write by registering, to one address in a day: it may be a stranger's (D9, V8).
MOST_UNCONFIRMED, MOST_CONFIRMED = 5, 30
BY_PERSON = (words.REGISTERED, words.WAITING, words.CHANGED, words.CANCELLED_BY_PERSON)
mails = table_of(Mail)
WRITTEN = (
    select(func.count())
    .select_from(mails)
    .where(mails.c.recipient.in_([bindparam("recipient"), bindparam("mark")]), mails.c.created_at >= bindparam("since"))
    .where(mails.c.wording.in_([one.name for one in BY_PERSON]))
)
# Stand for what differs from letter to letter, so that a wording is said once per language.
OWN, PLACES = "\ufdd0", "\ufdd1"


# --- To one person, about what they did -------------------------------------------------------------------------------


def registered(registration: Registration) -> None:
    """They have a place."""
    _first(registration, words.REGISTERED)


def waiting(registration: Registration) -> None:
    """They wait for one."""
    _first(registration, words.WAITING)


def accepted(registration: Registration) -> None:
    """They have taken the place that was offered to them."""
    _tell([registration], words.REGISTERED)


def changed(registration: Registration) -> None:
    """Their registration is another one now; the address may be a new one, too."""
    _first(registration, words.CHANGED)


def cancelled_by_person(registration: Registration) -> None:
    """They do not come."""
    if _may_hear_more(registration):
        _tell([registration], words.CANCELLED_BY_PERSON)


def ask_for_link(event: Event, email: str) -> Contact:
    """Ask whether the address is right, in the language we are speaking; the places are held meanwhile.

    Raises mail.NotAnAddress.
    """
    until = min(clock.now() + timedelta(hours=event.hold_hours), event.starts_at)
    return contacts.give(email, words.CONFIRM.name, **_facts(event, with_address=False), until=until)


def confirmed_too_late(registration: Registration) -> None:
    """They have opened the link, but the places are not held any more."""
    _tell([registration], words.CONFIRMED_TOO_LATE)


# --- To one person, about the waiting list ----------------------------------------------------------------------------


def offers(bookings: Sequence[Booking]) -> None:
    """Places are kept for these people until the same moment."""
    until = bookings[0].ends_at
    people = [one.registration for one in bookings]
    _tell(people, words.OFFER, until=until)
    phone_calls.ask_for(people, CallReason.OFFER, due_at=until)


def offer(booking: Booking) -> None:
    """A place is kept for them for a while."""
    offers([booking])


def offer_over(booking: Booking) -> None:
    """They did not answer in time: they wait at the end, or no more."""
    is_last = booking.status is Status.CANCELLED
    _tell([booking.registration], words.OFFER_OVER_AGAIN if is_last else words.OFFER_OVER)
    if is_last:
        phone_calls.ask_for([booking.registration], CallReason.CANCELLED)


# --- To all of an event -----------------------------------------------------------------------------------------------


def event_changed(event: Event, what: Any = "") -> int:
    """Everybody who has or waits for a place hears when and where it is now; tells how many letters were written."""
    people = session.scalars(registrations(event)).all()
    phone_calls.ask_for(people, CallReason.CHANGE, note=str(what))
    return _tell(people, words.EVENT_CHANGED, what=what)


def event_cancelled(event: Event) -> int:
    """Everybody who has or waits for a place hears that it does not take place."""
    people = session.scalars(registrations(event)).all()
    phone_calls.settle_event(event)
    phone_calls.ask_for(people, CallReason.CANCELLED)
    return _tell(people, words.EVENT_CANCELLED, reason=event.cancelled_because)


def thanks(event: Event) -> int:
    """Everybody who had a place can read what came of it."""
    return _tell(session.scalars(registrations(event, Status.CONFIRMED)).all(), words.THANKS)


def message(event: Event, people: Iterable[Registration], subject: str, text: str) -> int:
    """What staff want to tell these people of the event, in words of staff; tells how many letters were written."""
    told = [one for one in people if one.event_id == event.id]
    phone_calls.ask_for(told, CallReason.MESSAGE, note=text)
    return _tell(told, words.MESSAGE, subject=subject, text=text)


def remind(people: Sequence[Registration]) -> int:
    """It is tomorrow."""
    phone_calls.ask_for(people, CallReason.REMINDER)
    return _tell(people, words.REMINDER)


def registrations(event: Event, *statuses: BookingStatus) -> Select[Registration]:
    """Those that have or wait for a place, with all that a letter needs."""
    wanted: ColumnElement[bool] = Booking.status != Status.CANCELLED
    if statuses:
        wanted = Booking.status.in_(statuses)
    has_booking = select(Booking.id).where(Booking.registration_id == Registration.id, wanted).exists()
    found = select(Registration).where(Registration.event_id == event.id, has_booking).order_by(Registration.id)
    return found.options(joinedload(Registration.contact), selectinload(Registration.bookings))


# --- Writing them -----------------------------------------------------------------------------------------------------


def _tell(people: Sequence[Registration], wording: Wording, **values: Any) -> int:
    """The same news of one event to some people: said once per language, with what is their own in each letter."""
    reached = [(one, one.contact) for one in people if one.contact is not None and one.contact.is_written_to]
    letters: list[Letter] = []
    for (tag, has_place), some in groupby(sorted(reached, key=_reader), key=_reader):
        theirs = list(some)
        event = theirs[0][0].event
        said = _said(event, wording, tag, with_address=has_place, **values)
        attached = calendar.calendar_of(event, tag) if has_place and wording is not words.THANKS else ""
        with speaking(tag):
            letters += [Letter(contact, _own_words(said, one, wording), attached) for one, contact in theirs]
    return contacts.write_each(wording.name, letters)


def _said(event: Event, wording: Wording, tag: str, *, with_address: bool, **values: Any) -> Said:
    """The wording with all but what is a reader's own. While many register, it is said once in a while only."""

    def speak() -> Said:
        return say(wording.name, tag, **_facts(event, with_address=with_address), own=OWN, places=PLACES, **values)

    if values:
        return speak()
    key = ("letter", wording.name, event.id, event.sequence, event.changed_at, tag, with_address)
    return remembered(key, speak, REMEMBERED_FOR)


def _reader(reached: tuple[Registration, Contact]) -> tuple[str, bool]:
    registration, contact = reached
    return contact.language, letter_facts.has_place(registration)


def _own_words(said: Said, registration: Registration, wording: Wording) -> Said:
    """What no other letter says; an offer leads straight to yes and no."""
    to = own_links.OFFERS if wording is words.OFFER else own_links.MATTER

    def fill(text: str) -> str:
        if OWN in text:
            text = text.replace(OWN, own_links.link_of(registration, to))
        return text.replace(PLACES, letter_facts.places(registration.bookings)) if PLACES in text else text

    return Said(fill(said.subject), fill(said.text))


def _facts(event: Event, *, with_address: bool) -> dict[str, Any]:
    return {
        "event": event.title,
        "when": Saying(lambda: letter_facts.when(event)),
        "where": Saying(lambda: letter_facts.where(event, with_address=with_address)),
        "address": letter_facts.page_of(event),
    }


# --- Not too many -----------------------------------------------------------------------------------------------------


def _first(registration: Registration, wording: Wording) -> None:
    """What may be the first letter to an address. One too many makes an address that was given today silent for this
    registration: what follows would be unwanted as well, and all can be read with the receipt.
    """
    contact = registration.contact
    if _may_hear_more(registration):
        _tell([registration], wording)
    elif contact is not None and not contact.is_confirmed and contact.given_on == clock.today():
        contact.is_needed = False
        session.flush()


def _may_hear_more(registration: Registration) -> bool:
    """Whether what people did may lead to one more letter today; what staff write down for somebody always does."""
    contact = registration.contact
    if contact is None or registration.source is not RegistrationSource.ONLINE:
        return True
    about = {"recipient": contact.email, "mark": mark(contact.email), "since": clock.now() - A_DAY}
    written = session.connection().execute(WRITTEN, about).scalar_one()
    if written < MOST_UNCONFIRMED:
        return True
    return written < MOST_CONFIRMED and is_known(contact.email)


def is_known(email: str) -> bool:
    """Whether its owner has ever said, for a matter that still goes on, that the address is right."""
    confirmed = select(Contact.id).where(Contact.email == email, Contact.confirmed_at.is_not(None))
    return session.scalar(confirmed.limit(1)) is not None
