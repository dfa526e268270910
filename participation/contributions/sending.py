"""Sending a contribution once, whatever the browser does: the key of its form tells two clicks from two wishes."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from participation.contributions import checking
from participation.contributions import operations as contributions
from participation.contributions.models import Contribution
from participation.db import session
from participation.errors import Refused
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody has written, and what they call themselves."""

    title: str
    text: str
    language: str
    author_name: str = ""


def send_once(
    make: Callable[[], Contribution],
    sent_before: Callable[[], Contribution | None],
    too_late: type[Refused],
    at_hand: Receipt | None = None,
) -> str:
    """Put it on the shelf and return its receipt's code, unless its form was sent before.

    The second click answers with a fresh code for what the first one sent, because the browser never saw the first
    code; whoever sends the form again much later is refused with `too_late`. `at_hand` is the receipt that this browser
    holds.
    """
    known = sent_before()
    if known is not None:
        return receipts.code_again(known.receipt, known.created_at, too_late)
    try:
        with session.begin_nested():
            return contributions.send(make(), is_newcomer=checking.is_newcomer(at_hand))
    except IntegrityError:
        known = sent_before()  # the other click was faster
        if known is None:
            raise
        return receipts.code_again(known.receipt, known.created_at, too_late)
