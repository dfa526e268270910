"""Opens a spreadsheet as a stranger's: its kind, its size and what it unpacks to are looked at before its cells."""

import io
import json
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from participation.addresses import UNTYPED
from participation.i18n import LazyText, _l
from participation.questionnaires.xlsform.problems import Problem, Severity

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200  # real workbooks stay below 40; what unpacks to little may have any ratio
HARMLESS_UNPACKED = 10 * 1024 * 1024
WANTED_SHEETS = ("survey", "choices", "settings", "external_choices")
MOST_CHARACTERS = 32_767
LIMITS = {
    "memory": 1024 * 1024 * 1024,
    "seconds": 20,
    "rows": 10_000,
    "columns": 300,
    "characters": MOST_CHARACTERS,
    "sheets": WANTED_SHEETS,
}

SCRIPT = Path(__file__).with_name("cells.py")
LONGEST_WAIT = 60  # seconds, on a busy machine

EMPTY = _l("The file is empty.")
TOO_LARGE = _l("The file is larger than %(limit)s MB.")
DAMAGED = _l("The file is damaged or is not a spreadsheet. Please open it in your office program and save it again.")
TOO_HEAVY = _l("The file needs too much memory or time to read. Please make a new file with only the survey in it.")
PACKED_TOO_TIGHT = _l("The file unpacks to far more than a questionnaire needs, so it was not opened.")
PASSWORD = _l("The file is protected by a password. Please save it without one.")
OPEN_DOCUMENT = _l("This is an OpenDocument file. Please save it as an Excel workbook (.xlsx).")
OTHER_OFFICE = _l("This is an Office file, but not an Excel workbook (.xlsx or .xls).")
JSON_FILE = _l("This is a JSON file, perhaps from SurveyJS. XLSForm and LimeSurvey files can be imported here.")
PDF_FILE = _l("This is a PDF file. XLSForm and LimeSurvey files can be imported here.")
XML_FILE = _l("This is an XML file. XLSForm and LimeSurvey files can be imported here.")
TEXT_FILE = _l("This is a text file. Please save the table as an Excel workbook (.xlsx).")
UNKNOWN_FILE = _l("This is not an Excel workbook (.xlsx or .xls).")
NO_SURVEY = _l("There is no sheet called “survey”. The file has these sheets: %(sheets)s.")
TWICE = _l("There are two sheets with this name.")
TOO_MANY_ROWS = _l("The sheet has %(number)s rows; %(limit)s are the most.")
TOO_MANY_COLUMNS = _l("The sheet has %(number)s columns; %(limit)s are the most.")
CELL_TOO_LONG = _l("This cell holds more than %(limit)s characters.")


class CannotOpen(Exception):
    """The file is refused as a whole."""

    def __init__(self, message: LazyText, sheet: str = "", row: int = 0, column: str = "") -> None:
        super().__init__(message.message)
        self.problem = Problem(message, Severity.REFUSE, sheet, row, column)


@dataclass(frozen=True)
class Sheet:
    """One sheet with its cells as text; `name` is as the file writes it."""

    name: str
    rows: list[list[str]]
    numbers: list[int] | None = None  # where the rows stand in a file that is no spreadsheet


@dataclass(frozen=True)
class Workbook:
    """The sheets that matter, by their names in small letters."""

    sheets: dict[str, Sheet]


