"""Where the page of one event leads to: what to do next, where it is prepared, and all the rest."""

from typing import NamedTuple

from participation.events import life
from participation.events.models import Event, EventState, Mode
from participation.i18n import LazyText, _l

# Each page where an event is prepared, in the order in which one fills it in.
PREPARING: dict[str, LazyText] = {
    "event_staff.settings": _l("Texts, topics and districts"),
    "event_staff.times": _l("When and where"),
    "event_staff.access": _l("Languages and help"),
    "event_staff.media": _l("Picture, documents and links"),
    "event_staff.registration_settings": _l("Rules of registration"),
    "event_staff.sessions": _l("Parts and places"),
    "event_staff.duties": _l("Data protection"),
    "event_staff.questions": _l("Extra questions"),
    "event_staff.consents": _l("Consents"),
    "event_invitations.index": _l("Invitation codes"),
}
ONLY_WITH_REGISTRATION = {"event_staff.duties", "event_staff.questions", "event_staff.consents"}
ONLY_BY_INVITATION = {"event_invitations.index"}

HAND_IN = "event_life.hand_in", _l("Ask a second person to look at it")
RELEASE = "event_life.release", _l("Publish")
HAND_BACK = "event_life.hand_back", _l("Make it a draft again")
TAKE_BACK = "event_life.take_back", _l("Take it back")
MOVE = "event_life.move", _l("Move the event")
CANCEL = "event_life.cancel", _l("Cancel the event")
REGISTRATIONS = "registration_staff.index", _l("Registrations")
NEEDS = "event_needs.show", _l("What has to be arranged")
MESSAGE = "event_messages.write", _l("Write to those who are registered")
DOOR = "event_door.show", _l("At the door")
REPORT = "event_afterwards.report", _l("Report and next steps")
POSTER = "event_poster.poster", _l("Poster")
DUPLICATE = "event_life.duplicate", _l("Make another event like this one")
REPEAT = "event_life.repeat", _l("Repeat the event")
DELETE = "event_life.delete", _l("Delete this draft")

NEXT = {
    EventState.DRAFT: [RELEASE],
    EventState.IN_REVIEW: [RELEASE, HAND_BACK],
    EventState.SCHEDULED: [MOVE, TAKE_BACK, CANCEL],
    EventState.PUBLISHED: [REGISTRATIONS, NEEDS, DOOR, MESSAGE, MOVE, CANCEL, TAKE_BACK],
    EventState.OVER: [REPORT, REGISTRATIONS, DOOR],
    EventState.CANCELLED: [REGISTRATIONS],
}
AROUND = {
    EventState.DRAFT: [POSTER, DUPLICATE, REPEAT, DELETE],
    EventState.CANCELLED: [DUPLICATE],
}
ONLY_FOR_REGISTERED = [REGISTRATIONS, NEEDS, MESSAGE]


class Door(NamedTuple):
    """One page and what the way to it says."""

    page: str
    label: LazyText


def next_steps(event: Event) -> list[Door]:
    """What can be done now, the most likely first."""
    steps = NEXT[event.state]
    if event.state is EventState.DRAFT and life.second_person_is_needed():
        steps = [HAND_IN]
    return [Door(*step) for step in steps if event.mode is not Mode.OPEN or step not in ONLY_FOR_REGISTERED]


def preparing(event: Event) -> list[Door]:
    """Where the event is filled in; what only registration needs is left out where nobody registers."""
    left_out: set[str] = set()
    if event.mode is Mode.OPEN:
        left_out |= ONLY_WITH_REGISTRATION
    if event.mode is not Mode.INVITATION:
        left_out |= ONLY_BY_INVITATION
    return [Door(page, label) for page, label in PREPARING.items() if page not in left_out]


def around(event: Event) -> list[Door]:
    """What else belongs to it."""
    return [Door(*door) for door in AROUND.get(event.state, [POSTER, DUPLICATE, REPEAT])]
