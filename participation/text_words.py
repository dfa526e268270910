"""The words of all indexed texts: how rare each one is, and which are alike but for a typing mistake."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Connection, String, bindparam, delete, insert, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, session, table_of

LONGEST = 60  # longer words are cut, in texts as well as in questions
SHORTEST_ALIKE = 5  # shorter words are too often alike by chance
ONE_MISTAKE, TWO_MISTAKES = 1, 2
LONG_ENOUGH_FOR_TWO = 8
MOST_DOTTED = 6  # vowels in a word that may lack their dots
ARTICLE = "ال"
HIGHEST = "\U0010ffff"
# Words that begin or end like another one; # stands for its number.
ALIKE = (
    "SELECT # AS number, word, texts FROM text_words WHERE (word >= :first_# AND word < :first_# || :end "
    "OR backwards >= :last_# AND backwards < :last_# || :end) AND length(word) BETWEEN :least_# AND :most_#"
)
COUNTED = {
    "sqlite": "SELECT term, doc FROM texts_found_words",
    "postgresql": "SELECT word, ndoc FROM ts_stat('SELECT texts_found FROM texts')",
}


class CountedWord(Base):
    """One folded word, and in how many texts it occurred when the words were last counted."""

    __tablename__ = "text_words"

    # Sorted by bytes on both databases, so that a beginning is a range.
    word: Mapped[str] = mapped_column(
        String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql"), primary_key=True
    )
    backwards: Mapped[str] = mapped_column(
        String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql"), index=True
    )
    texts: Mapped[int]


words_table = table_of(CountedWord)


def counts(words: Iterable[str]) -> dict[str, int]:
    """In how many texts each of these words occurs; what is not there was new since the last count, or nowhere."""
    rows = session.execute(select(words_table.c.word, words_table.c.texts).where(words_table.c.word.in_(list(words))))
    return dict(rows.all())


def begins_any(beginning: str) -> bool:
    """Whether any word begins like this."""
    fits = words_table.c.word.between(beginning, beginning + HIGHEST)
    return session.scalar(select(words_table.c.word).where(fits).limit(1)) is not None


def undotted(word: str) -> list[str]:
    """The known words that this one may stand for where somebody has left out the dots: yuruyus for yürüyüş."""
    places = [place for place, letter in enumerate(word) if letter in "aou"]
    if not 0 < len(places) <= MOST_DOTTED:
        return []
    letters = [(letter, f"{letter}e") if letter in "aou" else (letter,) for letter in word]
    return sorted(counts("".join(one) for one in product(*letters)).keys() - {word})


def with_and_without_article(word: str) -> list[str]:
    """An Arabic word with its article if it came without, and the other way round."""
    if not ("\u0621" <= word[:1] <= "\u064a"):
        return []
    has_article = word.startswith(ARTICLE) and len(word) > len(ARTICLE) + 1
    return [word.removeprefix(ARTICLE) if has_article else ARTICLE + word]


def alike(
    words: Iterable[str], *, shortest: int = SHORTEST_ALIKE, is_thorough: bool = False
) -> dict[str, dict[str, int]]:
    """For each word those that differ from it by a typing mistake or an ending, with their counts.

    One mistake leaves either the first or the second half of a word as it is, so an index leads to all of them. Of two
    mistakes each half may have one: whoever is thorough looks for all that have the first or the last third.
    """
    asked = [word for word in words if len(word) >= shortest]
    values: dict[str, Any] = {"end": HIGHEST}
    for number, word in enumerate(asked):
        first, last = _kept(word, is_thorough=is_thorough)
        values |= {f"first_{number}": first, f"last_{number}": last[::-1]}
        values |= {f"least_{number}": len(word) - _mistakes(word), f"most_{number}": len(word) + _mistakes(word)}
    found: dict[str, dict[str, int]] = {word: {} for word in asked}
    if asked:
        statement = " UNION ALL ".join(ALIKE.replace("#", str(number)) for number in range(len(asked)))
        for number, other, texts in session.execute(text(statement), values):
            if _is_alike(asked[number], other):
                found[asked[number]][other] = texts
    return found


def _kept(word: str, *, is_thorough: bool) -> tuple[str, str]:
    """The beginning and the end of which mistakes leave at least one as it is."""
    if is_thorough and _mistakes(word) == TWO_MISTAKES:
        part = max(3, len(word) // 3)
        return word[:part], word[-part:]
    half = len(word) // 2
    return word[:half], word[half:]


def _mistakes(word: str) -> int:
    return TWO_MISTAKES if len(word) >= LONG_ENOUGH_FOR_TWO else ONE_MISTAKE


def _is_alike(word: str, other: str) -> bool:
    most = _mistakes(word)
    return word != other and OSA.distance(word, other, score_cutoff=most) <= most and not _differ_in_digits(word, other)


def _differ_in_digits(one: str, other: str) -> bool:
    """Another number is another thing, not a mistake."""
    return [char for char in one if char.isdigit()] != [char for char in other if char.isdigit()]


def recount() -> int:
    """Count all words anew; returns how many of them nobody uses any more."""
    connection = session.connection()
    now = _counted_now(connection)
    before = dict(session.execute(select(words_table.c.word, words_table.c.texts)).all())
    gone = [{"gone": word} for word in before.keys() - now.keys()]
    new = [{"word": word, "backwards": word[::-1], "texts": now[word]} for word in sorted(now.keys() - before.keys())]
    other = [{"one": word, "n": texts} for word, texts in now.items() if before.get(word, texts) != texts]
    if gone:
        connection.execute(delete(words_table).where(words_table.c.word == bindparam("gone")), gone)
    if new:
        connection.execute(insert(words_table), new)
    if other:
        changed = update(words_table).where(words_table.c.word == bindparam("one")).values(texts=bindparam("n"))
        connection.execute(changed, other)
    return len(gone)


def recount_if_never_counted() -> int:
    """A new house need not wait for the night."""
    return 0 if session.scalar(select(words_table.c.word).limit(1)) is not None else recount()


def _counted_now(connection: Connection) -> Mapping[str, int]:
    rows: Sequence[tuple[str, int]] = connection.execute(text(COUNTED[connection.dialect.name])).all()
    return dict(rows)
