"""Looking up events as residents see them: coming ones, those of a month, and one with all that stands on its page."""

from participation.db import session
from participation.events.models import Event


def event(event_id: int) -> Event:
    """The event with this number."""
    return session.get_one(Event, event_id)
