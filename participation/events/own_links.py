"""The link to the own registration that stands in our letters (D8)."""

from participation import mail
from participation.contacts import own_links
from participation.db import session
from participation.events.registration_models import Registration
from participation.i18n import current_language

MATTER, OFFERS = "own_registration.open_letter", "event_offers.open_letter"
PURPOSE = "events: own registration"


def link_of(registration: Registration, to: str = MATTER) -> str:
    """Where the registration can be seen or an offer be answered, in the language we are speaking."""
    return mail.link(to, current_language().tag, token=token_of(registration))


def token_of(registration: Registration) -> str:
    """What stands for the registration in a link; only for registrations with an address to write to."""
    assert registration.contact_id is not None
    return own_links.token(PURPOSE, registration.id, registration.contact_id)


def behind(token: str) -> Registration | None:
    """The registration a link leads to, if the link is one of ours and still good."""
    named = own_links.behind(PURPOSE, token)
    found = session.get(Registration, named.matter_id) if named else None
    return found if found is not None and named and found.contact_id == named.contact_id else None


def opened(registration: Registration) -> None:
    """Whoever opened the link reads this mailbox: the address is right."""
    own_links.opened(registration.contact)
