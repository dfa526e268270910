"""Codes that let people register for an event by invitation."""

import secrets

from sqlalchemy import or_, select, update

from participation.db import session
from participation.errors import Refused
from participation.events.models import Event
from participation.events.registration_models import InvitationCode
from participation.i18n import _l
from participation.receipts.codes import ALPHABET, cleaned

LENGTH = 8


class WrongInvitation(Refused):
    message = _l("We do not know this invitation code. Please compare it with your invitation.")


class InvitationUsed(Refused):
    message = _l("This invitation code is not for so many people, or others have used it already.")


def make(event: Event, how_many: int, *, most_persons: int | None = None, note: str = "") -> list[InvitationCode]:
    """New codes for an event; each is good for so many people, or for as many as there are places."""
    made = [
        InvitationCode(event_id=event.id, code=_new_code(), most_persons=most_persons, note=note)
        for _number in range(how_many)
    ]
    session.add_all(made)
    session.flush()
    return made


def grouped(code: str) -> str:
    """As it stands in an invitation: K7M2-9PH4."""
    return f"{code[:4]}-{code[4:]}"


def use(event: Event, typed: str, persons: int) -> int:
    """So many people come with this code; gives its number. Raises WrongInvitation and InvitationUsed."""
    code = cleaned(typed)[: LENGTH + 1]
    known = session.scalar(
        select(InvitationCode.id).where(InvitationCode.event_id == event.id, InvitationCode.code == code)
    )
    if known is None:
        raise WrongInvitation
    take_more(known, persons)
    return known


def take_more(invitation_id: int, persons: int) -> None:
    """More people come with a code. Raises InvitationUsed."""
    enough = or_(InvitationCode.most_persons.is_(None), InvitationCode.used + persons <= InvitationCode.most_persons)
    statement = update(InvitationCode).where(InvitationCode.id == invitation_id, enough)
    statement = statement.values(used=InvitationCode.used + persons).returning(InvitationCode.id)
    if session.scalar(statement.execution_options(synchronize_session=False)) is None:
        raise InvitationUsed


def give_back(invitation_id: int | None, persons: int) -> None:
    """Somebody does not come after all: others may use the code."""
    if invitation_id is not None and persons:
        statement = update(InvitationCode).where(InvitationCode.id == invitation_id)
        session.execute(
            statement.values(used=InvitationCode.used - persons).execution_options(synchronize_session=False)
        )


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
