"""Makers of the contacts room."""

from collections.abc import Sequence

from sqlalchemy import select

from participation.contacts import operations
from participation.contacts.models import Contact
from participation.db import session
from participation.i18n import speaking
from participation.mail import Mail


def make_contact(email: str = "olena@example.org", language: str = "de", *, is_confirmed: bool = True) -> Contact:
    """An address, confirmed by its owner unless told otherwise."""
    with speaking(language):
        contact = operations.give(email)
    if is_confirmed:
        operations.confirm(token_in(mails_to(email)[-1]))
    return contact


def mails_to(email: str) -> Sequence[Mail]:
    """The mails written to an address, the first one first."""
    return session.scalars(select(Mail).where(Mail.recipient == email).order_by(Mail.id)).all()


def path_in(mail: Mail, word: str) -> str:
    """The path of the link with this word, as a browser would ask for it."""
    link = next(part for part in mail.text.split() if part.startswith("http") and word in part)
    return "/" + link.split("/", 3)[3]


def token_in(mail: Mail) -> str:
    """The secret part of the link in a confirmation mail."""
    return path_in(mail, "/contacts/confirm/").rpartition("/")[2]
