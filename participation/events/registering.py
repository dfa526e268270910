"""Registering: whoever asks gets places or, once these are taken, joins the waiting list; never overbooked (V7)."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from participation.db import session
from participation.events import entering, invitations, letters, seats
from participation.events.invitations import WrongInvitation
from participation.events.models import Event, EventSession, Mode
from participation.events.registration_models import BookingStatus, Registration, RegistrationSource
from participation.events.wishes import (
    AlreadyRegistered,
    Full,
    Needs,
    NeedsNotAgreed,
    NoSuchSession,
    NowFull,
    RegistrationClosed,
    TooManyPersons,
    Wish,
)
from participation.i18n import current_language, speaking
from participation.receipts import operations as receipts
from participation.receipts.operations import Issued

__all__ = [
    "AlreadyRegistered",
    "Full",
    "Needs",
    "NeedsNotAgreed",
    "NoSuchSession",
    "NowFull",
    "RegistrationClosed",
    "TooManyPersons",
    "Wish",
    "register",
]

Status = BookingStatus

HELD = "sessions held for registering"


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
    browser never saw the first one. Raises what register_anew raises, and AlreadyRegistered.
    """
    hold(event)
    known = registered_with(form_key) if form_key else None
    if known is not None:
        return receipts.code_again(known.receipt, known.created_at, AlreadyRegistered)
    return register_anew(event, wish, form_key=form_key, source=source, entered_by_id=entered_by_id).code


def register_anew(
    event: Event,
    wish: Wish,
    *,
    form_key: uuid.UUID | None = None,
    source: RegistrationSource = RegistrationSource.ONLINE,
    entered_by_id: int | None = None,
) -> Issued:
    """The same without asking first whether the form was sent before: then the database says no, as AlreadyRegistered.

    Raises RegistrationClosed, NoSuchSession, TooManyPersons, NeedsNotAgreed, WrongInvitation, InvitationUsed, Full and
    NowFull. Whatever is raised, the transaction is to be rolled back.
    """
    sessions = hold(event)
    is_online = source is RegistrationSource.ONLINE
    _check(event, wish, is_online=is_online)
    chosen = _chosen(event, wish, sessions)
    invitation_id = invitations.use(event, wish.invitation, wish.persons) if wish.invitation else None
    places = _take(event, wish, chosen)
    with speaking(wish.language or current_language().tag):
        how = entering.How(form_key, source, entered_by_id, invitation_id, event.confirms_by_link and is_online)
        try:
            registration, issued = entering.enter(event, wish, places, how)
        except IntegrityError as error:
            raise AlreadyRegistered from error
        _tell(registration)
    return issued


def code_again(form_key: uuid.UUID) -> str | None:
    """A fresh code for what came with this form; None when nothing did. Raises AlreadyRegistered."""
    known = registered_with(form_key)
    return receipts.code_again(known.receipt, known.created_at, AlreadyRegistered) if known else None


def registered_with(form_key: uuid.UUID) -> Registration | None:
    """The registration that came with this form, if it was sent before."""
    return session.scalar(select(Registration).where(Registration.form_key == form_key))


# --- Holding the places -----------------------------------------------------------------------------------------------


def hold(event: Event) -> Sequence[EventSession]:
    """The event's sessions, held until the end of the transaction: nobody takes or frees places meanwhile.

    Asking again within the same transaction costs nothing.
    """
    held = session.info.get(HELD)
    if held is None or held[0] is not session().get_transaction() or held[1] is not event:
        rows = select(EventSession).where(EventSession.event_id == event.id).order_by(EventSession.id)
        found = session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()
        note_held(event, found)
    return sorted(event.sessions, key=lambda one: one.id)


def note_held(event: Event, sessions: Sequence[EventSession]) -> None:
    """These are all sessions of the event, and were read so that nobody else changes them."""
    set_committed_value(event, "sessions", sorted(sessions, key=lambda one: (one.position, one.id)))
    session.info[HELD] = (session().get_transaction(), event)


# --- Whether it can be ------------------------------------------------------------------------------------------------


def most_persons(event: Event, organisation: str) -> int:
    """How many people one registration may be for."""
    return max(event.most_in_group, event.most_persons) if organisation else event.most_persons


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


def _chosen(event: Event, wish: Wish, sessions: Sequence[EventSession]) -> list[EventSession]:
    """The sessions that were chosen, in the order of their ids."""
    chosen = [one for one in sessions if one.id in wish.sessions]
    if not wish.sessions and len(sessions) == 1:
        chosen = list(sessions)
    if not chosen or len(chosen) < len(wish.sessions) or (len(chosen) > 1 and not event.several_sessions):
        raise NoSuchSession
    if any(one.capacity is not None and wish.persons > one.capacity for one in chosen):
        raise TooManyPersons  # they would wait in vain
    return chosen


def _take(event: Event, wish: Wish, chosen: Sequence[EventSession]) -> dict[EventSession, bool]:
    """Take places without passing anybody who waits; tells for each session whether there was room."""
    places = {one: seats.take_as_newcomer(one.id, wish.persons, event.group_rule) for one in chosen}
    full = [one for one, is_free in places.items() if not is_free]
    if full and not event.has_waiting_list:
        raise Full(full)
    if any(one.id not in wish.waits_for for one in full):
        raise NowFull(full)
    return places


def _tell(registration: Registration) -> None:
    """The first letter: what they have, or that they wait; a held place has its letter already."""
    statuses = {booking.status for booking in registration.bookings}
    if Status.CONFIRMED in statuses:
        letters.registered(registration)
    elif statuses == {Status.WAITING}:
        letters.waiting(registration)
