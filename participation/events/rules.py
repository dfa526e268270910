"""Who may do what with events, registrations and the door."""

from participation.events.models import Event
from participation.permissions import Person

EVERYWHERE = ("administrator", "editor")
ORGANISERS = (*EVERYWHERE, "moderator")


def read(user: Person, event: Event) -> bool:
    """Everybody reads a public event; before that only those who prepare it."""
    return event.is_public or organise(user, event)


def visit(user: Person) -> bool:
    """The events desk is for whoever organises some of them."""
    return user.areas_of(*ORGANISERS) != frozenset()


def create(user: Person) -> bool:
    """Whoever organises events may begin one; it belongs to the areas that it names."""
    return visit(user)


def organise(user: Person, event: Event) -> bool:
    """Administrators, the communications team, and moderators in their own areas; what names no area is the city's."""
    allowed = user.areas_of(*ORGANISERS)
    if allowed is None:
        return True
    return bool(allowed) and any(area.id in allowed for area in event.areas)


def release(user: Person, event: Event) -> bool:
    """Where a second person has to look, it is not the one who handed the event in."""
    if not organise(user, event):
        return False
    return not event.needs_second_person or event.handed_in_by_id != getattr(user, "id", None)


def manage_places(user: Person) -> bool:
    """Places and topics are shared by all events, so they are kept by those who keep the whole city in mind."""
    return user.has_role(*EVERYWHERE)


def see_registrations(user: Person, event: Event) -> bool:
    """Names and needs are for those who organise the event."""
    return organise(user, event)


def register(_user: Person, event: Event) -> bool:
    """Anyone may register for a public event, with no account."""
    return event.is_public
