"""Where councils speak of an idea, a survey or an event: on whose agenda it stood, and what was decided about it."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import and_, exists, false, func, or_, select, true
from sqlalchemy.orm import load_only

from participation.councils.blackening import Blackening, said
from participation.councils.meeting_models import AgendaItem, AgendaLink, Meeting
from participation.councils.minutes_models import Minutes, Redaction
from participation.councils.models import Council
from participation.councils.proposal_models import ItemProposal
from participation.councils.public_agenda import blackening_of, without
from participation.councils.resolution_labels import COMMITTEE_ANSWERS, STATES
from participation.councils.resolution_models import HandOver, Resolution
from participation.db import session
from participation.feature import Mention, findable
from participation.i18n import LazyText, Passage, _l

MOST = 20  # of one thing
PROPOSAL = "item_proposal"  # its link is its own: the item that was made of it
AGENDA, RESOLUTION = _l("On the agenda of a council"), _l("Resolution of a council")
REJECTED = _l("Rejected")


def mentions(kind: str, ref_id: int) -> list[Mention]:
    """What everybody may read of it, the newest first: resolutions with the answers of committees, and agendas."""
    rows = _found(kind, ref_id)
    hidden = blackening_of([found.AgendaItem for found in rows if found.may_be_hidden])
    return [
        _of_resolution(found.Resolution, found.Council, found.HandOver, hidden)
        if found.Resolution
        else _of_agenda(found.AgendaItem, found.Meeting, found.Council, hidden)
        for found in rows
    ]


def _found(kind: str, ref_id: int) -> Sequence[Any]:
    """All in one statement: many pages ask. It tells as well where words may be blacked out."""
    if kind == PROPOSAL:
        is_about = exists().where(ItemProposal.item_id == AgendaItem.id, ItemProposal.id == ref_id)
    else:
        is_about = exists().where(
            AgendaLink.item_id == AgendaItem.id, AgendaLink.kind == kind, AgendaLink.ref_id == ref_id
        )
    public = and_(
        Resolution.item_id == AgendaItem.id,
        Resolution.published_at.is_not(None),
        Resolution.is_confidential == false(),
    )
    answered = select(func.max(HandOver.id)).where(
        HandOver.resolution_id == Resolution.id, HandOver.answer.is_not(None)
    )
    still_there = and_(AgendaItem.withdrawn_at.is_(None), Meeting.cancelled_at.is_(None))
    is_hidden = exists().where(Minutes.meeting_id == Meeting.id, Redaction.minutes_id == Minutes.id)
    may_be_hidden = or_(is_hidden, AgendaItem.postponed_from_id.is_not(None)).label("may_be_hidden")
    return session.execute(
        select(AgendaItem, Meeting, Council, Resolution, HandOver, may_be_hidden)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Council, Council.id == Meeting.council_id)
        .outerjoin(Resolution, public)
        .outerjoin(HandOver, HandOver.id == answered.correlate(Resolution).scalar_subquery())
        .where(
            is_about,
            AgendaItem.is_public == true(),
            Meeting.agenda_published_at.is_not(None),
            Council.published_at.is_not(None),
            or_(Resolution.id.is_not(None), still_there),
        )
        .options(load_only(Meeting.starts_at, Meeting.zone), load_only(Council.name, Council.slug))
        .order_by(Meeting.starts_at.desc(), AgendaItem.position)
        .limit(MOST)
    ).all()


def _of_resolution(resolution: Resolution, council: Council, answer: HandOver | None, hidden: Blackening) -> Mention:
    state: LazyText = STATES[resolution.state] if resolution.is_accepted else REJECTED
    return Mention(
        title=Passage(said(resolution.title), resolution.language),
        url=url_for("resolutions.show", resolution_id=resolution.id),
        kind=RESOLUTION,
        day=resolution.decided_on,
        state=COMMITTEE_ANSWERS[answer.answer] if answer and answer.answer else state,
        text=Passage(said(hidden.text(answer.answer_text)), answer.language) if answer else council.name,
    )


def _of_agenda(item: AgendaItem, meeting: Meeting, council: Council, hidden: Blackening) -> Mention:
    return Mention(
        title=without(item.title, hidden),
        url=url_for("meetings.show", meeting_id=meeting.id),
        kind=AGENDA,
        day=meeting.held_on,
        text=council.name,
    )


# --- The other way round ----------------------------------------------------------------------------------------------


class Source(NamedTuple):
    """What a resolution began with: an idea, a survey, an earlier resolution."""

    kind: LazyText
    title: Any
    url: str


def sources(resolution: Resolution) -> list[Source]:
    """What its agenda item is linked to, as far as everybody may read it."""
    of_item = AgendaLink.item_id == resolution.item_id
    links = session.execute(
        select(AgendaLink.kind, AgendaLink.ref_id).where(of_item).order_by(AgendaLink.kind, AgendaLink.id)
    ).all()
    found = []
    for kind, some in groupby(links, key=attrgetter("kind")):
        known = findable(kind)
        if known is not None:
            loaded = known.load([one.ref_id for one in some])
            found += [Source(known.name, one.title, one.url) for one in loaded.values()]
    return found
