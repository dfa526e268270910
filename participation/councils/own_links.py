"""The link to a member's own page that stands in our letters to them."""

from participation import mail
from participation.contacts import own_links
from participation.councils.models import CouncilPerson
from participation.i18n import current_language

PURPOSE = "councils: own seat"


def link_of(person: CouncilPerson) -> str:
    """Where a member finds their own page, in the language we are speaking."""
    return mail.link("own_seat.open_letter", current_language().tag, token=token_of(person))


def token_of(person: CouncilPerson) -> str:
    """What stands for a member in a link; only for members with an address to write to."""
    return own_links.token(PURPOSE, person)


def behind(token: str) -> CouncilPerson | None:
    """The member a link leads to, if the link is one of ours and still good."""
    return own_links.behind(PURPOSE, CouncilPerson, token)
