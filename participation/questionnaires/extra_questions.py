"""What a form asks beside its own fields, as a call for ideas or an event does: all pages of a questionnaire on one."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import delete
from werkzeug.datastructures import MultiDict
from werkzeug.utils import cached_property

from participation import clock
from participation.db import session
from participation.i18n import Passage, current_language
from participation.memory import remembered
from participation.questionnaires import operations, replies
from participation.questionnaires.definition import Definition, Option, Page, Question, Section
from participation.questionnaires.filling import ONCE, Answers, Filling, Step
from participation.questionnaires.models import Answer, QuestionnaireVersion, Response, ResponseStatus
from participation.questionnaires.replies import Places
from participation.questionnaires.screen import Screen
from participation.questionnaires.wording import shown_value, words

PAGE = "page:"  # what a page is called as a section; no question can be called so


class ExtraQuestions:
    """The extra questions of a form with what was typed into them; without a version there are none.

    Pages that repeat are left out: one page cannot ask the same again for each child.
    """

    def __init__(
        self, version: QuestionnaireVersion | None, places: Places, form: MultiDict[str, str] | None = None
    ) -> None:
        self.version = version
        self.form = form
        self.places = places
        self.sent = replies.Replies()
        if form is not None:
            self._read(form)

    @cached_property
    def definition(self) -> Definition:
        """The questionnaire as one page, so that its logic works within it as on any screen."""
        version = self.version
        if version is None:
            return on_one_page(None)
        return remembered(("on one page", version.checksum), lambda: on_one_page(version.definition))

    @cached_property
    def step(self) -> Step:
        return Step(self.definition.pages[0])

    @cached_property
    def filling(self) -> Filling:
        """The questionnaire with the answers that count."""
        return Filling(self.definition, self.sent.answers, clock.today())

    @property
    def screen(self) -> Screen:
        """What the template shows: as typed, with what is wrong about it."""
        return Screen(self.step, self.filling, self.places, self.form, self.sent.errors)

    @property
    def errors(self) -> dict[str, str]:
        return self.sent.errors

    @property
    def has_more_to_ask(self) -> bool:
        """Whether an answer brought up a question that the person has not seen, as happens without scripts."""
        return bool(self.sent.unseen)

    @property
    def answers(self) -> Answers:
        return self.filling.answers

    @property
    def foreign_fields(self) -> list[str]:
        """Fields of questions that are not asked here (V6)."""
        return list(replies.foreign_fields(self.step, self.form)) if self.form else []

    def shown(self) -> Iterator[tuple[Passage | str, str]]:
        """Each question with its answer in words, for the check before sending (A14)."""
        for question in self.step.page.questions:
            given = self.answers.get((question.name, ONCE))
            if given and question.is_asked:
                areas = self.places.areas(question.layer)
                yield words(question.label, self.filling, ONCE, areas), shown_value(question, given, areas)

    def save(self) -> Response | None:
        """Keep the answers as one sent response; without any answer there is none."""
        if self.version is None or not self.answers:
            return None
        today = clock.today()
        response = Response(
            version_id=self.version.id,
            language=current_language().tag,
            status=ResponseStatus.SUBMITTED,
            reached=self.version.definition.pages[-1].name,
            touched_on=today,
            submitted_on=today,
        )
        session.add(response)
        session.flush()
        operations.save_answers(response.id, self.version.definition, {}, self.answers)
        return response

    def _read(self, form: MultiDict[str, str]) -> None:
        # Which options are left may depend on another answer of the same page, so all are offered at first.
        first = replies.read(self.step, Unfiltered(self.definition, {}, clock.today()), form, self.places)
        known = Filling(self.definition, first.answers, clock.today())
        self.sent = replies.read(self.step, known, form, self.places)
        replies.judge(self.step, self.filling, form, self.sent)


class Unfiltered(Filling):
    """A filling that offers every option."""

    def options(self, question: Question, _instance: int) -> Sequence[Option]:
        return question.options


def on_one_page(definition: Definition | None) -> Definition:
    """The same questions with each page as a section of one page."""
    pages = [page for page in definition.pages if page.repeat is None] if definition else []
    page = Page(name="extra", elements=tuple(map(_as_section, pages)))
    return Definition(languages=definition.languages if definition else (), pages=(page,))


def _as_section(page: Page) -> Section:
    return Section(
        name=f"{PAGE}{page.name}", title=page.title, hint=page.hint, relevant=page.relevant, elements=page.elements
    )


def forget(response_id: uuid.UUID) -> None:
    """The answers go with what they belonged to."""
    session.execute(delete(Answer).where(Answer.response_id == response_id))
    session.execute(delete(Response).where(Response.id == response_id))
