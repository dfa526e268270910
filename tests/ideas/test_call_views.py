"""The calls desk: the way through, and each way to be turned away."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas import operations
from participation.ideas.models import Call, Category, Office, Phase
from tests.accounts.makers import staff_client
from tests.districts.makers import make_area, make_layer
from tests.ideas.makers import make_call, make_category, make_idea, make_office
from tests.questionnaires.sheets import file_of


@pytest.fixture
def editor(app) -> FlaskClient:
    return staff_client(app, "editor")


def settings(**changed: Any) -> dict[str, Any]:
    facts = {
        "title-de": "Ideen für den Park",
        "house_rules-de": "<p>Nur für den Park.</p>",
        "purpose-de": "Wozu",
        "legal_basis-de": "Gesetz",
        "person_in_charge": "Frau Beispiel",
        "answer_within_days": "30",
        "retention_days": "365",
        "has_comments": "y",
    }
    return {**facts, **changed}


def test_a_call_is_made_filled_in_published_closed_and_answered(editor):
    area = make_area(layer=make_layer(is_default=True))
    made = editor.post("/de/staff/calls/new", data={"title-de": "Ideen für den Park"})
    page = made.location
    assert "The person in charge is missing." in editor.get(page).text
    assert editor.post(f"{page}/publish").status_code == 409
    data = settings(areas=[str(area.id)], closes_at="24.12.2099 18:00")
    assert editor.post(f"{page}/settings", data=data).status_code == 302
    assert editor.get(f"{page}/publish").status_code == 200
    assert editor.post(f"{page}/publish").status_code == 302
    call = session.scalars(select(Call)).one()
    assert (call.areas, call.has_comments, call.shows_overdue) == ([area], True, False)
    assert editor.post(f"{page}/close").status_code == 302
    assert call.phase is Phase.EXAMINING
    make_idea(call)
    asked = editor.get(f"{page}/answered").text
    (told,) = re.findall(r'name="still_open" value="(\d+)"', asked)
    assert told == "1"
    assert editor.post(f"{page}/answered", data={"still_open": "0"}).status_code == 409
    assert editor.post(f"{page}/answered", data={"still_open": told}).status_code == 302
    assert session.get_one(Call, call.id).phase is Phase.ANSWERED


@pytest.mark.parametrize(
    "wrong",
    [
        {"title-de": ""},
        {"answer_within_days": "0"},
        {"answer_within_days": ""},
        {"retention_days": "3651"},
        {"opens_at": "24.12.2099 18:00", "closes_at": "23.12.2099 18:00"},
        {"opens_at": "32.12.2099"},
        {"areas": ["999"]},
        {"areas": ["x"]},
        {"person_in_charge": "x" * 201},
    ],
)
def test_wrong_settings_come_back_and_change_nothing(editor, wrong):
    call = make_call(published=False)
    assert editor.post(f"/de/staff/calls/{call.id}/settings", data=settings(**wrong)).status_code == 422
    assert session.get_one(Call, call.id).title != LocalizedText(de="Ideen für den Park")


def test_a_longer_promise_about_addresses_is_refused_beside_its_field(editor):
    call = make_call(retention_days=10)
    back = editor.post(f"/de/staff/calls/{call.id}/settings", data=settings(retention_days="11"))
    assert back.status_code == 422
    assert "can become shorter, but not longer" in back.text


def test_the_letter_box_is_made_once(editor):
    first = editor.post("/de/staff/calls/letter-box").location
    assert editor.post("/de/staff/calls/letter-box").location == first
    shown = editor.get(f"{first}/settings").text
    assert 'name="closes_at"' not in shown
    assert editor.post(f"{first}/settings", data=settings()).status_code == 302
    assert editor.post(f"{first}/publish").status_code == 302
    assert editor.post(f"{first}/close").status_code == 409
    assert "Open a letter box" not in editor.get("/de/staff/calls").text


def test_a_draft_is_deleted_after_a_question_back(editor):
    call, published = make_call(published=False), make_call()
    assert editor.get(f"/de/staff/calls/{call.id}/delete").status_code == 200
    assert editor.post(f"/de/staff/calls/{call.id}/delete").status_code == 302
    assert editor.get(f"/de/staff/calls/{published.id}/delete").status_code == 409
    assert session.scalars(select(Call)).all() == [published]


def upload(editor: FlaskClient, call: Call, data: bytes) -> Any:
    sent = {"file": (io.BytesIO(data), "questions.xlsx"), "language": "de"}
    return editor.post(f"/de/staff/calls/{call.id}/questions", data=sent)


def test_extra_questions_come_from_a_spreadsheet(editor):
    call = make_call(published=False)
    sheet = [["type", "name", "label"], ["text", "why", "Warum gerade dort?"]]
    assert upload(editor, call, file_of(survey=sheet)).status_code == 302
    assert "Warum gerade dort?" in editor.get(f"/de/staff/calls/{call.id}").text
    assert editor.post(f"/de/staff/calls/{call.id}/questions/stop").status_code == 302
    assert session.get_one(Call, call.id).version is None


def test_a_file_that_cannot_be_used_tells_why(editor):
    call = make_call(published=False)
    broken = upload(editor, call, b"no spreadsheet")
    assert broken.status_code == 422
    assert "This file cannot be used." in broken.text
    repeated = [
        ["type", "name", "label"],
        ["begin repeat", "child", "Kind"],
        ["text", "age", "Wie alt?"],
        ["end repeat", "", ""],
    ]
    refused = upload(editor, call, file_of(survey=repeated))
    assert refused.status_code == 422
    assert "repeated groups" in refused.text
    assert session.get_one(Call, call.id).version is None


def test_categories_are_added_renamed_moved_and_deleted(editor):
    call = make_call()
    page = f"/de/staff/calls/{call.id}/categories"
    for name in ("Bäume", "Wege"):
        assert editor.post(page, data={"label-de": name}).status_code == 302
    trees, ways = session.scalars(select(Category).order_by(Category.id))
    editor.post(f"/de/staff/calls/categories/{ways.id}/up")
    assert editor.post(f"/de/staff/calls/categories/{trees.id}", data={"label-de": "Grün"}).status_code == 302
    assert re.findall(r"<li>(Wege|Grün)", editor.get(page).text) == ["Wege", "Grün"]
    make_idea(call, category=trees)
    assert editor.post(f"/de/staff/calls/categories/{trees.id}/delete").status_code == 409
    assert editor.post(f"/de/staff/calls/categories/{ways.id}/delete").status_code == 302
    assert editor.post(page, data={"label-de": ""}).status_code == 422


def test_offices_are_kept(editor):
    data = {"label-de": "Parkamt", "email": "park@stadt.example", "is_active": "y"}
    assert editor.post("/de/staff/offices/new", data=data).status_code == 302
    office = session.scalars(select(Office)).one()
    assert (office.name["de"], office.email, office.is_active) == ("Parkamt", "park@stadt.example", True)
    changed = {"label-de": "Grünamt", "email": ""}
    assert editor.post(f"/de/staff/offices/{office.id}", data=changed).status_code == 302
    assert session.get_one(Office, office.id).is_active is False
    assert "does not answer at present" in editor.get("/de/staff/offices").text
    for wrong in ({"label-de": ""}, {"email": "no address"}, {"email": "a@b.example\r\nBcc: x@y.example"}):
        assert editor.post("/de/staff/offices/new", data={**data, **wrong}).status_code == 422


def test_an_office_that_does_not_answer_is_not_offered(editor):
    make_office("Schläft", is_active=False)
    idea = make_idea()
    assert "Schläft" not in editor.get(f"/de/staff/ideas/{idea.id}/answer").text


def test_moderators_and_visitors_prepare_no_calls(app, client):
    call, category = make_call(), make_category(make_call())
    for path in ("/de/staff/calls", f"/de/staff/calls/{call.id}", f"/de/staff/calls/categories/{category.id}"):
        assert client.get(path).status_code == 401
        assert staff_client(app, "moderator").get(path).status_code == 403
    assert operations.NotADraft.message
