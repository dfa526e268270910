"""Makers of the moderators' desk."""

from itertools import count
from typing import Any

from participation.accounts.models import User
from participation.contributions.models import Contribution, ContributionStatus
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas.models import Idea
from participation.moderation import claims, operations
from participation.moderation.models import RESTRICTIONS, Action, Decision, Rule, RuleKind
from tests.accounts.makers import make_user
from tests.ideas.makers import make_idea

_numbers = count(1)


def make_rule(title: str = "Keine Beleidigungen", kind: RuleKind = RuleKind.HOUSE, **facts: Any) -> Rule:
    """A rule of the catalogue."""
    number = next(_numbers)
    facts = {
        "slug": f"rule-{number}",
        "title": LocalizedText(de=title),
        "text": LocalizedText(de=f"{title}: Wir gehen höflich miteinander um.", en="We are polite to each other."),
        "position": number,
        **facts,
    }
    rule = Rule(**facts, kind=kind)
    session.add(rule)
    session.flush()
    return rule


def make_waiting(**facts: Any) -> Idea:
    """Something that waits in the queue, since the given moment or just now."""
    return make_idea(**{"status": ContributionStatus.WAITING, **facts})


def make_decision(
    contribution: Contribution | None = None,
    staff: User | None = None,
    action: Action = Action.REFUSE,
    **facts: Any,
) -> Decision:
    """A decision of the desk: one that refuses something waiting, unless the facts say otherwise."""
    if action in RESTRICTIONS:
        facts = {"rule": facts.pop("rule", None) or make_rule(), "facts": "Der Text nennt Namen.", **facts}
    if action is Action.RETURN:
        facts = {"facts": "Welchen Platz meinen Sie?", **facts}
    contribution = contribution or make_waiting()
    session.flush()
    facts = {"version": contribution.version, **facts}
    return operations.decide(contribution, staff or make_user("moderator"), action, **facts)


def claimed(contribution: Contribution, staff: User) -> None:
    """Somebody has it open from now on."""
    assert claims.take(contribution.id, staff)
