"""The people of the councils: what is kept of them, what they agreed to, and how they are forgotten."""

import secrets
from typing import Any

from sqlalchemy import select

from participation import audit, clock
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.councils import agreements, proposing, publication, publishing
from participation.councils.models import ConsentPurpose, CouncilPerson, ProfileConsent
from participation.db import session
from participation.i18n import current_language, speaking
from participation.media import operations as media
from participation.media.models import Picture
from participation.permissions import person as whoever
from participation.receipts import operations as receipts
from participation.text_matching import fold

FEWEST_DIGITS, MOST_DIGITS = 100_000, 2_000_000_000  # a number in addresses that tells nothing about its neighbours


def create_person(
    family_name: str, given_name: str = "", *, email: str = "", language: str | None = None, **facts: Any
) -> CouncilPerson:
    """Somebody new, with a receipt of their own. The address is needed: without letters nobody is invited.

    Raises mail.NotAnAddress. Nothing about them is shown until they agree to it.
    """
    person = CouncilPerson(
        serial=_free_serial(),
        given_name=given_name,
        family_name=family_name,
        sort_name=_sort_name(family_name, given_name),
        receipt=receipts.issue().receipt,
        contact=_contact(email, language),
        created_at=clock.now(),
        **facts,
    )
    session.add(person)
    session.flush()
    audit.record("council_person.created", thing=_thing(person))
    return person


def change_person(
    person: CouncilPerson, *, email: str | None = None, language: str | None = None, **facts: Any
) -> None:
    """Other facts about somebody. Another address is another contact, and ends the links of the earlier letters."""
    for name, fact in facts.items():
        setattr(person, name, fact)
    person.sort_name = _sort_name(person.family_name, person.given_name)
    if email is not None:
        _change_address(person, email, language)
    session.flush()
    publishing.refresh_person(person)
    audit.record("council_person.changed", thing=_thing(person), facts=sorted(facts))


def _change_address(person: CouncilPerson, email: str, language: str | None) -> None:
    before = person.contact
    if before is not None and before.email == email:
        before.language = language or before.language
        return
    person.contact = _contact(email, language or (before.language if before else None))
    session.flush()
    if before is not None:
        contacts.stop(before)


def _contact(email: str, language: str | None) -> Contact | None:
    if not email:
        return None
    with speaking(language or current_language().tag):
        return contacts.give_needed(email)


def new_code(person: CouncilPerson) -> str:
    """A code to hand over on paper, for whoever has no e-mail; an earlier one ends."""
    if person.receipt is None:
        issued = receipts.issue()
        person.receipt = issued.receipt
        code = issued.code
    else:
        code = receipts.renew(person.receipt)
    session.flush()
    audit.record("council_person.code_renewed", thing=_thing(person))
    return code


def show_portrait(person: CouncilPerson, picture: Picture | None) -> None:
    """Another picture, or none. It is never public by itself: the page of the person asks whether it may be seen."""
    before = person.picture
    person.picture = picture
    if picture is not None:
        media.keep(picture)
    session.flush()
    if before is not None and before is not picture:
        session.delete(before)
    if picture is None:
        withdraw_consent(person, ConsentPurpose.PORTRAIT)
    session.flush()
    audit.record("council_person.portrait_changed", thing=_thing(person))


# --- What may be published --------------------------------------------------------------------------------------------


def give_consent(person: CouncilPerson, purpose: ConsentPurpose, *, entered_by_id: int | None = None) -> ProfileConsent:
    """A yes to the present words; given twice it is one. Whoever enters it from paper is kept with it."""
    given = _in_force(person, purpose)
    if given is None:
        given = ProfileConsent(
            purpose=purpose, version=agreements.VERSION, given_at=clock.now(), entered_by_id=entered_by_id
        )
        person.consents.append(given)
        session.flush()
        publishing.refresh_person(person)
        _note("council_person.consent_given", person, purpose)
    return given


def withdraw_consent(person: CouncilPerson, purpose: ConsentPurpose) -> None:
    """From here on it is not shown any more; that it was allowed once stays written down."""
    given = _in_force(person, purpose)
    if given is None:
        return
    given.withdrawn_at = clock.now()
    session.flush()
    publishing.refresh_person(person)
    if purpose is ConsentPurpose.NAME:
        proposing.name_nobody(person)
        publication.renew_for(person)
    _note("council_person.consent_withdrawn", person, purpose)


def _in_force(person: CouncilPerson, purpose: ConsentPurpose) -> ProfileConsent | None:
    return next((one for one in person.consents if one.purpose is purpose and one.withdrawn_at is None), None)


def _note(action: str, person: CouncilPerson, purpose: ConsentPurpose) -> None:
    """What staff enter is a change of theirs; what people say about themselves is not."""
    if whoever().is_staff:
        audit.record(action, thing=_thing(person), purpose=purpose.value)


# --- Small things -----------------------------------------------------------------------------------------------------


def _free_serial() -> int:
    """A number that nobody has; two at once would have to draw the same of two billion."""
    while True:
        serial = FEWEST_DIGITS + secrets.randbelow(MOST_DIGITS - FEWEST_DIGITS)
        if session.scalar(select(CouncilPerson.id).where(CouncilPerson.serial == serial)) is None:
            return serial


def _sort_name(family_name: str, given_name: str) -> str:
    return fold(f"{family_name} {given_name}")[:170]


def _thing(person: CouncilPerson) -> str:
    return f"council person {person.serial}"
