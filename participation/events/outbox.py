"""The letters that went to one contact, and no others: the same person may have written for other matters too."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from participation import mail
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contacts.queries import token_hash
from participation.db import session
from participation.mail import Mail, MailState

TOKEN = re.compile(r"[A-Za-z0-9_-]{40,}")
CHUNK = 500
ERASED_UNSENT = "erased with the registration"


def letters(contact: Contact) -> Sequence[Mail]:
    """What we wrote to them about this matter, the newest first; words that are erased are nobody's any more."""
    return sorted(_of([contact]), key=lambda one: one.id, reverse=True)


def erase(gone: Sequence[Contact]) -> int:
    """No letter about these matters goes out any more, and none keeps its words; tells how many there were."""
    erased = 0
    for start in range(0, len(gone), CHUNK):
        for letter in _of(gone[start : start + CHUNK]):
            if letter.state is MailState.WAITING:
                letter.state, letter.next_attempt_at, letter.last_error = MailState.FAILED, None, ERASED_UNSENT
            mail.erase(letter)
            erased += 1
    session.flush()
    return erased


def _of(some: Iterable[Contact]) -> Iterator[Mail]:
    """A letter is known by the link in it: to stop the letters of one contact, or to confirm that one."""
    by_address: dict[str, list[Contact]] = {}
    for contact in some:
        by_address.setdefault(contact.email, []).append(contact)
    found = select(Mail).where(Mail.recipient.in_(by_address), Mail.wording.startswith("events/"), Mail.text != "")
    for letter in session.scalars(found):
        if any(_is_to(contact, letter) for contact in by_address[letter.recipient]):
            yield letter


def _is_to(contact: Contact, letter: Mail) -> bool:
    if contacts.stop_link(contact).rpartition("/")[2] in letter.text:
        return True
    return contact.token_hash is not None and any(
        token_hash(token) == contact.token_hash for token in TOKEN.findall(letter.text)
    )
