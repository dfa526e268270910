"""Residents answer a survey: screen by screen, nothing lost, once, and anonymous by structure."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, select
from werkzeug.test import TestResponse

from participation import clock
from participation.db import engine, session
from participation.questionnaires.models import Answer, Response, ResponseStatus
from participation.questionnaires.queries import answers
from participation.receipts.models import Receipt
from participation.surveys.models import Survey
from tests.surveys.makers import make_definition, make_survey, page, question

TWO_PAGES = make_definition(
    page("one", question("name"), question("children", "whole_number", is_required=True, least=0, most=12)),
    page(
        "two",
        question("colour", "single_choice", "red green", may_withhold=True),
        question("why", relevant="${colour} = 'red'", is_required=True),
    ),
)


class Browser:
    """Somebody with a phone and no JavaScript: sees what is shown, and sends every field of it."""

    def __init__(self, client: FlaskClient, survey: Survey, language: str = "de") -> None:
        self.client = client
        self.slug = survey.slug
        self.at = f"/{language}/surveys/{survey.slug}/answer"
        self.page = self.open(self.at)

    def open(self, address: str) -> TestResponse:
        self.page = self.client.get(address, follow_redirects=True)
        self.at = self.page.request.path
        return self.page

    @property
    def html(self) -> str:
        return self.page.get_data(as_text=True)

    @property
    def shown(self) -> list[str]:
        """The questions that can be seen."""
        return re.findall(r'name="shown" value="([^"]+)">', self.html)

    def send(self, to: str = "next", follow: bool = True, **fields: Any) -> TestResponse:
        draft = re.search(r'name="draft" value="(\w+)"', self.html)
        data = {"to": to, "shown": self.shown, "draft": draft[1] if draft else ""}
        data |= {name if name.startswith("_") else f"q.{name}": value for name, value in fields.items()}
        sent = self.client.post(self.at, data=data)
        if sent.status_code == 307:  # the same words to another address, as browsers do it
            sent = self.client.post(sent.location, data=data)
        if follow and sent.status_code == 302:
            sent = self.client.get(sent.location, follow_redirects=True)
        if follow:
            self.page, self.at = sent, sent.request.path
        return sent

    def finish(self) -> str:
        """Press the button on the review page; gives the receipt's code."""
        self.page = self.client.post(self.at, follow_redirects=True)
        code = re.search(r'<bdi dir="ltr">([0-9A-Z-]{14})</bdi>', self.html)
        return code[1] if code else ""


@pytest.fixture
def survey(app) -> Survey:
    return make_survey(TWO_PAGES)


def stored() -> list[Response]:
    """All responses."""
    return list(session.scalars(select(Response)))


@pytest.mark.databases
def test_from_the_first_page_to_the_receipt(client, survey):
    someone = Browser(client, survey)
    someone.send(name="Ayşe", children="2")
    assert someone.at.endswith("/two/0")
    someone.send(colour="green")
    assert someone.at.endswith("/review")
    code = someone.finish()
    (response,) = stored()
    assert len(code) == 14
    assert response.status is ResponseStatus.SUBMITTED
    assert {key[0]: given.values for key, given in answers(response.id).items()} == {
        "name": ("Ayşe",),
        "children": ("2",),
        "colour": ("green",),
    }


def test_d12_reading_about_a_survey_sets_no_cookie_and_opening_the_form_does(client, survey):
    assert "Set-Cookie" not in client.get(f"/de/surveys/{survey.slug}").headers
    assert "Set-Cookie" not in client.get("/de/surveys/").headers
    assert "Set-Cookie" in client.get(f"/de/surveys/{survey.slug}/answer/one/0").headers


def test_d1_before_the_first_question_everybody_reads_what_happens_with_the_answers(client, survey):
    html = client.get(f"/de/surveys/{survey.slug}").get_data(as_text=True)
    for fact in ("Wir planen Spielplätze.", "Aufgabe der Stadt", "Frau Beispiel", "365", "/de/pages/privacy"):
        assert fact in html


def test_get_changes_nothing(client, survey):
    Browser(client, survey)
    assert not stored()


def test_a11_after_a_mistake_nothing_that_was_typed_is_lost(client, survey):
    someone = Browser(client, survey)
    someone.send(name="Ayşe", children="zwei")
    assert someone.page.status_code == 422
    assert 'value="Ayşe"' in someone.html
    assert 'value="zwei"' in someone.html
    assert 'href="#q-children"' in someone.html
    assert 'aria-invalid="true"' in someone.html
    assert not stored()


