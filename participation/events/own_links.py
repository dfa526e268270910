"""The link to the own registration that stands in our letters (D8)."""

from participation import mail
from participation.contacts import own_links
from participation.events.registration_models import Registration
from participation.i18n import current_language

MATTER, OFFERS = "own_registration.open_letter", "event_offers.open_letter"
PURPOSE = "events: own registration"


def link_of(registration: Registration, to: str = MATTER) -> str:
    """Where the registration can be seen or an offer be answered, in the language we are speaking."""
    return mail.link(to, current_language().tag, token=token_of(registration))


def token_of(registration: Registration) -> str:
    """What stands for the registration in a link; only for registrations with an address to write to."""
    return own_links.token(PURPOSE, registration)


def behind(token: str) -> Registration | None:
    """The registration a link leads to, if the link is one of ours and still good."""
    return own_links.behind(PURPOSE, Registration, token)
