"""What must go on its day: drafts that nobody came back to, and responses whose promised time is over (D14)."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, delete, or_, select

from participation import audit, clock
from participation.db import session
from participation.questionnaires.models import QuestionnaireVersion, Response, ResponseStatus
from participation.receipts.models import Receipt
from participation.surveys import operations
from participation.surveys.models import Survey

CHUNK = 500


def housekeeping() -> dict[str, int]:
    """Delete what is due today, and tell how much it was."""
    drafts = _delete_drafts()
    surveys = _surveys_to_erase()
    return {"drafts": drafts, "responses": sum(map(_erase, surveys))}


def _delete_drafts() -> int:
    oldest = clock.today() - timedelta(days=current_app.config["SETTINGS"].draft_days)
    of_surveys = select(QuestionnaireVersion.id).join(
        Survey, Survey.questionnaire_id == QuestionnaireVersion.questionnaire_id
    )
    return _delete(
        Response.status == ResponseStatus.DRAFT,
        Response.touched_on < oldest,
        Response.version_id.in_(of_surveys),
    )


def _surveys_to_erase() -> list[Survey]:
    ended = session.scalars(
        select(Survey).where(
            Survey.erased_at.is_(None),
            Survey.published_at.is_not(None),
            or_(Survey.closed_at.is_not(None), Survey.closes_at <= clock.now()),
        )
    )
    return [one for one in ended if one.ended_at and one.erases_at and one.erases_at <= clock.now()]


def _erase(survey: Survey) -> int:
    """Delete all responses of a survey; what stays are counted tables, which tell about nobody."""
    operations.refresh_result(survey)
    ids = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == survey.questionnaire_id)
    count = _delete(Response.version_id.in_(ids))
    survey.erased_at = clock.now()
    audit.record("survey.erased", thing=f"survey {survey.id}", responses=count)
    session.flush()
    return count


def _delete(*conditions: ColumnElement[bool]) -> int:
    """Delete responses with their answers and their receipts."""
    receipts: Sequence[UUID | None] = session.scalars(select(Response.receipt_id).where(*conditions)).all()
    session.execute(delete(Response).where(*conditions).execution_options(synchronize_session=False))
    known = [receipt_id for receipt_id in receipts if receipt_id is not None]
    for start in range(0, len(known), CHUNK):
        chunk = known[start : start + CHUNK]
        session.execute(delete(Receipt).where(Receipt.id.in_(chunk)).execution_options(synchronize_session=False))
    session.expire_all()
    return len(receipts)
