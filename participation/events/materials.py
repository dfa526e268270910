"""What belongs to an event beside its words: a picture, documents, links to surveys, calls for ideas and pages."""

from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from participation.db import session
from participation.errors import Refused
from participation.events import life, operations
from participation.events.models import Event, EventLink, event_documents
from participation.i18n import LocalizedText, _l
from participation.media import documents
from participation.media import operations as media
from participation.media.models import Document, Picture

MOST_LINKS = 20
MOST_DOCUMENTS = 20


class NoSuchPage(Refused):
    message = _l("There is no page for residents at this address. Please copy the address from your browser.")


class NotAnAddress(Refused):
    message = _l("Please enter an address that begins with https:// or the address of a page of this website.")


class TooMany(Refused):
    message = _l("At most 20 fit here. Please remove one first.")


# --- The picture ------------------------------------------------------------------------------------------------------


def show_picture(event: Event, picture: Picture | None) -> None:
    """Another picture, or none; one that no event shows any more is thrown away."""
    life.lock(event)
    before = event.picture
    event.picture = picture
    if picture is not None:
        media.keep(picture)
        picture.is_public = picture.is_public or event.is_public
    operations.note_change(event, "picture")
    if before is not None and before is not picture and not _is_shown(before):
        session.delete(before)
        session.flush()


def _is_shown(picture: Picture) -> bool:
    return session.scalar(select(Event.id).where(Event.picture_id == picture.id).limit(1)) is not None


# --- Documents --------------------------------------------------------------------------------------------------------


def add_document(event: Event, document: Document) -> None:
    """One more document to read; of a public event everybody may read it at once."""
    life.lock(event)
    if len(event.documents) >= MOST_DOCUMENTS:
        raise TooMany
    event.documents.append(document)
    if event.is_public:
        documents.publish(document)
    operations.note_change(event, "documents")


def remove_document(event: Event, document: Document) -> None:
    """The event shows it no longer; when no other date of its series does, it is deleted."""
    life.lock(event)
    event.documents.remove(document)
    operations.note_change(event, "documents")
    shows = select(event_documents.c.event_id).where(event_documents.c.document_id == document.id).limit(1)
    if session.scalar(shows) is None:
        documents.remove(document)


# --- Links ------------------------------------------------------------------------------------------------------------


def add_link(event: Event, address: str, title: LocalizedText) -> EventLink:
    """One more link, the last in the list. Raises NotAnAddress and NoSuchPage."""
    kept = address_to_keep(address)
    life.lock(event)
    if len(event.links) >= MOST_LINKS:
        raise TooMany
    position = max((one.position for one in event.links), default=-1) + 1
    link = EventLink(event_id=event.id, address=kept, title=title, position=position)
    event.links.append(link)
    operations.note_change(event, "links")
    return link


def remove_link(event: Event, link: EventLink) -> None:
    """It is no longer shown."""
    life.lock(event)
    event.links.remove(link)
    operations.note_change(event, "links")


def address_to_keep(typed: str) -> str:
    """A page elsewhere as it is, a page of ours without its language: whoever follows it keeps their own (V22)."""
    typed = typed.strip()
    if len(typed) > 500 or not typed.isprintable() or set(typed) & set(" \\\"'<>"):
        raise NotAnAddress
    own = own_path(typed)
    if own is not None:
        return own
    parts = urlsplit(typed) if typed.startswith("https://") else None
    if parts is None or "." not in parts.netloc or "@" in parts.netloc:
        raise NotAnAddress
    return typed


def own_path(typed: str) -> str | None:
    """The path behind the language, if this is an address of ours; pages of staff are not for residents."""
    base = str(current_app.config["SETTINGS"].public_url or "").rstrip("/")
    path = typed.removeprefix(base) if base and typed.startswith(f"{base}/") else typed
    if not path.startswith("/") or path.startswith("//"):
        return None
    first, _slash, rest = path[1:].partition("/")
    behind = f"/{rest}" if first in current_app.config["LANGUAGES"] else path
    if behind.startswith("/staff") or not _is_there(behind):
        raise NoSuchPage
    return behind


def _is_there(path: str) -> bool:
    """Whether one of our addresses looks like this."""
    adapter = current_app.url_map.bind("house")
    plain = path.partition("#")[0].partition("?")[0]
    try:
        adapter.match(f"/de{plain}", method="GET")
    except HTTPException:
        return False
    return True
