"""Contributions that say nearly the same: found by their rarest words, put in order by how much both texts share.

Common words lead to half the city, rare ones to the few texts about the same corner. So the rarest words are looked up
first, with their misspelt and bent forms, until they lead to some thousand texts; only the most promising of these are
read and compared word by word. What it costs hardly grows with the number of contributions.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from rapidfuzz import fuzz, process
from sqlalchemy import func, select

from participation import text_index, text_words
from participation.db import session
from participation.text_index import Asked, Way, folded, texts

MOST_WORDS = 60  # of a text; its title comes first
MOST_BENT = 10  # words that are looked up in other forms too
MOST_ROWS = 1_000  # that a word may lead to by itself, and that are looked at
MOST_ROWS_TOGETHER = 3_000
MOST_NEW = 16
FEW_WORDS = 3  # with fewer than these, common words are looked up together
MOST_READ = 30
ALIKE = 82  # per cent of a word's letters
BENT = 0.8  # what a word counts that is only alike
TITLE = 0.3  # what the title counts beside the whole
LEAST_SHARED = 0.3  # below this nobody would call two texts similar


class Word(NamedTuple):
    """A word of the new text, in the forms it is looked up in, and how many texts these lead to."""

    asked: Asked
    texts: int


class Known(NamedTuple):
    """A text that is there already."""

    ref_id: int
    title: str
    words: Set[str]


def similar(title: str, text: str, kind: str, *, scope: str = "", limit: int = 5) -> list[int]:
    """The ids of public contributions that say nearly the same, the most similar first.

    Merged ones are among them: whoever shows the result leads on to what they were merged into.
    """
    own = _words(folded(f"{title} {text}"))
    rows = _promising(own, kind, scope) if own else []
    known = [
        Known(ref_id, title, {*_words(words)})
        for ref_id, title, words in session.execute(
            select(texts.c.ref_id, texts.c.title, texts.c.words).where(texts.c.id.in_(rows))
        )
    ]
    if not known:
        return []
    shared = _shares({*own}, folded(title), known)
    best: dict[int, float] = {}  # a contribution with translations counts with the most similar of them
    for one, share in zip(known, shared, strict=True):
        best[one.ref_id] = max(share, best.get(one.ref_id, 0))
    in_order = sorted(best, key=lambda ref_id: (-best[ref_id], -ref_id))
    return [ref_id for ref_id in in_order if best[ref_id] >= LEAST_SHARED][:limit]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(text.split()))[:MOST_WORDS]


# --- Where to look ----------------------------------------------------------------------------------------------------


def _promising(own: Sequence[str], kind: str, scope: str) -> list[int]:
    """The rows that share the most, and the rarest, words with the new text."""
    ways = _ways(_rarest_first(own))
    return text_index.promising(ways, kind, scope=scope, most_each=MOST_ROWS, most=MOST_READ)


def _rarest_first(own: Sequence[str]) -> list[Word]:
    counts = text_words.counts(own)
    rare = [word for word in own if counts.get(word, 0) < MOST_ROWS]
    bent = text_words.alike(rare[:MOST_BENT])
    found = []
    for word in own:
        others = bent.get(word, {})
        found.append(Word(Asked([word, *others]), counts.get(word, 0) + sum(others.values())))
    return sorted(found, key=lambda one: (one.texts, -len(one.asked.forms[0])))


def _ways(words: Sequence[Word]) -> list[Way]:
    """What to look up: rare words one by one, and where there are hardly any, common ones together."""
    new = [one for one in words if not one.texts][:MOST_NEW]  # since the last count, perhaps; or nowhere
    rare: list[Word] = []
    for one in words[sum(not one.texts for one in words) :]:
        if one.texts > MOST_ROWS or sum(known.texts for known in rare) > MOST_ROWS_TOGETHER:
            break
        rare.append(one)
    ways = [_way([one.asked], one.texts) for one in [*new, *rare]]
    if len(rare) < FEW_WORDS:
        common = [one for one in words if one.texts and one not in rare][:FEW_WORDS]
        together = [[one.asked for one in common[:size]] for size in range(1, len(common) + 1)]
        ways += [_way(asked, common[0].texts, is_common=True) for asked in together]
    return ways


def _way(asked: Sequence[Asked], texts: int, *, is_common: bool = False) -> Way:
    return Way(asked, len(asked) / math.log(2 + texts), is_common)


# --- How much is shared -----------------------------------------------------------------------------------------------


def _shares(own: Set[str], own_title: str, known: Sequence[Known]) -> list[float]:
    """For each known text a number from 0 to 1: what both share of what both say, rare words counting more."""
    theirs = set().union(*(one.words for one in known))
    weights = _weights(own | theirs)
    alike = _alike(own, theirs)
    own_weight = sum(weights[word] for word in own)
    shares = []
    for one in known:
        exact = sum(weights[word] for word in own & one.words)
        bent = sum(weights[word] for word in own - one.words if alike[word] & one.words)
        whole = 2 * (exact + BENT * bent) / (own_weight + sum(weights[word] for word in one.words))
        titles = fuzz.token_sort_ratio(own_title, one.title) / 100 if own_title and one.title else whole
        shares.append((1 - TITLE) * min(whole, 1.0) + TITLE * titles)
    return shares


def _weights(words: Iterable[str]) -> Mapping[str, float]:
    """What each word tells: the rarer, the more."""
    counts = text_words.counts(words)
    total = session.scalar(select(func.max(texts.c.id))) or 1
    return {word: math.log(1 + total / (1 + counts.get(word, 0))) for word in words}


def _alike(own: Set[str], theirs: Set[str]) -> Mapping[str, Set[str]]:
    """Which words of the others are nearly one of ours."""
    others = sorted(theirs)

    def near(word: str) -> Set[str]:
        found = process.extract(word, others, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        return {other for other, _ratio, _place in found} - {word}

    return {word: near(word) for word in own}
