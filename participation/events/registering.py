"""Registering: whoever asks gets places or, once these are taken, joins the waiting list; never overbooked (V7)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from participation import clock
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.db import session
from participation.errors import Refused
from participation.events import consents, invitations, letters, notice, seats, waiting
from participation.events.invitations import WrongInvitation
from participation.events.models import Event, EventSession, Mode
from participation.events.registration_models import (
    Booking,
    BookingStatus,
    ConsentText,
    Registration,
    RegistrationSource,
)
from participation.i18n import _l, current_language, speaking
from participation.questionnaires.extra_questions import ExtraQuestions
from participation.receipts import operations as receipts

Status = BookingStatus

HELD = "sessions held for registering"
DOUBLE_CLICK = timedelta(minutes=10)  # for so long the same form, sent again, leads to a code once more


class RegistrationClosed(Refused):
    message = _l("One cannot register for this event at the moment. You are not registered.")


class AlreadyRegistered(Refused):
    message = _l("You have already sent this registration. Please use the receipt you were given.")


class NoSuchSession(Refused):
    message = _l("Please choose what you want to take part in.")


class TooManyPersons(Refused):
    message = _l("So many people cannot be registered at once. Please register fewer people, or ask us.")


class NeedsNotAgreed(Refused):
    message = _l("Without your yes we may not keep what you need. Please tick the box, or leave these fields empty.")


class Full(Refused):
    """No places are left in some of the sessions that were chosen, and nobody can wait."""

    message = _l("There are not enough places left, and there is no waiting list. You are not registered.")

    def __init__(self, sessions: Sequence[EventSession] = ()) -> None:
        super().__init__()
        self.sessions = tuple(sessions)


class NowFull(Full):
    """The same where one can wait, and the person has not said yet that they want to."""

    message = _l(
        "There are not enough places left. You are not registered yet. All you have typed is still here. Press the "
        "button once more, and you join the waiting list."
    )


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What people need to take part. `is_agreed` is their yes to our keeping what tells about their health (D6)."""

    interpreter: str = ""
    sign_language: bool = False
    children: int = 0
    wheelchairs: int = 0
    words: str = ""
    is_agreed: bool = False

    @property
    def tell_about_health(self) -> bool:
        return self.sign_language or self.wheelchairs > 0 or self.words != ""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants when they register; of e-mail and telephone only the first that is given is kept (D4).

    `sessions` are ids; none means the only one. `waits_for` are the sessions of which they know that they are full,
    and for which they want to wait.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    persons: int = 1
    sessions: frozenset[int] = frozenset()
    waits_for: frozenset[int] = frozenset()
    needs: Needs = field(default_factory=Needs)
    consents: tuple[ConsentText, ...] = ()
    questions: ExtraQuestions | None = None
    invitation: str = ""
    language: str = ""  # none: the one we are speaking


def register(
    event: Event,
    wish: Wish,
    *,
    form_key: uuid.UUID | None = None,
    source: RegistrationSource = RegistrationSource.ONLINE,
    entered_by_id: int | None = None,
) -> str:
    """Give places or a place on the waiting list, write the letter, and return the receipt's code.

    The same form sent twice makes one registration; the second time answers with a fresh code for it, because the
    browser never saw the first one. Raises RegistrationClosed, AlreadyRegistered, NoSuchSession, TooManyPersons,
    NeedsNotAgreed, WrongInvitation, InvitationUsed, Full and NowFull; the transaction is to be rolled back then.
    """
    sessions = hold(event)
    known = registered_with(form_key) if form_key else None
    if known is not None:
        return _code_again(known)
    is_online = source is RegistrationSource.ONLINE
    _check(event, wish, is_online=is_online)
    places = _places(event, wish, sessions)
    with speaking(wish.language or current_language().tag):
        registration, code = _made(event, wish, places, asks_by_link=event.confirms_by_link and is_online)
        registration.form_key, registration.source, registration.entered_by_id = form_key, source, entered_by_id
        try:
            session.flush()
        except IntegrityError as error:  # another event's form with the same key, at the same moment
            raise AlreadyRegistered from error
        _tell(registration)
    return code


def hold(event: Event) -> Sequence[EventSession]:
    """The event's sessions, held until the end of the transaction: nobody takes or frees places meanwhile.

    Asking again within the same transaction costs nothing.
    """
    held = session.info.get(HELD)
    if held is None or held[0] is not session().get_transaction() or held[1] is not event:
        rows = select(EventSession).where(EventSession.event_id == event.id).order_by(EventSession.id)
        found = session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()
        set_committed_value(event, "sessions", sorted(found, key=lambda one: one.position))
        session.info[HELD] = (session().get_transaction(), event)
    return sorted(event.sessions, key=lambda one: one.id)


def registered_with(form_key: uuid.UUID) -> Registration | None:
    """The registration that came with this form, if it was sent before."""
    return session.scalar(select(Registration).where(Registration.form_key == form_key))


