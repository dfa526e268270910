"""Links in our letters that lead to a person's own matter without an account (D8).

They are signed, so the database need not keep them. They name the contact as well: who stops the letters or gives
another address ends the links of the earlier ones.
"""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Protocol, TypeVar

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from participation import clock
from participation.contacts.models import Contact
from participation.db import session


class Matter(Protocol):
    """What a link leads to: something with a contact and a receipt of its own."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def contact_id(self) -> uuid.UUID | None: ...
    @property
    def contact(self) -> Contact | None: ...
    @property
    def receipt(self) -> Any: ...


M = TypeVar("M", bound=Matter)


def token(purpose: str, matter: Matter) -> str:
    """What stands for a matter with an address to write to; a link of one purpose is good for no other."""
    assert matter.contact_id is not None
    return str(_signer(purpose).dumps(urlsafe_b64encode(matter.id.bytes + matter.contact_id.bytes).decode()))


def behind(purpose: str, kind: type[M], token: str) -> M | None:
    """The matter that a link leads to, if the link is one of ours and still good."""
    try:
        both = urlsafe_b64decode(_signer(purpose).loads(token))
        matter_id, contact_id = uuid.UUID(bytes=both[:16]), uuid.UUID(bytes=both[16:])
    except (BadData, ValueError, AttributeError, TypeError):
        return None
    found = session.get(kind, matter_id)
    return found if found is not None and found.contact_id == contact_id else None


def opened(contact: Contact | None) -> None:
    """Whoever opened the link reads this mailbox: the address is right."""
    if contact is not None and contact.confirmed_at is None:
        contact.confirmed_at = clock.now()
        contact.token_hash = contact.token_expires_at = None
        session.flush()


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=purpose)
