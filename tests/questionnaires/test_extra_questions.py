"""The extra questions of a call, all on one page, whatever pages the questionnaire has."""

import pytest
from werkzeug.datastructures import MultiDict

from participation.db import session
from participation.districts.places import Places
from participation.questionnaires.extra_questions import ExtraQuestions, forget
from participation.questionnaires.models import Answer, Questionnaire, Response, ResponseStatus
from tests.ideas.makers import make_call
from tests.surveys.makers import make_definition, make_version, page, question


def call_that_asks(*pages):
    questionnaire = Questionnaire(name="extra")
    session.add(questionnaire)
    return make_call(version=make_version(questionnaire, make_definition(*pages), published=True))


def sent(call, *shown: str, **answers: str) -> ExtraQuestions:
    fields = [("shown", name) for name in shown] + [(f"q.{name}", value) for name, value in answers.items()]
    return ExtraQuestions(call.version, Places(), MultiDict(fields))


def test_a_call_without_questions_asks_nothing(app):
    nothing = ExtraQuestions(None, Places(), MultiDict())
    assert (nothing.errors, nothing.has_more_to_ask, nothing.screen.html(), nothing.save()) == ({}, False, "", None)


def test_conditions_of_pages_work_within_the_one_page(app):
    call = call_that_asks(
        page("first", question("has", "yes_no")),
        page("second", question("why", is_required=True), relevant="${has} = 'yes'"),
    )
    assert sent(call, "has", has="no").has_more_to_ask is False
    assert sent(call, "has", has="yes").has_more_to_ask is True
    assert sent(call, "has", "why", has="yes").errors.keys() == {"why"}
    assert [value for _, value in sent(call, "has", "why", has="yes", why="Darum").shown()] == ["Yes", "Darum"]


def test_an_answer_that_logic_hides_is_not_kept(app):
    call = call_that_asks(page("one", question("has", "yes_no"), question("why", relevant="${has} = 'yes'")))
    sent(call, "has", "why", has="no", why="Schmuggel").save()
    assert [one.question for one in session.query(Answer)] == ["has"]


def test_options_may_depend_on_another_answer_of_the_same_page(app):
    towns = question("town", "single_choice", "moers krefeld", choice_filter="name = ${wanted}")
    call = call_that_asks(page("one", question("wanted")), page("two", towns))
    assert sent(call, "wanted", "town", wanted="moers", town="moers").errors == {}
    assert sent(call, "wanted", "town", wanted="moers", town="krefeld").errors.keys() == {"town"}


def test_pages_that_repeat_are_left_out(app):
    call = call_that_asks(page("one", question("why")), page("each", question("age"), repeat={"name": "children"}))
    questions = sent(call, "why", why="x")
    assert [one.name for one in questions.step.page.questions] == ["why"]
    assert list(sent(call, age="3").foreign_fields) == ["q.age"]


def test_answers_are_a_response_that_was_sent_and_knows_only_the_day(app):
    call = call_that_asks(page("one", question("why")))
    response = sent(call, "why", why="Darum").save()
    assert (response.status, response.receipt_id) == (ResponseStatus.SUBMITTED, None)
    assert sent(call, "why").save() is None
    forget(response.id)
    assert session.query(Response).count() == session.query(Answer).count() == 0


@pytest.mark.parametrize("typed", ["x" * 6_000, "<script>alert(1)</script>", "\u202egnp.exe"])
def test_v1_hostile_answers_are_kept_as_text_or_refused(app, typed):
    questions = sent(call_that_asks(page("one", question("why"))), "why", why=typed)
    assert "<script" not in questions.screen.html()
