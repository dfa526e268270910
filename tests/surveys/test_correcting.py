"""Back from the review to one answer and straight to the review again, before sending and when correcting."""

import re

import pytest

from participation.db import session
from participation.questionnaires.models import Response
from participation.surveys.models import Survey
from tests.surveys.makers import make_definition, make_survey, page, question
from tests.surveys.test_answering import Browser, come_back


@pytest.fixture
def survey(app) -> Survey:
    costs = question("costs", "decimal_number", least=0, most=5000, unit={"de": "Euro"})
    return make_survey(make_definition(page("one", costs), page("two", question("why"))))


@pytest.fixture
def someone(client, survey) -> Browser:
    """Somebody who has come to the review."""
    browser = Browser(client, survey)
    browser.send(costs="1234,50")
    browser.send(why="darum")
    assert browser.at.endswith("/review")
    return browser


def test_a14_after_a_change_one_button_leads_back_to_the_review(someone, survey):
    someone.open(f"/de/surveys/{survey.slug}/answer/one/0")
    assert 'value="review"' in someone.html
    someone.send(to="review", costs="7")
    assert someone.at.endswith("/review")
    assert "7 Euro" in someone.html


def test_a_mistake_stops_the_way_back_to_the_review(someone, survey):
    someone.open(f"/de/surveys/{survey.slug}/answer/one/0")
    assert someone.send(to="review", costs="9999").status_code == 422


def test_on_the_first_way_through_there_is_no_short_cut(client, survey):
    browser = Browser(client, survey)
    assert 'value="review"' not in browser.html
    browser.send(costs="1")
    assert 'value="review"' not in browser.html


def test_the_review_leads_back_to_the_last_screen(someone, survey):
    assert re.search(rf'href="/de/surveys/{survey.slug}/answer/two/0">Back</a>', someone.html)


@pytest.mark.parametrize(("language", "written"), [("de", "1234,50 Euro"), ("tr", "1234,50 "), ("en", "1234.50 ")])
def test_l10_the_review_writes_numbers_as_the_reader_does(someone, survey, language, written):
    assert written in someone.open(f"/{language}/surveys/{survey.slug}/review").text


def test_whoever_corrects_keeps_the_receipt_and_is_not_offered_another_one(app, someone, survey):
    code = someone.finish()
    other = app.test_client()
    come_back(other, code)
    other.post("/de/surveys/resume")
    browser = Browser(other, survey)
    browser.open(f"/de/surveys/{survey.slug}/answer/one/0")
    assert 'value="later"' not in browser.html
    receipt = session.query(Response).one().receipt_id
    browser.send(to="later", costs="8")  # as from a page that was opened before
    assert "/receipt/" not in browser.at
    assert session.query(Response).one().receipt_id == receipt
    assert "We have received your answers" in come_back(app.test_client(), code)
