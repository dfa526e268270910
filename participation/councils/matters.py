"""What became of a proposal, and where a member's own page is, for whoever comes back with a receipt."""

from markupsafe import Markup
from sqlalchemy import ColumnElement, exists, or_

from participation import clock
from participation.contributions.models import Contribution, ContributionStatus
from participation.councils import members, own_seat, proposal_queries
from participation.councils.models import CouncilPerson
from participation.councils.proposal_models import ItemProposal, ProposalOutcome
from participation.feature import Matter, features
from participation.i18n import LazyText, _, _l, format_list, format_moment
from participation.receipts.models import Receipt

Status = ContributionStatus

STATUSES: dict[ContributionStatus, LazyText] = {
    Status.WAITING: _l("We have received your proposal. Somebody from the city reads it before others can read it."),
    Status.PUBLISHED: _l("Your proposal is published. The council's office decides whether it comes onto an agenda."),
    Status.RETURNED: _l("We have a question about your proposal. You find it on this page. Please change your text."),
    Status.REFUSED: _l(
        "Your proposal was not published. You find the reasons on this page. You can change your text. Then we read it "
        "again."
    ),
    Status.HIDDEN: _l("Others cannot read your proposal at the moment. You find the reasons on this page."),
    Status.REMOVED: _l("Your proposal was removed. You find the reasons on this page."),
}
OUTCOMES: dict[ProposalOutcome, LazyText] = {
    ProposalOutcome.TAKEN: _l("Your proposal is on an agenda. The council talks about it."),
    ProposalOutcome.DECLINED: _l("Your proposal does not come onto an agenda. You find the reasons below."),
}


def holds(receipt: Receipt) -> ColumnElement[bool]:
    """Whether it is a member's, or something was proposed with it."""
    proposed = (Contribution.receipt_id == receipt.id) & (Contribution.kind == "item_proposal")
    return or_(exists().where(CouncilPerson.receipt_id == receipt.id), exists().where(proposed))


def matter(receipt: Receipt) -> Matter | None:
    """A member's seat or a proposal, with what can be done; None when the receipt is for something else."""
    person = members.of_receipt(receipt)
    if person is not None:
        return _of_person(person)
    proposal = proposal_queries.of_receipt(receipt)
    return _of_proposal(proposal) if proposal is not None else None


def _of_person(person: CouncilPerson) -> Matter:
    councils = {one.council_id: str(one.council.name) for one in own_seat.terms(person)}
    names = list(councils.values())
    return Matter(
        title=_("Your seat in a council"),
        state=format_list(names) if names else _("You have no seat in a council at the moment."),
        template="councils/_seat_matter.html",
    )


def _of_proposal(proposal: ItemProposal) -> Matter:
    title = Markup('{}: <bdi lang="{}">{}</bdi>').format(
        str(proposal.kind_name), proposal.language, proposal.title or "–"
    )
    return Matter(
        title=title,
        state=state_of(proposal),
        template="councils/_proposal_matter.html",
        context={"proposal": proposal},
    )


def state_of(proposal: ItemProposal) -> str:
    """Where it stands, in plain words; while it waits also until when somebody looks at it, as the desk promises."""
    if proposal.outcome is not None and proposal.is_public:
        return str(OUTCOMES[proposal.outcome])
    promise = next((room.promise() for room in features() if room.promise), None)
    if proposal.status is Status.WAITING and proposal.waiting_since and promise:
        due = proposal.waiting_since + promise
        if due > clock.now():
            return _(
                "We have received your proposal. Somebody from the city reads it by %(moment)s. Others cannot read it "
                "yet.",
                moment=format_moment(due),
            )
        return _("We have received your proposal. We are late with reading it, and we are sorry about that.")
    return str(STATUSES.get(proposal.status, ""))
