"""What people do with their registration afterwards: change it, come with fewer, cancel it, take back a yes, erase it.

Staff do the same for whoever calls.
"""

from collections.abc import Collection, Iterable, Sequence

from participation import clock
from participation.contacts import operations as contacts
from participation.db import session
from participation.errors import Refused
from participation.events import (
    consents,
    entering,
    forgetting,
    invitations,
    letters,
    outbox,
    registering,
    seats,
    waiting,
)
from participation.events.registering import Needs, NeedsNotAgreed, TooManyPersons, Wish
from participation.events.registration_models import (
    Booking,
    BookingStatus,
    ConsentText,
    RegisteredPerson,
    Registration,
)
from participation.i18n import _l, speaking

Status = BookingStatus


class NotChangeable(Refused):
    message = _l("This registration cannot be changed any more. It was cancelled, or the event has begun.")


class NoRoom(Refused):
    message = _l("There are not enough places for more people. Your registration stays as it was.")


# --- Changing ---------------------------------------------------------------------------------------------------------


def is_changeable(registration: Registration) -> bool:
    """Whether it still has or waits for a place at something that has not begun."""
    event = registration.event
    return registration.is_alive and not event.is_cancelled and clock.now() < event.starts_at


def change(registration: Registration, wish: Wish) -> None:
    """Name, persons, needs and the way to reach them are from here on as the wish says; sessions stay.

    More people come only where places are free that nobody waits for. Raises NotChangeable, NoRoom, TooManyPersons,
    InvitationUsed and NeedsNotAgreed; the transaction is to be rolled back then.
    """
    _hold(registration)
    if wish.needs.tell_about_health and not wish.needs.is_agreed:
        raise NeedsNotAgreed
    _set_persons(registration, wish.persons, wish.organisation)
    registration.name, registration.organisation = wish.name, wish.organisation
    _set_needs(registration, wish.needs)
    _set_contact(registration, wish)
    _note(registration)
    letters.changed(registration)


def reduce(registration: Registration, persons: int) -> None:
    """Fewer people come; what becomes free goes to those who wait."""
    _hold(registration)
    if persons > registration.persons:
        raise NoRoom
    _set_persons(registration, persons, registration.organisation)
    _note(registration)
    letters.changed(registration)


def name_people(registration: Registration, names: Sequence[str]) -> None:
    """Who comes, as far as they are known by name. Raises TooManyPersons."""
    if len(names) > registration.persons:
        raise TooManyPersons
    registration.people.clear()
    session.flush()
    registration.people.extend(RegisteredPerson(position=number, name=name) for number, name in enumerate(names))
    _note(registration)


def _hold(registration: Registration) -> None:
    """Nobody else changes it or its places meanwhile."""
    registering.hold(registration.event)
    session.refresh(registration, ["persons", "organisation"], with_for_update={"of": Registration})
    for booking in registration.bookings:
        session.refresh(booking)
    if not is_changeable(registration):
        raise NotChangeable


def _set_persons(registration: Registration, persons: int, organisation: str) -> None:
    more = persons - registration.persons
    if more == 0:
        return
    if persons < 1 or (more > 0 and persons > registering.most_persons(registration.event, organisation)):
        raise TooManyPersons
    alive = sorted((one for one in registration.bookings if one.status is not Status.CANCELLED), key=_by_session)
    if more > 0:
        if registration.invitation_id is not None:
            invitations.take_more(registration.invitation_id, more)
        for booking in alive:
            _add(booking, more)
    else:
        for booking in alive:
            waiting.give_back(booking, -more)
        invitations.give_back(registration.invitation_id, -more)
    registration.persons = persons


def _by_session(booking: Booking) -> int:
    return booking.session_id


def _add(booking: Booking, more: int) -> None:
    """More people in one session: at once where there is room; on the waiting list they wait together."""
    part = booking.session
    if booking.takes_seats:
        if not waiting.may_take(part, more) or not seats.take(part.id, more):
            raise NoRoom
    elif part.capacity is not None and booking.persons + more > part.capacity:
        raise NoRoom
    booking.persons += more


def _set_needs(registration: Registration, needs: Needs) -> None:
    registration.interpreter, registration.children = needs.interpreter, needs.children
    registration.sign_language, registration.wheelchairs = needs.sign_language, needs.wheelchairs
    registration.needs = needs.words
    agreed_at = registration.needs_agreed_at or clock.now()
    registration.needs_agreed_at = agreed_at if needs.tell_about_health else None


def _set_contact(registration: Registration, wish: Wish) -> None:
    """Another address replaces the one before, which is deleted with the letters and the links that went to it."""
    before = registration.contact
    if before is None or before.email != wish.email:
        is_held = any(one.status is Status.HELD for one in registration.bookings)
        with speaking(registration.language):
            registration.contact = entering.contact_for(registration.event, wish.email, asks_by_link=is_held)
        session.flush()
        if before is not None:
            outbox.erase([before])  # nobody could find these letters any more when all is to be deleted
            contacts.stop(before)
    registration.phone = "" if registration.contact else wish.phone


def _note(registration: Registration) -> None:
    registration.changed_at = clock.now()
    session.flush()


# --- Not coming -------------------------------------------------------------------------------------------------------


def cancel(registration: Registration, only: Collection[int] | None = None) -> None:
    """They do not come, or not to these sessions; whoever waits is offered the places. A second click does nothing."""
    if not registration.is_alive:
        return
    _hold(registration)
    for booking in sorted(registration.bookings, key=_by_session):
        if booking.status is not Status.CANCELLED and (only is None or booking.session_id in only):
            waiting.give_back(booking)
    _note(registration)
    if all(one.status is Status.CANCELLED for one in registration.bookings):
        invitations.give_back(registration.invitation_id, registration.persons)
        letters.cancelled_by_person(registration)
    else:
        letters.changed(registration)


def erase(registration: Registration) -> None:
    """Everything about it is deleted now, with the receipt; what it held goes to whoever waits."""
    forgetting.erase_one(registration)


# --- What they agreed to ----------------------------------------------------------------------------------------------


def keep_consents(registration: Registration, agreed: Iterable[ConsentText]) -> None:
    """Exactly these are agreed to from here on."""
    consents.keep(registration, agreed)
    _note(registration)
