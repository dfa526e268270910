"""One visit to a survey: which response this browser is filling in, and how far it has come."""

import uuid

from flask import abort, request
from flask import session as browser
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.utils import cached_property  # functools' one lets, up to Python 3.11, all threads wait for one

from participation import clock
from participation.db import session
from participation.permissions import has_session
from participation.questionnaires.filling import Answers, Filling, Key, Step
from participation.questionnaires.models import QuestionnaireVersion, Response
from participation.questionnaires.queries import answers
from participation.surveys.models import Survey
from participation.surveys.places import Places

DRAFTS = "drafts"


class Visit:
    """The survey at this address with the answers this browser has given so far (three statements)."""

    def __init__(self, slug: str) -> None:
        self.survey = session.scalars(
            select(Survey).where(Survey.slug == slug).options(joinedload(Survey.version))
        ).one()
        self.places = Places()

    @cached_property
    def response(self) -> Response | None:
        """The begun or sent response, once a first screen was saved; whoever is about to change it waits in line."""
        if self.response_id is None:
            return None
        return session.get(Response, self.response_id, with_for_update=request.method == "POST")

    @property
    def response_id(self) -> uuid.UUID | None:
        """The key this browser carries; it is made when the first form is opened (D12)."""
        key = browser.get(DRAFTS, {}).get(self.survey.slug) if has_session() else None
        return uuid.UUID(key) if key else None

    @cached_property
    def version(self) -> QuestionnaireVersion:
        """The wording the response was begun with; for a new one the published wording, before that the draft."""
        if self.response is not None:
            return session.get_one(QuestionnaireVersion, self.response.version_id)
        if self.survey.version is not None:
            return self.survey.version
        versions = self.survey.questionnaire.versions
        return versions[-1] if versions else abort(404)

    @cached_property
    def before(self) -> Answers:
        """The answers as they are stored."""
        return answers(self.response.id) if self.response else {}

    @cached_property
    def filling(self) -> Filling:
        """The questionnaire with those answers."""
        return self.filled(self.before)

    def filled(self, given: Answers, opened: Key | None = None) -> Filling:
        """The same questionnaire with other answers, or with one more instance of a repeat opened."""
        return Filling(self.version.definition, given, clock.today(), opened)

    def open_step(self, page: str, instance: int) -> Step | None:
        """The screen at this address, if the answers so far lead to it."""
        if instance > 1 and self.filling.step(page, instance) is None:
            self.filling = self.filled(self.before, (page, instance))
        return self.filling.step(page, instance)

    def forget_response(self) -> None:
        """Look the response up anew, because it was begun a moment ago."""
        self.__dict__.pop("response", None)
        self.__dict__.pop("before", None)

    def open_form(self) -> uuid.UUID:
        """The key for this visit's response; from here on the browser holds a session cookie."""
        known = self.response_id
        if known is None:
            known = uuid.uuid4()
            self.adopt(known)
        return known

    def adopt(self, response_id: uuid.UUID) -> None:
        """Let this browser go on with a response."""
        browser[DRAFTS] = {**browser.get(DRAFTS, {}), self.survey.slug: response_id.hex}

    def leave(self) -> None:
        """Let go of the response on this device, so that the next person begins anew."""
        browser[DRAFTS] = {slug: key for slug, key in browser.get(DRAFTS, {}).items() if slug != self.survey.slug}

    def current_step(self) -> Step:
        """Where to go on: the first screen not reached yet, or the first one."""
        steps = self.filling.steps or abort(404)
        if self.response is None or not self.response.reached:
            return steps[0]
        pages = [page.name for page in self.version.definition.pages]
        reached = pages.index(self.response.reached)
        return next((step for step in steps if pages.index(step.page.name) > reached), steps[-1])
