"""What staff do with a survey, and what the house refuses."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from participation.audit import AuditEntry
from participation.db import session
from participation.i18n import LocalizedText
from participation.questionnaires.models import Answer, Questionnaire, QuestionnaireVersion, Response
from participation.surveys import operations, queries
from participation.surveys.models import Survey, SurveyState
from tests.surveys.makers import (
    make_definition,
    make_response,
    make_responses,
    make_survey,
    make_version,
    page,
    question,
)


def logged() -> list[str]:
    session.flush()
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


@pytest.mark.databases
def test_publishing_freezes_the_draft_and_opens_the_survey(app, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    survey = make_survey(published=False)
    operations.publish(survey)
    assert survey.is_open
    assert survey.version is not None
    assert survey.version.published_at == now == survey.published_at
    assert "survey.published" in logged()


@pytest.mark.parametrize("fact", ["purpose", "legal_basis", "person_in_charge"])
def test_without_its_duties_no_survey_is_published_d2(app, fact: str):
    survey = make_survey(published=False, **{fact: "" if fact == "person_in_charge" else LocalizedText(tr="Amaç")})
    with pytest.raises(operations.NotReady):
        operations.publish(survey)
    assert survey.published_at is None


def test_a_questionnaire_that_cannot_be_finished_is_not_published(app):
    stuck = page("first", question("a", relevant="${b} = 'x'"), question("b"))
    survey = make_survey(make_definition(stuck), published=False)
    with pytest.raises(operations.NotReady):
        operations.publish(survey)


def test_nothing_is_published_twice(app):
    survey = make_survey(published=False)
    operations.publish(survey)
    with pytest.raises(operations.NothingToPublish):
        operations.publish(survey)


def test_what_staff_typed_to_try_a_draft_is_gone_when_it_is_published(app):
    survey = make_survey(published=False)
    make_response(survey, {"colour": "red"}, submitted=False)
    operations.publish(survey)
    assert session.scalar(select(func.count()).select_from(Answer)) == 0


def test_responses_stay_with_the_version_they_were_given_to(app):
    survey = make_survey()
    response = make_response(survey, {"colour": "red"})
    first = survey.version
    make_version(survey.questionnaire, make_definition(page("first", question("size", "yes_no"))), published=False)
    operations.publish(survey)
    assert survey.version is not first
    assert session.get_one(Response, response.id).version_id == first.id


def test_a_closed_survey_can_be_opened_again(app):
    survey = make_survey()
    operations.close(survey)
    assert survey.state is SurveyState.CLOSED
    operations.reopen(survey)
    assert survey.is_open
    assert logged() == ["survey.closed", "survey.reopened"]


def test_what_is_not_open_cannot_be_closed_and_what_is_open_not_opened(app):
    with pytest.raises(operations.NotOpen):
        operations.close(make_survey(published=False))
    with pytest.raises(operations.NotClosed):
        operations.reopen(make_survey())


def test_a_survey_whose_end_has_passed_needs_a_later_end_first(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    survey = make_survey(closes_at=datetime(2026, 3, 31, tzinfo=UTC))
    with pytest.raises(operations.EndIsPast):
        operations.reopen(survey)
    operations.schedule(survey, None, datetime(2026, 5, 1, tzinfo=UTC))
    assert survey.is_open


def test_a_survey_does_not_close_before_it_opens(app):
    with pytest.raises(operations.EndsBeforeItBegins):
        operations.schedule(make_survey(), datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def test_only_a_draft_can_be_deleted_and_nothing_of_it_is_left(app):
    with pytest.raises(operations.NotADraft):
        operations.delete_draft(make_survey())
    session.rollback()
    survey = make_survey(published=False)
    make_response(survey, {"colour": "red"}, submitted=False)
    operations.delete_draft(survey)
    for table in (Survey, Questionnaire, QuestionnaireVersion, Response, Answer):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_the_promised_time_becomes_shorter_but_not_longer(app):
    survey = make_survey(retention_days=100)
    operations.change(survey, retention_days=90)
    with pytest.raises(operations.PromiseGiven):
        operations.change(survey, retention_days=91)


def test_the_smallest_number_is_fixed_once_a_result_is_counted_s4(app):
    survey = make_survey()
    operations.change(survey, minimum_cell=6)
    operations.count_results(survey)
    with pytest.raises(operations.MinimumFixed):
        operations.change(survey, minimum_cell=5)


def test_the_database_itself_refuses_a_minimum_below_three_s1(app):
    with pytest.raises(Exception, match="never_below_three"):
        make_survey(minimum_cell=2)
    session.rollback()


# --- Results in steps -----------------------------------------------------------------------------------------------


def test_a_result_is_counted_from_the_smallest_number_on(app):
    survey = make_survey()
    make_responses(survey, 4, {"colour": "red"})
    assert operations.refresh_result(survey) is False
    make_responses(survey, 1, {"colour": "red"})
    assert operations.refresh_result(survey) is True


def test_a_running_result_waits_for_the_next_step_s5(app):
    survey = make_survey()
    make_responses(survey, 5, {"colour": "red"})
    operations.refresh_result(survey)
    make_responses(survey, 4, {"colour": "green"})
    assert operations.refresh_results() == {"counted_results": 0}
    make_responses(survey, 1, {"colour": "green"})
    assert operations.refresh_results() == {"counted_results": 1}
    result = queries.result(survey)
    assert result is not None
    assert result.response_count == 10


def test_one_withdrawn_response_does_not_show_in_the_next_result_s4(app):
    survey = make_survey()
    make_responses(survey, 9, {"colour": "red"})
    single = make_response(survey, {"colour": "blue"})
    operations.refresh_result(survey)
    session.delete(single)
    session.flush()
    assert operations.refresh_result(survey) is False


def test_the_last_few_responses_are_not_shown_by_the_difference_to_the_last_result_s4(app):
    survey = make_survey()
    make_responses(survey, 20, {"colour": "red"})
    operations.refresh_result(survey)
    make_responses(survey, 2, {"colour": "blue"})
    operations.close(survey)
    result = queries.result(survey)
    assert result is not None
    assert result.response_count == 20


def test_at_the_end_the_smallest_step_is_enough(app):
    survey = make_survey()
    make_responses(survey, 100, {"colour": "red"})
    operations.refresh_result(survey)
    make_responses(survey, 6, {"colour": "green"})
    assert operations.refresh_result(survey) is False
    operations.close(survey)
    result = queries.result(survey)
    assert result is not None
    assert result.response_count == 106
