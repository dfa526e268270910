"""The passage of a text that has the words somebody looked for, with these words marked."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from participation.i18n import SOURCE_LANGUAGE, current_language
from participation.text_index import Asked, folded

LONGEST_TEXT = 200_000  # letters that are looked through
AROUND = 90  # letters before the first word that was found
LENGTH = 240
MOST_PLACES = 60  # where words were found; one of them will do
# Letters and digits, with what hides inside words: accents of their own, joiners, the Arabic stroke, apostrophes.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d'’ʼ])*")


class Written(NamedTuple):
    """A word as it stands in a text, with the language of that text."""

    word: str
    language: str


class Piece(NamedTuple):
    """Some of a passage; `is_found` for the words that were looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True)
class Cut:
    """A passage in one language."""

    pieces: Sequence[Piece]
    language: str


class Place(NamedTuple):
    """Where in a text which of the asked words stands."""

    start: int
    end: int
    which: int


def best(texts: Mapping[str, str], asked: Sequence[Asked]) -> Cut | None:
    """The passage in the language that has most of the words; of several the reader's, then German."""
    prepared = [(tag, unicodedata.normalize("NFC", text[:LONGEST_TEXT])) for tag, text in texts.items() if text]
    if not prepared:
        return None
    placed = [(tag, text, list(_places(text, asked))) for tag, text in prepared]
    order = [current_language().tag, SOURCE_LANGUAGE]

    def rank(one: tuple[str, str, list[Place]]) -> tuple[int, int]:
        tag, _text, places = one
        return len({place.which for place in places}), -(order.index(tag) if tag in order else len(order))

    tag, text, places = max(placed, key=rank)
    return Cut(_pieces(text, places), tag)


def whole(text: str, language: str, asked: Sequence[Asked]) -> Cut:
    """A short text from its beginning to its end."""
    plain = unicodedata.normalize("NFC", text)
    return Cut(_marked(plain, list(_places(plain, asked)), 0, len(plain)), language)


def instead(cuts: Sequence[Cut], asked: Sequence[Asked]) -> list[Written]:
    """Words that were found in place of others, as they are written in these passages."""
    mended = [one for one in asked if len(one.forms) > 1]
    found: dict[str, Written] = {}
    for cut in cuts:
        for piece in cut.pieces:
            form = _folded(piece.text) if piece.is_found else ""
            if form and any(form in one.forms[1:] for one in mended) and not any(form == one.forms[0] for one in asked):
                found.setdefault(form, Written(piece.text, cut.language))
    return list(found.values())


def _places(text: str, asked: Sequence[Asked]) -> Iterator[Place]:
    """The first places where asked words stand."""
    whole = {form: number for number, one in enumerate(asked) for form in one.forms}
    begun = [(tuple(one.forms), number) for number, one in enumerate(asked) if one.is_beginning]
    count = 0
    for match in WORD.finditer(text):
        which = _which(_folded(match[0]), whole, begun)
        if which is not None:
            yield Place(match.start(), match.end(), which)
            count += 1
            if count >= MOST_PLACES:
                return


def _which(word: str, whole: Mapping[str, int], begun: Sequence[tuple[tuple[str, ...], int]]) -> int | None:
    if word in whole:
        return whole[word]
    return next((number for forms, number in begun if word.startswith(forms)), None)


@lru_cache(maxsize=32_768)
def _folded(word: str) -> str:
    return folded(word)


def _pieces(text: str, places: Sequence[Place]) -> list[Piece]:
    """The stretch around the place with most different words after it, cut between words."""
    first = max(places, key=lambda one: (_worth(one, places), -one.start)) if places else Place(0, 0, 0)
    start = _cut(text, max(0, first.start - AROUND), first.start) if first.start > AROUND else 0
    end = _cut(text, min(len(text), max(start + LENGTH, first.end)), len(text), forward=False)
    pieces = _marked(text, places, start, end)
    if start:
        pieces.insert(0, Piece("… ", is_found=False))
    if end < len(text):
        pieces.append(Piece(" …", is_found=False))
    return pieces


def _marked(text: str, places: Sequence[Place], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for place in places:
        if start <= place.start and place.end <= end:
            pieces += [
                Piece(text[at : place.start], is_found=False),
                Piece(text[place.start : place.end], is_found=True),
            ]
            at = place.end
    pieces.append(Piece(text[at:end], is_found=False))
    return [piece for piece in pieces if piece.text]


def _worth(place: Place, places: Sequence[Place]) -> int:
    within = place.start + LENGTH - AROUND
    return len({one.which for one in places if place.start <= one.start and one.end <= within})


def _cut(text: str, at: int, end: int, *, forward: bool = True) -> int:
    """A place between words, near this one; where there is none, as in endless words, this one."""
    if at >= len(text):
        return len(text)
    if forward:
        blank = text.find(" ", at, end)
        return blank + 1 if blank >= 0 else at
    blank = text.rfind(" ", max(0, at - AROUND), at)
    return blank if blank > 0 else at