def test_what_an_answer_brings_up_is_asked_on_the_same_page(client, survey):
    someone = Browser(client, survey)
    someone.send(children="0")
    assert someone.shown == ["colour"]
    someone.send(colour="red")
    assert someone.at.endswith("/two/0")
    assert someone.shown == ["colour", "why"]
    someone.send(colour="red")
    assert someone.page.status_code == 422
    someone.send(colour="red", why="because")
    assert someone.at.endswith("/review")


def test_an_answer_that_is_hidden_again_is_forgotten(client, survey):
    someone = Browser(client, survey)
    someone.send(children="0")
    someone.send(colour="red")
    someone.send(colour="red", why="because")
    someone.open(f"/de/surveys/{survey.slug}/answer/two/0")
    someone.send(colour="green", why="because")
    assert not session.scalars(select(Answer).where(Answer.question == "why")).all()


def test_back_keeps_what_can_be_read(client, survey):
    someone = Browser(client, survey)
    someone.send(name="Ayşe", children="2")
    someone.send(to="back", colour="green")
    assert someone.at.endswith("/one/0")
    assert 'value="Ayşe"' in someone.html
    assert {name for name, _ in answers(stored()[0].id)} == {"name", "children", "colour"}


def test_l18_switching_the_language_in_the_middle_loses_nothing(client, survey):
    someone = Browser(client, survey)
    someone.send(name="half-typed", children="zw", _language="tr")
    assert someone.at.startswith("/tr/")
    assert 'lang="tr"' in someone.html
    assert 'value="half-typed"' in someone.html
    assert 'value="zw"' in someone.html
    assert "Soru name" in someone.html
    assert not stored()


@pytest.mark.databases
def test_the_same_page_sent_twice_begins_one_response(client, survey):
    someone = Browser(client, survey)
    someone.send(follow=False, children="2")
    someone.send(follow=False, children="3")
    (response,) = stored()
    assert answers(response.id)["children", 0].values == ("3",)


def test_sending_twice_makes_one_response_and_keeps_the_receipt(client, survey):
    someone = Browser(client, survey)
    someone.send(children="2")
    someone.send(colour="green")
    review = someone.at
    code = someone.finish()
    again = client.post(review, follow_redirects=True)
    assert code in again.get_data(as_text=True)
    assert len(stored()) == 1


def test_the_back_button_after_sending_starts_nothing_new(client, survey):
    someone = Browser(client, survey)
    someone.send(children="2")
    old_form = someone.html
    someone.send(colour="green")
    someone.finish()
    draft = re.search(r'name="draft" value="(\w+)"', old_form)[1]
    answer = client.post(f"/de/surveys/{survey.slug}/answer/two/0", data={"draft": draft, "q.colour": "red"})
    assert answer.status_code == 302
    (response,) = stored()
    assert answers(response.id)["colour", 0].values == ("green",)


def test_the_next_person_on_the_same_device_begins_anew(client, survey):
    for children in "78":
        someone = Browser(client, survey)
        assert 'value="7"' not in someone.html
        someone.send(children=children)
        someone.send(colour="green")
        someone.finish()
    assert len(stored()) == 2


def test_going_on_later_on_another_device(app, client, survey):
    someone = Browser(client, survey)
    someone.send(children="2")
    someone.send(to="later", colour="green")
    code = re.search(r'<bdi dir="ltr">([0-9A-Z-]{14})</bdi>', someone.html)[1]
    other = app.test_client()
    other.post("/tr/receipt", data={"code": code.lower()})
    page_two = other.post("/tr/surveys/resume", follow_redirects=True)
    assert page_two.request.path.endswith("/two/0")
    assert re.search(r'value="green" checked', page_two.get_data(as_text=True))


def come_back(client: FlaskClient, code: str) -> str:
    """Type the code and read what became of the matter."""
    return client.post("/de/receipt", data={"code": code}, follow_redirects=True).get_data(as_text=True)


def sent_response(client: FlaskClient, survey: Survey) -> str:
    """Somebody's sent response; gives the code."""
    someone = Browser(client, survey)
    someone.send(children="2")
    someone.send(colour="green")
    return someone.finish()


