"""Taking documents in: PDF files that staff add to what residents read."""

import re

from werkzeug.datastructures import FileStorage

from participation import clock
from participation.db import random_id, session
from participation.errors import Refused
from participation.i18n import _l, format_number
from participation.media.models import Document
from participation.media.operations import most_bytes

BEGINNING = re.compile(rb"%PDF-[12]\.\d")
END_WITHIN = 2_048  # some programs write a little behind the end
# What does something by itself when the file is opened. It may stand in other spellings; browsers stop those.
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFiles", b"/RichMedia")


class DocumentTooLarge(Refused):
    """More bytes than we keep."""

    def __init__(self) -> None:
        most = format_number(most_bytes() // (1024 * 1024))
        super().__init__(_l("This document is too large. At most %(most)s megabytes can be sent.", most=most))


class NotADocument(Refused):
    message = _l("This file is not a PDF document. Please choose a PDF file.")


class IncompleteDocument(Refused):
    message = _l("This document is damaged or not complete. Please save it as PDF once more.")


class ActiveDocument(Refused):
    message = _l("This document contains programs or other files. Please save it as a plain PDF.")


class LockedDocument(Refused):
    message = _l("This document is protected by a password. Please save it without one.")


def take(file: FileStorage, title: str, language: str) -> Document:
    """Keep a PDF file; what it is, is told by its content, and its own name is forgotten (V19, D16).

    Only staff see it until it is published.
    """
    data = file.stream.read(most_bytes() + 1)
    if len(data) > most_bytes():
        raise DocumentTooLarge
    check(data)
    document = Document(
        id=random_id(), title=title, language=language, size=len(data), created_at=clock.now(), content=data
    )
    session.add(document)
    session.flush()
    return document


def check(data: bytes) -> None:
    """Whether these bytes are a PDF file that everybody can open, and that does nothing by itself."""
    if not BEGINNING.match(data):
        raise NotADocument
    if b"%%EOF" not in data[-END_WITHIN:]:
        raise IncompleteDocument
    if any(mark in data for mark in ACTIVE):
        raise ActiveDocument
    if b"/Encrypt" in data:
        raise LockedDocument


def publish(document: Document) -> None:
    """Everybody may read it."""
    document.is_public = True
    session.flush()


def unpublish(document: Document) -> None:
    """Only staff may read it."""
    document.is_public = False
    session.flush()


def remove(document: Document) -> None:
    """Nothing shows it any more."""
    session.delete(document)
    session.flush()
