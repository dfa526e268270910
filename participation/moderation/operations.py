"""What moderators do: decide about a contribution, or about several at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from participation import audit, clock
from participation.accounts.models import User
from participation.contacts.models import Contact
from participation.contributions import operations as contributions
from participation.contributions.models import Contribution, ContributionStatus
from participation.contributions.operations import ChangedMeanwhile
from participation.db import session
from participation.errors import Refused
from participation.i18n import LazyText, _, _l
from participation.mail import absolute
from participation.moderation import claims, noticing, queries, redaction, statements
from participation.moderation.models import RESTRICTIONS, Action, Decision, Notice, Rule

Status = ContributionStatus
NOT_PUBLIC = frozenset({Status.WAITING, Status.RETURNED})
PUT_AWAY = frozenset({Status.REFUSED, Status.HIDDEN, Status.REMOVED})
ANYWHERE = frozenset(set(Status) - {Status.WITHDRAWN})

# From which status each action leads away; what its author has taken back is decided no more.
POSSIBLE: dict[Action, frozenset[Status]] = {
    Action.PUBLISH: ANYWHERE,
    Action.REDACT: ANYWHERE,
    Action.RETURN: NOT_PUBLIC,  # nothing public goes away without a rule: that would be hiding it
    Action.REFUSE: NOT_PUBLIC,
    Action.HIDE: frozenset({Status.PUBLISHED}),
    Action.REMOVE: frozenset({Status.PUBLISHED, Status.HIDDEN}),
    Action.KEEP: ANYWHERE,
}
LEADS_TO: dict[Action, Status] = {
    Action.RETURN: Status.RETURNED,
    Action.REFUSE: Status.REFUSED,
    Action.HIDE: Status.HIDDEN,
    Action.REMOVE: Status.REMOVED,
}


class NotPossible(Refused):
    message = _l("This decision is not possible any more: the contribution has another status now.")


class RuleNeeded(Refused):
    message = _l("Please choose the rule that the decision relies on.")


class FactsNeeded(Refused):
    message = _l("Please tell the author in a sentence what led to the decision.")


class QuestionNeeded(Refused):
    message = _l("Please write the question that you want to ask the author.")


class PassagesNeeded(Refused):
    message = _l("Please choose or write the words that are to be blacked out.")


class SamePerson(Refused):
    message = _l("You made the first decision, so you cannot decide about the objection. Somebody else does.")


class DecidedMeanwhile(Refused):
    """A colleague was faster."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(
            _(
                "%(name)s has already decided about this contribution. Please look at that decision first. "
                "Nothing of yours was saved.",
                name=decision.staff_name,
            )
        )


def decide(
    contribution: Contribution,
    staff: User,
    action: Action,
    *,
    version: int,
    rule: Rule | None = None,
    facts: str = "",
    facts_language: str = "de",
    passages: Sequence[str] = (),
    notice: Notice | None = None,
    restores_original: bool = False,
) -> Decision:
    """One decision about the wording that the moderator was looking at, and one line of history.

    The author hears of it. `restores_original` publishes what was blacked out before. Raises OpenElsewhere,
    DecidedMeanwhile, ChangedMeanwhile, SamePerson, NotPossible, and what is missing from the decision.
    """
    claims.check(contribution, staff)
    contributions.lock(contribution)
    check_seen(contribution, version)
    if queries.is_objected_against(contribution, staff):
        raise SamePerson
    if contribution.status not in POSSIBLE[action]:
        raise NotPossible
    _check(contribution, action, rule, facts, passages)
    before, waiting_since = contribution.status, contribution.waiting_since
    if restores_original:
        redaction.restore(contribution)
    _carry_out(contribution, action, passages)
    decision = Decision(
        contribution=contribution,
        staff_id=staff.id,
        staff_name=staff.name,
        action=action,
        before=before,
        after=contribution.status,
        rule=rule,
        facts=facts,
        facts_language=facts_language,
        waited_seconds=int((clock.now() - waiting_since).total_seconds()) if waiting_since else None,
        notice_id=notice.id if notice else noticing.first_open(contribution),
        decided_at=clock.now(),
        is_demo=contribution.is_demo,
    )
    session.add(decision)
    session.flush()
    claims.let_go(contribution.id)
    audit.record(
        "contribution.decided", thing=f"contribution {contribution.id}", decision=decision.id, decided=action.value
    )
    _tell_author(decision)
    noticing.settle(decision)
    return decision


