"""A counted result in the reader's words: what the result page and its download show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.dates import format_skeleton

from participation.i18n import (
    LocalizedText,
    _,
    current_language,
    format_day,
    format_number,
    language,
    ngettext,
)
from participation.questionnaires.definition import Question, QuestionType
from participation.questionnaires.wording import INSERTED, NOT_YET
from participation.surveys import queries, small_numbers
from participation.surveys.asked import AskedQuestion, asked_questions
from participation.surveys.models import Survey, SurveyResult

Table = dict[str, Any]
Names = Mapping[str, LocalizedText]


@dataclass(frozen=True)
class Row:
    """One line of a table: what was answered, how often, and its share; None is hidden."""

    label: Any
    count: int | None
    share: float | None = None


@dataclass(frozen=True)
class Shown:
    """One table with what has to be said about it. `kind` is that of tables.py; a hidden one has no rows."""

    name: str
    label: Any
    kind: str
    base: int | None = None
    rows: tuple[Row, ...] = ()
    withheld: int | None = None
    is_repeated: bool = False
    mean: float | None = None
    median: str | None = None
    heading: str = ""

    @property
    def is_uncertain(self) -> bool:
        return small_numbers.is_uncertain(self.base)

    @property
    def has_shares(self) -> bool:
        return any(row.share is not None for row in self.rows)

    @property
    def has_hidden_rows(self) -> bool:
        return any(row.count is None for row in self.rows)

    @property
    def base_sentence(self) -> str:
        """What the shares refer to."""
        if self.base is None:
            return ""
        if self.kind == "stopped":
            return ngettext(
                "%(n)s response was begun and not sent.", "%(n)s responses were begun and not sent.", self.base
            )
        if self.kind in {"days", "languages"}:
            return ngettext("%(n)s response", "%(n)s responses", self.base)
        if self.is_repeated:
            return ngettext(
                "%(n)s answer; one response may hold several.",
                "%(n)s answers; one response may hold several.",
                self.base,
            )
        if self.kind == "choices":
            return ngettext(
                "%(n)s person answered and could choose several options.",
                "%(n)s people answered and could choose several options.",
                self.base,
            )
        return ngettext("%(n)s person answered.", "%(n)s people answered.", self.base)


@dataclass(frozen=True)
class Result:
    """The whole result as last counted."""

    counted_at: datetime
    responses: int
    minimum: int
    days: Shown
    languages: Shown
    stopped: Shown
    questions: tuple[Shown, ...]
    district: Shown | None = field(default=None)


def shown_result(survey: Survey, result: SurveyResult) -> Result:
    """The stored tables in the reader's language (two statements)."""
    asked = asked_questions(queries.published_versions(survey))
    tables = result.tables
    areas = queries.area_names(_area_ids(tables["questions"]))
    questions = tuple(
        _question(asked[name], tables["questions"][name], areas) for name in asked if name in tables["questions"]
    )
    return Result(
        counted_at=result.counted_at,
        responses=result.response_count,
        minimum=tables["minimum"],
        days=_days(tables["days"]),
        languages=_languages(tables["languages"]),
        stopped=_stopped(tables["stopped"], asked),
        questions=questions,
        district=next((one for one in questions if one.kind == "district"), None),
    )


def plain(text: LocalizedText) -> LocalizedText:
    """A question's text as it stands in a table: where an earlier answer is inserted, there is a gap."""
    return LocalizedText({tag: INSERTED.sub(NOT_YET, said) for tag, said in text.items()})


def option_words(question: Question, key: str) -> Any:
    """What people read when they chose this value."""
    option = question.options_by_name.get(key)
    if option is not None:
        return plain(option.label)
    if question.type in {QuestionType.YES_NO, QuestionType.CONSENT}:
        return {"yes": _("Yes"), "no": _("No")}.get(key, key)
    ends = {question.least: question.least_label, question.most: question.most_label}
    end = ends.get(float(key)) if question.type is QuestionType.SCALE and key.lstrip("-").isdecimal() else None
    return _("%(point)s (%(meaning)s)", point=key, meaning=str(end)) if end else key


# --- One question ---------------------------------------------------------------------------------------------------


