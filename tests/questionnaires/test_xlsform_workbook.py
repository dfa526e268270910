"""Hostile and broken files end in a clear sentence (V4, F5)."""

import io
import zipfile
from random import Random

import pytest
import xlsxwriter

from participation.questionnaires.xlsform import workbook
from participation.questionnaires.xlsform.reading import read
from participation.questionnaires.xlsform.workbook import CannotOpen, letter, open_workbook
from tests.questionnaires.sheets import english, file_of

MB = 1024 * 1024
SURVEY = "type | name | label\ntext | a | A"


def refusal(data: bytes, most_bytes: int = 10 * MB) -> workbook.Problem:
    with pytest.raises(CannotOpen) as caught:
        open_workbook(data, most_bytes)
    return caught.value.problem


def archive(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", workbook.EMPTY),
        (b"PK\x03\x04 and then nothing", workbook.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), workbook.DAMAGED),
        (b"%PDF-1.7 ...", workbook.PDF_FILE),
        (b'{"pages": []}', workbook.JSON_FILE),
        (b"<?xml version='1.0'?><html/>", workbook.XML_FILE),
        (b"type,name,label\ntext,a,A", workbook.TEXT_FILE),
        (b"\x89PNG\r\n\x1a\n\x00\x00", workbook.UNKNOWN_FILE),
        (archive({"mimetype": b"application/vnd.oasis", "content.xml": b"<x/>"}), workbook.OPEN_DOCUMENT),
        (archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), workbook.OTHER_OFFICE),
        (archive({"holiday.jpg": b"..."}), workbook.UNKNOWN_FILE),
        (archive({"xl/workbook.xml": b"<not closed"}), workbook.DAMAGED),
    ],
)
def test_the_wrong_file_is_called_by_its_name(data, message):
    assert refusal(data).message.message == message.message


def test_a_file_above_the_limit_is_not_even_looked_at():
    assert english(refusal(bytes(2 * MB), most_bytes=MB).message) == "The file is larger than 1 MB."


def test_an_archive_that_unpacks_to_too_much_is_refused():
    bomb = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(12 * MB)})
    assert len(bomb) < MB
    assert refusal(bomb).message is workbook.PACKED_TOO_TIGHT


def test_an_archive_of_very_many_entries_is_refused():
    many = archive({"xl/workbook.xml": b"<x/>", **{f"xl/{number}": b"" for number in range(workbook.MOST_ENTRIES)}})
    assert refusal(many).message is workbook.PACKED_TOO_TIGHT


def test_an_archive_that_lies_about_its_sizes_is_refused():
    honest = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(MB)})
    lying = honest.replace((MB).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    assert refusal(lying).message is workbook.DAMAGED


@pytest.mark.parametrize("seed", range(30))
def test_a_file_with_broken_bytes_never_breaks_the_house(seed):
    random = Random(seed)
    broken = bytearray(file_of(survey=SURVEY))
    for _one in range(random.choice([1, 5, 50])):
        broken[random.randrange(len(broken))] = random.randrange(256)
    if seed % 5 == 0:
        del broken[random.randrange(len(broken)) :]
    reading = read(bytes(broken))
    assert reading.definition is not None or reading.refusals


def test_a_name_in_the_archive_that_is_no_text_is_a_damage():
    whole = archive({"xl/workbook.xml": b"<x/>", "xl/wörksheet.xml": b"<x/>"})
    assert refusal(whole.replace("ö".encode(), b"\xff\xff")).message is workbook.DAMAGED


def test_a_lonely_cell_at_the_far_end_takes_no_memory():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        sheet.write(0, 0, "type")
        sheet.write(1_048_575, 16_383, "far away")
    assert refusal(stream.getvalue()).message.message in {workbook.TOO_HEAVY.message, workbook.TOO_MANY_ROWS.message}


def test_a_sheet_of_too_many_rows_is_refused_by_name():
    problem = refusal(file_of(survey=[["type"], *[["text"]] * 10_000]))
    assert (problem.sheet, english(problem.message)) == ("survey", "The sheet has 10001 rows; 10000 are the most.")


def test_a_sheet_of_too_many_columns_is_refused_by_name():
    problem = refusal(file_of(survey=[["type"] * 301]))
    assert (problem.sheet, english(problem.message)) == ("survey", "The sheet has 301 columns; 300 are the most.")


def test_a_missing_sheet_is_told_with_those_that_are_there():
    message = english(refusal(file_of(Umfrage=SURVEY, choices="list_name | name")).message)
    assert message == "There is no sheet called “survey”. The file has these sheets: Umfrage, choices."


def test_two_sheets_whose_names_differ_by_a_blank_only_are_refused():
    problem = refusal(file_of(**{"survey": SURVEY, "survey ": SURVEY}))
    assert problem.message is workbook.TWICE


def test_names_of_sheets_may_be_written_large():
    assert set(open_workbook(file_of(SURVEY=SURVEY, Choices="list_name"), MB).sheets) == {"survey", "choices"}


def test_a_formula_counts_as_its_value():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name"])
        sheet.write_formula(1, 0, '=WEBSERVICE("https://example.org")', None, "text")
    assert open_workbook(stream.getvalue(), MB).sheets["survey"].rows[1][0] == "text"


def test_macros_are_never_read(tmp_path):
    with zipfile.ZipFile(io.BytesIO(file_of(survey=SURVEY))) as plain:
        entries = {name: plain.read(name) for name in plain.namelist()}
    assert open_workbook(archive({**entries, "xl/vbaProject.bin": b"\xff" * 1000}), MB).sheets["survey"]


def test_an_entity_in_the_xml_is_not_followed():
    with zipfile.ZipFile(io.BytesIO(file_of(survey=SURVEY))) as plain:
        entries = {name: plain.read(name) for name in plain.namelist()}
    texts = entries["xl/sharedStrings.xml"].decode()
    doctype = '<!DOCTYPE sst [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    entries["xl/sharedStrings.xml"] = texts.replace("<sst", f"{doctype}<sst").replace(">label<", ">&secret;<").encode()
    reading = read(archive(entries))
    assert "root:" not in str(reading)


def test_cells_are_cleaned_of_what_nobody_sees():
    rows = open_workbook(file_of(survey=[["type\u202e ", "na\u0007me", " a\u00a0b\u200b"]]), MB).sheets["survey"].rows
    assert rows == [["type", "name", "a b"]]


def test_numbers_are_read_as_they_are_shown():
    rows = open_workbook(file_of(survey=[["type"], [1.0], [2.5], [True], [10**9]]), MB).sheets["survey"].rows
    assert rows == [["type"], ["1"], ["2.5"], ["TRUE"], ["1000000000"]]


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (299, "KN")])
def test_columns_are_called_as_in_the_spreadsheet(column, name):
    assert letter(column) == name
