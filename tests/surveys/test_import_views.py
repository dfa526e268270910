"""Bringing a questionnaire in by page: upload, look, confirm."""

import io

import pytest
from sqlalchemy import func, select

from participation.db import session
from participation.surveys import queries
from participation.surveys.import_models import SurveyImport
from participation.surveys.models import Survey
from tests.accounts.makers import staff_client
from tests.questionnaires.sheets import file_of
from tests.surveys.makers import make_survey

ADDRESS = "/en/staff/surveys/import"
GOOD = file_of(
    survey="type | name | label::de | label::tr\nstart | s | |\ninteger | age | Alter | Yaş",
    settings="form_title::de\nFamilien",
)
BAD = file_of(survey="type | name | label\ntext | a | A\ncountry | b | B")


@pytest.fixture
def editor(app):
    return staff_client(app, "editor")


def upload(client, data: bytes, address: str = ADDRESS, name: str = "families.xlsx", language: str = "de"):
    return client.post(address, data={"file": (io.BytesIO(data), name), "language": language})


def stored(kind: type) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_the_way_from_the_file_to_the_draft(editor):
    assert editor.get(ADDRESS).status_code == 200
    answer = upload(editor, GOOD)
    assert answer.status_code == 302
    page = editor.get(answer.location)
    assert page.status_code == 200
    assert "families.xlsx" in page.text
    assert "we do not record devices" in page.text
    confirmed = editor.post(answer.location, data={"title-de": "Familien", "slug": "families"})
    assert confirmed.status_code == 302
    survey = session.scalars(select(Survey)).one()
    assert confirmed.location.endswith(f"/en/staff/surveys/{survey.id}")
    assert (survey.slug, survey.published_at, stored(SurveyImport)) == ("families", None, 0)


def test_a_second_click_on_confirm_finds_nothing_and_makes_nothing(editor):
    address = upload(editor, GOOD).location
    editor.post(address, data={"title-de": "Familien"})
    assert editor.post(address, data={"title-de": "Familien"}).status_code == 404
    assert stored(Survey) == 1


def test_a_file_with_mistakes_comes_back_with_all_of_them_and_nothing_is_stored(editor):
    answer = upload(editor, BAD)
    assert answer.status_code == 422
    assert "The type “country” is not known." in answer.text
    assert "These texts name no language." in answer.text
    assert (stored(SurveyImport), stored(Survey)) == (0, 0)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"a,b", bytes(1000)])
def test_the_wrong_file_gets_a_sentence_and_no_error_page(editor, data):
    assert upload(editor, data).status_code == 422


def test_a_form_without_a_file_is_asked_for_one(editor):
    assert editor.post(ADDRESS, data={"language": "de"}).status_code == 422
    assert upload(editor, GOOD, language="xx").status_code == 422


def test_what_people_wrote_into_cells_is_shown_as_text(editor):
    table = "type | name | label\n<script>alert(1)</script> | a | A\ntext | <b>x</b> | B"
    page = upload(editor, file_of(survey=table)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_short_name_that_is_taken_brings_the_form_back_with_what_was_typed(editor):
    make_survey(slug="families")
    answer = editor.post(upload(editor, GOOD).location, data={"title-de": "Mein Titel", "slug": "families"})
    assert answer.status_code == 422
    assert "Mein Titel" in answer.text


def test_a_survey_needs_a_german_title(editor):
    assert editor.post(upload(editor, GOOD).location, data={"title-tr": "Aileler"}).status_code == 422


def test_a_draft_gets_new_questions(editor):
    survey = make_survey(published=False)
    session.commit()
    address = upload(editor, GOOD, f"{ADDRESS}/for/{survey.id}").location
    assert editor.get(address).status_code == 200
    assert editor.post(address).status_code == 302
    session.expire_all()
    assert [*queries.draft_version(survey).definition.questions] == ["age"]
    assert stored(Survey) == 1


def test_the_guide_tells_about_our_own_columns(editor):
    assert "prefer_not_to_say" in editor.get(f"{ADDRESS}/help").text


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/for/1", f"{ADDRESS}/1", f"{ADDRESS}/help"])
def test_visitors_and_other_staff_are_turned_away(app, client, address):
    survey = make_survey(published=False)
    row = SurveyImport(
        created_at=queries.clock.now(), file_name="x", title=survey.title, document={}, remarks={"problems": []}
    )
    session.add(row)
    session.commit()
    address = address.replace("/for/1", f"/for/{survey.id}").replace("import/1", f"import/{row.id}")
    assert client.get(address).status_code == 401
    for role in ("moderator", "analyst"):
        assert staff_client(app, role).get(address).status_code == 403
    assert staff_client(app, role).post(address, data={"title-de": "x"}).status_code in {403, 405}


@pytest.mark.parametrize("address", [f"{ADDRESS}/for/999", f"{ADDRESS}/999", f"{ADDRESS}/99999999999"])
def test_what_is_not_there_is_not_found(editor, address):
    assert editor.get(address).status_code == 404
