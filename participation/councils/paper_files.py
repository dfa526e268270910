"""Who may read the file of a paper, and under which name: everybody, once it and an item with it are public."""

from collections.abc import Sequence

from sqlalchemy import select

from participation.councils.meeting_models import AgendaItem, Consultation, Meeting, Paper
from participation.councils.models import Council
from participation.councils.public_agenda import blackening_of, without
from participation.db import session
from participation.i18n import SOURCE_LANGUAGE
from participation.media.models import Document


def show(papers: Sequence[Paper]) -> None:
    """Open the files of those that are public now, and close the others; each is called as residents read it."""
    session.flush()
    known = public_ids([one.id for one in papers])
    for paper in papers:
        if paper.document is not None:
            paper.document.is_public = paper.id in known
            paper.document.title = _file_title(paper)
    session.flush()


def _file_title(paper: Paper) -> str:
    """What the file is called when it is kept: nothing that is blacked out where the paper is dealt with."""
    items = session.scalars(select(AgendaItem).join(AgendaItem.consultations).where(Consultation.paper_id == paper.id))
    title = without(paper.title, blackening_of(items)).pick(SOURCE_LANGUAGE)
    return title.item[:200] if title else paper.reference


def show_those_of(meeting: Meeting) -> None:
    """The same for everything that this meeting deals with."""
    dealt_with = select(Consultation.paper_id).join(Consultation.item).where(AgendaItem.meeting_id == meeting.id)
    query = select(Paper).join(Document, Document.id == Paper.document_id)
    show(session.scalars(query.where(Paper.id.in_(dealt_with))).all())


def public_ids(paper_ids: Sequence[int]) -> set[int]:
    """Those of these papers that everybody may read."""
    query = (
        select(Paper.id)
        .join(Paper.council)
        .join(Paper.consultations)
        .join(Consultation.item)
        .join(AgendaItem.meeting)
        .where(
            Paper.id.in_(paper_ids),
            Paper.is_public,
            AgendaItem.is_public,
            Meeting.agenda_published_at.is_not(None),
            Council.published_at.is_not(None),
        )
    )
    return set(session.scalars(query)) if paper_ids else set()
