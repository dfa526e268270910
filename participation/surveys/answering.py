"""What residents do with a survey: begin, save page by page, send once, come back, correct, take back."""

import uuid
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value

from participation import clock
from participation.db import engine, session, table_of
from participation.errors import Refused
from participation.i18n import _l, current_language
from participation.questionnaires import operations as questionnaires
from participation.questionnaires.definition import Definition
from participation.questionnaires.filling import Answers, Filling, Step
from participation.questionnaires.models import Answer, QuestionnaireVersion, Response, ResponseStatus
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt
from participation.surveys.models import Survey
from participation.surveys.visits import Visit

# Put together once. The first gives nothing back when the response is there already.
BEGINNING = {
    name: dialect.insert(table_of(Response)).on_conflict_do_nothing().returning(table_of(Response).c.id)
    for name, dialect in {"postgresql": postgresql, "sqlite": sqlite}.items()
}
TOUCHING = update(table_of(Response)).where(table_of(Response).c.id == bindparam("response_id"))


class SurveyNotOpen(Refused):
    message = _l("This survey is not open. Your answers were not changed.")


class AnswersMissing(Refused):
    message = _l("Some questions still need an answer before you can send the survey.")


class OnlyATrial(Refused):
    message = _l("This survey is not published yet. You can try it, but nothing is sent.")


def save(visit: Visit, step: Step, filling: Filling) -> None:
    """Keep one screen's answers and drop what they made meaningless; the first one begins the response."""
    if visit.response is None and not _begin(visit, step):
        visit.forget_response()  # a second click was faster: go on with what it has begun
    response = visit.response
    if response is not None:
        reached = _further(filling.definition, response.reached, step.page.name)
        _touch(response, touched_on=clock.today(), language=current_language().tag, reached=reached)
    questionnaires.save_answers(visit.open_form(), filling.definition, visit.before, filling.answers)


def _begin(visit: Visit, step: Step) -> bool:
    """Make the draft; False when it is there already. Doing it twice makes one (double click, repeated POST)."""
    values = {
        "id": visit.open_form(),
        "version_id": visit.version.id,
        "language": current_language().tag,
        "status": ResponseStatus.DRAFT,
        "reached": step.page.name,
        "touched_on": clock.today(),
    }
    return session.execute(BEGINNING[engine().dialect.name], values).first() is not None


def _touch(response: Response, **facts: Any) -> None:
    """Change these facts with one plain statement: the session's own search for changes would cost more than that."""
    session.execute(TOUCHING, {"response_id": response.id, **facts})
    for name, fact in facts.items():
        set_committed_value(response, name, fact)


def _further(definition: Definition, reached: str, page: str) -> str:
    """The furthest page: going back does not undo the way."""
    pages = [one.name for one in definition.pages]
    return max(reached, page, key=lambda name: pages.index(name) if name in pages else -1)


def remove_instance(response_id: uuid.UUID, step: Step, filling: Filling) -> Filling:
    """Take one instance of a repeat out; the ones after it move up."""
    names = {question.name for question in step.page.questions}
    kept: Answers = {}
    for (name, instance), given in filling.answers.items():
        if name in names and instance == step.instance:
            continue
        moves = name in names and instance > step.instance
        kept[name, instance - 1 if moves else instance] = given
    changed = Filling(filling.definition, kept, filling.today)
    questionnaires.save_answers(response_id, filling.definition, filling.answers, changed.answers)
    return changed


def send(survey: Survey, response: Response, filling: Filling) -> str | None:
    """Send the response, once. Returns the receipt's code, or None when the person already has a receipt.

    Raises AnswersMissing when something required is open, SurveyNotOpen when the survey closed meanwhile.
    """
    _check_open(survey)
    session.refresh(response, with_for_update=True)  # two clicks cannot both be the first
    if open_questions(filling):
        raise AnswersMissing
    if response.status is ResponseStatus.SUBMITTED:
        return None
    response.status, response.submitted_on = ResponseStatus.SUBMITTED, clock.today()
    response.reached = filling.definition.pages[-1].name
    return give_receipt(response)


def give_receipt(response: Response) -> str | None:
    """A receipt to come back with; None when this response already has one."""
    if response.receipt_id is not None:
        return None
    issued = receipts.issue()
    response.receipt_id = issued.receipt.id
    return issued.code


def renew_receipt(response: Response) -> str:
    """A new code for a response whose code this browser does not know; the old code ends."""
    return receipts.renew(session.get_one(Receipt, response.receipt_id))


def open_questions(filling: Filling) -> list[tuple[Step, str]]:
    """Required questions on the way that have no answer, each with the screen it stands on."""
    return [
        (step, question.name)
        for step in filling.steps
        for question in step.page.questions
        if question.is_asked
        and question.is_required
        and filling.is_shown(question, step.instance)
        and (question.name, step.instance) not in filling.answers
    ]


def withdraw(response: Response) -> None:
    """Take a response back: it is deleted, with its answers and its receipt."""
    receipt_id = response.receipt_id
    session.execute(delete(Answer).where(Answer.response_id == response.id))
    session.execute(delete(Response).where(Response.id == response.id))
    if receipt_id:
        session.execute(delete(Receipt).where(Receipt.id == receipt_id))


def response_of(receipt: Receipt) -> tuple[Survey, Response] | None:
    """The survey and the response a receipt belongs to."""
    row = session.execute(
        select(Survey, Response)
        .join(QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Survey.questionnaire_id)
        .join(Response, Response.version_id == QuestionnaireVersion.id)
        .where(Response.receipt_id == receipt.id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def _check_open(survey: Survey) -> None:
    if survey.published_at is None:
        raise OnlyATrial
    if not survey.is_open:
        raise SurveyNotOpen
