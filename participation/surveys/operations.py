"""What staff do with a survey: prepare, publish, close, reopen, count."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l
from participation.questionnaires.models import QuestionnaireVersion, Response
from participation.surveys import counting, indexing, queries, small_numbers
from participation.surveys.models import Survey, SurveyResult
from participation.surveys.readiness import readiness


class NotReady(Refused):
    message = _l("The survey cannot be published yet. Please look at the list of what is missing.")


class NothingToPublish(Refused):
    message = _l("There is no draft to publish. To change the questions, import them anew.")


class NotOpen(Refused):
    message = _l("The survey is not open, so it cannot be closed.")


class NotClosed(Refused):
    message = _l("Only a closed survey can be opened again.")


class EndIsPast(Refused):
    message = _l("The closing date has passed. Please set a later one first.")


class AlreadyErased(Refused):
    message = _l("The responses were deleted because their time was over. The survey cannot be opened again.")


class NotADraft(Refused):
    message = _l("A survey that was published cannot be deleted. You can close it.")


class MinimumFixed(Refused):
    message = _l("A result was counted already, so the smallest number that is shown cannot change any more.")


class PromiseGiven(Refused):
    message = _l("People were told how long their answers are kept. The time can become shorter, but not longer.")


class EndsBeforeItBegins(Refused):
    message = _l("The survey must close after it opens.")


def change(survey: Survey, **facts: Any) -> None:
    """Change what is said about the survey; what residents were promised stays."""
    minimum, days = facts.get("minimum_cell", survey.minimum_cell), facts.get("retention_days", survey.retention_days)
    if minimum != survey.minimum_cell and queries.result(survey) is not None:
        raise MinimumFixed  # two results of the same answers with different rules would show what one of them hides
    if survey.published_at is not None and days > survey.retention_days:
        raise PromiseGiven
    changed = [name for name, fact in facts.items() if getattr(survey, name) != fact]
    for name in changed:
        setattr(survey, name, facts[name])
    if changed:
        audit.record("survey.changed", thing=_name(survey), fields=changed)
        session.flush()
        indexing.index(survey)


def schedule(survey: Survey, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Say from when to when residents may answer; an empty moment means at once, or until it is closed by hand."""
    if survey.erased_at is not None:
        raise AlreadyErased
    if opens_at and closes_at and closes_at <= opens_at:
        raise EndsBeforeItBegins
    survey.opens_at, survey.closes_at = opens_at, closes_at
    audit.record("survey.scheduled", thing=_name(survey), opens_at=_iso(opens_at), closes_at=_iso(closes_at))
    session.flush()
    indexing.index(survey)


def publish(survey: Survey) -> None:
    """From here on the wording never changes, and residents may answer it once the survey opens."""
    session.refresh(survey, with_for_update={"of": Survey})  # two editors cannot both be the first
    draft = queries.draft_version(survey)
    if draft is None:
        raise NothingToPublish
    if survey.erased_at is not None:
        raise AlreadyErased
    if not readiness(survey, draft).is_ready:
        raise NotReady
    session.execute(delete(Response).where(Response.version_id == draft.id))  # what staff typed to try it out
    draft.published_at = clock.now()
    survey.version = draft
    survey.published_at = survey.published_at or clock.now()
    audit.record("survey.published", thing=_name(survey), version=draft.number)
    session.flush()
    indexing.index(survey)


def close(survey: Survey) -> None:
    """Nobody can answer or correct any more; what was sent is counted."""
    session.refresh(survey, with_for_update={"of": Survey})
    if survey.published_at is None or survey.ended_at is not None:
        raise NotOpen
    survey.closed_at = clock.now()
    audit.record("survey.closed", thing=_name(survey))
    session.flush()
    refresh_result(survey)


def reopen(survey: Survey) -> None:
    """Residents may answer again."""
    session.refresh(survey, with_for_update={"of": Survey})
    if survey.erased_at is not None:
        raise AlreadyErased
    if survey.ended_at is None:
        raise NotClosed
    if survey.closes_at is not None and survey.closes_at <= clock.now():
        raise EndIsPast
    survey.closed_at = None
    audit.record("survey.reopened", thing=_name(survey))
    session.flush()


def delete_draft(survey: Survey) -> None:
    """Throw away a survey that no resident has seen, with its questions and what staff typed to try it."""
    session.refresh(survey, with_for_update={"of": Survey})
    if survey.published_at is not None:
        raise NotADraft
    questionnaire = survey.questionnaire
    ids = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    session.execute(delete(Response).where(Response.version_id.in_(ids)))
    audit.record("survey.deleted", thing=_name(survey), title=survey.title.get("de", ""))
    session.delete(survey)
    session.flush()
    session.delete(questionnaire)
    session.flush()


# --- Results --------------------------------------------------------------------------------------------------------


def count_results(survey: Survey) -> SurveyResult:
    """Count now, whatever the steps say; for the refresh below, the demo and the benchmark."""
    versions = queries.published_versions(survey)
    responses, tables = counting.count(versions, survey.minimum_cell)
    result = queries.result(survey) or SurveyResult(survey_id=survey.id)
    result.counted_at, result.response_count, result.tables = clock.now(), responses, tables
    session.add(result)
    session.flush()
    return result


def refresh_result(survey: Survey) -> bool:
    """Count anew if enough responses have come, or were taken back, since the last time (S4, S5).

    Otherwise two results next to each other would tell what the few people between them answered. This holds for the
    last result of a survey too.
    """
    now = counting.response_count([version.id for version in queries.published_versions(survey)])
    if not is_due(survey, queries.result(survey), now):
        return False
    count_results(survey)
    return True


def is_due(survey: Survey, result: SurveyResult | None, responses: int) -> bool:
    """Whether the step to the next result has been reached; after the end of the survey the smallest step is enough."""
    if survey.erased_at is not None:
        return False
    if result is None:
        return responses >= survey.minimum_cell
    counted = result.response_count
    step = survey.minimum_cell if survey.ended_at else small_numbers.step(counted, survey.minimum_cell)
    return abs(responses - counted) >= step and responses >= survey.minimum_cell


def refresh_results() -> dict[str, int]:
    """Renew every result that has reached its next step; the worker calls this."""
    surveys = queries.to_count()
    numbers = queries.numbers(surveys)
    due = [one for one in surveys if is_due(one, queries.result(one), numbers[one.id].sent)]
    for survey in due:
        count_results(survey)
    return {"counted_results": len(due)}


def _name(survey: Survey) -> str:
    return f"survey {survey.id}"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
