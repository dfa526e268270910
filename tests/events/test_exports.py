"""The list of registrations as a file: who took it and what for is noted, and health stays behind a box (D6, D15)."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from participation import clock
from participation.audit import AuditEntry
from participation.db import session
from participation.districts.places import Places
from participation.events.registration_models import BookingStatus, CheckIn
from participation.questionnaires.extra_questions import ExtraQuestions
from participation.questionnaires.filling import Given
from tests.accounts.makers import staff_client
from tests.events.makers import make_contact, make_event, make_registration
from tests.surveys.makers import make_definition, make_survey, page, question

PURPOSE = {"form": "csv", "purpose": "Namensschilder drucken"}


@pytest.fixture
def editor(app):
    return staff_client(app, "editor")


def address(event, **filters: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in filters.items())
    return f"/de/staff/events/{event.id}/registrations/export?{asked}"


def download(client: FlaskClient, where: str, **more: str) -> TestResponse:
    """Say what for, and take the file."""
    answer = client.post(where, data={**PURPOSE, **more})
    assert answer.status_code == 302
    return client.get(answer.location)


def rows(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_a_download_needs_a_purpose_and_is_noted_d15(editor):
    event = make_event()
    make_registration(event)
    assert editor.post(address(event), data={"form": "csv"}).status_code == 422
    assert session.query(AuditEntry).count() == 0
    answer = download(editor, address(event))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    noted = session.query(AuditEntry).one()
    assert (noted.action, noted.is_personal_data) == ("event.registrations_exported", True)
    assert noted.details == {"purpose": PURPOSE["purpose"], "form": "csv", "with_needs": False}
    assert editor.get(f"/de/staff/events/{event.id}/registrations/export/file").status_code == 302


def test_one_row_per_registration_in_the_words_of_the_page(editor):
    event = make_event()
    found = make_registration(event, name="Ayşe", persons=2, contact=make_contact(), language="tr", interpreter="tr")
    session.add(CheckIn(event_id=event.id, registration_id=found.id, persons=1, arrived_at=clock.now()))
    make_registration(event, name="Boris", phone="+49201123456", status=BookingStatus.WAITING)
    make_registration(event, name="Daria", status=BookingStatus.CANCELLED)
    first, second = rows(download(editor, address(event)))
    assert (first["Name"], first["Persons"], first["E-mail address"]) == ("Ayşe", "2", "ayse@example.org")
    assert (first["State"], first["Came"], first["Interpreter"]) == ("Confirmed", "1", "tr")
    assert (second["Name"], second["State"], second["Came"]) == ("Boris", "Waiting", "")
    assert [one["Name"] for one in rows(download(editor, address(event, status="waiting")))] == ["Boris"]


def test_v21_no_words_are_taken_from_the_address_of_a_download(editor):
    event = make_event()
    make_registration(event, name="Ayşe")
    answer = editor.post(address(event, words="boris"), data=PURPOSE)
    assert "words" not in answer.location
    assert [one["Name"] for one in rows(editor.get(answer.location))] == ["Ayşe"]


def test_no_cell_begins_a_formula_v5(editor):
    event = make_event()
    make_registration(event, name='=HYPERLINK("http://evil.example")', organisation="@SUM(A1)", phone="+49201123456")
    (row,) = rows(download(editor, address(event)))
    assert row["Name"].startswith("'=")
    assert row["Organisation"].startswith("'@")
    assert row["Telephone"] == "'+49201123456"


def test_what_tells_about_health_is_left_out_unless_the_box_is_ticked_d6(editor):
    event = make_event()
    make_registration(event, needs="Hörschleife", sign_language=True, wheelchairs=1, needs_agreed_at=clock.now())
    plain = download(editor, address(event))
    assert "Hörschleife" not in plain.data.decode()
    assert {"Sign language", "Places for wheelchairs", "Other needs"}.isdisjoint(rows(plain)[0])
    (row,) = rows(download(editor, address(event), with_needs="y"))
    assert (row["Other needs"], row["Sign language"], row["Places for wheelchairs"]) == ("Hörschleife", "Yes", "1")
    assert session.query(AuditEntry).order_by(AuditEntry.id.desc()).first().details["with_needs"] is True


def test_extra_questions_are_columns_in_words(editor):
    asked = [question("wish"), question("children", "yes_no"), question("illness", is_sensitive=True)]
    survey = make_survey(make_definition(page("first", *asked)))
    event = make_event(version_id=survey.questionnaire.versions[0].id)
    found = make_registration(event)
    questions = ExtraQuestions(event.version, Places())
    questions.sent.answers = {
        ("wish", 0): Given(("Mehr Bäume",)),
        ("children", 0): Given(("yes",)),
        ("illness", 0): Given(("Asthma",)),
    }
    found.response = questions.save()
    labels = {one.name: str(one.label) for one in event.version.definition.questions.values()}
    (row,) = rows(download(editor, address(event)))
    assert (row[labels["wish"]], row[labels["children"]]) == ("Mehr Bäume", "Yes")
    assert labels["illness"] not in row
    (row,) = rows(download(editor, address(event), with_needs="y"))
    assert row[labels["illness"]] == "Asthma"


def test_the_same_as_a_workbook(editor):
    event = make_event()
    make_registration(event, name="Ayşe")
    answer = download(editor, address(event), form="xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert [sheet["A1"].value, sheet["A2"].value] == ["Name", "Ayşe"]
