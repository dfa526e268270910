"""The headers of a sheet, as many as there are ways to write them, and the rows below them."""

import re
from dataclasses import dataclass

from participation.i18n import LazyText, LocalizedText, _l, language
from participation.questionnaires.xlsform.languages import tag_of
from participation.questionnaires.xlsform.markup import plain
from participation.questionnaires.xlsform.problems import Problem, Problems, Severity
from participation.questionnaires.xlsform.workbook import Sheet, letter

UNKNOWN_LANGUAGE = _l("The language “%(name)s” is not known. Please write its code in brackets, as in “English (en)”.")
TWO_COLUMNS = _l("Two columns hold the same: this one and column %(other)s. Please delete or rename one of them.")
NO_LANGUAGE = _l("These texts name no language. They are taken as %(language)s.")
LEFT_OUT_COLUMNS = _l("These columns are not used here: %(columns)s.")
HEADER_MISSING = _l("This sheet has no column called “%(name)s”.")

TEXTS = {
    "label",
    "hint",
    "constraint_message",
    "unit",
    "least_label",
    "most_label",
    "form_title",
    "required_message",
    "guidance_hint",
}
ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "constraint_msg": "constraint_message",
    "constraintmsg": "constraint_message",
    "required_msg": "required_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "calculate": "calculation",
    "choicefilter": "choice_filter",
    "count": "repeat_count",
    "list": "list_name",
    "value": "name",
    "title": "form_title",
    "min": "minimum",
    "max": "maximum",
}
PREFIXES = {"bind", "media", "control", "jr"}


@dataclass(frozen=True)
class Column:
    """A column with what it holds; `tag` is the language of texts."""

    index: int
    header: str
    field: str
    language_name: str = ""
    tag: str = ""


def understood(index: int, header: str) -> Column:
    """One header: `label::Türkçe (tr)`, `bind:relevant`, `Label:English`, `label..English..en.` and the like."""
    parts = [part.strip() for part in re.split(r"::?", _without_dots(header))]
    while len(parts) > 1 and parts[0].lower() in PREFIXES:
        parts.pop(0)
    name = re.sub(r"[\s-]+", "_", parts[0].lower())
    rest = " ".join(parts[1:])
    name = ALIASES.get(name, name)
    if rest and name not in TEXTS:
        return Column(index, header, f"{name}::{rest}".lower())
    return Column(index, header, name, rest)


def _without_dots(header: str) -> str:
    """R writes `label..English..en.` for `label::English (en)`."""
    match = re.fullmatch(r"([A-Za-z_]+)\.\.(.+?)(?:\.\.([A-Za-z-]{2,10}))?\.*", header)
    if not match:
        return header
    return f"{match[1]}::{match[2].replace('.', ' ')}" + (f" ({match[3]})" if match[3] else "")


class Table:
    """A sheet whose first filled row names its columns."""

    def __init__(self, sheet: Sheet, problems: Problems) -> None:
        self.sheet = sheet
        self.problems = problems
        numbers = sheet.numbers or range(1, len(sheet.rows) + 1)
        filled = [Row(self, number, cells) for number, cells in zip(numbers, sheet.rows, strict=True) if any(cells)]
        self.header_row = filled[0].number if filled else 1
        self.rows = filled[1:]
        headers = enumerate(filled[0].cells if filled else [])
        self.filled = {index for row in self.rows for index, cell in enumerate(row.cells) if cell}
        self.columns = [understood(index, header) for index, header in headers if header]

    @property
    def columns(self) -> list[Column]:
        return self._columns

    @columns.setter
    def columns(self, columns: list[Column]) -> None:
        self._columns = columns
        self.named: dict[str, list[Column]] = {}
        for column in columns:
            self.named.setdefault(column.field, []).append(column)

    def has(self, name: str) -> bool:
        return name in self.named

    def is_filled(self, column: Column) -> bool:
        return column.index in self.filled

    def unknown_columns(self, known: set[str]) -> list[Column]:
        """Filled columns that mean nothing to us."""
        return [one for one in self.columns if one.field not in known and self.is_filled(one)]

    def add(self, message: LazyText, severity: Severity, column: Column | None = None, row: int | None = None) -> None:
        """Report a problem of the header row, or of the row given."""
        self.problems.add(
            Problem(
                message,
                severity,
                self.sheet.name,
                self.header_row if row is None else row,
                letter(column.index) if column else "",
                column.header if column else "",
            )
        )


