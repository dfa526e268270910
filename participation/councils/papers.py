"""Papers that items deal with: a PDF with a reference, which everybody reads once such an item is public."""

from datetime import date
from typing import Any

from sqlalchemy import exists, select

from participation import audit
from participation.councils import agenda, announcing, paper_files, publishing
from participation.councils.locking import lock
from participation.councils.meeting_models import AgendaItem, Consultation, Meeting, Paper, PaperKind
from participation.councils.models import Council
from participation.councils.resolution_models import Annex
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.media import documents
from participation.media.models import Document

MOST_PAPERS = 20  # of one item


class ReferenceTaken(Refused):
    message = _l("Another paper of this council has this reference already.")


class TooManyPapers(Refused):
    message = _l("At most 20 papers fit here. Please remove one first.")


class PaperOfAnother(Refused):
    message = _l("This paper belongs to another council.")


def next_reference(council: Council, day: date) -> str:
    """The next number of the year that is free, as 2026/014."""
    year = f"{day.year}/"
    known = session.scalars(
        select(Paper.reference).where(Paper.council_id == council.id, Paper.reference.startswith(year, autoescape=True))
    )
    rests = [one.removeprefix(year) for one in known]
    used = [int(rest) for rest in rests if rest.isascii() and rest.isdecimal() and len(rest) < 8]
    return f"{year}{max(used, default=0) + 1:03d}"


def add(
    item: AgendaItem,
    *,
    reference: str,
    title: LocalizedText,
    kind: PaperKind,
    dated_on: date,
    document: Document | None = None,
    is_public: bool = True,
    is_authoritative: bool = False,
) -> Paper:
    """A new paper, dealt with under this item."""
    council = item.meeting.council
    lock(council)  # two papers cannot both take a reference
    _check_reference(council, reference)
    paper = Paper(
        council=council,
        reference=reference,
        title=title,
        kind=kind,
        dated_on=dated_on,
        document=document,
        is_public=is_public,
    )
    session.add(paper)
    session.flush()
    audit.record("paper.added", f"paper {paper.id}", council=council.id)
    consult(item, paper, is_authoritative=is_authoritative)
    return paper


def change(paper: Paper, *, document: Document | None = None, **facts: Any) -> None:
    """Other words or another file; an earlier file is thrown away."""
    lock(paper.council)
    _check_reference(paper.council, facts.get("reference", paper.reference), paper)
    for name, value in facts.items():
        setattr(paper, name, value)
    if document is not None:
        _put_in_place(paper, document)
    audit.record("paper.changed", f"paper {paper.id}", has_new_file=document is not None)
    paper_files.show([paper])
    for meeting in _meetings_of(paper):
        announcing.tell(meeting)


def consult(item: AgendaItem, paper: Paper, *, is_authoritative: bool = False) -> Consultation:
    """The paper is dealt with under this item; the same one twice stays one."""
    if paper.council_id != item.meeting.council_id:
        raise PaperOfAnother
    agenda.begin_change(item.meeting)
    made = next((one for one in item.consultations if one.paper_id == paper.id), None)
    if made is not None:
        made.is_authoritative = is_authoritative
        publishing.refresh_paper(paper)
        return made
    if len(item.consultations) >= MOST_PAPERS:
        raise TooManyPapers
    made = Consultation(paper=paper, is_authoritative=is_authoritative)
    item.consultations.append(made)
    session.flush()
    agenda.note_change(item)
    audit.record("paper.consulted", f"paper {paper.id}", item=item.id)
    announcing.tell(item.meeting)
    return made


def put_away(item: AgendaItem, paper: Paper) -> None:
    """The item does not deal with it any more. A paper that nothing deals with is deleted, with its file."""
    agenda.begin_change(item.meeting)
    made = next(one for one in item.consultations if one.paper_id == paper.id)
    item.consultations.remove(made)
    session.flush()
    session.expire(paper, ["consultations"])
    agenda.note_change(item)
    audit.record("paper.put_away", f"paper {paper.id}", item=item.id)
    is_annex = session.scalar(select(exists().where(Annex.paper_id == paper.id)))
    if paper.consultations or is_annex:
        paper_files.show([paper])
        publishing.refresh_paper(paper)
    else:
        _delete(paper)
    announcing.tell(item.meeting)


def _delete(paper: Paper) -> None:
    document, number = paper.document, paper.id
    session.delete(paper)
    session.flush()
    publishing.forget("paper", number)
    if document is not None:
        documents.remove(document)


def _put_in_place(paper: Paper, document: Document) -> None:
    before = paper.document
    paper.document = document
    session.flush()
    if before is not None:
        documents.remove(before)


def _check_reference(council: Council, reference: str, paper: Paper | None = None) -> None:
    query = select(Paper.id).where(Paper.council_id == council.id, Paper.reference == reference)
    if any(one != (paper.id if paper else None) for one in session.scalars(query)):
        raise ReferenceTaken


def _meetings_of(paper: Paper) -> list[Meeting]:
    items = select(AgendaItem.meeting_id).join(AgendaItem.consultations).where(Consultation.paper_id == paper.id)
    return list(session.scalars(select(Meeting).where(Meeting.id.in_(items))))
