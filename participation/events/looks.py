"""Looking at the names of an event's registrations: noted once per visit and event, with what for (D15)."""

from flask import abort, redirect, request, url_for
from flask import session as cookie

from participation import audit
from participation.events.models import Event
from participation.permissions import person

SEEN = "registrations_seen"  # who looks, and at which events
MOST = 30


def note(event: Event) -> None:
    """From here on the names of this event are shown, until the visit ends."""
    if has_looked(event):
        return
    audit.look("event.registrations_seen", f"event {event.id}", "organising the event")
    cookie[SEEN] = [person().id, *[*_seen(), event.id][-MOST:]]


def has_looked(event: Event) -> bool:
    """Whether this visit to the names is written down."""
    return event.id in _seen()


def needed(event: Event) -> None:
    """Names only after that: whoever comes by a bookmark is led to the list first."""
    if not has_looked(event):
        abort(
            redirect(url_for("registration_staff.index", event_id=event.id), 303 if request.method == "POST" else 302)
        )


def _seen() -> list[int]:
    staff_id, *events = cookie.get(SEEN, [None])
    return events if staff_id == person().id else []
