"""Which contributions are checked before others can read them, and which afterwards."""

from sqlalchemy import select

from participation.contributions.models import Checking, CheckingRule, Contribution
from participation.db import session


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
