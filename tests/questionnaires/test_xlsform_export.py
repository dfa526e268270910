"""What is exported can be imported again and gives the same questionnaire (F7)."""

import io

import openpyxl
import pytest

from participation.i18n import LocalizedText
from participation.questionnaires.xlsform.export import write
from participation.questionnaires.xlsform.reading import read, understand
from participation.questionnaires.xlsform.workbook import Sheet, Workbook
from tests.questionnaires.definitions import Lottery
from tests.questionnaires.sheets import definition_of, told

TITLE = LocalizedText(de="Familien", tr="Aileler")


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def reread(data: bytes):
    """Read without the process that strangers' files get: this file is ours."""
    sheets = {
        sheet.title: Sheet(sheet.title, [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)])
        for sheet in opened(data)
    }
    return understand(Workbook(sheets))


@pytest.mark.parametrize("seed", range(40))
def test_every_questionnaire_comes_back_as_it_was(seed):
    definition = Lottery(seed).definition()
    reading = reread(write(definition, TITLE))
    assert reading.definition == definition, told(reading)
    assert reading.title == TITLE


def test_the_file_itself_comes_back_as_it_was():
    definition = definition_of("type | name | label::de | label::tr\ninteger | age | Alter | Yaş", "")
    reading = read(write(definition, TITLE))
    assert (reading.definition, reading.title, reading.problems) == (definition, TITLE, ())


def test_no_cell_is_a_formula_or_a_link_whatever_it_begins_with():
    label = '=HYPERLINK("https://evil.example")'
    table = f"type | name | label::de | hint::de\ntext | a | {label} | https://city.example\ntext | b | +49 | @home"
    book = opened(write(definition_of(table, ""), LocalizedText(de="=1+1")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert label in {cell.value for cell in cells}


def test_questions_with_the_same_options_share_a_list():
    table = "type | name | label::de\nselect_one c | a | A\nselect_one c | b | B"
    choices = "list_name | name | label::de\nc | yes | Ja\nc | no | Nein"
    assert opened(write(definition_of(table, choices), TITLE))["choices"].max_row == 3


def test_the_sheet_names_each_language_with_its_code():
    headers = [
        cell.value for cell in opened(write(definition_of("type|name|label::tr\ntext|a|Ad", ""), TITLE))["survey"][1]
    ]
    assert headers == ["type", "name", "label::Türkçe (tr)", "appearance"]
