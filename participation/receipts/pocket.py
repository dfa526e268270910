"""What a resident's browser carries for a while: the receipt at hand, and a fresh code until it was written down.

It lives in the session cookie, which begins only with a form (D12) and ends with the browser or with "Finished".
"""

import uuid
from collections.abc import Callable
from typing import TypeVar

from flask import abort, redirect, url_for
from flask import session as cookie

from participation.db import session
from participation.permissions import has_session, person
from participation.receipts import operations
from participation.receipts.models import Receipt

CODE = "receipt_code"
AT_HAND = "receipt"
IS_DRAFT = "receipt_is_draft"

Own = TypeVar("Own")


def keep(code: str, *, is_draft: bool = False, receipt: Receipt | None = None) -> None:
    """Carry a freshly issued code to the page that shows it (`receipts.new`), and the receipt with it.

    A draft's code is for going on later: nothing was sent yet, and the page says so. Who has the receipt in hands
    spares us looking it up.
    """
    receipt = receipt or operations.find(code)
    if receipt is not None:
        remember(receipt)
    cookie[CODE] = code
    cookie[IS_DRAFT] = is_draft


def kept_code() -> str | None:
    """The fresh code, for as long as the person has not said that it is written down."""
    return cookie.get(CODE)


def is_draft() -> bool:
    """Whether the fresh code is for something that is not sent yet."""
    return bool(cookie.get(IS_DRAFT))


def remember(receipt: Receipt) -> None:
    """This receipt is at hand from here on; an earlier code is no longer shown."""
    cookie.pop(CODE, None)
    cookie[AT_HAND] = str(receipt.id)


def current() -> Receipt | None:
    """The receipt at hand, if it still exists."""
    carried = cookie.get(AT_HAND)
    return session.get(Receipt, uuid.UUID(carried)) if carried else None


def own(of_receipt: Callable[[Receipt], Own | None]) -> Own:
    """What belongs to the receipt at hand. No address names it, so nobody opens what is somebody else's (V18)."""
    receipt = current() if has_session() else None
    if receipt is None:
        abort(redirect(url_for("receipts.find")))
    return of_receipt(receipt) or abort(404)


def forget() -> None:
    """Nothing of the receipt stays on this device; staff stay signed in."""
    if person().is_staff:
        for name in (CODE, AT_HAND, IS_DRAFT):
            cookie.pop(name, None)
    else:
        cookie.clear()
