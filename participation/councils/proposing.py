"""Proposing something for an agenda: once, whatever the browser does, and only while the council takes proposals."""

import uuid

from sqlalchemy import select

from participation import clock
from participation.contacts import operations as contacts
from participation.contributions import operations as contributions
from participation.contributions.sending import Words, send_once
from participation.councils.meeting_models import Meeting
from participation.councils.models import Council, CouncilPerson, ProposedBy
from participation.councils.proposal_models import ItemProposal
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l
from participation.receipts.models import Receipt


class NoProposals(Refused):
    message = _l("This council does not take proposals from you at the moment. Your proposal was not sent.")


class AlreadySent(Refused):
    message = _l("You have already sent this proposal. Please use the receipt you were given.")


class AlreadyAnswered(Refused):
    message = _l("The office has already answered this proposal. It cannot be changed any more.")


def may_propose(council: Council, member: CouncilPerson | None = None) -> bool:
    """Whether this person may propose something for an agenda of this council now."""
    if not council.is_public or council.is_dissolved:
        return False
    if council.proposals_from is ProposedBy.EVERYBODY:
        return True
    return council.proposals_from is ProposedBy.MEMBERS and is_member(council, member)


def is_member(council: Council, person: CouncilPerson | None) -> bool:
    """Whether this person is in office in this council today."""
    return person is not None and any(one.council_id == council.id and one.is_in_office() for one in person.memberships)


def send(
    council: Council,
    words: Words,
    *,
    form_key: uuid.UUID,
    email: str = "",
    member: CouncilPerson | None = None,
    at_hand: Receipt | None = None,
) -> str:
    """Put a proposal on the shelf, before moderators first, and return its receipt's code.

    The same form sent twice makes one proposal. `member` is whoever has a member's receipt at hand. Raises NoProposals
    and AlreadySent.
    """
    if not may_propose(council, member):
        raise NoProposals
    return send_once(
        lambda: _made(council, words, form_key, email, member), lambda: sent_with(form_key), AlreadySent, at_hand
    )


def _made(
    council: Council, words: Words, form_key: uuid.UUID, email: str, member: CouncilPerson | None
) -> ItemProposal:
    return ItemProposal(
        council=council,
        form_key=form_key,
        person=member if is_member(council, member) else None,
        created_at=clock.now(),
        title=words.title,
        text=words.text,
        language=words.language,
        author_name=words.author_name,
        contact=contacts.give(email) if email else None,
        areas=list(council.areas),  # so that the moderators of these areas look at it
    )


def sent_with(form_key: uuid.UUID) -> ItemProposal | None:
    """The proposal that came with this form, if it was sent before."""
    return session.scalar(select(ItemProposal).where(ItemProposal.form_key == form_key))


def next_meeting(council: Council) -> Meeting | None:
    """The meeting that a proposal of today can still come up in."""
    waiting = select(Meeting).where(
        Meeting.council_id == council.id,
        Meeting.starts_at > clock.now(),
        Meeting.agenda_published_at.is_(None),
        Meeting.cancelled_at.is_(None),
        Meeting.proposals_until >= clock.today(),
    )
    return session.scalar(waiting.order_by(Meeting.starts_at, Meeting.id).limit(1))


# --- With the receipt at hand -----------------------------------------------------------------------------------------


def change(proposal: ItemProposal, version: int, words: Words) -> None:
    """Its author words it anew, and moderators read it again; what was answered stays as it is.

    Raises AlreadyAnswered, NotChangeable and ChangedMeanwhile.
    """
    if proposal.outcome is not None:
        raise AlreadyAnswered
    contributions.change(proposal, version, title=words.title, text=words.text, language=words.language)
    proposal.author_name = words.author_name
    session.flush()


def take_back(proposal: ItemProposal) -> None:
    """Its author takes it back, with everything that only belonged to it. An agenda that has it keeps the item, but
    names nobody any more.
    """
    _name_nobody(proposal)
    contributions.withdraw(proposal)
    proposal.person = None
    session.flush()


def name_nobody(member: CouncilPerson) -> None:
    """A member whose name is not to be shown any more is not named beside what they proposed, either."""
    for proposal in session.scalars(select(ItemProposal).where(ItemProposal.person_id == member.id)):
        _name_nobody(proposal)
    session.flush()


def _name_nobody(proposal: ItemProposal) -> None:
    name, item = proposal.author_name, proposal.item
    proposal.author_name = ""
    if item is not None and name and item.brought_by == name:
        item.brought_by = ""
