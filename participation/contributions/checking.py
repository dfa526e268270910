"""Which contributions are checked before others can read them, and which afterwards."""

from sqlalchemy import select

from participation.contacts.models import Contact
from participation.contributions.models import Checking, CheckingRule, Contribution, ContributionStatus
from participation.db import session
from participation.receipts.models import Receipt


def rule_for(contribution: Contribution) -> Checking:
    """What the narrowest rule says: a scope beats a kind, a kind beats a language; without any, it is checked first."""
    rules = session.scalars(
        select(CheckingRule).where(
            CheckingRule.kind.in_(["", contribution.kind]),
            CheckingRule.scope.in_(["", contribution.scope]),
            CheckingRule.language.in_(["", contribution.language]),
        )
    )
    fitting = sorted(rules, key=lambda rule: (rule.scope != "", rule.kind != "", rule.language != ""))
    return fitting[-1].checking if fitting else Checking.BEFORE


def is_newcomer(at_hand: Receipt | None) -> bool:
    """Whether nothing tells that an earlier contribution of the same person is public.

    What tells is the receipt at hand, or the confirmed address that belongs to it. An address that somebody has only
    typed proves nothing: it could be anybody's.
    """
    if at_hand is None:
        return True
    own_address = (
        select(Contact.email)
        .join(Contribution, Contribution.contact_id == Contact.id)
        .where(Contribution.receipt_id == at_hand.id, Contact.confirmed_at.is_not(None))
        .scalar_subquery()
    )
    of_same_address = select(Contact.id).where(Contact.email == own_address, Contact.confirmed_at.is_not(None))
    trusted = select(Contribution.id).where(
        Contribution.status == ContributionStatus.PUBLISHED,
        (Contribution.receipt_id == at_hand.id) | Contribution.contact_id.in_(of_same_address),
    )
    return session.scalar(trusted.limit(1)) is None