def test_a14_with_the_receipt_answers_can_be_corrected_while_the_survey_is_open(app, client, survey):
    code = sent_response(client, survey)
    other = app.test_client()
    assert survey.title["de"] in come_back(other, code)
    assert other.post("/de/surveys/resume").location.endswith("/review")
    someone = Browser(other, survey)
    someone.open(f"/de/surveys/{survey.slug}/answer/one/0")
    someone.send(children="5")
    (response,) = stored()
    assert response.status is ResponseStatus.SUBMITTED
    assert answers(response.id)["children", 0].values == ("5",)


def test_after_the_end_nothing_is_corrected_and_nothing_sent(app, client, survey):
    code = sent_response(client, survey)
    late = Browser(app.test_client(), survey)
    late.send(children="1")
    survey.closed_at = clock.now() - timedelta(minutes=1)
    late.send(colour="green")
    assert late.page.status_code == 409
    come_back(client, code)
    assert client.post("/de/surveys/resume").status_code == 409
    assert [one.status for one in stored()].count(ResponseStatus.SUBMITTED) == 1


@pytest.mark.databases
def test_with_the_receipt_everything_is_taken_back(client, survey):
    code = sent_response(client, survey)
    come_back(client, code)
    client.post("/de/surveys/withdraw")
    assert not stored()
    assert not session.scalars(select(Answer)).all()
    assert not session.scalars(select(Receipt)).all()


def test_what_was_begun_can_be_deleted_on_this_device(client, survey):
    Browser(client, survey).send(children="2")
    client.post(f"/de/surveys/{survey.slug}/discard")
    assert not stored()


def test_d5_a_response_knows_the_day_and_nothing_finer_and_no_sequence(app):
    columns = {column["name"]: column for column in inspect(engine()).get_columns("responses")}
    assert set(columns) == {
        "id", "version_id", "receipt_id", "language", "status", "reached", "touched_on", "submitted_on",
    }  # fmt: skip
    assert all(str(columns[name]["type"]) == "DATE" for name in ("touched_on", "submitted_on"))
    with engine().connect() as connection:
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'responses'").scalar()
    assert "WITHOUT ROWID" in made
    assert Response(version_id=1).id is None or isinstance(Response().id, uuid.UUID)


def test_v6_fields_of_other_pages_are_refused_and_nothing_is_kept(client, survey):
    someone = Browser(client, survey)
    assert someone.send(follow=False, children="2", colour="green").status_code == 400
    assert not stored()


def test_nobody_answers_with_the_key_of_somebody_else(app, client, survey):
    owner = Browser(client, survey)
    owner.send(children="2")
    stranger = Browser(app.test_client(), survey)
    key = re.search(r'name="draft" value="(\w+)"', owner.html)[1]
    answer = stranger.client.post(stranger.at, data={"draft": key, "q.children": "9", "shown": "children"})
    assert answer.status_code == 302
    assert answers(uuid.UUID(key))["children", 0].values == ("2",)


def test_an_unpublished_survey_is_not_there_for_visitors(client, app):
    draft = make_survey(TWO_PAGES, published=False)
    for address in ("", "/answer", "/answer/one/0", "/review"):
        assert client.get(f"/de/surveys/{draft.slug}{address}").status_code == 404


def test_a_survey_that_has_not_begun_says_when_it_does(client, app):
    soon = make_survey(TWO_PAGES, opens_at=clock.now() + timedelta(days=3))
    assert client.get(f"/de/surveys/{soon.slug}").status_code == 200
    assert client.get(f"/de/surveys/{soon.slug}/answer").status_code == 409


@pytest.mark.parametrize(
    "value",
    [
        "\x00",
        "x" * 100_000,
        "\u202e12",
        "💥" * 50,
        "-1",
        "1e308",
        "' OR 1=1 --",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "",
    ],
)
@pytest.mark.parametrize("field", ["q.name", "q.children", "to", "shown", "draft", "_language", "q.children:x"])
def test_hostile_values_get_a_page_and_never_break_the_house(client, survey, field, value):
    someone = Browser(client, survey)
    draft = re.search(r'name="draft" value="(\w+)"', someone.html)[1]
    data = {"draft": draft, "shown": ["name", "children"], "q.children": "2", "to": "next", field: value}
    answer = client.post(someone.at, data=data)
    assert answer.status_code in {200, 302, 400, 422}
    assert b"<script>alert" not in answer.data


@pytest.mark.parametrize("address", ["two/0", "nowhere/0", "one/1", "one/2147483647", "one/0?more=%FF"])
def test_screens_the_answers_do_not_lead_to_lead_back(client, survey, address):
    answer = client.get(f"/de/surveys/{survey.slug}/answer/{address}", follow_redirects=True)
    assert answer.status_code == 200
