"""Councils, meetings, minutes and resolutions as the search desk and links between rooms show them."""

from collections.abc import Mapping, Sequence

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation import clock
from participation.contributions import operations
from participation.contributions.models import ContributionStatus
from participation.councils import indexing, meeting_words, public_agenda
from participation.councils.blackening import said
from participation.councils.meeting_models import Meeting
from participation.councils.minutes_models import Minutes, MinutesStatus
from participation.councils.models import Council
from participation.councils.proposal_models import ItemProposal
from participation.councils.resolution_models import Resolution
from participation.councils.resolution_queries import is_public
from participation.db import session
from participation.feature import Findable, Finding
from participation.i18n import Passage, _l, format_day

OF_PUBLIC_COUNCIL = Council.published_at.is_not(None)
IS_ANNOUNCED = Meeting.agenda_published_at.is_not(None)
IS_PUBLISHED = Minutes.status == MinutesStatus.PUBLISHED
IS_SHOWN = ItemProposal.status == ContributionStatus.PUBLISHED


# --- Councils ---------------------------------------------------------------------------------------------------------


def councils(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The public ones among these."""
    found = session.scalars(select(Council).where(Council.id.in_(ids), OF_PUBLIC_COUNCIL))
    return {
        council.id: Finding(
            title=council.name,
            url=url_for("councils.show", slug=council.slug),
            texts=indexing.said_of_council(council),
        )
        for council in found
    }


def all_councils() -> Sequence[int]:
    """The ids of all public councils."""
    return session.scalars(select(Council.id).where(OF_PUBLIC_COUNCIL).order_by(Council.id)).all()


# --- Meetings ---------------------------------------------------------------------------------------------------------


def meetings(ids: Sequence[int]) -> Mapping[int, Finding]:
    """Those among these whose agenda everybody may read."""
    query = select(Meeting).join(Meeting.council).where(Meeting.id.in_(ids), IS_ANNOUNCED, OF_PUBLIC_COUNCIL)
    found = session.scalars(query.options(*indexing.WITH_AGENDA)).all()
    blackenings = public_agenda.blackenings([one.id for one in found])
    return {
        meeting.id: Finding(
            title=public_agenda.without(meeting.title, blackenings[meeting.id]) or meeting_words.number_of(meeting),
            url=url_for("meetings.show", meeting_id=meeting.id),
            day=meeting.held_on,
            texts=_told(indexing.said_of_meeting(meeting, blackenings[meeting.id])),
            place=meeting.council.name,
        )
        for meeting in found
    }


def all_meetings() -> Sequence[int]:
    """The ids of all meetings whose agenda everybody may read, by time."""
    query = select(Meeting.id).join(Meeting.council).where(IS_ANNOUNCED, OF_PUBLIC_COUNCIL)
    return session.scalars(query.order_by(Meeting.starts_at, Meeting.id)).all()


# --- Minutes ----------------------------------------------------------------------------------------------------------


def minutes(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The public minutes of these meetings, in their newest revision."""
    return {
        meeting_id: Finding(
            title=_l("Minutes of %(day)s", day=format_day(one.meeting.held_on)),
            url=url_for("minutes.show", meeting_id=meeting_id),
            day=one.meeting.held_on,
            texts=_told(indexing.said_in_minutes(one)),
            place=one.meeting.council.name,
        )
        for meeting_id, one in indexing.newest_public(ids).items()
        if one.meeting.council.is_public
    }


def all_minutes() -> Sequence[int]:
    """The ids of all meetings whose minutes everybody may read, by time."""
    query = select(Meeting.id).join(Meeting.council).join(Minutes, Minutes.meeting_id == Meeting.id)
    query = query.where(IS_PUBLISHED, OF_PUBLIC_COUNCIL).distinct()
    ids = query.add_columns(Meeting.starts_at).order_by(Meeting.starts_at, Meeting.id)
    return session.scalars(ids).all()


# --- Resolutions ------------------------------------------------------------------------------------------------------


def resolutions(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The public ones among these."""
    query = select(Resolution).join(Resolution.council).where(Resolution.id.in_(ids), is_public(), OF_PUBLIC_COUNCIL)
    found = session.scalars(query.options(joinedload(Resolution.council), selectinload(Resolution.cards)))
    return {
        resolution.id: Finding(
            title=Passage(said(resolution.title), resolution.language),
            url=url_for("resolutions.show", resolution_id=resolution.id),
            day=resolution.decided_on,
            texts=_told(indexing.said_of_resolution(resolution)),
            place=resolution.council.name,
        )
        for resolution in found
    }


def all_resolutions() -> Sequence[int]:
    """The ids of all public resolutions, by time."""
    query = select(Resolution.id).join(Resolution.council).where(is_public(), OF_PUBLIC_COUNCIL)
    return session.scalars(query.order_by(Resolution.decided_on, Resolution.id)).all()


# --- Proposals of residents -------------------------------------------------------------------------------------------


def proposals(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The public ones among these."""
    query = select(ItemProposal).join(ItemProposal.council).where(ItemProposal.id.in_(ids), IS_SHOWN, OF_PUBLIC_COUNCIL)
    return {
        one.id: Finding(
            title=Passage(one.title, one.language),
            url=one.url,
            day=one.published_at.astimezone(clock.BERLIN).date() if one.published_at else None,
            texts={one.language: f"{one.title}\n{one.text}"},
            place=one.council.name,
        )
        for one in session.scalars(query.options(joinedload(ItemProposal.council)))
    }


def all_proposals() -> Sequence[int]:
    """The ids of all public proposals, the oldest first."""
    query = select(ItemProposal.id).join(ItemProposal.council).where(IS_SHOWN, OF_PUBLIC_COUNCIL)
    return session.scalars(query.order_by(ItemProposal.published_at, ItemProposal.id)).all()


def index_proposals(ids: Sequence[int]) -> None:
    """Index these anew."""
    for proposal in session.scalars(select(ItemProposal).where(ItemProposal.id.in_(ids))):
        operations.make_findable(proposal)


def _told(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts as plain words: where words are blacked out, the reader is told why."""
    return {tag: said(text) for tag, text in texts.items()}


FINDABLES = [
    Findable(indexing.COUNCIL, _l("Councils"), councils, all_councils, indexing.index_councils),
    Findable(indexing.MEETING, _l("Meetings"), meetings, all_meetings, indexing.index_meetings),
    Findable(indexing.MINUTES, _l("Minutes"), minutes, all_minutes, indexing.index_minutes_of),
    Findable(indexing.RESOLUTION, _l("Resolutions"), resolutions, all_resolutions, indexing.index_resolutions),
    Findable("item_proposal", _l("Proposals for an agenda"), proposals, all_proposals, index_proposals),
]
