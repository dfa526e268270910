"""Files as offices send them: their encoding and separator are recognised, and what cannot be read is said in words."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, NoReturn

from participation.errors import Refused
from participation.i18n import LazyText, _l, format_number

LARGEST = 10 * 1024 * 1024
SEPARATORS = ";,\t"
SPREADSHEET_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls

IS_OLD_ENCODING = _l(
    "The file is not written in UTF-8. We read it as Windows-1252. "
    "Please check in the preview that ä, ö, ü and ß are right."
)
IS_UTF16 = _l("The file is written in UTF-16. We could read it.")


class FileRefused(Refused):
    """A file that cannot be read at all, so that there are no rows to talk about."""

    message = _l("We cannot read this file.")


def decode(content: bytes) -> tuple[str, list[LazyText]]:
    """The text of a file, and what there is to say about its encoding."""
    if len(content) > LARGEST:
        raise FileRefused(_l("The file is too large. At most 10 MB can be imported."))
    if content.startswith(SPREADSHEET_STARTS):
        raise FileRefused(_l("This is a spreadsheet. Please save it as CSV (UTF-8) first and upload the CSV file."))
    text, notes = _text(content)
    if "\x00" in text:
        raise FileRefused(_l("This is not a text file. Please upload a CSV or GeoJSON file."))
    if not text.strip():
        raise FileRefused(_l("The file is empty."))
    return text, notes


def _text(content: bytes) -> tuple[str, list[LazyText]]:
    encodings = [("utf-8-sig", []), ("cp1252", [IS_OLD_ENCODING])]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = [("utf-16", [IS_UTF16])]
    for encoding, notes in encodings:
        try:
            return content.decode(encoding), list(notes)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_l("We cannot tell how the letters in this file are stored. Please save the file as UTF-8."))


def is_geojson(text: str) -> bool:
    """Whether a text wants to be JSON; a CSV file begins with the names of its columns."""
    return text.lstrip()[:1] in {"{", "["}


def parse_json(text: str) -> Any:
    """What a JSON text says; numbers that are none, and nesting without end, are refused."""
    try:
        return json.loads(text, parse_constant=_not_a_number)
    except json.JSONDecodeError as error:
        raise FileRefused(
            _l(
                "This is not valid JSON. The first mistake is in line %(line)s, column %(column)s.",
                line=error.lineno,
                column=error.colno,
            )
        ) from error
    except RecursionError as error:
        raise FileRefused(_l("The file is nested too deeply.")) from error
    except ValueError as error:  # a number with thousands of digits
        raise FileRefused(_l("The file holds a number that is far too long.")) from error


def _not_a_number(_name: str) -> NoReturn:
    raise FileRefused(_l("The file holds NaN or Infinity. These are not numbers in JSON."))


def records(text: str, most: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV text by the names of their columns, with the number of the line they begin in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader)]
        _check_header(header)
        line, count = reader.line_num + 1, 0
        for cells in reader:
            begun, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > most:
                raise too_many_rows(most)
            if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
                raise FileRefused(_l("Line %(line)s has more cells than the file has columns.", line=begun))
            yield begun, dict(zip(header, [*cells, *[""] * len(header)], strict=False))
    except csv.Error as error:
        raise FileRefused(
            _l(
                "The table cannot be read in line %(line)s: perhaps a quotation mark is missing there.",
                line=reader.line_num,
            )
        ) from error


def too_many_rows(most: int) -> FileRefused:
    """The no to a file that is longer than any city's."""
    return FileRefused(_l("The file has too many rows. At most %(most)s can be imported.", most=format_number(most)))


def column_names(text: str) -> list[str]:
    """The names in the first line, as they are written there."""
    try:
        return [name.strip() for name in next(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text)))]
    except (csv.Error, StopIteration):
        return []


def separator(text: str) -> str:
    """The character that stands most often in the first line: semicolon, comma or tab."""
    first = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _check_header(header: list[str]) -> None:
    named = [name for name in header if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise FileRefused(_l("The column %(name)s stands in the first line twice.", name=twice[:60]))
    if len(header) > 200:
        raise FileRefused(_l("The file has too many columns."))