def open_workbook(data: bytes, most_bytes: int) -> Workbook:
    """Read a stranger's file, or raise CannotOpen with a sentence for staff."""
    if not data:
        raise CannotOpen(EMPTY)
    if len(data) > most_bytes:
        raise CannotOpen(LazyText(TOO_LARGE.message, limit=most_bytes // (1024 * 1024)))
    if data.startswith(b"PK"):
        _check_archive(data)
    elif not data.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotOpen(_what_it_is(data))
    answer = cells_apart(data, SCRIPT)
    sheets = {key: Sheet(clean_cell(one["name"]), _clean(one["rows"])) for key, one in answer["sheets"].items()}
    if "survey" not in sheets:
        raise CannotOpen(LazyText(NO_SURVEY.message, sheets=clean_cell(", ".join(answer["names"])[:500])))
    return Workbook(sheets)


def letter(column: int) -> str:
    """The name of a column as spreadsheets show it: A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _check_archive(data: bytes) -> None:
    """Unpack everything once into nothing: what the directory of an archive promises is not to be trusted (V4)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if "mimetype" in names and "content.xml" in names:
                raise CannotOpen(OPEN_DOCUMENT)
            if not names & {"xl/workbook.xml", "xl/workbook.bin"}:
                raise CannotOpen(OTHER_OFFICE if "[Content_Types].xml" in names else UNKNOWN_FILE)
            promised = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_ENTRIES or promised > _most_unpacked(data):
                raise CannotOpen(PACKED_TOO_TIGHT)
            for entry in entries:
                with archive.open(entry) as packed:  # raises when an entry holds other than it promised
                    while packed.read(1024 * 1024):
                        pass
    except CannotOpen:
        raise
    except Exception as error:  # zipfile stumbles over broken archives in more ways than it documents
        raise CannotOpen(DAMAGED) from error


def _most_unpacked(data: bytes) -> int:
    return min(MOST_UNPACKED, max(HARMLESS_UNPACKED, MOST_RATIO * len(data)))


def _what_it_is(data: bytes) -> LazyText:
    """A sentence for whoever picked the wrong file."""
    start = data[:4_000].decode("utf-8-sig", "replace").lstrip()
    if data.startswith(b"%PDF"):
        return PDF_FILE
    if start.startswith(("{", "[")):
        return JSON_FILE
    if start.startswith("<"):
        return XML_FILE
    is_binary = b"\x00" in data[:4_000] or "\ufffd" in start[:200]
    return UNKNOWN_FILE if is_binary else TEXT_FILE


def cells_apart(data: bytes, script: Path, **limits: int) -> dict[str, Any]:
    """What a script of ours reads in a stranger's file, in a process that has little memory and time."""
    try:
        done = subprocess.run(  # noqa: S603  (our own script, and the file comes through a pipe)
            [sys.executable, "-I", str(script), json.dumps({**LIMITS, **limits})],
            input=data,
            capture_output=True,
            timeout=LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotOpen(TOO_HEAVY) from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:  # it ended without an answer
        raise CannotOpen(TOO_HEAVY if b"memory" in done.stderr or done.returncode < 0 else DAMAGED) from error
    if "refused" in answer:
        raise _refusal(answer, {**LIMITS, **limits})
    return answer


def _refusal(answer: dict[str, Any], limits: dict[str, Any]) -> CannotOpen:
    sheet = clean_cell(answer.get("sheet", ""))
    match answer["refused"]:
        case "password":
            return CannotOpen(PASSWORD)
        case "twice":
            return CannotOpen(TWICE, sheet)
        case "rows":
            message = LazyText(TOO_MANY_ROWS.message, number=answer["number"], limit=limits["rows"])
            return CannotOpen(message, sheet)
        case "columns":
            message = LazyText(TOO_MANY_COLUMNS.message, number=answer["number"], limit=limits["columns"])
            return CannotOpen(message, sheet)
        case "cell":
            return cell_too_long(sheet, answer["row"], letter(answer["column"]))
    return CannotOpen(DAMAGED)


def cell_too_long(sheet: str, row: int, column: str = "") -> CannotOpen:
    return CannotOpen(LazyText(CELL_TOO_LONG.message, limit=MOST_CHARACTERS), sheet, row, column)


def _clean(rows: list[list[str]]) -> list[list[str]]:
    """Texts as people see them: one way to write each letter, no control characters, no blanks around."""
    return [[clean_cell(cell) for cell in row] for row in rows]


def clean_cell(cell: str) -> str:
    """A text without what nobody sees."""
    if not cell:
        return cell
    plain = cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", plain.translate(UNTYPED)).strip(" \t\n\u200b\ufeff")
