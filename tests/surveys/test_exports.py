"""Downloads: who may, what goes together, and what no file ever tells (D5, D6, D15, V5)."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from participation.audit import AuditEntry
from participation.db import session
from participation.i18n import speaking
from participation.surveys import exports, operations
from participation.surveys.models import Survey
from participation.surveys.results import shown_result
from tests.accounts.makers import staff_client
from tests.surveys.makers import make_definition, make_response, make_responses, make_survey, page, question


def table(survey: Survey, kind: str, tag: str = "de") -> list[dict[str, str]]:
    file = io.BytesIO()
    result = shown_result(survey, operations.count_results(survey)) if kind == "results" else None
    with speaking(tag):
        exports.write(file, survey, kind, "csv", result)
    delimiter = "," if tag == "en" else ";"
    return list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def family_survey() -> Survey:
    return make_survey(
        make_definition(
            page(
                "first",
                question("wishes", "multiple_choice", "park pool"),
                question("rent", "decimal_number"),
                question("faith", "single_choice", "one other", is_sensitive=True, may_withhold=True),
                question("idea", "long_text"),
                question("illness", "short_text", is_sensitive=True),
            ),
            page("child", question("care", "single_choice", "kita home"), repeat={"name": "children"}),
        )
    )


@pytest.mark.databases
def test_each_response_is_a_row_and_each_option_a_column_of_0_and_1(app):
    survey = family_survey()
    make_response(
        survey,
        {"wishes": ["pool"], "rent": "7.5", "faith": None, ("care", 1): "kita", ("care", 2): "home"},
        language="tr",
        day=date(2026, 4, 3),
    )
    (row,) = table(survey, "answers")
    assert row == {
        "Version": "1",
        "Language": "tr",
        "Sent on": "2026-04-03",
        "wishes/park": "0",
        "wishes/pool": "1",
        "rent": "7,5",
        "faith": "(withheld)",
        "care[1]": "kita",
        "care[2]": "home",
    }


def test_what_was_not_answered_stays_empty(app):
    survey = family_survey()
    make_response(survey, {})
    make_response(survey, {"rent": "1"}, submitted=False)
    (row,) = table(survey, "answers")
    assert {value for name, value in row.items() if name not in {"Version", "Language", "Sent on"}} == {""}


def test_free_text_and_answers_about_faith_or_health_never_stand_in_one_file_d6(app):
    survey = family_survey()
    make_response(survey, {"faith": "one", "idea": "Mehr Bänke", "illness": "Asthma"})
    answers, texts = str(table(survey, "answers")), str(table(survey, "texts"))
    assert "faith" in answers
    assert "Bänke" not in answers
    assert "Bänke" in texts
    assert "Asthma" not in answers + texts
    assert "faith" not in texts


def test_a_calculation_that_puts_texts_together_is_no_way_around_that_d6(app):
    joined = question("joined", "calculation", calculation="concat(${idea}, '!')")
    survey = make_survey(make_definition(page("first", question("idea"), joined)))
    make_response(survey, {"idea": "Bänke", "joined": "Bänke!"})
    assert table(survey, "answers")[0]["joined"] == ""


def test_texts_stand_in_the_order_of_the_alphabet_not_of_arrival_d5(app):
    survey = family_survey()
    for text in ["Zebra", "Apfel", "Mitte"]:
        make_response(survey, {"idea": text})
    assert [row["Text"] for row in table(survey, "texts")] == ["Apfel", "Mitte", "Zebra"]


def test_the_order_of_rows_is_that_of_random_keys_d5(app):
    survey = make_survey(make_definition(page("first", question("n", "whole_number"))))
    for number in range(40):
        make_response(survey, {"n": number})
    order = [int(row["n"]) for row in table(survey, "answers")]
    assert sorted(order) == list(range(40))
    assert order != list(range(40))


def test_no_column_tells_a_key_a_receipt_or_an_hour_d5(app):
    survey = make_survey()
    response = make_response(survey, {"colour": "red"}, with_receipt=True)
    told = str(table(survey, "answers"))
    assert response.id.hex not in told.replace("-", "")
    assert str(response.receipt_id) not in told


def test_counted_tables_hide_small_numbers_in_the_download_too_s1(app):
    survey = make_survey()
    make_responses(survey, 40, {"colour": "red"})
    make_responses(survey, 2, {"colour": "blue"})
    counts = {row["Answer"]: row["Count"] for row in table(survey, "results") if row["Question"] == "colour"}
    assert counts == {"Red": "•", "Green": "0", "Blue": "•"}


def test_the_code_book_speaks_the_readers_language_and_lists_every_value(app):
    rows = [row for row in table(family_survey(), "codebook", "tr") if row["Question"] == "faith"]
    assert {row["Question in words"] for row in rows} == {"Soru faith"}
    assert [row["Value"] for row in rows] == ["one", "other", "(withheld)"]


def download(app, role: str, survey: Survey, **form: str):
    client = staff_client(app, role)
    facts = {"kind": "answers", "form": "xlsx", "purpose": "Bericht", **form}
    return client.post(f"/de/staff/surveys/{survey.id}/export", data=facts, follow_redirects=True)


def test_a_workbook_brings_its_code_book_along(app):
    survey = make_survey()
    make_response(survey, {"colour": "red"})
    answer = download(app, "analyst", survey)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    responses, codes = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    assert responses["D2"].value == "red"
    assert codes["A2"].value == "colour"


def test_each_download_is_logged_with_its_purpose_d15(app):
    survey = make_survey()
    download(app, "analyst", survey, kind="texts", form="csv")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "survey.exported")).one()
    assert entry.is_personal_data
    assert entry.details == {"kind": "texts", "form": "csv", "purpose": "Bericht"}


@pytest.mark.parametrize(
    ("role", "form", "status"),
    [
        ("analyst", {"purpose": ""}, 422),
        ("analyst", {"kind": "everything"}, 422),
        ("analyst", {"form": "exe"}, 422),
        ("editor", {"kind": "answers"}, 422),  # editors see the counted result only
        ("editor", {"kind": "codebook"}, 200),
        ("moderator", {}, 403),
        ("analyst", {"kind": "results"}, 409),  # nothing is counted yet
    ],
)
def test_who_may_download_what(app, role: str, form: dict[str, str], status: int):
    assert download(app, role, make_survey(), **form).status_code == status


def test_a_download_is_there_once_and_only_after_its_purpose_was_told_d15(app):
    survey, client = make_survey(), staff_client(app, "analyst")
    address = f"/de/staff/surveys/{survey.id}/export"
    assert client.get(f"{address}/file").status_code == 302
    asked = client.post(address, data={"kind": "texts", "form": "csv", "purpose": "Bericht"})
    assert client.get(asked.location).mimetype == "text/csv"
    assert client.get(asked.location).status_code == 302