@dataclass
class Row:
    """One row of a table; it knows its place, so that every complaint can name it."""

    table: Table
    number: int
    cells: list[str]

    def cell(self, name: str) -> str:
        """What stands under a header without languages."""
        column = self.column(name)
        return self.at(column.index) if column else ""

    def column(self, name: str) -> Column | None:
        """The column of that name; of several the first that is filled here."""
        found = self.table.named.get(name, [])
        return next((one for one in found if self.at(one.index)), found[0] if found else None)

    def texts(self, name: str) -> LocalizedText:
        """What stands under a header in all its languages, without markup."""
        columns = (one for one in self.table.named.get(name, []) if one.tag)
        return LocalizedText({one.tag: plain(self.at(one.index)) for one in columns})

    def refuse(self, message: LazyText, column: str = "") -> None:
        self.table.add(message, Severity.REFUSE, self.column(column), self.number)

    def warn(self, message: LazyText, column: str = "") -> None:
        self.table.add(message, Severity.WARNING, self.column(column), self.number)

    def at(self, index: int) -> str:
        return self.cells[index] if index < len(self.cells) else ""


def settle_languages(tables: list[Table], default: str, fallback: str) -> tuple[str, ...]:
    """Give every column of texts its language; returns the languages that have texts, in the order of the file.

    Columns that name none belong to the default language of the settings sheet; else to the first language of the
    file that has no such column of its own; else to the one that staff chose.
    """
    for table in tables:
        table.columns = [_with_tag(table, column) for column in table.columns]
    named = list(dict.fromkeys(one.tag for table in tables for one in table.columns if one.tag))
    stated = tag_of(default) if default else None
    for table in tables:
        columns = list(table.columns)
        for place, column in enumerate(columns):
            if column.field in TEXTS and not column.language_name and table.is_filled(column):
                tag = stated or _first_without(table, column.field, named) or fallback
                if not stated and column.field == "label":
                    message = LazyText(NO_LANGUAGE.message, language=language(tag).name)
                    table.add(message, Severity.WARNING, column)
                columns[place] = Column(column.index, column.header, column.field, "", tag)
        table.columns = columns
        _refuse_doubles(table)
    filled = [one.tag for table in tables for one in table.columns if one.tag and table.is_filled(one)]
    return tuple(dict.fromkeys(filled))


def _with_tag(table: Table, column: Column) -> Column:
    if not column.language_name:
        return column
    tag = tag_of(column.language_name)
    if tag is None and table.is_filled(column):
        table.add(LazyText(UNKNOWN_LANGUAGE.message, name=column.language_name), Severity.REFUSE, column)
    return Column(column.index, column.header, column.field, column.language_name, tag or "")


def _first_without(table: Table, name: str, tags: list[str]) -> str | None:
    own = {one.tag for one in table.columns if one.field == name}
    return next((tag for tag in tags if tag not in own), None)


def _refuse_doubles(table: Table) -> None:
    seen: dict[tuple[str, str], Column] = {}
    for column in table.columns:
        if column.field in TEXTS and not column.tag:
            continue  # empty, or of an unknown language
        first = seen.setdefault((column.field, column.tag), column)
        if first is not column and table.is_filled(column):
            table.add(LazyText(TWO_COLUMNS.message, other=letter(first.index)), Severity.REFUSE, column)
