"""Tables for office programs open everywhere, and no cell is taken for a formula (V5)."""

import csv
import io

import openpyxl
import pytest

from participation import spreadsheets
from participation.i18n import speaking
from participation.spreadsheets import Sheet, neutral


def written_csv(*rows: spreadsheets.Row, tag: str = "de") -> bytes:
    file = io.BytesIO()
    with speaking(tag):
        spreadsheets.write_csv(file, rows)
    return file.getvalue()


def written_xlsx(*sheets: Sheet) -> openpyxl.Workbook:
    file = io.BytesIO()
    spreadsheets.write_xlsx(file, sheets)
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＠"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe_v5(sign: str):
    assert neutral(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("harmless", ["", "1-1", "a=b", -5, 2.5, None])
def test_other_texts_and_real_numbers_stay_as_they_are_v5(harmless: spreadsheets.Cell):
    assert neutral(harmless) == harmless


@pytest.mark.parametrize(
    ("tag", "line"), [("de", "a;2,5"), ("en", "a,2.5"), ("tr", "a;2,5"), ("pl", "a;2,5"), ("ku", "a;2,5")]
)
def test_the_separator_and_the_decimal_sign_suit_the_language(app, tag: str, line: str):
    assert written_csv(["a", 2.5], tag=tag).decode("utf-8-sig") == f"{line}\r\n"


def test_csv_follows_rfc_4180_and_begins_with_the_mark_of_utf_8(app):
    made = written_csv(["Grün", 'say "yes"', "a;b", "two\nlines", None, -3])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.endswith(b"\r\n")
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [["Grün", 'say "yes"', "a;b", "two\nlines", "", "-3"]]


def test_hostile_texts_are_plain_text_in_both_formats_v5(app):
    hostile = '=HYPERLINK("http://evil.example","x")'
    assert written_csv([hostile]).decode("utf-8-sig").startswith("\"'=HYPERLINK")
    cell = written_xlsx(Sheet("One", ["a"], [[hostile]])).active["A2"]
    assert cell.data_type == "s"
    assert cell.value == "'" + hostile


def test_a_workbook_keeps_numbers_as_numbers_and_texts_as_texts(app):
    page = written_xlsx(Sheet("One", ["a", "b", "c"], [[1, "01", None]])).active
    assert [cell.value for cell in page[2]] == [1, "01", None]


def test_names_of_sheets_are_cleaned_and_a_full_sheet_is_followed_by_another(app, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    book = written_xlsx(Sheet("Kinder/Jugend [2026]" + "x" * 40, ["n"], ([number] for number in range(5))))
    first, second, third = book.sheetnames
    assert first.startswith("Kinder Jugend  2026 ")
    assert len(second) <= 31
    assert [book[third]["A1"].value, book[third]["A2"].value] == ["n", 4]


def test_a_text_too_long_for_a_cell_shows_that_it_was_cut(app):
    cell = written_xlsx(Sheet("One", ["a"], [["x" * 40_000]])).active["A2"]
    assert len(cell.value) == spreadsheets.LONGEST_CELL
    assert cell.value.endswith("…")
