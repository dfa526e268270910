"""Reads a LimeSurvey file: its sheets are understood as those of an XLSForm, so both keep the same rules."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from participation.i18n import SOURCE_LANGUAGE, LazyText, LocalizedText, _l
from participation.questionnaires.limesurvey import structure, tabs
from participation.questionnaires.limesurvey.kinds import Kinds
from participation.questionnaires.limesurvey.sheets import Sheets
from participation.questionnaires.limesurvey.source import Block, Source
from participation.questionnaires.xlsform.problems import Severity
from participation.questionnaires.xlsform.reading import MOST_BYTES, Reading, understand
from participation.questionnaires.xlsform.workbook import (
    DAMAGED,
    TOO_LARGE,
    TOO_MANY_ROWS,
    CannotOpen,
    cells_apart,
    clean_cell,
)

SCRIPT = Path(__file__).with_name("cells.py")
LIMITS = {"rows": 100_000}  # each setting of each question is a row
MOST_PARTS = 10_000
MOST_LANGUAGES = 50
DAMAGED_HERE = _l("This LimeSurvey file is damaged or holds no survey. Please export the survey structure once more.")


def is_limesurvey(data: bytes) -> bool:
    """Whether a file says of itself that it comes from LimeSurvey."""
    start = data[:4_000].decode("utf-8-sig", "replace").lstrip()
    head = start.partition("\n")[0].replace('"', "").split("\t")
    return "LimeSurveyDocType" in start or {"class", "type/scale", "name"} <= set(head)


def read(
    data: bytes,
    *,
    fallback_language: str = SOURCE_LANGUAGE,
    offered: tuple[str, ...] = (),
    most_bytes: int = MOST_BYTES,
) -> Reading:
    """Read a survey structure of LimeSurvey: a whole questionnaire comes out or none, and every problem is told."""
    try:
        if len(data) > most_bytes:
            raise CannotOpen(LazyText(TOO_LARGE.message, limit=most_bytes // (1024 * 1024)))
        sheets = _sheets(_source(cells_apart(data, SCRIPT, **LIMITS)))
    except CannotOpen as refused:
        problem = refused.problem
        if problem.message is DAMAGED:
            problem = replace(problem, message=DAMAGED_HERE)
        return Reading(None, LocalizedText(), (problem,))
    reading = understand(sheets.workbook, fallback_language, offered)
    return _with_places(reading, sheets)


def _source(answer: dict[str, Any]) -> Source:
    if "lines" in answer:
        source = tabs.source_of(_clean(answer["lines"]))
    else:
        source = structure.source_of({name: _clean(rows) for name, rows in answer["tables"].items()})
    if source.size > MOST_PARTS:
        raise CannotOpen(LazyText(TOO_MANY_ROWS.message, number=source.size, limit=MOST_PARTS))
    if len(source.languages) > MOST_LANGUAGES:
        raise CannotOpen(DAMAGED)
    return source


def _clean(rows: list[tuple[int, dict[str, str]]]) -> list[tuple[int, dict[str, str]]]:
    return [(line, {name: clean_cell(cell) for name, cell in row.items()}) for line, row in rows]


def _sheets(source: Source) -> Sheets:
    sheets = Sheets(source)
    kinds = Kinds(sheets)
    sheets.settings.update(sheets.title())
    sheets.welcome()
    for block in source.blocks:
        _write(block, sheets, kinds)
    return sheets


def _write(block: Block, sheets: Sheets, kinds: Kinds) -> None:
    sheets.codes.setdefault(block.line, block.code)
    sheets.begin(block, block.code)
    for asked in block.questions:
        for part in (asked, *asked.subquestions, *asked.answers):
            sheets.codes.setdefault(part.line, asked.code)
        kinds.write(asked)
    sheets.end(block)


def _with_places(reading: Reading, sheets: Sheets) -> Reading:
    """Problems by line and code of the question: nobody has seen the sheets."""
    for problem in reading.problems:
        sheets.problems.add(replace(problem, sheet="", column="", header=""))
    told = sheets.problems.in_order()
    placed = tuple(replace(one, sheet=sheets.codes.get(one.row, "")) for one in told)
    is_refused = any(one.severity is Severity.REFUSE for one in placed)
    return Reading(None if is_refused else reading.definition, reading.title, placed)
