"""Notices: somebody tells us that a text is unlawful or against the rules, and hears what was decided (DSA Art. 16)."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.attributes import flag_modified

from participation import audit, clock, mail
from participation.accounts.models import User
from participation.audit import AuditEntry
from participation.clock import BERLIN
from participation.contacts import operations as contacts
from participation.contributions import operations as contributions
from participation.contributions.models import Contribution, ContributionStatus
from participation.db import session
from participation.errors import Refused
from participation.i18n import Passage, _, _l, current_language, format_day
from participation.moderation import catalogue, statements
from participation.moderation.models import RESTRICTIONS, Action, Decision, Notice, NoticeState, Objection
from participation.moderation.queries import seen_by
from participation.moderation.starter import CHILD_ABUSE
from participation.permissions import Person
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt

DECIDE_WITHIN = timedelta(days=7)
ESCALATED = "contribution.escalated"
KEPT_AFTER_DECISION = timedelta(days=365)  # name, contact, receipt and words of whoever reported


class NotPublic(Refused):
    message = _l("This text is not public any more, so it does not have to be reported.")


class StillReadable(Refused):
    message = _l("The author has not taken this text back. Please decide about it.")


# --- Whoever reports --------------------------------------------------------------------------------------------------


def send(contribution: Contribution, *, reason: str, explanation: str, name: str = "", email: str = "") -> str:
    """Take a notice down; gives the code of its receipt. `reason` names a rule, or is "" for something else.

    The text comes into the queue and stays public until somebody has decided. Raises NotPublic.
    """
    contributions.lock(contribution)
    if not contribution.is_public:
        raise NotPublic
    issued = receipts.issue()
    is_about_child_abuse = reason == CHILD_ABUSE
    asks_who = not is_about_child_abuse
    notice = Notice(
        contribution=contribution,
        receipt=issued.receipt,
        rule=catalogue.rule(reason) if reason else None,
        explanation=explanation,
        name=name if asks_who else "",
        contact=contacts.give(email) if email and asks_who else None,
        language=current_language().tag,
        is_about_child_abuse=is_about_child_abuse,
        received_at=clock.now(),
    )
    session.add(notice)
    contribution.waiting_since = contribution.waiting_since or clock.now()
    # Whoever is deciding at this moment has not seen the notice: the version moves on, and they look again.
    flag_modified(contribution, "waiting_since")
    session.flush()
    return issued.code


def behind(receipt: Receipt) -> Notice | None:
    """The notice that a receipt was issued for."""
    return session.scalar(select(Notice).where(Notice.receipt_id == receipt.id).options(joinedload(Notice.decision)))


def take_back(notice: Notice) -> None:
    """Whoever reported takes it back: an open notice goes, of a decided one only the number stays."""
    if notice.state is NoticeState.OPEN:
        receipt, contact = notice.receipt, notice.contact
        session.delete(notice)
        session.flush()
        for gone in (receipt, contact):
            if gone is not None:
                session.delete(gone)
    else:
        _forget(notice)
    session.flush()


def _forget(notice: Notice) -> None:
    receipt, contact = notice.receipt, notice.contact
    notice.name, notice.explanation, notice.receipt, notice.contact = "", "–", None, None
    session.flush()
    for gone in (receipt, contact):
        if gone is not None:
            session.delete(gone)


def forget_old() -> int:
    """A year after the decision nothing tells any more who reported; an open objection is waited for (D14)."""
    still_open = select(Objection.id).where(Objection.notice_id == Notice.id, Objection.decided_at.is_(None)).exists()
    due = session.scalars(
        select(Notice)
        .where(Notice.decided_at < clock.now() - KEPT_AFTER_DECISION, Notice.receipt_id.is_not(None), ~still_open)
        .limit(500)
    ).all()
    for notice in due:
        _forget(notice)
    session.flush()
    return len(due)


# --- The desk ---------------------------------------------------------------------------------------------------------


def notice(notice_id: uuid.UUID) -> Notice:
    """One notice, or a 404."""
    return session.get_one(Notice, notice_id)


def listed(person: Person) -> Select[Any]:
    """The notices that somebody may decide: open ones first, the oldest on top."""
    query = (
        select(Notice).join(Notice.contribution).options(contains_eager(Notice.contribution), joinedload(Notice.rule))
    )
    is_decided = Notice.state != NoticeState.OPEN
    return query.where(*seen_by(person)).order_by(is_decided, Notice.received_at, Notice.id)


def open_on(contribution: Contribution) -> Sequence[Notice]:
    """The notices about one text that wait for a decision."""
    query = select(Notice).where(Notice.contribution_id == contribution.id, Notice.state == NoticeState.OPEN)
    return session.scalars(query.order_by(Notice.received_at, Notice.id).options(joinedload(Notice.rule))).all()


def first_open(contribution: Contribution) -> uuid.UUID | None:
    """The oldest notice that a decision about this text answers, also one that was made in the queue."""
    return next((one.id for one in open_on(contribution)), None)


def waiting(person: Person) -> Select[Any]:
    """Since when each text waits because of a notice."""
    query = select(func.min(Notice.received_at)).join(Notice.contribution)
    return query.where(Notice.state == NoticeState.OPEN, *seen_by(person)).group_by(Notice.contribution_id)


def due_on(one: Notice) -> date:
    """By when it should be decided."""
    return (one.received_at + DECIDE_WITHIN).astimezone(BERLIN).date()


def settle(decision: Decision) -> None:
    """A decision answers all open notices about its text, and each of those who sent them hears of it."""
    for one in open_on(decision.contribution):
        is_right = decision.action in RESTRICTIONS or not decision.contribution.is_public
        one.state = NoticeState.UPHELD if is_right else NoticeState.REJECTED
        one.decision, one.decided_at = decision, decision.decided_at
        session.flush()
        tell(one)


def tell(one: Notice) -> None:
    """Write the decision to whoever reported."""
    statements.write(one.contact, "moderation/notice-decided", lambda: decided_values(one))


def close_withdrawn(contribution: Contribution, staff: User) -> Decision:
    """The author has taken the text back meanwhile: nothing is left to decide, and whoever reported hears so."""
    contributions.lock(contribution)
    if contribution.status is not ContributionStatus.WITHDRAWN:
        raise StillReadable
    decision = Decision(
        contribution=contribution,
        staff_id=staff.id,
        staff_name=staff.name,
        action=Action.KEEP,
        before=contribution.status,
        after=contribution.status,
        decided_at=clock.now(),
    )
    session.add(decision)
    session.flush()
    settle(decision)
    audit.record("notices.closed", thing=f"contribution {contribution.id}", decision=decision.id)
    return decision


def decided_values(one: Notice) -> dict[str, Any]:
    """What fills the gaps of the letter to whoever reported, in the language that is spoken now."""
    decision = one.decision
    assert decision is not None
    reasons: Any = Passage(decision.facts, decision.facts_language)
    if not decision.facts or decision.action is Action.RETURN:  # a question is between us and the author
        reasons = _("We have checked the text against our rules and the law.")
    return {
        "title": statements.named(one.contribution),
        "day": format_day(one.received_at),
        "outcome": _outcome(decision),
        "reasons": reasons,
        "until": format_day(statements.last_day_to_object(decision)),
        "address": statements.receipt_address(),
    }


def _outcome(decision: Decision) -> str:
    if decision.after is ContributionStatus.WITHDRAWN:
        return _("The author has taken the text back. Nobody can read it any more.")
    return {
        Action.PUBLISH: _("We have not found anything against the law or our rules. The text stays as it is."),
        Action.KEEP: _("We have not found anything against the law or our rules. The text stays as it is."),
        Action.REDACT: _("Your report was right. We have blacked out some words of the text."),
        Action.RETURN: _("Others cannot read the text for now. We have asked the author a question about it."),
        Action.REFUSE: _("Your report was right. The text is not shown."),
        Action.HIDE: _("Your report was right. We have hidden the text."),
        Action.REMOVE: _("Your report was right. We have removed the text."),
    }[decision.action]


# --- Danger to life (M7) ----------------------------------------------------------------------------------------------


def tell_police(contribution: Contribution, staff: User) -> bool:
    """Write to the police contact and log it; False when the city has set none, and somebody has to telephone."""
    recipient = current_app.config["SETTINGS"].police_contact
    audit.record(ESCALATED, thing=f"contribution {contribution.id}", was_written=bool(recipient))
    if not recipient:
        return False
    mail.queue(
        recipient,
        "moderation/danger",
        "de",
        moment=contribution.created_at,
        address=mail.absolute(contribution.url),
        title=contribution.title or "–",
        text=contribution.text,
        number=str(contribution.id),
        name=staff.name,
    )
    return True


def police_told(contribution: Contribution) -> Sequence[AuditEntry]:
    """When and by whom the police contact was told about a text, or should have been telephoned."""
    query = select(AuditEntry).where(
        AuditEntry.action == ESCALATED, AuditEntry.thing == f"contribution {contribution.id}"
    )
    return session.scalars(query.order_by(AuditEntry.id)).all()
