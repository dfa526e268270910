"""Giving out a receipt, and recognising one."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import select

from participation import clock
from participation.db import random_id, save_new, session
from participation.errors import Refused
from participation.receipts import codes
from participation.receipts.models import Receipt

DOUBLE_CLICK = timedelta(minutes=10)  # for so long the same form, sent again, leads to a code once more


class Issued(NamedTuple):
    """A new receipt with its code, which is known only now: the database keeps a hash."""

    receipt: Receipt
    code: str


def issue() -> Issued:
    """A receipt for something that a resident sends."""
    code = codes.new_code()
    hashed = codes.code_hash(code, str(current_app.secret_key))
    receipt = save_new(Receipt, id=random_id(), code_hash=hashed, issued_on=clock.today())
    return Issued(receipt, code)


def renew(receipt: Receipt) -> str:
    """Another code for the same receipt, for somebody who holds the matter but never saw the code; the old one ends."""
    code = codes.new_code()
    receipt.code_hash = codes.code_hash(code, str(current_app.secret_key))
    return code


def code_again(receipt: Receipt | None, sent_at: datetime, too_late: type[Refused]) -> str:
    """Another code for whoever sends the same form again: the second of two clicks never saw the code of the first.

    Much later, or without a receipt, that is no double click any more: then `too_late` is raised.
    """
    if receipt is None or clock.now() - sent_at > DOUBLE_CLICK:
        raise too_late
    return renew(receipt)


def find(typed: str) -> Receipt | None:
    """The receipt behind a typed code, or None."""
    code = codes.normalise(typed)
    if code is None:
        return None
    hashed = codes.code_hash(code, str(current_app.secret_key))
    return session.scalar(select(Receipt).where(Receipt.code_hash == hashed))


def withdraw(receipt: Receipt) -> None:
    """The receipt leads nowhere from here on; the room that issued it has put its own matter away before."""
    session.delete(receipt)
    session.flush()
