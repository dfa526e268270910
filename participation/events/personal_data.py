"""All that we keep about one registration, for the person it belongs to (D7, D8, Art. 15 and 20)."""

from datetime import datetime
from typing import Any

from participation import clock
from participation.events import extra_answers, outbox, registration_queries
from participation.events.registration_models import Booking, Registration


def as_dict(registration: Registration) -> dict[str, Any]:
    """Plain values that can be written as JSON; the names are English, the texts as they are kept."""
    event = registration.event
    return {
        "made_at": _moment(clock.now()),
        "event": {
            "title": str(event.title),
            "starts_at": _moment(event.starts_at),
            "ends_at": _moment(event.ends_at),
        },
        "duties": {
            "purpose": str(event.purpose),
            "legal_basis": str(event.legal_basis),
            "person_in_charge": event.person_in_charge,
            "deleted_on": event.erase_on.isoformat(),
        },
        "registration": _facts(registration),
        "needs": _needs(registration),
        "places": [_booking(one) for one in registration.bookings],
        "people": [one.name for one in registration.people],
        "consents": _consents(registration),
        "answers": [
            {"question": str(question), "answer": answer} for question, answer in extra_answers.shown(registration)
        ],
        **_what_happened(registration),
    }


def _facts(registration: Registration) -> dict[str, Any]:
    contact = registration.contact
    return {
        "name": registration.name,
        "organisation": registration.organisation,
        "persons": registration.persons,
        "language": registration.language,
        "email": contact.email if contact else "",
        "email_confirmed_at": _moment(contact.confirmed_at) if contact else None,
        "telephone": registration.phone,
        "ticket": registration.ticket,
        "source": registration.source.value,
        "registered_at": _moment(registration.created_at),
        "changed_at": _moment(registration.changed_at),
    }


def _needs(registration: Registration) -> dict[str, Any]:
    return {
        "interpreter": registration.interpreter,
        "sign_language": registration.sign_language,
        "children": registration.children,
        "wheelchairs": registration.wheelchairs,
        "other": registration.needs,
        "agreed_at": _moment(registration.needs_agreed_at),
    }


def _booking(booking: Booking) -> dict[str, Any]:
    return {
        "session": str(booking.session.title),
        "persons": booking.persons,
        "state": booking.status.value,
        "since": _moment(booking.queued_at),
        "kept_until": _moment(booking.ends_at),
    }


def _consents(registration: Registration) -> list[dict[str, Any]]:
    return [
        {
            "text": str(one.text.text),
            "version": one.text.version,
            "given_at": _moment(one.given_at),
            "withdrawn_at": _moment(one.withdrawn_at),
        }
        for one in registration.consents
    ]


def _what_happened(registration: Registration) -> dict[str, Any]:
    """Letters, calls, and whether they came."""
    letters = outbox.letters(registration.contact) if registration.contact else ()
    came = registration_queries.check_in(registration)
    return {
        "letters": [
            {"subject": one.subject, "written_at": _moment(one.created_at), "sent_at": _moment(one.sent_at)}
            for one in letters
        ],
        "calls": [
            {"reason": one.reason.value, "note": one.note, "done_at": _moment(one.done_at), "outcome": one.outcome}
            for one in registration_queries.calls(registration)
        ],
        "came": {"arrived_at": _moment(came.arrived_at), "persons": came.persons} if came else None,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
