"""Looking up addresses."""

import hashlib
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, select, true

from participation import clock
from participation.contacts.models import Contact
from participation.contacts.wordings import CONFIRM
from participation.db import Base, session, table_of
from participation.mail import Mail, mark


def token_hash(token: str) -> str:
    """What the database keeps of a link; as the token is random and long, a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def behind_link(token: str) -> Contact | None:
    """The contact that a link confirms, if it still confirms anything; held until the end of the transaction."""
    alive = select(Contact).where(Contact.token_hash == token_hash(token), Contact.token_expires_at > clock.now())
    return session.scalar(alive.with_for_update())


def asked_today(email: str, wording: str = CONFIRM.name) -> int:
    """How often the owner of this address was asked in the last day, in our usual words or these, without a yes.

    The mails themselves are counted: whoever takes an address back and gives it again does not begin anew.
    """
    since = clock.now() - timedelta(days=1)
    asked = (
        Mail.recipient.in_([email, mark(email)])
        & Mail.wording.in_({CONFIRM.name, wording})
        & (Mail.created_at >= since)
    )
    said_yes = (Contact.email == email) & (Contact.confirmed_at >= since)
    return _count(Mail, asked) - _count(Contact, said_yes)


def _count(rows: type[Base], condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(rows).where(condition)) or 0


def belongs_to_nothing() -> ColumnElement[bool]:
    """Whether no row of any room points to it: the matter it was given for is gone."""
    contacts = table_of(Contact)
    pointing = [
        key.parent for table in Base.metadata.sorted_tables for key in table.foreign_keys if key.references(contacts)
    ]
    return and_(true(), *(~select(column).where(column == Contact.id).exists() for column in pointing))
