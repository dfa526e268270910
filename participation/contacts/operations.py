"""What happens to an address: it is given, confirmed by its owner, written to, and deleted."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Any, NamedTuple, cast

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import ColumnElement, CursorResult, delete

from participation import clock, mail
from participation.contacts import consent, queries
from participation.contacts.models import Contact
from participation.contacts.wordings import CONFIRM, STOP
from participation.db import random_id, save_new, session
from participation.errors import Refused
from participation.feature import features
from participation.i18n import _l, current_language, speaking
from participation.mail import Mail
from participation.wordings import Said, say

LINK_VALID_FOR = timedelta(hours=48)  # D9
UNCONFIRMED_KEPT = timedelta(days=7)
MOST_CONFIRMATIONS_A_DAY = 5  # to one address, so that nobody can flood a stranger's mailbox through us


class LinkNotValid(Refused):
    message = _l(
        "This link is too old or was used already. You can still see with your receipt what became of your matter."
    )


def give(email: str, wording: str = CONFIRM.name, /, **values: Any) -> Contact:
    """Keep an address for one matter, and ask its owner by mail whether it is right.

    It is not used before it is confirmed. Another wording may ask in its own words; it has a gap for the link too.
    Raises mail.NotAnAddress. What happens does not tell whether the address is known already (D10).
    """
    token = secrets.token_urlsafe(32)
    contact = Contact(
        email=mail.address(email),
        language=current_language().tag,
        given_on=clock.today(),
        consent_version=consent.VERSION,
        token_hash=queries.token_hash(token),
        token_expires_at=clock.now() + LINK_VALID_FOR,
    )
    asked = queries.asked_today(contact.email, wording)
    session.add(contact)
    session.flush()
    if asked < MOST_CONFIRMATIONS_A_DAY:
        link = mail.link("contacts.open_confirmation", contact.language, token=token)
        mail.queue(contact.email, wording, contact.language, **values, link=link)
    return contact


def give_needed(email: str) -> Contact:
    """Keep an address for a matter that cannot do without letters; no question is sent, the first letter is the news.

    Raises mail.NotAnAddress.
    """
    return save_new(
        Contact,
        id=random_id(),
        email=mail.address(email),
        language=current_language().tag,
        given_on=clock.today(),
        consent_version=consent.VERSION,
        is_needed=True,
        confirmed_at=None,
        token_hash=None,
        token_expires_at=None,
    )


def confirm(token: str) -> Contact:
    """Its owner wants to be written to, also about what was decided meanwhile; the link works once.

    Raises LinkNotValid.
    """
    contact = queries.behind_link(token)
    if contact is None:
        raise LinkNotValid
    contact.confirmed_at, contact.consent_version = clock.now(), consent.VERSION
    contact.token_hash = contact.token_expires_at = None
    session.flush()
    for room in features():
        if room.news:
            room.news(contact)
    return contact


def write(contact: Contact | None, wording: str, calendar: str = "", /, **values: Any) -> Mail | None:
    """A letter in the language of the contact, with a link to stop; none to an address that is not written to."""
    if contact is None or not contact.is_written_to:
        return None
    return _put(contact, wording, say(wording, contact.language, **values), calendar)


def write_to_all(contacts: Iterable[Contact], wording: str, /, **values: Any) -> int:
    """The same letter to many, said once per language; tells how many letters were written."""
    reachable = sorted((one for one in contacts if one.is_written_to), key=lambda one: one.language)
    for tag, theirs in groupby(reachable, key=lambda one: one.language):
        said = say(wording, tag, **values)
        for contact in theirs:
            _put(contact, wording, said)
    return len(reachable)


class Letter(NamedTuple):
    """Words that were said already, for one contact; with a calendar file if there is one."""

    contact: Contact
    said: Said
    calendar: str = ""


def write_each(wording: str, letters: Iterable[Letter]) -> int:
    """A letter of their own to each of many, all put into the outbox at once; tells how many letters were written."""
    composed = [
        mail.compose(
            one.contact.email, wording, one.contact.language, _ended(one.contact, one.said), calendar=one.calendar
        )
        for one in letters
        if one.contact.is_written_to
    ]
    session.flush()
    mail.put_all(composed)
    return len(composed)


def stop(contact: Contact) -> None:
    """No more mails: the address is deleted, and the matter itself stays."""
    session.delete(contact)
    session.flush()


def stop_by_link(token: str) -> None:
    """The same for whoever has the link of a letter; it does not tell whether there still was an address (D10)."""
    contact_id = stoppable(token)
    if contact_id is None:
        raise LinkNotValid
    contact = session.get(Contact, contact_id)
    if contact is not None:
        stop(contact)


def tidy() -> dict[str, int]:
    """What nobody confirmed within a week is deleted (D9), and what belongs to no matter any more."""
    unconfirmed = (
        Contact.confirmed_at.is_(None) & ~Contact.is_needed & (Contact.given_on < clock.today() - UNCONFIRMED_KEPT)
    )
    left_over = queries.belongs_to_nothing() & (Contact.given_on < clock.today())
    return {"unconfirmed_contacts": _deleted(unconfirmed), "contacts_left_over": _deleted(left_over)}


def _deleted(over: ColumnElement[bool]) -> int:
    return cast("CursorResult[Any]", session.execute(delete(Contact).where(over))).rowcount


# --- Links ------------------------------------------------------------------------------------------------------------


def stop_link(contact: Contact) -> str:
    """The link in every letter; it is signed, so the database need not keep it, and it stays good."""
    return mail.link("contacts.open_stop", contact.language, token=_signer().dumps(contact.id.hex))


def stoppable(token: str) -> uuid.UUID | None:
    """Whose letters a link stops, if it is one of ours."""
    try:
        return uuid.UUID(_signer().loads(token))
    except (BadData, ValueError, AttributeError, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="contacts: stop these mails")


def _put(contact: Contact, wording: str, said: Said, calendar: str = "") -> Mail:
    return mail.put(contact.email, wording, contact.language, _ended(contact, said), calendar=calendar)


def _ended(contact: Contact, said: Said) -> Said:
    """With what stands below every letter."""
    with speaking(contact.language):
        city = current_app.config["SETTINGS"].city_name
        end = str(STOP) % {"city": city, "link": stop_link(contact)}
    return Said(said.subject, f"{said.text}\n\n-- \n{end}")
