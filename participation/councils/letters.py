"""Letters to members: each in their own language, with the link to their own page (L17)."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from participation import mail
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contacts.operations import Letter
from participation.councils import own_links
from participation.councils.models import CouncilPerson
from participation.i18n import current_language, speaking
from participation.wordings import Said, Wording, say

OWN = "\ufdd0"  # stands for the link that differs from letter to letter, so that a wording is said once per language


class Saying:
    """Words that are found when the language of the reader is known."""

    def __init__(self, say: Callable[[], str]) -> None:
        self.say = say

    def __str__(self) -> str:
        return self.say()


def address(endpoint: str, **values: Any) -> Saying:
    """The address of one of our pages in the language of whoever reads the letter."""
    return Saying(lambda: mail.link(endpoint, current_language().tag, **values))


def can_be_written_to(person: CouncilPerson) -> bool:
    """Whether letters reach them by mail; the others get theirs on paper."""
    return person.contact is not None and person.contact.is_written_to


def tell(
    people: Iterable[CouncilPerson], wording: Wording, calendar: Callable[[str], str] | None = None, /, **values: Any
) -> int:
    """The same news to some members, said once per language; tells how many letters were written.

    `calendar` makes the calendar file that goes with the letter, given a language. The gap `own` is filled here.
    """
    reached = [(one, one.contact) for one in people if one.contact is not None and one.contact.is_written_to]
    letters: list[Letter] = []
    for tag, some in groupby(sorted(reached, key=_language), key=_language):
        said = say(wording.name, tag, **values, own=OWN)
        attached = calendar(tag) if calendar else ""
        with speaking(tag):
            letters += [Letter(contact, _own_words(said, person), attached) for person, contact in some]
    return contacts.write_each(wording.name, letters)


def _language(reached: tuple[CouncilPerson, Contact]) -> str:
    return reached[1].language


def _own_words(said: Said, person: CouncilPerson) -> Said:
    return Said(said.subject, said.text.replace(OWN, own_links.link_of(person)))


def people_of(memberships: Sequence[Any]) -> list[CouncilPerson]:
    """The people behind some seats, each once."""
    return list({one.person.id: one.person for one in memberships}.values())
