"""Objections: author or reporter wants a decision looked at again, and somebody else decides (DSA Art. 20, M6)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, selectinload

from participation import audit, clock
from participation.accounts.models import User
from participation.clock import BERLIN
from participation.contributions.models import Contribution, ContributionStatus
from participation.db import session
from participation.errors import Refused
from participation.i18n import Passage, _, _l, current_language, format_day
from participation.moderation import noticing, operations, statements
from participation.moderation.models import (
    RESTRICTIONS,
    Action,
    Decision,
    Notice,
    Objection,
    ObjectionState,
    Party,
    Rule,
)
from participation.moderation.queries import seen_by
from participation.permissions import Person
from participation.receipts.models import Receipt

DECIDE_WITHIN = timedelta(days=14)
FORGOTTEN = "–"


class TooLate(Refused):
    message = _l("The time for an objection is over. It ended six months after the decision.")


class AlreadyObjected(Refused):
    message = _l("You have already objected to this decision.")


class AlreadyDecided(Refused):
    message = _l("Somebody has already decided about this objection.")


class ReasonsNeeded(Refused):
    message = _l("Please give the reasons. Both sides read them.")


# --- Whoever objects --------------------------------------------------------------------------------------------------


def party_of(receipt: Receipt, decision: Decision) -> tuple[Party, Notice | None] | None:
    """Who holds this receipt: the author of the text, somebody who reported it, or nobody who may object."""
    if decision.action in RESTRICTIONS and decision.contribution.receipt_id == receipt.id:
        return Party.AUTHOR, None
    notice = noticing.behind(receipt)
    if notice is not None and notice.decision_id == decision.id:
        return Party.REPORTER, notice
    return None


def made_against(decision: Decision, notice: Notice | None) -> Objection | None:
    """The objection that the author, or this reporter, has made already."""
    of = Objection.notice_id.is_(None) if notice is None else Objection.notice_id == notice.id
    return session.scalar(select(Objection).where(Objection.decision_id == decision.id, of))


def check(decision: Decision, notice: Notice | None) -> None:
    """Refuse an objection that comes too late or for the second time."""
    if not statements.is_in_time(decision):
        raise TooLate
    if made_against(decision, notice) is not None:
        raise AlreadyObjected


def send(decision: Decision, party: Party, notice: Notice | None, text: str) -> Objection:
    """Object, once and within six months. Raises TooLate and AlreadyObjected."""
    session.refresh(decision.contribution, with_for_update={"of": Contribution.__table__})  # pressed twice is sent once
    check(decision, notice)
    objection = Objection(
        decision=decision,
        party=party,
        notice=notice,
        text=text,
        language=current_language().tag,
        first_decided_by_id=decision.staff_id,
        received_at=clock.now(),
    )
    session.add(objection)
    session.flush()
    return objection


# --- The desk ---------------------------------------------------------------------------------------------------------


def forget_old() -> int:
    """A year after the second decision the words of whoever objected are gone; that there was an objection stays."""
    due = Objection.decided_at < clock.now() - noticing.KEPT_AFTER_DECISION
    found = session.scalars(select(Objection).where(due, Objection.text != FORGOTTEN).limit(500)).all()
    for one in found:
        one.text = FORGOTTEN
    session.flush()
    return len(found)


def objection(objection_id: int) -> Objection:
    """One objection with what it is about, or a 404."""
    return session.get_one(Objection, objection_id)


def listed(person: Person) -> Select[Any]:
    """The objections that somebody may see: open ones first, the oldest on top."""
    query = select(Objection).join(Objection.decision).join(Decision.contribution)
    query = query.options(contains_eager(Objection.decision).contains_eager(Decision.contribution))
    is_decided = Objection.state != ObjectionState.OPEN
    return query.where(*seen_by(person)).order_by(is_decided, Objection.received_at, Objection.id)


def waiting(person: Any) -> Select[Any]:
    """Since when each objection waits that this person is to decide; one's own decisions left out."""
    query = select(Objection.received_at).join(Objection.decision).join(Decision.contribution)
    mine = (Objection.state == ObjectionState.OPEN) & (Objection.first_decided_by_id != person.id)
    return query.where(mine, *seen_by(person))


