"""Makers of notices, objections, and of people with receipts."""

from typing import Any

from flask.testing import FlaskClient

from participation.contributions.models import Contribution, ContributionStatus
from participation.db import session
from participation.i18n import speaking
from participation.ideas.models import Idea
from participation.moderation import noticing, objecting
from participation.moderation.models import Decision, Notice, Objection
from participation.receipts import operations as receipts
from tests.ideas.makers import make_idea
from tests.moderation.makers import make_decision


def make_authored(status: ContributionStatus = ContributionStatus.PUBLISHED, **facts: Any) -> tuple[Idea, str]:
    """An idea, and the code with which its author comes back."""
    issued = receipts.issue()
    return make_idea(status=status, receipt=issued.receipt, **facts), issued.code


def make_notice(contribution: Contribution | None = None, *, language: str = "de", **facts: str) -> tuple[Notice, str]:
    """A notice about something public, and the code with which whoever sent it comes back."""
    facts = {"reason": "", "explanation": "Das beleidigt meine Nachbarin.", **facts}
    session.flush()
    with speaking(language):
        code = noticing.send(contribution or make_idea(), **facts)
    receipt = receipts.find(code)
    assert receipt is not None
    notice = noticing.behind(receipt)
    assert notice is not None
    return notice, code


def make_objection(decision: Decision | None = None, text: str = "Das stimmt nicht.") -> Objection:
    """The author of a refused text objects."""
    decision = decision or make_decision(make_authored(ContributionStatus.WAITING)[0])
    receipt = decision.contribution.receipt
    assert receipt is not None
    side = objecting.party_of(receipt, decision)
    assert side is not None
    return objecting.send(decision, *side, text)


def come_back(client: FlaskClient, code: str) -> str:
    """Somebody types the code of a receipt; gives the page about it."""
    client.post("/en/receipt", data={"code": code})
    return client.get("/en/receipt/matter").text
