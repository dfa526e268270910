"""A page of questions may be kept for all, but nothing of one person ever reaches another."""

import re

from flask.testing import FlaskClient

from participation.db import session
from participation.i18n import LocalizedText
from participation.surveys.models import Survey
from tests.accounts.makers import make_user, sign_in
from tests.surveys.makers import make_definition, make_survey, page, question

FIRST = page("first", question("who"), question("colour", "single_choice", "red green"))
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


def open_page(client: FlaskClient, survey: Survey, name: str = "first", language: str = "de") -> str:
    return client.get(f"/{language}/surveys/{survey.slug}/answer/{name}/0").text


def draft(html: str) -> str:
    found = re.search(r'name="draft" value="(\w+)"', html)
    assert found
    return found[1]


def answer(client: FlaskClient, survey: Survey, name: str = "first", **answers: str) -> None:
    html = open_page(client, survey, name)
    fields = {f"q.{key}": value for key, value in answers.items()}
    sent = {"draft": draft(html), "shown": re.findall(r'"shown" value="(\w+)"', html), **fields}
    assert client.post(f"/de/surveys/{survey.slug}/answer/{name}/0", data=sent).status_code == 302


def test_everybody_gets_a_token_and_a_draft_of_their_own(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    survey = make_survey(make_definition(FIRST))
    pages = [open_page(app.test_client(), survey) for _number in range(3)]
    tokens = [re.search(r'name="csrf_token" value="([^"]+)"', html)[1] for html in pages]
    assert len({*tokens}) == len({draft(html) for html in pages}) == 3
    assert not any(PRIVATE_USE.search(html) for html in pages)
    blank = {re.sub(r'name="(csrf_token|draft)" value="[^"]+"', "", html) for html in pages}
    assert len(blank) == 1


def test_answers_are_shown_to_the_one_who_gave_them(app):
    survey = make_survey(make_definition(FIRST, page("second", question("why"))))
    somebody, somebody_else = app.test_client(), app.test_client()
    open_page(somebody_else, survey)
    answer(somebody, survey, who="Ayşe", colour="red")
    assert 'value="Ayşe"' in open_page(somebody, survey)
    assert "Ayşe" not in open_page(somebody_else, survey)


def test_what_was_answered_earlier_is_inserted_for_one_person_only(app):
    title = {"de": "Fragen an ${who}"}
    live = question("why", relevant="${who} = 'Ayşe' or ${how} = 'x'")
    survey = make_survey(make_definition(FIRST, page("second", question("how"), live, title=title)))
    somebody, somebody_else = app.test_client(), app.test_client()
    answer(somebody, survey, who="Ayşe")
    answer(somebody_else, survey, who="Olha")
    assert "Fragen an Ayşe" in open_page(somebody, survey, "second")
    html = open_page(somebody_else, survey, "second")
    assert "Fragen an Olha" in html
    assert "Ayşe&#34;" not in html


def test_a_message_for_one_person_and_the_staffs_way_around_stay_with_them(app):
    survey = make_survey(make_definition(FIRST))
    staff, somebody = app.test_client(), app.test_client()
    sign_in(staff, make_user("editor"))
    with somebody.session_transaction() as cookie:
        cookie["_flashes"] = [("message", "Nur für dich")]
    assert "/de/staff" in open_page(staff, survey)
    assert "Nur für dich" in open_page(somebody, survey)
    html = open_page(app.test_client(), survey)
    assert "Nur für dich" not in html
    assert "/de/staff" not in html


def test_each_language_and_each_title_has_its_own_page(app, client):
    survey = make_survey(make_definition(FIRST))
    assert '<html lang="de"' in open_page(client, survey)
    assert "Soru who" in open_page(client, survey, language="tr")
    survey.title = LocalizedText(de="Neuer Titel")
    session.commit()
    assert "Neuer Titel" in open_page(client, survey)