def due_on(objection: Objection) -> date:
    """By when it should be decided."""
    return (objection.received_at + DECIDE_WITHIN).astimezone(BERLIN).date()


def others_told(objection: Objection) -> Sequence[Notice]:
    """Those who reported the text and whose notice the first decision answered, but for whoever objects."""
    query = select(Notice).where(Notice.decision_id == objection.decision_id).options(selectinload(Notice.contact))
    return [one for one in session.scalars(query) if one.id != objection.notice_id]


def reject(objection: Objection, staff: User, *, reasons: str, language: str) -> None:
    """The first decision stays. Raises SamePerson and AlreadyDecided."""
    _begin(objection, staff, reasons)
    _finish(objection, staff, ObjectionState.REJECTED, reasons, language)


def uphold(
    objection: Objection,
    staff: User,
    action: Action,
    *,
    version: int,
    reasons: str,
    language: str,
    rule: Rule | None = None,
) -> None:
    """The objection is right: a second decision changes the first one, as far as there is still a text to decide about.

    Raises SamePerson, AlreadyDecided, and whatever decide() refuses.
    """
    _begin(objection, staff, reasons)
    contribution = objection.decision.contribution
    if contribution.status is not ContributionStatus.WITHDRAWN:
        objection.second_decision_id = operations.decide(
            contribution,
            staff,
            action,
            version=version,
            rule=rule,
            facts=reasons,
            facts_language=language,
            restores_original=action is Action.PUBLISH and contribution.is_redacted,
        ).id
    _finish(objection, staff, ObjectionState.UPHELD, reasons, language)


def _begin(objection: Objection, staff: User, reasons: str) -> None:
    session.refresh(objection, with_for_update=True)
    if objection.state is not ObjectionState.OPEN:
        raise AlreadyDecided
    if objection.first_decided_by_id == staff.id:
        raise operations.SamePerson
    if not reasons.strip():
        raise ReasonsNeeded


def _finish(objection: Objection, staff: User, state: ObjectionState, reasons: str, language: str) -> None:
    objection.decided_by_id, objection.decided_by = staff.id, staff.name
    objection.decided_at, objection.reasons, objection.reasons_language = clock.now(), reasons, language
    objection.state = state
    session.flush()
    audit.record("objection.decided", thing=f"objection {objection.id}", outcome=state.value)
    _tell_both(objection)


def _tell_both(objection: Objection) -> None:
    """Whoever objected, and the other side, each in their language."""
    author = objection.decision.contribution.contact
    objector = author if objection.notice is None else objection.notice.contact
    statements.write(objector, "moderation/objection-decided", lambda: decided_values(objection))
    others = [one.contact for one in others_told(objection)]
    # When a reporter was right, the second decision has sent the author a statement of reasons already.
    author_is_told = objection.party is Party.AUTHOR or objection.second_decision_id is not None
    for contact in others if author_is_told else [author, *others]:
        statements.write(contact, "moderation/other-objected", lambda: other_values(objection))


def decided_values(objection: Objection) -> dict[str, Any]:
    """What fills the gaps of the letter to whoever objected, in the language that is spoken now."""
    return {
        "title": statements.named(objection.decision.contribution),
        "day": format_day(objection.received_at),
        "outcome": _outcome(objection),
        "reasons": Passage(objection.reasons, objection.reasons_language),
    }


def other_values(objection: Objection) -> dict[str, Any]:
    """The same for the other side."""
    return {
        "title": statements.named(objection.decision.contribution),
        "outcome": _outcome(objection),
        "reasons": Passage(objection.reasons, objection.reasons_language),
        "address": statements.receipt_address(),
    }


def _outcome(objection: Objection) -> str:
    if objection.state is ObjectionState.REJECTED:
        return _("The first decision was right. It stays.")
    if objection.second_decision_id is None:
        return _("The first decision was wrong. The author has taken the text back meanwhile, so nothing more changes.")
    if objection.party is Party.AUTHOR:
        return _("The first decision was wrong. The text can be read by everybody again.")
    return _("The first decision was wrong. Others can no longer read the text as it was.")
