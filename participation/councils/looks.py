"""Looking at the address, telephone and answers of a member: noted once per visit and person, with what for (D15)."""

from flask import session as cookie

from participation import audit
from participation.councils.models import CouncilPerson
from participation.permissions import person as whoever

SEEN = "council_people_seen"  # who looks, and at whom
MOST = 30


def note(person: CouncilPerson) -> None:
    """From here on the private facts of this person are shown, until the visit ends."""
    if has_looked(person):
        return
    audit.look("council_person.seen", f"council person {person.serial}", "running the council")
    cookie[SEEN] = [whoever().id, *[*_seen(), person.serial][-MOST:]]


def has_looked(person: CouncilPerson) -> bool:
    """Whether this visit to the person is written down."""
    return person.serial in _seen()


def _seen() -> list[int]:
    staff_id, *people = cookie.get(SEEN, [None])
    return people if staff_id == whoever().id else []
