"""The link to a member's own page that stands in our letters to them."""

from participation import mail
from participation.contacts import own_links
from participation.councils.models import CouncilPerson
from participation.db import session
from participation.i18n import current_language

PURPOSE = "councils: own seat"


def link_of(person: CouncilPerson) -> str:
    """Where a member finds their own page, in the language we are speaking."""
    return mail.link("own_seat.open_letter", current_language().tag, token=token_of(person))


def token_of(person: CouncilPerson) -> str:
    """What stands for a member in a link; only for members with an address to write to."""
    assert person.contact_id is not None
    return own_links.token(PURPOSE, person.id, person.contact_id)


def behind(token: str) -> CouncilPerson | None:
    """The member a link leads to, if the link is one of ours and still good."""
    named = own_links.behind(PURPOSE, token)
    found = session.get(CouncilPerson, named.matter_id) if named else None
    return found if found is not None and named and found.contact_id == named.contact_id else None


def opened(person: CouncilPerson) -> None:
    """Whoever opened the link reads this mailbox: the address is right."""
    own_links.opened(person.contact)
