"""Giving a form its extra questions from a file: a call for ideas and an event do it alike."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_wtf.file import FileField
from sqlalchemy import func, select
from wtforms import SelectField

from participation import clock
from participation.db import session
from participation.errors import Refused
from participation.forms import Form, required
from participation.i18n import SOURCE_LANGUAGE, _l, languages
from participation.questionnaires.definition import Definition
from participation.questionnaires.files import read
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion, checksum
from participation.questionnaires.xlsform.reading import Reading

REFUSED = _l("This file cannot be used. Below you see what must be changed in it.")


class RepeatedPages(Refused):
    message = _l("Here you can only ask questions that come once. Please take the repeated groups out of the file.")


class QuestionsForm(Form):
    """A file with extra questions, and what it may not say itself."""

    file = FileField(
        _l("File (.xlsx, .xls, .lss, .txt or .tsv)"),
        [required()],
        description=_l("An XLSForm as made for ODK or KoboToolbox, with the sheets “survey” and “choices”."),
    )
    language = SelectField(_l("Language of texts that name none"), default=SOURCE_LANGUAGE)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language.choices = [(one.tag, one.name) for one in languages()]

    def read(self) -> Reading:
        """What stands in the file, and what is wrong about it."""
        offer = current_app.config["SETTINGS"]
        return read(
            self.file.data.read(),
            fallback_language=self.language.data,
            offered=offer.languages,
            most_bytes=offer.max_upload_bytes,
        )


def next_version(
    before: QuestionnaireVersion | None, definition: Definition, *, name: str, published_at: datetime | None
) -> QuestionnaireVersion:
    """The questions of a form, or other ones in their place; answers to the earlier ones stay with theirs."""
    if any(page.repeat for page in definition.pages):
        raise RepeatedPages
    questionnaire = before.questionnaire if before else Questionnaire(name=name)
    document = definition.to_json()
    session.add(questionnaire)
    session.flush()
    # Not the number before: a copy of an event goes on with the same questionnaire.
    numbers = select(func.max(QuestionnaireVersion.number))
    last = session.scalar(numbers.where(QuestionnaireVersion.questionnaire_id == questionnaire.id)) or 0
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=last + 1,
        document=document,
        checksum=checksum(document),
        created_at=clock.now(),
        published_at=published_at,
    )
    session.add(version)
    session.flush()
    return version
