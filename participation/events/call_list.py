"""The call list: whom to call, in which language, what to say, and what came of it."""

import enum
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from participation import audit, clock
from participation.clock import BERLIN
from participation.db import session, table_of
from participation.errors import Refused
from participation.events import letter_facts, rules, waiting
from participation.events.models import Event, event_areas
from participation.events.registration_models import Booking, CallReason, PhoneCall, Registration
from participation.feature import Counted, Duty
from participation.i18n import _, _l, current_language, format_list, format_moment, speaking
from participation.wordings import isolated

AGAIN_AFTER = timedelta(hours=2)
LAST_CHANCE = timedelta(minutes=30)  # before an offer ends, so that one more call is possible

calls = table_of(PhoneCall)


class Outcome(enum.Enum):
    """What came of a call."""

    REACHED = "reached"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_REACHED = "not_reached"  # to be tried again


class DoneAlready(Refused):
    message = _l("Somebody else has dealt with this call already.")


class NotAnOffer(Refused):
    message = _l("There is nothing to accept or to decline here.")


class Sentence(NamedTuple):
    """What to say, in one language."""

    words: str
    language: str


# --- Which calls ------------------------------------------------------------------------------------------------------


def waiting_calls(user: Any) -> Select[PhoneCall]:
    """The open calls for events that this person organises, the most pressing first."""
    found = select(PhoneCall).join(PhoneCall.registration).where(calls.c.done_at.is_(None))
    areas = user.areas_of(*rules.ORGANISERS)
    if areas is not None:
        mine = select(event_areas.c.event_id).where(event_areas.c.area_id.in_(areas))
        found = found.where(Registration.event_id.in_(mine))
    known = joinedload(PhoneCall.registration)
    return found.options(
        known.joinedload(Registration.event), known.selectinload(Registration.bookings).joinedload(Booking.session)
    ).order_by(calls.c.due_at, calls.c.id)


def call(call_id: int) -> PhoneCall:
    """One call with all that is needed to make it."""
    known = joinedload(PhoneCall.registration)
    found = select(PhoneCall).where(PhoneCall.id == call_id)
    with_event = known.joinedload(Registration.event).selectinload(Event.areas)
    return session.scalars(found.options(with_event, known.selectinload(Registration.bookings))).one()


def duty(user: Any) -> Counted:
    """For the page "Today"."""
    mine = waiting_calls(user).options().order_by(None).with_only_columns(calls.c.due_at)
    return Counted(mine, _told)


def _told(count: int, first: datetime | None) -> Duty:
    due_on = first.astimezone(BERLIN).date() if first else None
    return Duty(_("People to call"), url_for("call_list.index"), count, due_on)


# --- What to say ------------------------------------------------------------------------------------------------------


def sentences(one: PhoneCall) -> list[Sentence]:
    """What to say in the language of whoever calls and, where it is another one, in that of the person."""
    here, theirs = current_language().tag, one.registration.language
    said = [Sentence(_sentence(one), here)]
    if theirs != here:
        with speaking(theirs):
            said.append(Sentence(_sentence(one), theirs))
    return said


def _sentence(one: PhoneCall) -> str:
    event = one.registration.event
    facts = {"event": isolated(str(event.title)), "when": letter_facts.when(event)}
    if one.reason is CallReason.OFFER:
        return _offer_sentence(one, facts)
    if one.reason is CallReason.CANCELLED and not event.is_cancelled:
        return _(
            "We could not reach you in time, so your place on the waiting list of the event “%(event)s” (%(when)s) is "
            "gone. If you still want to come, we can register you again.",
            **facts,
        )
    if one.reason is CallReason.CANCELLED:
        return _("The event “%(event)s” (%(when)s) does not take place. We are sorry.", **facts)
    if one.reason is CallReason.MESSAGE:
        return _("We have a message for you about the event “%(event)s” (%(when)s).", **facts)
    facts["where"] = isolated(letter_facts.where(event, with_address=False))
    if one.reason is CallReason.REMINDER:
        return _(
            "You are registered for the event “%(event)s”. It is: %(when)s, %(where)s. Do you still want to come?",
            **facts,
        )
    return _("Something has changed at the event “%(event)s”. It is now: %(when)s, %(where)s.", **facts)


def _offer_sentence(one: PhoneCall, facts: dict[str, str]) -> str:
    offered = waiting.offers_of(one.registration)
    until = min((booking.ends_at for booking in offered if booking.ends_at), default=one.due_at)
    facts["until"] = format_moment(until)
    parts = [isolated(str(booking.session.title)) for booking in offered if booking.session.title]
    if not parts:
        return _(
            "There is room for you at the event “%(event)s” (%(when)s). Do you want to come? Please decide by "
            "%(until)s.",
            **facts,
        )
    return _(
        "There is room for you at the event “%(event)s” (%(when)s), in this part: %(part)s. Do you want to come? "
        "Please decide by %(until)s.",
        **facts,
        part=format_list(parts),
    )


# --- What came of it --------------------------------------------------------------------------------------------------


def note(one: PhoneCall, outcome: Outcome, staff: Any) -> None:
    """Write down what came of a call; whoever was not reached is called again, before it is too late.

    Raises DoneAlready, NotAnOffer and waiting.OfferOver.
    """
    waiting.hold(booking.session_id for booking in one.registration.bookings)  # first, as everybody does
    session.refresh(one, with_for_update={"of": PhoneCall})
    if one.done_at is not None:
        raise DoneAlready
    if outcome in {Outcome.ACCEPTED, Outcome.DECLINED}:
        _answer(one, outcome)
    if outcome is Outcome.NOT_REACHED:
        one.outcome, one.due_at = outcome.value, _next_try(one)
    else:
        one.outcome, one.done_at = outcome.value, clock.now()
    one.done_by_id = staff.id
    session.flush()
    audit.record("call.noted", thing=f"event {one.registration.event_id}", call=one.id, outcome=outcome.value)


def _answer(one: PhoneCall, outcome: Outcome) -> None:
    """What the person said to what is offered; all parts together, as they were told together."""
    if one.reason is not CallReason.OFFER:
        raise NotAnOffer
    offered = sorted(waiting.offers_of(one.registration), key=lambda booking: booking.session_id)
    if not offered:
        raise waiting.OfferOver
    for booking in offered:
        (waiting.accept if outcome is Outcome.ACCEPTED else waiting.decline)(booking)
    session.refresh(one)


def _next_try(one: PhoneCall) -> datetime:
    """In some hours, or shortly before an offer or the time until the event is over."""
    now = clock.now()
    ends = [booking.ends_at for booking in waiting.offers_of(one.registration) if booking.ends_at]
    last = min([*ends, one.registration.event.starts_at])
    return max(now, min(now + AGAIN_AFTER, last - LAST_CHANCE)) if last > now else now + AGAIN_AFTER
