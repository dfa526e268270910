"""One question to several kinds of indexed things at once: what fits best comes first, narrowed down as asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import text

from participation import text_index
from participation.db import engine, session
from participation.text_index import MOST_FOUND, NEWEST_TEXTS, Asked

LONG_AGO = date.min
# What is left out stands in a parameter too, so that each database plans one statement.
_SINCE = " AND texts.happened_on >= :since"
_UNTIL = " AND texts.happened_on <= :until"
_IN_AREA = (
    " AND EXISTS (SELECT 1 FROM text_areas WHERE text_areas.area_id = :area"
    " AND text_areas.kind = texts.kind AND text_areas.ref_id = texts.ref_id)"
)
# SQLite goes through all that has the words. Where a period or a part of the city leaves few texts over, it looks for
# each number in a short list before it reads anything. The plus sign keeps FTS5 from being asked number by number.
_SHORT = 10_000
_AMONG = " AND +texts_found.rowid IN ({})"
_OF_DAYS = "SELECT texts.id FROM texts WHERE happened_on IS NOT NULL{}"
_OF_AREA = (
    "SELECT here.id FROM text_areas CROSS JOIN texts AS here ON here.kind = text_areas.kind"
    " AND here.ref_id = text_areas.ref_id WHERE text_areas.area_id = :area"
)
_ROW_ID = {"sqlite": "texts_found.rowid", "postgresql": "texts.id"}
# The rows are long: their titles are fetched for what was found, not for all that was looked at.
_WITH_TITLES = (
    "SELECT texts.kind, texts.ref_id, texts.happened_on, texts.title FROM ({}) AS best "
    "JOIN texts ON texts.id = best.row_id ORDER BY best.row_id DESC"
)


@dataclass(frozen=True)
class Limits:
    """Where to look: kinds of things, a part of the city, a first and a last day."""

    kinds: Sequence[str]
    area: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether more is left out than other kinds."""
        return any((self.area, self.since, self.until))


class Hit(NamedTuple):
    """One thing that was found."""

    kind: str
    ref_id: int


@dataclass(frozen=True)
class Found:
    """What was found, the best first, and the words as they were looked for in the end."""

    hits: Sequence[Hit]
    asked: Sequence[Asked]
    is_more: bool = False  # than anybody would leaf through

    @property
    def is_mended(self) -> bool:
        """Whether words were looked for in other forms than the typed one."""
        return any(len(one.forms) > 1 for one in self.asked)


def search(typed: str, limits: Limits) -> Found:
    """All things in which every typed word occurs. Where nothing is found, every word may have a small mistake."""
    words = text_index.words_of(typed)
    if not words or not limits.kinds:
        return Found([], [])
    asked = text_index.as_asked(words, limits.kinds)
    rows = _newest_rows(asked, limits, words) or _rows(asked, limits, None)
    if not rows:
        asked = text_index.as_asked(words, limits.kinds, is_generous=True)
        rows = _rows(asked, limits, None)
    return Found(_best_first(rows, asked), asked, is_more=len(rows) >= MOST_FOUND)


def _newest_rows(asked: Sequence[Asked], limits: Limits, words: Sequence[str]) -> Sequence[Any]:
    """The same for words so common that the newest texts fill a list, perhaps very few of them; else nothing."""
    if limits.is_narrow or not text_index.are_common(words):
        return []
    likely = int(MOST_FOUND / text_index.share(words))
    for newest in sorted({min(likely, NEWEST_TEXTS), NEWEST_TEXTS}):
        rows = _rows(asked, limits, newest)
        if len(rows) >= text_index.ENOUGH:
            return rows
    return []


def _rows(asked: Sequence[Asked], limits: Limits, newest: int | None) -> Sequence[Any]:
    """Kind, id, day and title of what fits, the newest first, perhaps only among so many of the newest texts."""
    chosen = {"since": limits.since, "until": limits.until, "area": limits.area}
    values: dict[str, Any] = {name: _as_kept(value) for name, value in chosen.items() if value is not None}
    more = _within(limits, values)
    values |= {"asked": text_index.expression(asked), "most": MOST_FOUND, **text_index.kind_values(limits.kinds)}
    columns = f"{_ROW_ID[engine().dialect.name]} AS row_id"
    found = text_index.statement(columns, "asked", len(limits.kinds), more=more)
    return session.execute(text(_WITH_TITLES.format(text_index.newest_of(found, values, newest))), values).all()


def _within(limits: Limits, values: Mapping[str, Any]) -> str:
    """The conditions on what is found that leave out other days and other parts of the city."""
    days = (_SINCE if limits.since else "") + (_UNTIL if limits.until else "")
    more, area = days, _IN_AREA if limits.area is not None else ""
    if engine().dialect.name == "sqlite":  # PostgreSQL knows by itself how many are left over
        of_days = _OF_DAYS.format(days)
        more = _AMONG.format(of_days) if days and _are_few(of_days, values) else days
        area = _AMONG.format(_OF_AREA) if area and _are_few(_OF_AREA, values) else area
    return more + area


def _are_few(query: str, values: Mapping[str, Any]) -> bool:
    counted = text(f"SELECT count(*) FROM ({query} LIMIT {_SHORT + 1})")  # noqa: S608  (conditions of ours)
    return (session.scalar(counted, values) or 0) <= _SHORT


def _as_kept(value: date | int) -> date | str | int:
    """SQLite keeps days as text."""
    return value.isoformat() if isinstance(value, date) and engine().dialect.name == "sqlite" else value


def _best_first(rows: Sequence[Any], asked: Sequence[Asked]) -> list[Hit]:
    """What has all words in its title comes first; then the newest day. A thing in several languages comes once."""
    ranked = sorted(rows, key=lambda row: (_is_in_title(row.title, asked), _day(row.happened_on)), reverse=True)
    return list(dict.fromkeys(Hit(row.kind, row.ref_id) for row in ranked))


def _is_in_title(title: str, asked: Sequence[Asked]) -> bool:
    words = f" {title} "  # single blanks stand between folded words
    return all(
        any(f" {form}" in words if one.is_beginning else f" {form} " in words for form in one.forms) for one in asked
    )


def _day(kept: date | str | None) -> str:
    """The days that SQLite and PostgreSQL give back, in one order; what has no day comes last."""
    return str(kept or LONG_AGO)
