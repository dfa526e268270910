"""Finding what an item of an agenda can be linked to: anything in the house that everybody may read."""

from typing import NamedTuple

from participation import text_index
from participation.councils.meeting_models import AgendaItem
from participation.db import session
from participation.feature import Findable, Finding, features
from participation.i18n import LazyText

MOST_OF_A_KIND = 10


class Result(NamedTuple):
    """Something that was found, and how an item is linked to it."""

    kind: str
    kind_name: LazyText
    ref_id: int
    finding: Finding
    is_linked: bool


def look_for(words: str, item: AgendaItem) -> list[Result]:
    """A few public things of every kind in which all these words occur."""
    linked = {(one.kind, one.ref_id) for one in item.links}
    return [
        Result(known.kind, known.name, ref_id, finding, (known.kind, ref_id) in linked)
        for known in _kinds()
        for ref_id, finding in _found(words, known).items()
    ]


def kind_names() -> dict[str, LazyText]:
    """What the kinds of things are called."""
    return {one.kind: one.name for one in _kinds()}


def _found(words: str, known: Findable) -> dict[int, Finding]:
    ids = session.scalars(text_index.search(words, known.kind).limit(MOST_OF_A_KIND)).all()
    return dict(known.load(ids)) if ids else {}


def _kinds() -> list[Findable]:
    return [one for room in features() for one in room.findables]
