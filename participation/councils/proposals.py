"""What the council's office makes of proposals: it takes them onto an agenda, or declines them with a reason."""

from sqlalchemy import select

from participation import audit, clock
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contributions import operations as contributions
from participation.councils import agenda, letter_facts
from participation.councils import wordings as words
from participation.councils.letters import Saying, address
from participation.councils.meeting_models import AgendaItem, Meeting, MeetingState
from participation.councils.proposal_models import ItemProposal, ProposalOutcome
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.permissions import person


class NotToAnswer(Refused):
    message = _l("This proposal cannot be answered: it is not public, or somebody has answered it already.")


class WrongMeeting(Refused):
    message = _l("This meeting is over, cancelled, or of another council. Please choose another one.")


class NoReason(Refused):
    message = _l("Please give a reason. Whoever proposed it reads it, and so does everybody else.")


def take(
    proposal: ItemProposal,
    meeting: Meeting,
    *,
    title: LocalizedText,
    text: LocalizedText,
    brought_by: str = "",
    is_public: bool = True,
    version: int | None = None,
) -> AgendaItem:
    """It becomes an item of this meeting, in words that the office may have changed. Whoever proposed it hears of it.

    Raises NotToAnswer, WrongMeeting and ChangedMeanwhile.
    """
    _hold(proposal, version)
    if meeting.council_id != proposal.council_id or meeting.state not in {MeetingState.PLANNED, MeetingState.INVITED}:
        raise WrongMeeting
    item = agenda.add(meeting, title, text=text, brought_by=brought_by, is_public=is_public)
    proposal.item = item
    _settle(proposal, ProposalOutcome.TAKEN)
    _tell(proposal, proposal.contact)
    return item


def decline(proposal: ItemProposal, reason: str, *, version: int | None = None) -> None:
    """It comes onto no agenda; the reason stands beside it for everybody. Raises NotToAnswer, NoReason."""
    _hold(proposal, version)
    if not reason.strip():
        raise NoReason
    proposal.reason = reason.strip()
    _settle(proposal, ProposalOutcome.DECLINED)
    _tell(proposal, proposal.contact)


def _hold(proposal: ItemProposal, version: int | None) -> None:
    """Two secretaries cannot both answer it."""
    contributions.lock(proposal, version)
    if not proposal.is_open:
        raise NotToAnswer


def _settle(proposal: ItemProposal, outcome: ProposalOutcome) -> None:
    proposal.outcome, proposal.decided_at, proposal.decided_by_id = outcome, clock.now(), person().id
    session.flush()
    audit.record("item_proposal.answered", thing=f"contribution {proposal.id}", outcome=outcome.value)


# --- Telling whoever proposed it --------------------------------------------------------------------------------------


def news(contact: Contact) -> None:
    """Whoever confirms an address only after the answer was given reads it all the same, once."""
    proposal = session.scalar(select(ItemProposal).where(ItemProposal.contact_id == contact.id))
    if proposal is None or proposal.decided_at is None or not proposal.is_public:
        return
    if proposal.decided_at.astimezone(clock.BERLIN).date() >= contact.given_on:  # else it was read on the page
        _tell(proposal, contact)


def _tell(proposal: ItemProposal, contact: Contact | None) -> None:
    """The answer, to the address that was given with the proposal, or to the member who made it."""
    member = proposal.person
    reader = contact or (member.contact if member else None)
    if reader is None:
        return
    values = {
        "council": proposal.council.name,
        "proposal": proposal.title,
        "address": address("item_proposals.show", proposal_id=proposal.id),
    }
    if proposal.outcome is ProposalOutcome.DECLINED:
        contacts.write(reader, words.PROPOSAL_DECLINED.name, **values, reason=proposal.reason)
    elif proposal.item is not None:
        meeting = proposal.item.meeting
        when = Saying(lambda: letter_facts.when(meeting))
        contacts.write(reader, words.PROPOSAL_TAKEN.name, **values, when=when)