def check_seen(contribution: Contribution, version: int | None) -> None:
    """Refuse when it is not the wording that the moderator was looking at, and tell whose doing that is."""
    if contribution.version == version:
        return
    last = session.scalar(
        select(Decision).where(Decision.contribution_id == contribution.id).order_by(Decision.id.desc()).limit(1)
    )
    if last is None or (contribution.changed_at is not None and contribution.changed_at >= last.decided_at):
        raise ChangedMeanwhile
    raise DecidedMeanwhile(last)


def _check(contribution: Contribution, action: Action, rule: Rule | None, facts: str, passages: Sequence[str]) -> None:
    """Refuse a decision that lacks something, before anything is changed."""
    if action in RESTRICTIONS and (rule is None or not rule.is_active):
        raise RuleNeeded
    if action in RESTRICTIONS and not facts.strip():
        raise FactsNeeded
    if action is Action.RETURN and not facts.strip():
        raise QuestionNeeded
    if action is Action.REDACT:
        if not passages:
            raise PassagesNeeded
        redaction.check(contribution, passages)


def _carry_out(contribution: Contribution, action: Action, passages: Sequence[str]) -> None:
    if action is Action.REDACT:
        redaction.redact(contribution, passages)
    # What is kept and still waits has been looked at by this; one that is put away stays where it is.
    if action in {Action.PUBLISH, Action.REDACT} or (action is Action.KEEP and contribution.status in NOT_PUBLIC):
        contributions.show(contribution)
    elif action in LEADS_TO:
        contributions.put_away(contribution, LEADS_TO[action])
    contributions.leave_queue(contribution)


def _tell_author(decision: Decision) -> None:
    """By mail, when there is a contact; the receipt page tells it in any case."""
    contact = decision.contribution.contact
    if decision.action in RESTRICTIONS:
        statements.tell_author(decision)
    elif decision.action is Action.RETURN:
        statements.write(contact, "moderation/returned", lambda: _question(decision))
    elif decision.action is Action.PUBLISH and decision.before is not Status.PUBLISHED:
        statements.write(contact, "moderation/published", lambda: _good_news(decision))


def news(contact: Contact) -> None:
    """Whoever confirms an address only after the decision reads it all the same: the author, or whoever reported."""
    of_this = select(Contribution.id).where(Contribution.contact_id == contact.id)
    newest = select(Decision).where(Decision.contribution_id.in_(of_this)).order_by(Decision.id.desc()).limit(1)
    decision = session.scalar(newest)
    if decision is not None and _is_news(decision, contact):
        _tell_author(decision)
    notice = session.scalar(select(Notice).where(Notice.contact_id == contact.id, Notice.decision_id.is_not(None)))
    if notice is not None:
        noticing.tell(notice)


def _is_news(decision: Decision, contact: Contact) -> bool:
    """It still holds, and whoever gave the address on a later day has read it with the receipt."""
    decided_on = decision.decided_at.astimezone(clock.BERLIN).date()
    return decision.contribution.status is decision.after and decided_on >= contact.given_on


def _question(decision: Decision) -> dict[str, Any]:
    title, address = statements.named(decision.contribution), statements.receipt_address()
    return {"title": title, "question": decision.facts, "address": address}


def _good_news(decision: Decision) -> dict[str, Any]:
    return {"title": statements.named(decision.contribution), "address": absolute(decision.contribution.url)}


# --- Several at once --------------------------------------------------------------------------------------------------


@dataclass
class Bulk:
    """What became of several contributions: how many were decided, and which were left out and why."""

    decided: int = 0
    left_out: list[tuple[Contribution, LazyText | str]] = field(default_factory=list)


def decide_many(
    chosen: Sequence[tuple[Contribution, int]],
    staff: User,
    action: Action,
    *,
    rule: Rule | None = None,
    facts: str = "",
    facts_language: str = "de",
) -> Bulk:
    """The same decision for each, one line of history each; what a colleague has open or has changed is left out."""
    done = Bulk()
    # Everybody takes them in the same order, so that nobody waits for somebody who waits for them.
    for contribution, version in sorted(chosen, key=lambda one: one[0].id):
        try:
            decide(contribution, staff, action, version=version, rule=rule, facts=facts, facts_language=facts_language)
        except (RuleNeeded, FactsNeeded):
            raise
        except Refused as refusal:
            done.left_out.append((contribution, refusal.message))
        else:
            done.decided += 1
    return done
