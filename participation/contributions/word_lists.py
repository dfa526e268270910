"""Finding words of the moderators' lists, also where somebody tried to hide them.

Tricks that are seen through: other habits of typing, marks that nobody sees, letters of other alphabets that look the
same, numbers for letters, blanks or dots between letters, and letters drawn out.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from participation.contributions.models import WordList
from participation.db import session
from participation.text_matching import fold

NUMBERS_FOR_LETTERS = str.maketrans("013457", "oieast")
SIGNS_FOR_LETTERS = {"@": "a", "$": "s", "€": "e", "!": "i", "|": "l"}
LOOKS_LATIN = str.maketrans("аеорсухкмтвніїјѕαβεηικνορτυχ", "aeopcyxkmtbhiijsabenikvoptux")
LATIN, CYRILLIC_OR_GREEK = re.compile(r"[a-z]"), re.compile(r"[\u0370-\u04ff]")
DRAWN_OUT = re.compile(r"(.)\1+")
LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)  # with the accents that follow it
UNSEEN = {"Mn", "Me", "Cf"}
INSIDE_WORDS = set("'’‘ʼ`´*_ـ")
LONGEST = 20_000
FEWEST_SPACED = 3


class Token(NamedTuple):
    """A word as it is compared, and where it stands in the text."""

    word: str
    start: int
    end: int


def passages(text: str, languages: Iterable[str]) -> list[str]:
    """The passages of a text that are on the list of one of these languages, as they stand there."""
    entries = [
        line
        for words in session.scalars(select(WordList.words).where(WordList.language.in_(set(languages))))
        for line in words.splitlines()
    ]
    return find(text, entries) if entries else []


def find(text: str, entries: Iterable[str]) -> list[str]:
    """The same for given entries: a word, a beginning (idiot*), an ending (*idiot), or several words."""
    wanted = Entries.of(entries)
    text = text[:LONGEST]
    tokens = list(_tokens(text))
    spans = [(one.start, one.end) for one in [*tokens, *_spaced(text, tokens)] if wanted.has(one.word)]
    spans += [span for phrase in wanted.phrases for span in _phrase(tokens, phrase)]
    return list(dict.fromkeys(text[start:end] for start, end in sorted(spans)))


class Entries(NamedTuple):
    """A word list, ready to be asked."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Entries":
        words, beginnings, endings, phrases = set(), [], [], []
        for line in lines:
            folded = fold(line)
            if not folded:
                continue
            if " " in folded:
                phrases.append(tuple(folded.split()))
            elif line.strip().endswith("*"):
                beginnings.append(folded)
            elif line.strip().startswith("*"):
                endings.append(folded)
            else:
                words |= {folded, DRAWN_OUT.sub(r"\1", folded)}
        return cls(frozenset(words), tuple(beginnings), tuple(endings), tuple(phrases))

    def has(self, word: str) -> bool:
        """Whether a word is on the list in one of its disguises."""
        return any(
            form in self.words or form.startswith(self.beginnings) or form.endswith(self.endings)
            for form in _disguises(word)
        )


def _disguises(word: str) -> Iterator[str]:
    """The word, and what it may be meant to look like."""
    forms = [word]
    if LATIN.search(word) and CYRILLIC_OR_GREEK.search(word):
        forms.append(word.translate(LOOKS_LATIN))
    if any(char.isdigit() for char in word) and not word.isdigit():
        forms += [form.translate(NUMBERS_FOR_LETTERS) for form in forms]
    forms += [plain for form in forms if (plain := DRAWN_OUT.sub(r"\1", form)) != form and re.search(r"(.)\1\1", form)]
    yield from forms


def _tokens(text: str) -> Iterator[Token]:
    """Words with nothing unseen in them, and where each begins and ends."""
    letters: list[str] = []
    start = end = 0
    for found in LETTER.finditer(text):
        char, place = found[0], found.start()
        folded = _folded(char)
        if char in SIGNS_FOR_LETTERS and text[place + 1 : place + 2].isalnum():
            folded = SIGNS_FOR_LETTERS[char]
        if folded is None:  # a blank or a mark between words
            if letters:
                yield Token("".join(letters), start, end)
            letters = []
        elif folded:
            start, end = (start if letters else place), found.end()
            letters.append(folded)
    if letters:
        yield Token("".join(letters), start, end)


@lru_cache(maxsize=4096)
def _folded(char: str) -> str | None:
    """A letter as it is compared, "" for what does not end a word, None for what does."""
    if folded := fold(char):
        return folded
    return "" if char[0] in INSIDE_WORDS or unicodedata.category(char[0]) in UNSEEN else None


def _spaced(text: str, tokens: list[Token]) -> Iterator[Token]:
    """Single letters one after the other, as in w o r d or w.o.r.d, read as one word."""
    run: list[Token] = []
    for one in [*tokens, Token("", len(text), len(text))]:
        if len(one.word) == 1 and (not run or one.start - run[-1].end <= 2):
            run.append(one)
            continue
        if len(run) >= FEWEST_SPACED:
            yield Token("".join(letter.word for letter in run), run[0].start, run[-1].end)
        run = [one] if len(one.word) == 1 else []


def _phrase(tokens: list[Token], phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for place in range(len(tokens) - len(phrase) + 1):
        if all(tokens[place + number].word == word for number, word in enumerate(phrase)):
            yield tokens[place].start, tokens[place + len(phrase) - 1].end
