"""Looking up surveys, for residents and for the desk."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from participation import clock
from participation.db import session
from participation.districts.models import Area
from participation.feature import Entry
from participation.i18n import LocalizedText, _l
from participation.questionnaires.models import Answer, QuestionnaireVersion, Response, ResponseStatus
from participation.surveys.models import Survey, SurveyResult
from participation.text_matching import fold

SHOWN_AT_HOME = 6
MOST_LOOKED_THROUGH = 10_000  # comparing word by word takes about a second for so many
# Letters that carry no marks in any language of the city, so that the database can look for them as they are.
PLAIN = frozenset("bfhjkmpqvwx")


# --- For residents --------------------------------------------------------------------------------------------------


def is_open() -> ColumnElement[bool]:
    """The surveys that can be answered now; Survey.is_open says the same of one row."""
    now = clock.now()
    return and_(
        Survey.published_at.is_not(None),
        Survey.closed_at.is_(None),
        or_(Survey.opens_at.is_(None), Survey.opens_at <= now),
        or_(Survey.closes_at.is_(None), Survey.closes_at > now),
    )


def open_surveys() -> Select[Survey]:
    """What can be answered now, as a list to be paged; what closes first comes first."""
    return select(Survey).where(is_open()).order_by(Survey.closes_at.is_(None), Survey.closes_at, Survey.id)


def entries() -> list[Entry]:
    """What the home page shows of the surveys."""
    return [
        Entry(
            title=survey.title,
            url=url_for("surveys.show", slug=survey.slug),
            kind=_l("Survey"),
            until=survey.closes_at.astimezone(clock.BERLIN).date() if survey.closes_at else None,
            summary=survey.purpose,
        )
        for survey in session.scalars(open_surveys().limit(SHOWN_AT_HOME))
    ]


# --- For the desk ---------------------------------------------------------------------------------------------------


class Numbers(NamedTuple):
    """How many responses a survey has, and how many were begun and not sent yet."""

    sent: int = 0
    begun: int = 0


def every_survey() -> Select[Survey]:
    """All surveys, the youngest first, as a list to be paged."""
    return select(Survey).order_by(Survey.id.desc())


def survey(survey_id: int) -> Survey:
    """The survey with this number, with its published wording."""
    return session.scalars(select(Survey).where(Survey.id == survey_id).options(joinedload(Survey.version))).one()


def versions(survey: Survey) -> Sequence[QuestionnaireVersion]:
    """All wordings of a survey's questionnaire, the youngest first."""
    return session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == survey.questionnaire_id)
        .order_by(QuestionnaireVersion.number.desc())
    ).all()


def published_versions(survey: Survey) -> list[QuestionnaireVersion]:
    """The wordings that residents have answered, the youngest first."""
    return [version for version in versions(survey) if version.published_at is not None]


def draft_version(survey: Survey) -> QuestionnaireVersion | None:
    """The wording that waits to be published, if there is one."""
    youngest = next(iter(versions(survey)), None)
    return youngest if youngest is not None and youngest.published_at is None else None


def numbers(surveys: Collection[Survey]) -> dict[int, Numbers]:
    """Responses and drafts of several surveys by the survey's id, in one statement."""
    rows = session.execute(
        select(Survey.id, Response.status, func.count())
        .join(QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Survey.questionnaire_id)
        .join(Response, Response.version_id == QuestionnaireVersion.id)
        .where(Survey.id.in_([one.id for one in surveys]), QuestionnaireVersion.published_at.is_not(None))
        .group_by(Survey.id, Response.status)
    )
    found = dict.fromkeys((one.id for one in surveys), Numbers())
    for survey_id, status, count in rows:
        which = "sent" if status is ResponseStatus.SUBMITTED else "begun"
        found[survey_id] = found[survey_id]._replace(**{which: count})
    return found


def result(survey: Survey) -> SurveyResult | None:
    """The result as last counted."""
    return session.get(SurveyResult, survey.id)


def to_count() -> Sequence[Survey]:
    """Published surveys whose responses are still here."""
    return session.scalars(
        select(Survey).where(Survey.published_at.is_not(None), Survey.erased_at.is_(None)).order_by(Survey.id)
    ).all()


def area_names(ids: Collection[int]) -> dict[str, LocalizedText]:
    """Names of areas by id as it stands in answers; past areas too."""
    if not ids:
        return {}
    rows = session.execute(select(Area.id, Area.name).where(Area.id.in_(ids)))
    return {str(area_id): name for area_id, name in rows}


# --- What people wrote in their own words -----------------------------------------------------------------------------


def texts(version_ids: Collection[int], question: str) -> Select[str, str]:
    """Answers to one text question with the language of their response; the order is that of random keys."""
    return (
        select(func.coalesce(Answer.value, ""), Response.language)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.version_id.in_(version_ids),
            Response.status == ResponseStatus.SUBMITTED,
            Answer.question == question,
            Answer.value.is_not(None),
        )
        .order_by(Response.id, Answer.instance)
    )


def matching_texts(query: Select[str, str], wanted: str) -> tuple[list[tuple[str, str]], bool]:
    """Those texts that hold what was typed, however it is spelled (L14), and whether all could be looked through.

    The database narrows them down by the letters that no spelling changes; the rest is compared one by one.
    """
    folded = fold(wanted)
    narrowed = query.where(Answer.value.ilike(like_pattern(folded))).limit(MOST_LOOKED_THROUGH + 1)
    rows = session.execute(narrowed).all()
    found = [(value, language) for value, language in rows[:MOST_LOOKED_THROUGH] if folded in fold(value)]
    return found, len(rows) <= MOST_LOOKED_THROUGH


def like_pattern(folded: str) -> str:
    """What a text must look like to fold to this: marks and apostrophes may stand anywhere between the letters."""
    return "%" + "".join(f"{letter}%" for letter in folded if letter in PLAIN)
