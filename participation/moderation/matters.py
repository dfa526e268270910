"""What the receipt page tells of decisions: to the author about the text, to whoever reported about the notice."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from participation.contributions.models import Contribution
from participation.db import session
from participation.feature import Matter
from participation.i18n import LazyText, Passage, _, _l
from participation.moderation import noticing, objecting, statements
from participation.moderation.models import RESTRICTIONS, Action, Decision, Notice, NoticeState, Objection
from participation.receipts.models import Receipt

NOTICE_STATES: dict[NoticeState, LazyText] = {
    NoticeState.OPEN: _l("We have received your report and will decide about it."),
    NoticeState.UPHELD: _l("We have decided. Your report was right."),
    NoticeState.REJECTED: _l("We have decided. The text stays as it is."),
}


@dataclass(frozen=True)
class Told:
    """One decision as its receipt shows it: the letter, and what can still be done."""

    decision: Decision
    letter: list[Markup]
    question: Passage | None
    objection: Objection | None
    answer: list[Markup]
    may_object: bool


def holds(receipt: Receipt) -> ColumnElement[bool]:
    """Whether it is a notice's, or something was decided about the text that was sent with it."""
    text = (Decision.contribution_id == Contribution.id) & (Contribution.receipt_id == receipt.id)
    return or_(exists().where(Notice.receipt_id == receipt.id), exists().where(text))


def matter(receipt: Receipt) -> Matter | None:
    """The decisions about the author's text, or what became of a notice; None when there is nothing to tell."""
    notice = noticing.behind(receipt)
    if notice is not None:
        return _of_notice(notice)
    decisions = _to_tell(receipt)
    if not decisions:
        return None
    return Matter(
        title=_l("Our decisions about your text"),
        state=_state(decisions[0]),
        template="moderation/_matter.html",
        context={"told": [_told(one, None) for one in decisions]},
    )


def _to_tell(receipt: Receipt) -> list[Decision]:
    """The newest first: what was decided against the text, and what was asked."""
    query = select(Decision).join(Decision.contribution).where(Contribution.receipt_id == receipt.id)
    query = query.where(Decision.action.in_([*RESTRICTIONS, Action.RETURN]))
    query = query.options(joinedload(Decision.rule), joinedload(Decision.contribution))
    return list(session.scalars(query.order_by(Decision.id.desc())))


def _state(newest: Decision) -> str:
    if newest.contribution.status is not newest.after:
        return _("Much has happened since our last decision. You find the present state of your text above.")
    if newest.action is Action.RETURN:
        return _("We have a question about your text.")
    return statements.measure(newest.action)


def _of_notice(notice: Notice) -> Matter:
    decision = notice.decision
    return Matter(
        title=_l("Your report of a text"),
        state=NOTICE_STATES[notice.state],
        template="moderation/notice_matter.html",
        context={
            "notice": notice,
            "named": statements.named(notice.contribution),
            "told": [_told(decision, notice)] if decision else [],
        },
    )


def _told(decision: Decision, notice: Notice | None) -> Told:
    objection = objecting.made_against(decision, notice)
    is_question = decision.action is Action.RETURN and notice is None
    return Told(
        decision=decision,
        letter=[] if is_question else _letter(decision, notice),
        question=Passage(decision.facts, decision.facts_language) if is_question else None,
        objection=objection,
        answer=_answer(objection),
        may_object=not is_question and objection is None and statements.is_in_time(decision),
    )


def _letter(decision: Decision, notice: Notice | None) -> list[Markup]:
    if notice is not None:
        return statements.shown("moderation/notice-decided", noticing.decided_values(notice))
    return statements.shown("moderation/statement", statements.statement_values(decision))


def _answer(objection: Objection | None) -> list[Markup]:
    if objection is None or objection.decided_at is None:
        return []
    values: dict[str, Any] = objecting.decided_values(objection)
    return statements.shown("moderation/objection-decided", values)
