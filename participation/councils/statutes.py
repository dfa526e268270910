"""The rules of procedure, version by version: a draft is changed, a published version never is."""

from datetime import date

from sqlalchemy import func, select

from participation import audit, clock
from participation.councils.models import Council, Statute
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.media import documents
from participation.media.models import Document
from participation.rich_text import LocalizedRichText


class PublishedStays(Refused):
    message = _l("A published version of the statutes never changes. Please begin a new version.")


class NothingWritten(Refused):
    message = _l("The statutes need a text in German or a document before they are published.")


def versions(council: Council) -> list[Statute]:
    """All versions, the newest first; drafts are for the office."""
    return list(
        session.scalars(select(Statute).where(Statute.council_id == council.id).order_by(Statute.number.desc())).all()
    )


def published(council: Council) -> list[Statute]:
    """The versions that everybody may read, the newest first; what is valid later stands above."""
    shown = [one for one in versions(council) if one.published_at is not None]
    return sorted(shown, key=lambda one: (one.valid_from, one.number), reverse=True)


def in_force(among: list[Statute], day: date | None = None) -> Statute | None:
    """The version that counts on that day (today)."""
    day = day or clock.today()
    return next((one for one in among if one.valid_from <= day), None)


def draft(
    council: Council,
    title: LocalizedText,
    text: LocalizedRichText,
    valid_from: date,
    document: Document | None = None,
) -> Statute:
    """A new version that only the office sees."""
    session.refresh(council, with_for_update={"of": Council})  # numbers are given one after another
    last = session.scalar(select(func.max(Statute.number)).where(Statute.council_id == council.id)) or 0
    statute = Statute(
        council=council, number=last + 1, title=title, text=text, valid_from=valid_from, document=document
    )
    session.add(statute)
    session.flush()
    audit.record("statutes.drafted", thing=_thing(statute), number=statute.number)
    return statute


def change(
    statute: Statute,
    title: LocalizedText,
    text: LocalizedRichText,
    valid_from: date,
    document: Document | None = None,
) -> None:
    """Other words for a draft; a document that is replaced is thrown away."""
    _held(statute)
    before = statute.document
    statute.title, statute.text, statute.valid_from = title, text, valid_from
    if document is not None:
        statute.document = document
    session.flush()
    if document is not None and before is not None:
        documents.remove(before)
    audit.record("statutes.changed", thing=_thing(statute))


def publish(statute: Statute) -> None:
    """Everybody reads it from here on, and nobody changes it any more."""
    _held(statute)
    if not statute.text.get("de") and statute.document is None:
        raise NothingWritten
    if statute.document is not None:
        documents.publish(statute.document)
    statute.published_at = clock.now()
    session.flush()
    audit.record("statutes.published", thing=_thing(statute), number=statute.number)


def delete_draft(statute: Statute) -> None:
    """Throw a draft away, with its document."""
    _held(statute)
    document = statute.document
    audit.record("statutes.deleted", thing=_thing(statute), number=statute.number)
    session.delete(statute)
    session.flush()
    if document is not None:
        documents.remove(document)


def _held(statute: Statute) -> None:
    """The draft, held until the end of the transaction. Raises PublishedStays."""
    session.refresh(statute, with_for_update={"of": Statute})
    if statute.published_at is not None:
        raise PublishedStays


def _thing(statute: Statute) -> str:
    return f"statute {statute.id}"
