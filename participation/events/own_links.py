"""The link to the own registration that stands in our letters (D8).

It is signed, so the database need not keep it. It names the contact as well: who stops the letters or gives another
address ends the links of the earlier ones.
"""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from participation import clock, mail
from participation.db import session
from participation.events.registration_models import Registration
from participation.i18n import current_language

MATTER, OFFERS = "own_registration.open_letter", "event_offers.open_letter"


def link_of(registration: Registration, to: str = MATTER) -> str:
    """Where the registration can be seen or an offer be answered, in the language we are speaking."""
    return mail.link(to, current_language().tag, token=token_of(registration))


def token_of(registration: Registration) -> str:
    """What stands for the registration in a link; only for registrations with an address to write to."""
    assert registration.contact_id is not None
    both = registration.id.bytes + registration.contact_id.bytes
    return str(_signer().dumps(urlsafe_b64encode(both).decode()))


def behind(token: str) -> Registration | None:
    """The registration a link leads to, if the link is one of ours and still good."""
    try:
        both = urlsafe_b64decode(_signer().loads(token))
        registration_id, contact_id = uuid.UUID(bytes=both[:16]), uuid.UUID(bytes=both[16:])
    except (BadData, ValueError, AttributeError, TypeError):
        return None
    found = session.get(Registration, registration_id)
    return found if found is not None and found.contact_id == contact_id else None


def opened(registration: Registration) -> None:
    """Whoever opened the link reads this mailbox: the address is right."""
    contact = registration.contact
    if contact is not None and contact.confirmed_at is None:
        contact.confirmed_at = clock.now()
        contact.token_hash = contact.token_expires_at = None
        session.flush()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="events: own registration")
