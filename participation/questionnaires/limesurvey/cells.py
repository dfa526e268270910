"""Reads a LimeSurvey file in a process of its own: a hostile file can end that process, never the house.

Runs as a script with its limits as the only argument, the file on standard input, and JSON on standard output. No
entity and no document type is ever declared, so nothing can be fetched and nothing can grow.
"""

import csv
import io
import json
import resource
import sys
from typing import Any
from xml.parsers import expat

DEEPEST = 12
Record = tuple[int, dict[str, str]]


class Refusal(Exception):
    """Why the file is not read on: a code for the house to put into words, with its details."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.answer = {"refused": code, **details}


def main() -> None:
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    data = sys.stdin.buffer.read()
    try:
        answer = structure(data, limits) if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else lines(data, limits)
    except Refusal as refusal:
        answer = refusal.answer
    except (expat.ExpatError, csv.Error, ValueError, LookupError):
        answer = {"refused": "damaged"}
    json.dump(answer, sys.stdout)


class Structure:
    """The tables of an .lss file: `document/<table>/rows/row/<field>`, each row with its line."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self.limits = limits
        self.path: list[str] = []
        self.words: list[str] = []
        self.kind = ""
        self.count = 0
        self.tables: dict[str, list[Record]] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words.append

    def refuse(self, *_declared: Any) -> None:
        raise Refusal("damaged")

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        self.path.append(name)
        self.words.clear()
        if len(self.path) > DEEPEST:
            raise Refusal("damaged")
        if self.path[2:] == ["rows", "row"]:
            self.count += 1
            if self.count > self.limits["rows"]:
                raise Refusal("rows", sheet=self.path[1], number=self.count)
            self.tables.setdefault(self.path[1], []).append((self.parser.CurrentLineNumber, {}))

    def end(self, name: str) -> None:
        if self.path[2:4] == ["rows", "row"] and len(self.path) == 5:
            self.tables[self.path[1]][-1][1][name] = "".join(self.words)
        elif self.path == ["document", "LimeSurveyDocType"]:
            self.kind = "".join(self.words)
        self.words.clear()
        self.path.pop()


def structure(data: bytes, limits: dict[str, Any]) -> dict[str, Any]:
    found = Structure(limits)
    found.parser.ParseFile(io.BytesIO(data))
    if found.kind != "Survey":
        raise Refusal("damaged")
    return {"tables": found.tables}


def lines(data: bytes, limits: dict[str, Any]) -> dict[str, Any]:
    """The rows of a tab-separated file by their headers; a row may fill several lines and is told by its first."""
    csv.field_size_limit(len(data) + 1)
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter="\t")
    headers = [header.strip() for header in next(reader, [])]
    if len(headers) > limits["columns"]:
        raise Refusal("columns", sheet="", number=len(headers))
    found: list[Record] = []
    line = reader.line_num + 1
    for row in reader:
        if len(found) == limits["rows"]:
            raise Refusal("rows", sheet="", number=len(found) + 1)
        found.append((line, {header: cell for header, cell in zip(headers, row, strict=False) if cell}))
        line = reader.line_num + 1
    return {"lines": found}


if __name__ == "__main__":
    main()
