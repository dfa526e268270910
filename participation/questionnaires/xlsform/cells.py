"""Reads the cells of a spreadsheet in a process of its own: a hostile file can end that process, never the house.

Runs as a script with its limits as the only argument, the file on standard input, and JSON on standard output. It
knows nothing of the house, so that it starts in a few hundredths of a second.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError


class Refusal(Exception):
    """Why the file is not read on: a code for the house to put into words, with its details."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.answer = {"refused": code, **details}


def main() -> None:
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    try:
        answer = read(sys.stdin.buffer.read(), limits)
    except Refusal as refusal:
        answer = refusal.answer
    except PasswordError:
        answer = {"refused": "password"}
    except (CalamineError, OSError, ValueError):
        answer = {"refused": "damaged"}
    json.dump(answer, sys.stdout)


def read(data: bytes, limits: dict[str, Any]) -> dict[str, Any]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = workbook.sheet_names
    sheets: dict[str, dict[str, Any]] = {}
    for name in names:
        key = name.strip().lower()
        if key not in limits["sheets"]:
            continue
        if key in sheets:
            raise Refusal("twice", sheet=name)
        sheets[key] = {"name": name, "rows": rows(workbook.get_sheet_by_name(name), name, limits)}
    return {"names": names, "sheets": sheets}


def rows(sheet: CalamineSheet, name: str, limits: dict[str, Any]) -> list[list[str]]:
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= limits["rows"]:
        raise Refusal("rows", sheet=name, number=last_row + 1)
    if last_column >= limits["columns"]:
        raise Refusal("columns", sheet=name, number=last_column + 1)
    found = [[text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for number, row in enumerate(found, 1):
        for column, cell in enumerate(row):
            if len(cell) > limits["characters"]:
                raise Refusal("cell", sheet=name, row=number, column=column)
    return found


def text(cell: Any) -> str:
    """What the spreadsheet shows, without the decimals and times that only its file format adds."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


if __name__ == "__main__":
    main()
