"""Full text search over everything that is public, by kind and id; text_search.py asks several kinds at once.

Texts are folded before they are kept and before they are looked for, so that both databases find the same, whatever
the habit of typing (L14). SQLite finds words with FTS5, PostgreSQL with a GIN index; all the rest is alike.
"""

import json
import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    delete,
    false,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation import text_words
from participation.db import Base, engine, session, table_of
from participation.guards import Guard, attach
from participation.text_matching import fold

MOST_WORDS_ASKED = 12
SHORTEST_BEGINNING = 3  # the last word may still be unfinished, unless it could become almost anything
MOST_FOUND = 2_000  # what was found is put in order; beyond this the newest ones will do
MOST_ALIKE = 5
NEWEST_TEXTS = 20_000  # what is common is common there, too
ENOUGH = 1_001  # of what is found; no list can be leafed through further
SHORTEST_MISTYPED = 4  # what occurs nowhere is looked for with a mistake, though it is short: Arabic words are


class IndexedText(Base):
    """What one public thing says in one language, folded. Whatever stands here can be found by everybody."""

    __tablename__ = "texts"
    __table_args__ = (
        UniqueConstraint("kind", "ref_id", "language"),
        # From what FTS5 finds to what it stands for, without reading the texts.
        Index("ix_texts_things", "id", "kind", "scope", "ref_id", "happened_on"),
        Index("ix_texts_days", "happened_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(80), default="")
    ref_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)  # title and text
    happened_on: Mapped[date | None]  # the day it is from, or that it is for


class TextArea(Base):
    """A part of the city that an indexed thing is about."""

    __tablename__ = "text_areas"
    __table_args__ = (Index("ix_text_areas_of_thing", "kind", "ref_id"),)

    area_id: Mapped[int] = mapped_column(
        ForeignKey("areas.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    ref_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


texts = table_of(IndexedText)
text_areas = table_of(TextArea)

# Folded texts hold letters and digits with single blanks between them: both databases are told to split there and
# nowhere else, and to change nothing. FTS5 keeps no second copy of the words, so it has to be told of each change.
_REMEMBER = "INSERT INTO texts_found(rowid, words) VALUES (new.id, new.words);"
_FORGET = "INSERT INTO texts_found(texts_found, rowid, words) VALUES ('delete', old.id, old.words);"
_FTS5 = "content='texts', content_rowid='id', tokenize='ascii', prefix='3'"
_VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
attach(
    texts,
    Guard(
        "texts_indexed",
        set_up={
            "sqlite": (
                f"CREATE VIRTUAL TABLE texts_found USING fts5(words, {_FTS5})",
                "CREATE VIRTUAL TABLE texts_found_words USING fts5vocab(texts_found, row)",
                f"CREATE TRIGGER texts_indexed AFTER INSERT ON texts BEGIN {_REMEMBER} END",
                f"CREATE TRIGGER texts_unindexed AFTER DELETE ON texts BEGIN {_FORGET} END",
                f"CREATE TRIGGER texts_reindexed AFTER UPDATE OF words ON texts BEGIN {_FORGET} {_REMEMBER} END",
            ),
            "postgresql": (
                f"ALTER TABLE texts ADD COLUMN texts_found tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
                "CREATE INDEX texts_found_words ON texts USING gin (texts_found)",
            ),
        },
        take_down={
            "sqlite": (
                *(f"DROP TRIGGER IF EXISTS texts_{verb}" for verb in ("indexed", "unindexed", "reindexed")),
                "DROP TABLE IF EXISTS texts_found_words",
                "DROP TABLE IF EXISTS texts_found",
            ),
            "postgresql": ("ALTER TABLE IF EXISTS texts DROP COLUMN IF EXISTS texts_found",),
        },
    ),
)
# CROSS JOIN and INDEXED BY: FTS5 first, then the narrow index. SQLite's planner would read all texts of a kind.
_FROM = {
    "sqlite": "texts_found CROSS JOIN texts INDEXED BY ix_texts_things ON texts.id = texts_found.rowid",
    "postgresql": "texts",
}
_HAS = {
    "sqlite": "texts_found MATCH :{}",
    "postgresql": "texts_found @@ CAST(:{} AS tsquery)",
}
_NEWEST = {
    "sqlite": "ORDER BY texts_found.rowid DESC LIMIT :most",
    "postgresql": "ORDER BY row_id DESC LIMIT :most",
}
# PostgreSQL would rather go through all texts from the newest on than put a few that it found in order.
_FENCED = "SELECT * FROM ({} OFFSET 0) AS texts"
_AMONG_NEWEST = " AND {}.{} > (SELECT max(id) FROM texts) - :newest"
_ROW = {"sqlite": ("texts_found", "rowid"), "postgresql": ("texts", "id")}


# --- Keeping ----------------------------------------------------------------------------------------------------------


def index(
    kind: str, ref_id: int, language: str, title: str, text: str, *, scope: str = "", day: date | None = None
) -> None:
    """From here on a thing can be found by what it says in this language; an earlier wording is forgotten."""
    session.execute(delete(texts).where(_is(kind, ref_id), texts.c.language == language))
    said = {"title": folded(title), "words": folded(f"{title} {text}"), "happened_on": day}
    session.execute(texts.insert().values(kind=kind, ref_id=ref_id, language=language, scope=scope, **said))


def place(kind: str, ref_id: int, areas: Collection[int]) -> None:
    """Say which parts of the city an indexed thing is about."""
    session.execute(delete(text_areas).where(text_areas.c.kind == kind, text_areas.c.ref_id == ref_id))
    if areas:
        rows = [{"area_id": area, "kind": kind, "ref_id": ref_id} for area in sorted(set(areas))]
        session.execute(text_areas.insert(), rows)


def drop(kind: str, ref_id: int) -> None:
    """It can no longer be found in any language."""
    session.execute(delete(texts).where(_is(kind, ref_id)))
    session.execute(delete(text_areas).where(text_areas.c.kind == kind, text_areas.c.ref_id == ref_id))


def drop_all(kind: str, ids: Collection[int]) -> None:
    """The same for many things of a kind."""
    for table in (texts, text_areas):
        session.execute(delete(table).where(table.c.kind == kind, table.c.ref_id.in_(ids)))


def folded(text: str) -> str:
    """Text as it is kept and looked for: folded, and endless words cut."""
    return " ".join(word[: text_words.LONGEST] for word in fold(text).split())


def _is(kind: str, ref_id: int) -> Any:
    return (texts.c.kind == kind) & (texts.c.ref_id == ref_id)


# --- Finding ----------------------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """One word that must occur, in any of these forms; perhaps only its beginning was typed."""

    forms: Sequence[str]
    is_beginning: bool = False


def search(typed: str, kind: str) -> Select[Any]:
    """The ids of all things of a kind in which every typed word occurs, for a list to pick from and put in order.

    A word that occurs nowhere is looked for as if it were typed with a small mistake.
    """
    words = words_of(typed)
    if not words:
        return select(texts.c.ref_id).where(false())
    asked = as_asked(words, [kind])
    ids = _found(asked, kind, newest=NEWEST_TEXTS) if are_common(words) else []
    return _listed(ids if len(ids) >= ENOUGH else _found(asked, kind))


def words_of(typed: str) -> list[str]:
    """The folded words of a question, each once."""
    return list(dict.fromkeys(folded(typed).split()))[:MOST_WORDS_ASKED]


def are_common(words: Sequence[str]) -> bool:
    """Whether the newest texts alone are likely to fill a list."""
    return NEWEST_TEXTS * share(words) >= ENOUGH


def share(words: Sequence[str]) -> float:
    """How large a part of all texts is likely to have all these words."""
    known, total = text_words.counts(words), session.scalar(select(func.max(texts.c.id))) or 1
    return math.prod(known.get(word, 0) / total for word in words)


def _found(asked: list[Asked], kind: str, newest: int | None = None) -> Sequence[int]:
    values: dict[str, Any] = {"asked": expression(asked), "most": MOST_FOUND, **kind_values([kind])}
    found = newest_of(statement("texts.ref_id, texts.id AS row_id", "asked", 1), values, newest)
    return session.scalars(text(found), values).all()


def newest_of(found: str, values: dict[str, Any], newest: int | None) -> str:
    """The newest rows that are found, or those among so many of the newest texts; the parameters are added to."""
    if newest:
        values["boundary"] = (session.scalar(select(func.max(texts.c.id))) or 0) - newest  # a number is planned well
        found += " AND {}.{} > :boundary".format(*_ROW[engine().dialect.name])
    if engine().dialect.name == "postgresql":
        found = _FENCED.format(found)
    return f"{found} {_NEWEST[engine().dialect.name]}"


def _listed(ids: Sequence[int]) -> Select[Any]:
    """Numbers as a table of one column: what they are joined with is planned without another search."""
    if engine().dialect.name == "sqlite":
        table = text("SELECT value AS ref_id FROM json_each(:found)").bindparams(found=json.dumps(list(ids)))
    else:
        table = text("SELECT unnest(CAST(:found AS integer[])) AS ref_id").bindparams(found=list(ids))
    return select(table.columns(texts.c.ref_id).subquery().c.ref_id)


def as_asked(words: Sequence[str], kinds: Sequence[str], *, is_generous: bool = False) -> list[Asked]:
    """How each word is looked for. What occurs as it was typed is looked for as it was typed.

    A generous reading takes every word for one that may be mistyped.
    """
    known = text_words.counts(words)
    asked = []
    for word in words:
        if word in known and not is_generous:
            asked.append(Asked(_also(word, [])))
            continue
        is_beginning = word is words[-1] and len(word) >= SHORTEST_BEGINNING
        forms = _also(word, text_words.undotted(word))
        as_typed = Asked(forms, is_beginning)
        if not is_generous and ((is_beginning and text_words.begins_any(word)) or _occurs(as_typed, kinds)):
            asked.append(as_typed)
        else:
            found = text_words.alike([word], shortest=SHORTEST_MISTYPED, is_thorough=True).get(word, {})
            alike = sorted(found, key=found.__getitem__)[-MOST_ALIKE:]
            asked.append(Asked(list(dict.fromkeys([*forms, *alike])), is_beginning and is_generous))
    return asked


def _also(word: str, others: Iterable[str]) -> list[str]:
    """The word with others that mean the same, with and without the Arabic article."""
    forms = [word, *others]
    return [*forms, *(other for form in forms for other in text_words.with_and_without_article(form))]


def _occurs(asked: Asked, kinds: Sequence[str]) -> bool:
    values = {"asked": expression([asked]), **kind_values(kinds)}
    found = statement("texts.id", "asked", len(kinds))
    return session.execute(text(f"{found} LIMIT 1"), values).first() is not None


class Way(NamedTuple):
    """One way to ask, and what it counts when a text is found by it. Common ways lead to very many texts."""

    asked: Sequence[Asked]
    weight: float
    is_common: bool = False


def promising(ways: Iterable[Way], kind: str, *, scope: str = "", most_each: int, most: int) -> list[int]:
    """The rows of the texts that are found in most of these ways; of each way the newest are looked at."""
    values: dict[str, Any] = {"most": most_each, "scope": scope, "read": most, **kind_values([kind])}
    newest = _NEWEST[engine().dialect.name]
    parts = []
    for number, way in enumerate(ways):
        values |= {f"asked_{number}": expression(way.asked), f"weight_{number}": way.weight}
        found = statement("texts.id AS row_id", f"asked_{number}", 1, has_scope=bool(scope))
        if way.is_common:
            found += _AMONG_NEWEST.format(*_ROW[engine().dialect.name])
            values["newest"] = NEWEST_TEXTS
        elif engine().dialect.name == "postgresql":
            found = _FENCED.format(found)
        weighed = f"SELECT row_id, CAST(:weight_{number} AS FLOAT) AS weight"
        parts.append(f"{weighed} FROM ({found} {newest}) AS part_{number}")
    if not parts:
        return []
    found = f"SELECT row_id FROM ({' UNION ALL '.join(parts)}) AS parts"  # noqa: S608  (as above)
    best = f"{found} GROUP BY row_id ORDER BY sum(weight) DESC, row_id DESC LIMIT :read"
    return list(session.scalars(text(best), values))


def statement(columns: str, asked: str, kinds: int, *, has_scope: bool = False, more: str = "") -> str:
    """The rows of so many kinds that have the words of the parameter `asked`; `more` are conditions of ours."""
    database = engine().dialect.name
    among = ", ".join(f":kind_{number}" for number in range(kinds))
    more += " AND texts.scope = :scope" if has_scope else ""
    where = f"{_HAS[database].format(asked)} AND texts.kind IN ({among}){more}"
    return f"SELECT {columns} FROM {_FROM[database]} WHERE {where}"  # noqa: S608  (names of ours; words are parameters)


def kind_values(kinds: Sequence[str]) -> dict[str, str]:
    """The parameters that a statement about so many kinds wants."""
    return {f"kind_{number}": kind for number, kind in enumerate(kinds)}


def expression(asked: Iterable[Asked]) -> str:
    """What the database is asked. Folded words hold nothing but letters and digits, so they need no escaping."""
    if engine().dialect.name == "sqlite":
        every, some, word, beginning = " AND ", " OR ", '"{}"', "*"
    else:
        every, some, word, beginning = " & ", " | ", "'{}'", ":*"
    return every.join(f"({some.join(_written(one, word, beginning))})" for one in asked)


def _written(asked: Asked, form: str, beginning: str) -> list[str]:
    return [form.format(word) + (beginning if asked.is_beginning else "") for word in asked.forms]
