"""What is due goes on its day, with its receipts, and counted tables stay (D14)."""

import pytest
from sqlalchemy import func, select

from participation.db import session
from participation.questionnaires.models import Answer, Response
from participation.receipts.models import Receipt
from participation.surveys import operations, queries
from participation.surveys.models import SurveyState
from participation.surveys.retention import housekeeping
from tests.surveys.makers import make_response, make_responses, make_survey


def count(table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.databases
def test_a_draft_nobody_came_back_to_goes_after_30_days(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    survey = make_survey()
    make_response(survey, {"colour": "red"}, submitted=False, with_receipt=True)
    make_response(survey, {"colour": "red"})
    stop_clock(2026, 5, 1, 12)
    assert housekeeping() == {"drafts": 0, "responses": 0}
    stop_clock(2026, 5, 2, 12)
    assert housekeeping() == {"drafts": 1, "responses": 0}
    assert (count(Response), count(Answer), count(Receipt)) == (1, 1, 0)


@pytest.mark.databases
def test_responses_go_when_their_promised_time_is_over_and_the_result_stays(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    survey = make_survey(retention_days=10)
    make_responses(survey, 6, {"colour": "red"}, with_receipt=True)
    operations.close(survey)
    make_responses(survey, 5, {"colour": "green"})
    stop_clock(2026, 4, 11, 11)
    assert housekeeping()["responses"] == 0
    stop_clock(2026, 4, 11, 12)
    assert housekeeping()["responses"] == 11
    assert (count(Response), count(Answer), count(Receipt)) == (0, 0, 0)
    result = queries.result(survey)
    assert result is not None
    assert result.response_count == 11  # counted once more before they went
    assert survey.state is SurveyState.ERASED


def test_after_that_the_result_is_never_counted_anew_and_the_survey_stays_closed(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    survey = make_survey(retention_days=1)
    make_responses(survey, 6, {"colour": "red"})
    operations.close(survey)
    stop_clock(2026, 4, 3, 12)
    housekeeping()
    assert operations.refresh_results() == {"counted_results": 0}
    assert operations.refresh_result(survey) is False
    for again in (operations.reopen, lambda one: operations.schedule(one, None, None)):
        with pytest.raises(operations.AlreadyErased):
            again(survey)


def test_a_survey_that_still_runs_keeps_its_responses(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    survey = make_survey(retention_days=1)
    make_responses(survey, 2, {"colour": "red"})
    stop_clock(2027, 4, 1, 12)
    assert housekeeping()["responses"] == 0