def _question(one: AskedQuestion, table: Table, areas: Names) -> Shown:
    question = one.question
    label = plain(question.label) or question.name
    if table["kind"] == "hidden":
        return Shown(question.name, label, "hidden")
    labels = [_row_label(question, table, row, areas) for row in table.get("rows", ())]
    base = table["base"]
    rows = [
        Row(words, row["count"], small_numbers.share(row["count"], base))
        for words, row in zip(labels, table.get("rows", ()), strict=True)
    ]
    median = table.get("median")
    return Shown(
        question.name,
        label,
        table["kind"],
        base=base,
        rows=tuple(rows),
        withheld=table["withheld"],
        is_repeated=one.is_repeated,
        mean=table.get("mean"),
        median=str(labels[median]) if median is not None else None,
        heading=_heading(question),
    )


def _heading(question: Question) -> str:
    unit = str(plain(question.unit))
    return _("Answer (%(unit)s)", unit=unit) if unit else _("Answer")


def _row_label(question: Question, table: Table, row: Table, areas: Names) -> Any:
    match table["kind"]:
        case "district":
            return areas.get(row["key"]) or _("An area that no longer exists")
        case "numbers":
            return _number_words(row, is_whole=table["is_whole"], is_year=question.type is QuestionType.YEAR)
        case "dates":
            return _span_words(row["first"], row["last"])
    return option_words(question, row["key"])


def _number_words(row: Table, *, is_whole: bool, is_year: bool) -> str:
    least, most = ((str(int(end)) if is_year else format_number(end)) if end is not None else "" for end in _ends(row))
    if row["least"] is None and row["most"] is None:
        return _("All numbers together")
    if row["least"] is None:
        return _("%(number)s or less", number=most) if is_whole else _("Less than %(number)s", number=most)
    if row["most"] is None:
        return _("%(number)s or more", number=least)
    if least == most:
        return least
    if is_whole:
        return _("%(first)s to %(last)s", first=least, last=most)
    return _("%(first)s to less than %(last)s", first=least, last=most)


def _ends(row: Table) -> tuple[float | None, float | None]:
    return row["least"], row["most"]


def _span_words(first: str, last: str) -> str:
    if first == last:
        return _day_words(first)
    return _("%(first)s to %(last)s", first=_day_words(first), last=_day_words(last))


def _day_words(iso: str) -> str:
    """2026-04-03, 2026-04 or 2026 as the reader's language writes it."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return format_day(date(*parts), "medium")
    if len(parts) == 2:
        return format_skeleton("yMMMM", date(parts[0], parts[1], 1), locale=current_language().locale)
    return iso


# --- Who took part --------------------------------------------------------------------------------------------------


def _days(spans: list[Table]) -> Shown:
    rows = tuple(Row(_span_words(span["first"], span["last"]), span["count"]) for span in spans)
    return Shown("days", _("Responses over time"), "days", base=sum(span["count"] for span in spans), rows=rows)


def _languages(table: Table) -> Shown:
    rows = tuple(
        Row(_language_name(row["key"]), row["count"], small_numbers.share(row["count"], table["base"]))
        for row in table["rows"]
    )
    return _hidden_or("languages", _("Languages of the responses"), table, rows)


def _stopped(table: Table, asked: Mapping[str, AskedQuestion]) -> Shown:
    titles = {one.page.name: one.page.title for one in asked.values()}
    rows = tuple(
        Row(
            plain(titles.get(row["key"]) or LocalizedText()) or _("Page %(number)s", number=format_number(number)),
            row["count"],
            small_numbers.share(row["count"], table["base"]),
        )
        for number, row in enumerate(table["rows"], start=1)
    )
    return _hidden_or("stopped", _("Begun and not sent: the last page that was filled in"), table, rows)


def _hidden_or(name: str, label: str, table: Table, rows: tuple[Row, ...]) -> Shown:
    if table["base"] is None:
        return Shown(name, label, "hidden")
    return Shown(name, label, name, base=table["base"], rows=rows)


def _language_name(tag: str) -> str:
    """In the reader's own language, as Türkisch on a German page."""
    known = language(tag)
    return known.name if "-" in tag else known.locale.get_display_name(current_language().locale) or known.name


def _area_ids(tables: Mapping[str, Table]) -> list[int]:
    keys = {row["key"] for table in tables.values() if table["kind"] == "district" for row in table["rows"]}
    return [int(key) for key in keys if key.isdecimal()]
