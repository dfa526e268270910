"""The councils as what proposals belong to: for the filters and the checking rules of the moderators' desk."""

from sqlalchemy import ColumnElement, select

from participation.contributions.models import Contribution
from participation.councils.models import Council
from participation.councils.proposal_models import ItemProposal
from participation.db import session, table_of
from participation.feature import Scope


def scopes() -> list[Scope]:
    """Every public council, the newest first, with the proposals for its agendas."""
    rows = session.execute(
        select(Council.id, Council.name)
        .where(Council.published_at.is_not(None))
        .order_by(Council.published_at.desc(), Council.id)
    )
    return [Scope(f"council {council_id}", name, contains(council_id)) for council_id, name in rows]


def contains(council_id: int) -> ColumnElement[bool]:
    """Whether a contribution is a proposal to this council; asked row by row, as the queue is short."""
    proposals = table_of(ItemProposal)
    wanted = select(proposals.c.id).where(proposals.c.id == Contribution.id, proposals.c.council_id == council_id)
    return wanted.correlate(table_of(Contribution)).exists()
