"""The catalogue of rules: house rules and law, which every decision against a text relies on.

Until the first rule is needed or changed, the catalogue shows the starting rules without saving them. A wording that
decisions rely on is kept: its new wording is another rule, and the old one is no longer in force.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.moderation import starter
from participation.moderation.models import Decision, Rule, RuleKind


class LastRule(Refused):
    message = _l("At least one rule must stay in force.")


def everything() -> Sequence[Rule]:
    """All rules in their order, also those that are no longer in force; before the first use the starting ones."""
    return session.scalars(select(Rule).order_by(Rule.position, Rule.id)).all() or starter.rules()


def in_force() -> list[Rule]:
    """The rules that a decision made today can rely on."""
    return [rule for rule in everything() if rule.is_active]


def choices() -> list[tuple[str, str]]:
    """The same for a form: the name in addresses, and how the rule is called with its section of the law."""
    return [
        (rule.slug, f"{rule.title} ({rule.reference})" if rule.reference else str(rule.title)) for rule in in_force()
    ]


def rule(slug: str) -> Rule:
    """One rule by its name, saved; NoResultFound when there is none of that name."""
    fill()
    found = session.scalar(select(Rule).where(Rule.slug == slug))
    if found is None:
        raise NoResultFound
    return found


def fill() -> None:
    """Save the starting rules where there are none yet."""
    if session.scalar(select(Rule.id).limit(1)) is None:
        began, rules = clock.now(), starter.rules()
        for one in rules:
            one.valid_since = began
        session.add_all(rules)
        session.flush()


def shown(slug: str) -> Rule:
    """One rule as it is now, whether saved or a starting one; NoResultFound when there is none of that name."""
    for one in everything():
        if one.slug == slug:
            return one
    raise NoResultFound


def valid_since() -> datetime | None:
    """When the rules changed last; None while they are the starting ones."""
    return session.scalar(select(func.max(Rule.valid_since)))


def is_relied_on(one: Rule) -> bool:
    """Whether there is a decision that names this rule."""
    return session.scalar(select(Decision.id).where(Decision.rule_id == one.id).limit(1)) is not None


def add(
    kind: RuleKind, *, title: LocalizedText, text: LocalizedText, reference: str, position: int, is_active: bool = True
) -> Rule:
    """One more rule, from now on."""
    fill()
    made = Rule(kind=kind, title=title, text=text, reference=reference, position=position, is_active=is_active)
    made.valid_since = clock.now()
    made.slug = f"rule-{1 + (session.scalar(select(func.max(Rule.id))) or 0)}"
    session.add(made)
    session.flush()
    audit.record("rule.added", thing=f"rule {made.id}")
    return made


def change(
    slug: str, *, title: LocalizedText, text: LocalizedText, reference: str, position: int, is_active: bool
) -> Rule:
    """Reword, reorder, or put out of force. Raises LastRule when none would be left."""
    changed = rule(slug)
    session.refresh(changed, with_for_update=True)
    if not is_active and all(one.id == changed.id for one in in_force()):
        raise LastRule
    if (title, text, reference) != (changed.title, changed.text, changed.reference):
        if is_relied_on(changed):
            changed = _successor(changed)
        changed.title, changed.text, changed.reference = title, text, reference
        changed.valid_since = clock.now()
    changed.position, changed.is_active = position, is_active
    session.add(changed)
    session.flush()
    audit.record("rule.changed", thing=f"rule {changed.id}", is_active=is_active, languages=sorted(text))
    return changed


def _successor(old: Rule) -> Rule:
    """A rule for the new wording, under the old name; the old wording stays for the decisions that rely on it."""
    slug, old.slug, old.is_active = old.slug, f"{old.slug[:30]}-{old.id}", False
    session.flush()
    return Rule(slug=slug, kind=old.kind)
