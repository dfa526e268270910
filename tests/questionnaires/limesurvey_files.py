"""Makers of LimeSurvey files."""

from participation.questionnaires.limesurvey.reading import read
from participation.questionnaires.xlsform.reading import Reading

HEADER = ["class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory", "other", "default"]
START = [["S", "", "language", "", "de"], ["G", "G0", "Los", "1", "", "", "de"]]


def tabs(questions: str, *settings: str, start: list[list[str]] = START) -> bytes:
    """A tab-separated file: lines of cells with bars between them, in German; `settings` are further columns."""
    rows = [[cell.strip() for cell in line.split("|")] for line in questions.strip("\n").split("\n")]
    for row in rows:
        row.extend([""] * (7 - len(row)))
        row[6] = row[6] or "de"
    lines = [[*HEADER, *settings], *start, *rows]
    return "\n".join("\t".join(line) for line in lines).encode()


def read_tabs(questions: str, *settings: str) -> Reading:
    return read(tabs(questions, *settings))


def table(name: str, *rows: dict[str, str]) -> str:
    """A table of an .lss file."""
    cells = ("".join(f"<{key}><![CDATA[{cell}]]></{key}>" for key, cell in row.items()) for row in rows)
    lines = "".join(f"<row>{one}</row>\n" for one in cells)
    return f"<{name}><rows>{lines}</rows></{name}>"


def structure(*tables: str, kind: str = "Survey", before: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<document>'
    return f"{head}<LimeSurveyDocType>{kind}</LimeSurveyDocType>{''.join(tables)}</document>".encode()
