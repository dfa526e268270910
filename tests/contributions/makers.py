"""Makers of the contributions room."""

from itertools import count
from typing import Any

from participation import clock
from participation.contacts import consent
from participation.contacts.models import Contact
from participation.contributions.models import (
    Checking,
    CheckingRule,
    Comment,
    Contribution,
    ContributionStatus,
    Translation,
)
from participation.db import session
from participation.receipts import operations as receipts

_numbers = count(1)


def make_comment(
    on: Contribution,
    text: str = "",
    *,
    status: ContributionStatus = ContributionStatus.PUBLISHED,
    with_receipt: bool = False,
    **facts: Any,
) -> Comment:
    """What somebody says to a contribution; published unless the status says otherwise, and then counted."""
    now = clock.now()
    is_public = status is ContributionStatus.PUBLISHED
    was_public = is_public or status in {ContributionStatus.HIDDEN, ContributionStatus.REMOVED}
    is_gone = status is ContributionStatus.WITHDRAWN
    facts = {
        "text": "" if is_gone else text or f"Das finde ich auch, Nummer {next(_numbers)}.",
        "language": "de",
        "published_at": now if was_public else None,
        "waiting_since": now if status is ContributionStatus.WAITING else None,
        "receipt": receipts.issue().receipt if with_receipt else None,
        **facts,
    }
    comment = Comment(on=on, **facts, status=status)
    session.add(comment)
    if is_public and hasattr(on, "comment_count"):
        on.comment_count += 1
    session.flush()
    return comment


def make_translation(
    contribution: Contribution, language: str = "tr", text: str = "Çeviri", **facts: Any
) -> Translation:
    """What a contribution says in another language."""
    facts = {"title": "Başlık", "made_by": "Frau Moderation", **facts}
    translation = Translation(contribution_id=contribution.id, language=language, text=text, **facts)
    session.add(translation)
    session.flush()
    session.expire(contribution, ["translations"])
    return translation


def make_contact(email: str = "", *, confirmed: bool = True, language: str = "de", **facts: Any) -> Contact:
    """An address that somebody gave for a matter."""
    contact = Contact(
        email=email or f"person{next(_numbers)}@example.org",
        language=language,
        given_on=clock.today(),
        consent_version=consent.VERSION,
        confirmed_at=clock.now() if confirmed else None,
        **facts,
    )
    session.add(contact)
    session.flush()
    return contact


def make_checking_rule(checking: Checking, **facts: Any) -> CheckingRule:
    """When contributions are checked."""
    rule = CheckingRule(checking=checking, **facts)
    session.add(rule)
    session.flush()
    return rule
