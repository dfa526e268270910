"""Taking documents in: PDF files that staff add to what residents read."""

import io
import re
import time
from typing import Any

import pikepdf
from werkzeug.datastructures import FileStorage

from participation import clock
from participation.db import random_id, session
from participation.errors import Refused
from participation.i18n import _l, format_number
from participation.media.models import Document
from participation.media.operations import most_bytes

BEGINNING = re.compile(rb"%PDF-[12]\.\d")
END_WITHIN = 2_048  # some programs write a little behind the end
# What does something by itself when the file is opened, or brings other files along.
ACTIVE_KEYS = ("/JavaScript", "/JS", "/EmbeddedFiles", "/RichMediaContent", "/XFA")
ACTIVE_KINDS = frozenset(
    {
        *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMedia", "/RichMediaExecute"),
        *("/Rendition", "/Movie", "/Sound", "/FileAttachment", "/Screen", "/3D", "/EmbeddedFile"),
    }
)
KINDS = ("/S", "/Subtype", "/Type")
MOST_OBJECTS = 200_000
MOST_VALUES = 2_000_000  # in all of them together
MOST_SECONDS = 10.0
# What a few packed bytes may become: objects and their addresses are unpacked, pages are not looked at.
MOST_UNPACKED = 64 * 1024 * 1024

pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    max_stream_filters=4,
    parser_max_container_size=1_000_000,
)


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
    """Whether these bytes are a PDF file that everybody can open, and that does nothing by itself.

    Raises NotADocument, IncompleteDocument, LockedDocument and ActiveDocument.
    """
    if not BEGINNING.match(data):
        raise NotADocument
    if b"%%EOF" not in data[-END_WITHIN:]:
        raise IncompleteDocument
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as file:
            if file.is_encrypted:
                raise LockedDocument
            if not len(file.pages):
                raise IncompleteDocument
            _look_through(file)
    except pikepdf.PasswordError:
        raise LockedDocument from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, TypeError):
        raise IncompleteDocument from None


def _look_through(file: pikepdf.Pdf) -> None:
    """Every object, also those that are packed into streams, where nobody finds their words in the bytes."""
    until, left = time.monotonic() + MOST_SECONDS, MOST_VALUES
    if len(file.objects) > MOST_OBJECTS:
        raise IncompleteDocument
    for one in (file.trailer, *file.objects):
        waiting = [one]
        while waiting:
            value = waiting.pop()
            left -= 1
            if left < 0 or (left % 1_000 == 0 and time.monotonic() > until):
                raise IncompleteDocument
            waiting += _within(value)


def _within(value: Any) -> list[Any]:
    """What an object holds directly; what it only points to has its own turn. Raises ActiveDocument."""
    if isinstance(value, pikepdf.Array):
        return [one for one in value if _is_direct(one)]
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return []
    if any(key in value for key in ACTIVE_KEYS):
        raise ActiveDocument
    if any(str(value.get(key, "")) in ACTIVE_KINDS for key in KINDS):
        raise ActiveDocument
    return [one for one in value.values() if _is_direct(one)]


def _is_direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


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
