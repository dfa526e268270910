"""Making the index anew from what the rooms have, as after an upgrade or a restored backup."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from participation import text_index, text_words
from participation.db import session
from participation.feature import Findable
from participation.search import queries
from participation.text_index import texts

AT_ONCE = 200


def reindex() -> dict[str, int]:
    """Index all kinds anew and count their words; tells how many things of each kind there are.

    Each step is a transaction of its own, so that nobody has to wait for the whole of it.
    """
    counts = {one.kind: _reindex(one) for one in queries.kinds()}
    with session.begin():
        text_words.recount()
    return counts


def _reindex(kind: Findable) -> int:
    if kind.every is None or kind.index is None:
        return 0
    with session.begin():
        public = list(kind.every())
        kept = session.scalars(select(texts.c.ref_id).where(texts.c.kind == kind.kind).distinct()).all()
    for some in _chunks(sorted(set(kept) - set(public))):
        with session.begin():
            text_index.drop_all(kind.kind, some)
    for some in _chunks(public):
        with session.begin():
            kind.index(some)
        session.expunge_all()
    return len(public)


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))
