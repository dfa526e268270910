"""Making a survey of a questionnaire that came from a file, or giving an existing one new questions."""

import re
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from participation import audit, clock
from participation.addresses import UNTYPED
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.questionnaires.definition import Definition
from participation.questionnaires.files import read
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response, checksum
from participation.questionnaires.xlsform.reading import Reading
from participation.slugs import free_slug, slug_of, slugs_like
from participation.surveys import queries
from participation.surveys.import_models import SurveyImport
from participation.surveys.models import Survey

KEPT_FOR = timedelta(days=1)
LONGEST_SLUG = 80
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SlugTaken(Refused):
    message = _l("Another survey has this short name already. Please choose a different one.")


class SlugUnfit(Refused):
    message = _l("A short name holds only small letters, digits and hyphens, for example “families-2026”.")


def read_file(data: bytes, fallback_language: str = "de") -> Reading:
    """Read a file with the limits and languages of this house."""
    settings = current_app.config["SETTINGS"]
    return read(
        data, fallback_language=fallback_language, offered=settings.languages, most_bytes=settings.max_upload_bytes
    )


def keep(reading: Reading, file_name: str, survey: Survey | None = None) -> SurveyImport:
    """Keep what was read until somebody confirms it; what nobody confirmed for a day goes."""
    assert reading.definition is not None
    base_name = re.split(r"[/\\]", file_name.translate(UNTYPED))[-1]
    session.execute(delete(SurveyImport).where(SurveyImport.created_at < clock.now() - KEPT_FOR))
    kept = SurveyImport(
        created_at=clock.now(),
        file_name=base_name[-200:],
        survey_id=survey.id if survey else None,
        title=reading.title,
        document=reading.definition.to_json(),
        remarks={"problems": [problem.to_json() for problem in reading.problems]},
    )
    session.add(kept)
    session.flush()
    return kept


def confirm(kept: SurveyImport, title: LocalizedText | None = None, slug: str = "") -> Survey:
    """Make of an upload what was announced: a new survey, or new questions for the one it was meant for."""
    once = select(SurveyImport).where(SurveyImport.id == kept.id).with_for_update()
    kept = session.scalars(once.execution_options(populate_existing=True)).one()  # a second click finds nothing
    definition = kept.definition
    if kept.survey:
        replace_questions(kept.survey, definition)
        survey = kept.survey
    else:
        survey = make_survey(definition, title or kept.title, slug)
    session.delete(kept)
    session.flush()
    return survey


def make_survey(definition: Definition, title: LocalizedText, slug: str = "") -> Survey:
    """A new survey with these questions, not yet published; without a short name it gets one from its title."""
    slug = _checked(slug) if slug else free_slug(Survey.slug, slug_of(str(title.get("de") or title), "survey"))
    survey = Survey(slug=slug, title=title, questionnaire=Questionnaire(name=slug))
    try:
        with session.begin_nested():
            session.add(survey)
    except IntegrityError as error:
        raise SlugTaken from error
    _add_version(survey.questionnaire, 1, definition)
    audit.record("survey.imported", thing=f"survey {survey.id}", slug=slug, questions=len(definition.questions))
    return survey


def replace_questions(survey: Survey, definition: Definition) -> QuestionnaireVersion:
    """New questions: in place of the draft if there is one, else as a new draft beside the published wording."""
    session.refresh(survey, with_for_update={"of": Survey})  # two editors do not make the same version twice
    draft = queries.draft_version(survey)
    if draft is None:
        youngest = next(iter(queries.versions(survey)), None)
        draft = _add_version(survey.questionnaire, youngest.number + 1 if youngest else 1, definition)
    else:
        session.execute(delete(Response).where(Response.version_id == draft.id))  # what staff typed to try it out
        document = definition.to_json()
        draft.document, draft.checksum, draft.created_at = document, checksum(document), clock.now()
        session.flush()
    thing, questions = f"survey {survey.id}", len(definition.questions)
    audit.record("survey.questions_replaced", thing=thing, version=draft.number, questions=questions)
    return draft


def _checked(slug: str) -> str:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise SlugUnfit
    if slug in slugs_like(Survey.slug, slug):
        raise SlugTaken
    return slug


def _add_version(questionnaire: Questionnaire, number: int, definition: Definition) -> QuestionnaireVersion:
    document = definition.to_json()
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=number,
        document=document,
        checksum=checksum(document),
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    return version
