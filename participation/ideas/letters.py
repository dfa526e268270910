"""Who hears what becomes of an idea, and what each of them reads: everything in the language of the reader."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select, union_all

from participation import mail
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contributions.models import Contribution
from participation.db import session, table_of
from participation.i18n import SOURCE_LANGUAGE, LocalizedText, current_language
from participation.ideas.models import Idea, Office, Support


class Hearer(NamedTuple):
    """Somebody who gave an address with an idea or with a support."""

    contact: Contact
    is_author: bool  # of the very idea, not of one that was merged into it


def hearers(idea: Idea) -> list[Hearer]:
    """Everyone with a confirmed address who sent it, supported it, or did so with one merged into it; each once."""
    found: dict[str, Hearer] = {}
    for contact in confirmed(idea):
        is_author = contact.id == idea.contact_id
        key = contact.email.casefold()
        if key not in found or is_author:
            found[key] = Hearer(contact, is_author)
    return list(found.values())


def confirmed(idea: Idea) -> Sequence[Contact]:
    """The confirmed addresses of an idea and of all that stand in it; some may be given twice."""
    wanted = select(Contact).where(Contact.id.in_(_contact_ids(idea)), Contact.confirmed_at.is_not(None))
    return session.scalars(wanted.order_by(Contact.id)).all()


def given_for(contact: Contact) -> Idea | None:
    """The idea that an address was given for, by its author or with a support; where it was joined, the other one."""
    supported = select(Support.idea_id).where(Support.contact_id == contact.id)
    idea = session.scalar(select(Idea).where(or_(Idea.contact_id == contact.id, Idea.id.in_(supported))))
    return idea.merged_into or idea if idea else None


def _contact_ids(idea: Idea) -> Select[Any]:
    ideas, shelf = table_of(Idea), table_of(Contribution)
    group = select(ideas.c.id).where((ideas.c.id == idea.id) | (ideas.c.merged_into_id == idea.id))
    authors = select(shelf.c.contact_id).where(shelf.c.id.in_(group))
    supporters = select(Support.contact_id).where(Support.idea_id.in_(group))
    both = union_all(authors, supporters).subquery()
    return select(both.c.contact_id).where(both.c.contact_id.is_not(None))


class Address:
    """The address of a page in the language of whoever reads the letter."""

    def __init__(self, endpoint: str, **values: Any) -> None:
        self.endpoint, self.values = endpoint, values

    def __str__(self) -> str:
        return mail.link(self.endpoint, current_language().tag, **self.values)


class Fitting:
    """A text for whoever reads the letter: in the reader's language, or else in the one the idea was written in."""

    def __init__(self, text: LocalizedText, source: str) -> None:
        self.text, self.source = text, source

    def __str__(self) -> str:
        tag = current_language().tag
        for wanted in (tag, tag.partition("-")[0], self.source):
            if wanted in self.text:
                return self.text[wanted]
        return str(self.text)


def tell(hearers: Sequence[Hearer], wording: str, idea: Idea, **values: Any) -> None:
    """The same letter about an idea to several people, each in their language."""
    address = Address("ideas.show", idea_id=idea.id)
    contacts.write_to_all([one.contact for one in hearers], wording, idea=idea.title, address=address, **values)


def tell_office(office: Office | None, wording: str, idea: Idea) -> None:
    """A letter to the office in charge, in German, where its address is known."""
    if office is not None and office.email:
        mail.queue(
            office.email,
            wording,
            SOURCE_LANGUAGE,
            idea=idea.title,
            office=office.name,
            due=idea.due_on or "–",
            address=Address("idea_staff.show", idea_id=idea.id),
        )
