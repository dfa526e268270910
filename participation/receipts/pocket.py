"""What a resident's browser carries for a while: the receipt at hand, and a fresh code until it was written down.

It lives in the session cookie, which begins only with a form (D12) and ends with the browser or with "Finished".
"""

import uuid

from flask import current_app, request
from flask import session as cookie

from participation.db import session
from participation.permissions import person
from participation.receipts import operations
from participation.receipts.models import Receipt

CODE = "receipt_code"
AT_HAND = "receipt"


def keep(code: str) -> None:
    """Carry a freshly issued code to the page that shows it (`receipts.new`), and the receipt with it."""
    receipt = operations.find(code)
    if receipt is not None:
        remember(receipt)
    cookie[CODE] = code


def kept_code() -> str | None:
    """The fresh code, for as long as the person has not said that it is written down."""
    return cookie.get(CODE) if _has_cookie() else None


def remember(receipt: Receipt) -> None:
    """This receipt is at hand from here on; an earlier code is no longer shown."""
    cookie.pop(CODE, None)
    cookie[AT_HAND] = str(receipt.id)


def current() -> Receipt | None:
    """The receipt at hand, if it still exists."""
    carried = cookie.get(AT_HAND) if _has_cookie() else None
    return session.get(Receipt, uuid.UUID(carried)) if carried else None


def forget() -> None:
    """Nothing of the receipt stays on this device; staff stay signed in."""
    if person().is_staff:
        cookie.pop(CODE, None)
        cookie.pop(AT_HAND, None)
    else:
        cookie.clear()


def _has_cookie() -> bool:
    # A page that only looks must not make the answer depend on a cookie that is not there (D12).
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies
