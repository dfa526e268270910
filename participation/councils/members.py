"""Whoever has the receipt of a member at hand: no address names them, so nobody opens what is somebody else's (V18)."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.councils.models import CouncilPerson, Membership
from participation.db import session
from participation.permissions import has_session
from participation.receipts import pocket
from participation.receipts.models import Receipt


def of_receipt(receipt: Receipt) -> CouncilPerson | None:
    """The member a receipt belongs to; None when it belongs to something else."""
    wanted = select(CouncilPerson).where(CouncilPerson.receipt_id == receipt.id)
    terms = selectinload(CouncilPerson.memberships)
    return session.scalar(
        wanted.options(
            selectinload(CouncilPerson.consents),
            joinedload(CouncilPerson.contact),
            terms.joinedload(Membership.council),
            terms.joinedload(Membership.group),
        )
    )


def at_hand() -> CouncilPerson | None:
    """Who is at this browser with a member's receipt; a visitor who only reads is not asked (D12)."""
    receipt = pocket.current() if has_session() else None
    return of_receipt(receipt) if receipt is not None else None


def own() -> CouncilPerson:
    """The member at this browser; whoever has no receipt at hand is led to where it is typed."""
    return pocket.own(of_receipt)
