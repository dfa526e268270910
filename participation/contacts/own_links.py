"""Links in our letters that lead to a person's own matter without an account (D8).

They are signed, so the database need not keep them. They name the contact as well: who stops the letters or gives
another address ends the links of the earlier ones.
"""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from participation import clock
from participation.contacts.models import Contact
from participation.db import session


class Behind(NamedTuple):
    """What a link names."""

    matter_id: uuid.UUID
    contact_id: uuid.UUID


def token(purpose: str, matter_id: uuid.UUID, contact_id: uuid.UUID) -> str:
    """What stands for a matter in a link; a link of one purpose is good for no other."""
    return str(_signer(purpose).dumps(urlsafe_b64encode(matter_id.bytes + contact_id.bytes).decode()))


def behind(purpose: str, token: str) -> Behind | None:
    """The matter and the contact that a link names, if it is one of ours."""
    try:
        both = urlsafe_b64decode(_signer(purpose).loads(token))
        return Behind(uuid.UUID(bytes=both[:16]), uuid.UUID(bytes=both[16:]))
    except (BadData, ValueError, AttributeError, TypeError):
        return None


def opened(contact: Contact | None) -> None:
    """Whoever opened the link reads this mailbox: the address is right."""
    if contact is not None and contact.confirmed_at is None:
        contact.confirmed_at = clock.now()
        contact.token_hash = contact.token_expires_at = None
        session.flush()


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=purpose)
