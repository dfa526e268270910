"""One visit to a survey: which response this browser is filling in, and how far it has come."""

import uuid

from flask import abort, request
from flask import session as browser
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import load_only
from werkzeug.utils import cached_property  # functools' one lets, up to Python 3.11, all threads wait for one

from participation import clock
from participation.db import engine, session
from participation.districts.places import Places
from participation.permissions import has_session
from participation.questionnaires.filling import Answers, Filling, Key, Step
from participation.questionnaires.models import QuestionnaireVersion, Response, ResponseStatus
from participation.questionnaires.queries import answers
from participation.surveys.models import Survey

DRAFTS = "drafts"


# Put together once: every page of every survey begins with one of these.
IN_FULL = (
    select(Survey, QuestionnaireVersion, Response)
    .select_from(Survey)
    .outerjoin(Response, Response.id == bindparam("response_id"))
    .outerjoin(QuestionnaireVersion, QuestionnaireVersion.id == func.coalesce(Response.version_id, Survey.version_id))
    .where(Survey.slug == bindparam("slug"))
)
FOR_ANSWERING = IN_FULL.options(
    load_only(
        Survey.slug,
        Survey.title,
        Survey.questionnaire_id,
        Survey.version_id,
        Survey.published_at,
        Survey.opens_at,
        Survey.closes_at,
        Survey.closed_at,
    ),
    load_only(QuestionnaireVersion.checksum),
)


class Visit:
    """The survey at this address with the answers this browser has given so far (at most three statements)."""

    def __init__(self, slug: str, *, in_full: bool = False) -> None:
        self.slug = slug
        # On SQLite a POST has the whole database to itself; elsewhere it looks the response up later and locks it.
        looks_later = request.method == "POST" and engine().dialect.name != "sqlite"
        sought = {"slug": slug, "response_id": None if looks_later else self.response_id}
        self.survey, self._wording, response = session.execute(IN_FULL if in_full else FOR_ANSWERING, sought).one()
        if not looks_later:
            self.response = response
        self.places = Places()

    @cached_property
    def response(self) -> Response | None:
        """The begun or sent response, once a first screen was saved; whoever is about to change it waits in line."""
        if self.response_id is None:
            return None
        return session.get(Response, self.response_id, with_for_update=request.method == "POST")

    @property
    def is_correction(self) -> bool:
        """Whether the answers were sent before: then there is nothing to go on with later."""
        return self.response is not None and self.response.status is ResponseStatus.SUBMITTED

    @property
    def was_at_end(self) -> bool:
        """Whether the last screen was saved once, so that a changed answer may lead straight back to the review."""
        if self.response is None or not self.filling.steps:
            return False
        pages = [page.name for page in self.version.definition.pages]
        last = pages.index(self.filling.steps[-1].page.name)
        return self.response.reached in pages[last:]

    @property
    def response_id(self) -> uuid.UUID | None:
        """The key this browser carries; it is made when the first form is opened (D12)."""
        key = browser.get(DRAFTS, {}).get(self.slug) if has_session() else None
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
            self._carry(known)
        return known

    def adopt(self, response_id: uuid.UUID) -> None:
        """Let this browser go on with a response."""
        self._carry(response_id)
        self.forget_response()

    def _carry(self, response_id: uuid.UUID) -> None:
        browser[DRAFTS] = {**browser.get(DRAFTS, {}), self.slug: response_id.hex}

    def leave(self) -> None:
        """Let go of the response on this device, so that the next person begins anew."""
        browser[DRAFTS] = {slug: key for slug, key in browser.get(DRAFTS, {}).items() if slug != self.slug}

    def current_step(self) -> Step:
        """Where to go on: the first screen not reached yet, or the first one."""
        steps = self.filling.steps or abort(404)
        if self.response is None or not self.response.reached:
            return steps[0]
        pages = [page.name for page in self.version.definition.pages]
        reached = pages.index(self.response.reached)
        return next((step for step in steps if pages.index(step.page.name) > reached), steps[-1])
