"""Makers of spreadsheets: sheets are written as lines of cells with bars between them."""

import io

import xlsxwriter

from participation.i18n import LazyText
from participation.questionnaires.definition import Definition, Question, Section
from participation.questionnaires.xlsform.reading import Reading, understand
from participation.questionnaires.xlsform.workbook import Sheet, Workbook

YES_NO = """
list_name | name | label
yes_no    | yes  | Ja
yes_no    | no   | Nein
"""


def cells(table: str) -> list[list[str]]:
    """A table without its first and last line break; a cell ends at a bar."""
    return [[cell.strip().replace("¶", "\n") for cell in line.split("|")] for line in table.strip("\n").split("\n")]


def read_sheets(survey: str, choices: str = YES_NO, *, fallback: str = "de", **more: str) -> Reading:
    """What comes of these sheets, without a file around them."""
    tables = {"survey": survey, "choices": choices, **more}
    return understand(Workbook({name: Sheet(name, cells(table)) for name, table in tables.items() if table}), fallback)


def definition_of(survey: str, choices: str = YES_NO, **more: str) -> Definition:
    """The questionnaire in these sheets, which must be without refusals."""
    reading = read_sheets(survey, choices, **more)
    assert reading.definition is not None, told(reading)
    return reading.definition


def question_of(survey: str, choices: str = YES_NO, **more: str) -> Question:
    """The one question in these sheets."""
    (question,) = definition_of(survey, choices, **more).questions.values()
    return question


def english(message: LazyText) -> str:
    """A sentence as the code says it, whatever the catalogues make of it."""
    return message.message % {
        name: english(value) if isinstance(value, LazyText) else value for name, value in message.values.items()
    }


def told(reading: Reading) -> list[tuple[str, int, str, str]]:
    """Sheet, row, column and sentence of everything that stands in the way."""
    return [(one.sheet, one.row, one.column, english(one.message)) for one in reading.refusals]


def warned(reading: Reading) -> list[str]:
    """What was left out or changed."""
    return [english(one.message) for one in reading.warnings]


def outline(definition: Definition) -> dict[str, list[object]]:
    """By page: names of questions, and sections as a pair of name and content."""
    return {page.name: _outline(page.elements) for page in definition.pages}


def _outline(elements: tuple[Question | Section, ...]) -> list[object]:
    return [(one.name, _outline(one.elements)) if isinstance(one, Section) else one.name for one in elements]


def file_of(**tables: str | list[list[object]]) -> bytes:
    """An .xlsx file with these sheets."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, table in tables.items():
        sheet = workbook.add_worksheet(name)
        for row, line in enumerate(cells(table) if isinstance(table, str) else table):
            sheet.write_row(row, 0, line)
    workbook.close()
    return stream.getvalue()
