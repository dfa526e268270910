"""Taking the demo's council away, with all that its meetings, its members and its residents left."""

from collections.abc import Collection

from sqlalchemy import delete, exists, select

from participation import text_index
from participation.contacts.models import Contact
from participation.contributions.models import Contribution
from participation.councils import indexing
from participation.councils.meeting_models import Meeting, Paper
from participation.councils.minutes_models import Minutes
from participation.councils.models import Council, CouncilPerson, Membership, Statute
from participation.councils.proposal_models import ItemProposal
from participation.councils.public_models import PublicObject
from participation.councils.resolution_models import Resolution
from participation.db import session, table_of
from participation.media.models import Document, Picture
from participation.moderation.models import Decision, Notice, Objection
from participation.receipts.models import Receipt


def remove(council_ids: Collection[int]) -> None:
    """What hangs on these councils goes; the councils themselves go next, and their rows with them."""
    meetings = set(session.scalars(select(Meeting.id).where(Meeting.council_id.in_(council_ids))))
    _forget_words(council_ids, meetings)
    _remove_proposals(council_ids)
    _remove_documents(council_ids, meetings)
    _remove_people(council_ids)
    session.expire_all()


def _forget_words(council_ids: Collection[int], meetings: Collection[int]) -> None:
    """What the search desk and other machines were told."""
    resolutions = session.scalars(select(Resolution.id).where(Resolution.council_id.in_(council_ids))).all()
    text_index.drop_all(indexing.COUNCIL, council_ids)
    text_index.drop_all(indexing.MEETING, meetings)
    text_index.drop_all(indexing.MINUTES, meetings)
    text_index.drop_all(indexing.RESOLUTION, resolutions)
    serials = session.scalars(select(CouncilPerson.serial).where(CouncilPerson.is_demo)).all()
    papers = session.scalars(select(Paper.id).where(Paper.council_id.in_(council_ids))).all()
    places = session.scalars(select(Meeting.place_id).where(Meeting.id.in_(meetings), Meeting.place_id.is_not(None)))
    roots = {
        *(f"council {one}" for one in council_ids),
        *(f"meeting {one}" for one in meetings),
        *(f"person {one}" for one in serials),
        *(f"paper {one}" for one in papers),
        *(f"place {one}" for one in places),
    }
    if not session.scalar(select(exists().where(Council.id.not_in(council_ids)))):
        roots.add("house")
    session.execute(delete(PublicObject).where(PublicObject.root.in_(roots)))


def _remove_proposals(council_ids: Collection[int]) -> None:
    found = session.scalars(select(ItemProposal).where(ItemProposal.council_id.in_(council_ids))).all()
    ids = [one.id for one in found]
    receipts = {one.receipt_id for one in found} - {None}
    contacts = {one.contact_id for one in found} - {None}
    decisions = select(Decision.id).where(Decision.contribution_id.in_(ids))
    session.execute(delete(Objection).where(Objection.decision_id.in_(decisions)))
    session.execute(delete(Notice).where(Notice.contribution_id.in_(ids)))
    session.execute(delete(Decision).where(Decision.contribution_id.in_(ids)))
    session.execute(delete(table_of(Contribution)).where(table_of(Contribution).c.id.in_(ids)))
    session.execute(delete(Receipt).where(Receipt.id.in_(receipts)))
    session.execute(delete(Contact).where(Contact.id.in_(contacts)))


def _remove_documents(council_ids: Collection[int], meetings: Collection[int]) -> None:
    found = {
        *session.scalars(select(Minutes.document_id).where(Minutes.meeting_id.in_(meetings))),
        *session.scalars(select(Paper.document_id).where(Paper.council_id.in_(council_ids))),
        *session.scalars(select(Statute.document_id).where(Statute.council_id.in_(council_ids))),
    }
    session.execute(delete(Document).where(Document.id.in_(found - {None})))


def _remove_people(council_ids: Collection[int]) -> None:
    """Its people, unless the city has given them a seat of its own meanwhile."""
    elsewhere = select(Membership.person_id).where(Membership.council_id.not_in(council_ids))
    rows = session.execute(
        select(CouncilPerson.id, CouncilPerson.contact_id, CouncilPerson.receipt_id, CouncilPerson.picture_id).where(
            CouncilPerson.is_demo, CouncilPerson.id.not_in(elsewhere)
        )
    ).all()
    people, contacts, receipts, pictures = ({row[place] for row in rows} - {None} for place in range(4))
    # Votes and objections of members would keep their seats; they go with the meetings of the council.
    session.execute(delete(Meeting).where(Meeting.council_id.in_(council_ids)))
    session.execute(delete(CouncilPerson).where(CouncilPerson.id.in_(people)))
    session.execute(delete(Contact).where(Contact.id.in_(contacts)))
    session.execute(delete(Receipt).where(Receipt.id.in_(receipts)))
    session.execute(delete(Picture).where(Picture.id.in_(pictures)))
