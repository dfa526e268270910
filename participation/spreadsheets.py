"""Writing tables for office programs: CSV and XLSX that open everywhere, with no cell taken for a formula (V5)."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO

import xlsxwriter
from babel.numbers import get_decimal_symbol
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from participation.i18n import current_language

Cell = str | int | float | None
Row = Sequence[Cell]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel also takes the full-width forms of these signs for the beginning of a formula.
FORMULA_SIGNS = frozenset("=+-@\t\r\n\0＝＋－＠")
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
KEPT_IN_MEMORY = 5_000_000


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook. Its rows may come from a generator: they are written one by one."""

    name: str
    header: Row
    rows: Iterable[Row]
    widths: Sequence[int] = field(default=())


def neutral(cell: Cell) -> Cell:
    """A text that begins like a formula gets an apostrophe in front; numbers of ours are numbers and stay."""
    if isinstance(cell, str) and cell[:1] in FORMULA_SIGNS and cell:
        return "'" + cell
    return cell


def separator() -> str:
    """What office programs in the reader's language expect between two cells."""
    return "," if _decimal_sign() == "." else ";"


def write_csv(file: IO[bytes], rows: Iterable[Row]) -> None:
    """RFC 4180 in UTF-8, with the mark by which Excel knows it, separator and decimal sign as the reader's language."""
    sign = _decimal_sign()
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, delimiter=separator(), lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_cell(cell, sign) for cell in row])
    text.flush()
    text.detach()


def write_xlsx(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """A workbook, written row by row, so that it takes no more memory for many rows than for few."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _write_sheet(workbook, sheet, bold)


def temporary_file() -> IO[bytes]:
    """Where a download grows before it is sent: in memory while it is small, then on disk."""
    return tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # the answer closes it


def _write_sheet(workbook: xlsxwriter.Workbook, sheet: Sheet, bold: Format) -> None:
    """One sheet, and a further one of the same kind whenever it is full."""
    number, place = 1, 1
    page = _begin_sheet(workbook, sheet, number, bold)
    for row in sheet.rows:
        if place >= MOST_ROWS:
            number, place = number + 1, 1
            page = _begin_sheet(workbook, sheet, number, bold)
        _write_row(page, place, row)
        place += 1


def _begin_sheet(workbook: xlsxwriter.Workbook, sheet: Sheet, number: int, bold: Format) -> Worksheet:
    suffix = "" if number == 1 else f" ({number})"
    page = workbook.add_worksheet(_sheet_name(sheet.name)[: 31 - len(suffix)] + suffix)
    page.freeze_panes(1, 0)
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    _write_row(page, 0, sheet.header, bold)
    return page


def _write_row(page: Worksheet, place: int, row: Row, style: Format | None = None) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(place, column, _fitting(str(neutral(cell))), style)
        elif cell is not None:
            page.write_number(place, column, cell, style)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("'") or "1"


def _csv_cell(cell: Cell, sign: str) -> Cell:
    if isinstance(cell, float):
        return repr(cell).replace(".", sign) if not cell.is_integer() else str(int(cell))
    return neutral(cell)


def _decimal_sign() -> str:
    return "." if get_decimal_symbol(current_language().locale) == "." else ","
