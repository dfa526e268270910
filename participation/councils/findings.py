"""What somebody should look at before minutes are published: addresses, numbers, and names without consent (D17)."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from participation.contributions.hints import LABELS
from participation.contributions.personal import personal_data
from participation.councils import content, seats_and_terms
from participation.councils.blackening import Blackening
from participation.councils.content import Content
from participation.councils.minutes_models import Minutes
from participation.councils.models import ConsentPurpose
from participation.councils.public_agenda import redactions_of
from participation.i18n import LazyText, _l

MOST = 100
SHORTEST_NAME = 3
NAME = "name"
KINDS: dict[str, LazyText] = {**LABELS, NAME: _l("Name of somebody who did not agree to be named")}
BETWEEN_GUESTS = re.compile(r"[\n,;()/]")


class Found(NamedTuple):
    """Some words in what would be public."""

    kind: str
    passage: str

    @property
    def label(self) -> LazyText:
        return KINDS[self.kind]


def findings(minutes: Minutes) -> list[Found]:
    """What still stands in the text that residents would read, each once."""
    read = content.public_now(minutes)
    texts = [*content.texts(read["items"]), read["remarks"], read["revision"]["reason"], _approved_how(minutes)]
    names = _pattern(_unnamed(minutes))
    found = (one for text in texts for one in _in(text, names))
    return list(dict.fromkeys(found))[:MOST]


def _approved_how(minutes: Minutes) -> str:
    """What stands on the page beside the approved text."""
    return Blackening(redactions_of(minutes.meeting_id)).text(minutes.approved_how)


def _in(text: str, names: re.Pattern[str]) -> Iterator[Found]:
    yield from (Found(kind, passage) for kind, passage in personal_data(text))
    yield from (Found(NAME, match[0]) for match in names.finditer(text))


def _unnamed(minutes: Minutes) -> Iterator[str]:
    """Full and family names of members without consent, and guests as they were written down."""
    meeting = minutes.meeting
    for one in seats_and_terms.in_office(meeting.council, meeting.held_on):
        if not one.person.agrees_to(ConsentPurpose.NAME):
            yield f"{one.person.given_name} {one.person.family_name}"
            yield one.person.family_name
    approved: Content = minutes.content or {}
    yield from BETWEEN_GUESTS.split(approved.get("guests", ""))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    known = {" ".join(name.split()) for name in names}
    longest_first = sorted((name for name in known if len(name) >= SHORTEST_NAME), key=lambda name: (-len(name), name))
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)")
