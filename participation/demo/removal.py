"""Taking the demo's ideas and events away, with everything that residents and staff hung on them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, or_, select, update

from participation import text_index
from participation.contacts.models import Contact
from participation.contributions.models import Comment, Contribution
from participation.db import Base, session, table_of
from participation.events.models import Event, event_photos
from participation.events.registration_models import Registration
from participation.ideas.models import Idea, IdeaStep, Merge, Outcome, Progress, Support
from participation.media.models import Picture
from participation.moderation.models import Decision, Notice, Objection
from participation.questionnaires.models import Response
from participation.receipts.models import Receipt


def remove_ideas(call_ids: Collection[int]) -> None:
    """Delete all ideas of these calls; what hangs on others goes first."""
    ideas = set(session.scalars(select(Idea.id).where(Idea.call_id.in_(call_ids))))
    comments = set(session.scalars(select(Comment.id).where(Comment.on_id.in_(ideas))))
    everything = ideas | comments
    left_over = _left_over(ideas, everything)
    decisions = select(Decision.id).where(Decision.contribution_id.in_(everything))
    _delete(Objection, Objection.decision_id.in_(decisions))
    _delete(Notice, Notice.contribution_id.in_(everything))
    _delete(Decision, Decision.contribution_id.in_(everything))
    _delete(Merge, or_(Merge.source_id.in_(ideas), Merge.target_id.in_(ideas)))
    session.execute(update(table_of(Idea)).where(table_of(Idea).c.id.in_(ideas)).values(merged_into_id=None))
    _delete(Contribution, table_of(Contribution).c.id.in_(comments))
    _delete(Contribution, table_of(Contribution).c.id.in_(ideas))
    text_index.drop_all("idea", ideas)
    text_index.drop_all("comment", comments)
    for table, ids in left_over.items():
        _delete(table, table_of(table).c.id.in_(ids))
    session.expire_all()


def remove_people(event_ids: Collection[int]) -> None:
    """Delete all registrations for these events, and the pictures that staff added; the events themselves go next."""
    facts = Registration.id, Registration.contact_id, Registration.receipt_id, Registration.response_id
    rows = session.execute(select(*facts).where(Registration.event_id.in_(event_ids))).all()
    registrations, contacts, receipts, responses = ({row[place] for row in rows} - {None} for place in range(4))
    pictures = set(session.scalars(select(Event.picture_id).where(Event.id.in_(event_ids))))
    pictures |= set(session.scalars(select(event_photos.c.picture_id).where(event_photos.c.event_id.in_(event_ids))))
    _delete(Registration, Registration.id.in_(registrations))
    _delete(Contact, Contact.id.in_(contacts))
    _delete(Receipt, Receipt.id.in_(receipts))
    _delete(Response, Response.id.in_(responses))
    _delete(Picture, Picture.id.in_(pictures - {None}))
    text_index.drop_all("event", event_ids)


def _left_over(ideas: set[int], everything: set[int]) -> dict[type[Base], set[Any]]:
    """What only the ideas point to: nothing else would take it away."""
    senders = (table_of(Contribution).c, table_of(Contribution).c.id.in_(everything))
    reporters = (table_of(Notice).c, Notice.contribution_id.in_(everything))
    found: dict[type[Base], set[Any]] = {
        Receipt: set(),
        Contact: set(),
        Picture: set(),
        Response: set(),
        Outcome: set(),
    }
    for columns, which in (senders, reporters):
        found[Receipt] |= set(session.scalars(select(columns.receipt_id).where(which)))
        found[Contact] |= set(session.scalars(select(columns.contact_id).where(which)))
    found[Picture] |= set(session.scalars(select(senders[0].picture_id).where(senders[1])))
    found[Picture] |= set(session.scalars(select(Progress.picture_id).where(Progress.idea_id.in_(ideas))))
    found[Contact] |= set(session.scalars(select(Support.contact_id).where(Support.idea_id.in_(ideas))))
    found[Response] |= set(session.scalars(select(Idea.response_id).where(Idea.id.in_(ideas))))
    found[Outcome] |= set(session.scalars(select(Idea.outcome_id).where(Idea.id.in_(ideas))))
    found[Outcome] |= set(session.scalars(select(IdeaStep.outcome_id).where(IdeaStep.idea_id.in_(ideas))))
    return {table: ids - {None} for table, ids in found.items()}


def _delete(table: type[Base], which: Any) -> None:
    session.execute(delete(table_of(table)).where(which))