def has_room(one: EventSession, persons: int) -> bool:
    """Whether a newcomer gets so many places there without passing anybody who waits."""
    return one.free is None or (one.free >= persons and waiting.may_take(one, persons))


def most_persons(event: Event, organisation: str) -> int:
    """How many people one registration may be for."""
    return max(event.most_in_group, event.most_persons) if organisation else event.most_persons


def _code_again(registration: Registration) -> str:
    if registration.receipt is None or clock.now() - registration.created_at > DOUBLE_CLICK:
        raise AlreadyRegistered
    return receipts.renew(registration.receipt)


def _check(event: Event, wish: Wish, *, is_online: bool) -> None:
    """What the wish alone can tell. Staff may enter somebody whose call came before the end of the registration."""
    is_open = event.takes_registrations if is_online else takes_late_ones(event)
    if not is_open:
        raise RegistrationClosed
    if wish.organisation and not event.most_in_group:
        wish = replace(wish, organisation="")
    if not 1 <= wish.persons <= most_persons(event, wish.organisation):
        raise TooManyPersons
    if wish.needs.tell_about_health and not wish.needs.is_agreed:
        raise NeedsNotAgreed
    if is_online and event.mode is Mode.INVITATION and not wish.invitation:
        raise WrongInvitation


def takes_late_ones(event: Event) -> bool:
    """Whether staff can register somebody: also before and after the time for everybody, until the event is over."""
    return event.is_public and not event.is_cancelled and not event.is_over and event.mode is not Mode.OPEN


def _places(event: Event, wish: Wish, sessions: Sequence[EventSession]) -> dict[EventSession, bool]:
    """The sessions that were chosen, in the order of their ids, each with whether there is room."""
    if not wish.sessions and len(sessions) == 1:
        chosen = list(sessions)
    else:
        chosen = [one for one in sessions if one.id in wish.sessions]
    if not chosen or len(chosen) < len(wish.sessions) or (len(chosen) > 1 and not event.several_sessions):
        raise NoSuchSession
    if any(one.capacity is not None and wish.persons > one.capacity for one in chosen):
        raise TooManyPersons  # they would wait in vain
    places = {one: has_room(one, wish.persons) for one in chosen}
    full = [one for one, is_free in places.items() if not is_free]
    if full and not event.has_waiting_list:
        raise Full(full)
    if any(one.id not in wish.waits_for for one in full):
        raise NowFull(full)
    return places


def _made(
    event: Event, wish: Wish, places: dict[EventSession, bool], *, asks_by_link: bool
) -> tuple[Registration, str]:
    """The registration with its receipt and its bookings; places are taken."""
    now, needs, issued = clock.now(), wish.needs, receipts.issue()
    invitation_id = invitations.use(event, wish.invitation, wish.persons) if wish.invitation else None
    contact = contact_for(event, wish.email, asks_by_link=asks_by_link)
    is_held = asks_by_link and contact is not None
    registration = Registration(
        event=event,
        receipt=issued.receipt,
        contact=contact,
        response=wish.questions.save() if wish.questions else None,
        invitation_id=invitation_id,
        language=current_language().tag,
        name=wish.name,
        phone="" if contact else wish.phone,
        organisation=wish.organisation,
        persons=wish.persons,
        interpreter=needs.interpreter,
        sign_language=needs.sign_language,
        children=needs.children,
        wheelchairs=needs.wheelchairs,
        needs=needs.words,
        needs_agreed_at=now if needs.tell_about_health else None,
        notice_version=notice.version(event),
        created_at=now,
        changed_at=now,
        bookings=[_booking(event, one, wish.persons, is_free=free, is_held=is_held) for one, free in places.items()],
        consents=consents.given(wish.consents),
        people=[],
    )
    session.add(registration)
    return registration, issued.code


def _booking(event: Event, one: EventSession, persons: int, *, is_free: bool, is_held: bool) -> Booking:
    now = clock.now()
    status = (Status.HELD if is_held else Status.CONFIRMED) if is_free else Status.WAITING
    if is_free and not seats.take(one.id, persons):
        raise NowFull([one])
    return Booking(
        event_id=event.id,
        session=one,
        persons=persons,
        status=status,
        queued_at=now,
        ends_at=min(now + timedelta(hours=event.hold_hours), event.starts_at) if status is Status.HELD else None,
    )


def contact_for(event: Event, email: str, *, asks_by_link: bool) -> Contact | None:
    """Where to write to; its owner is asked first where the event wants it so (D9)."""
    if not email:
        return None
    return letters.ask_for_link(event, email) if asks_by_link else contacts.give_needed(email)


def _tell(registration: Registration) -> None:
    """The first letter: what they have, or that they wait; a held place has its letter already."""
    statuses = {booking.status for booking in registration.bookings}
    if Status.CONFIRMED in statuses:
        letters.registered(registration)
    elif statuses == {Status.WAITING}:
        letters.waiting(registration)
