"""Taking pictures in, and letting others see them or not."""

import uuid
from datetime import timedelta

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import delete
from werkzeug.datastructures import FileStorage

from participation import clock
from participation.db import random_id, session, table_of
from participation.errors import Refused
from participation.i18n import _l, current_language, format_number
from participation.media import encoding
from participation.media.models import Picture, PictureFile

# What is not kept by then belongs to a form that nobody sent.
PENDING_LIVES = timedelta(days=1)


class TooLarge(Refused):
    """More bytes than we read."""

    message = _l("This picture is too large.")

    def __init__(self) -> None:
        most = format_number(most_bytes() // (1024 * 1024))
        super().__init__(_l("This picture is too large. At most %(most)s megabytes can be sent.", most=most))


def most_bytes() -> int:
    """How large the file of a picture may be."""
    most: int = current_app.config["SETTINGS"].max_upload_bytes
    return most


def take(file: FileStorage, alt: str, language: str | None = None) -> Picture:
    """Make the picture anew and put it in; until something keeps it, only its sender sees it, and only for a day.

    The language is the one in which `alt` says what can be seen. Raises TooLarge and the refusals in encoding.py.
    """
    data = file.stream.read(most_bytes() + 1)
    if len(data) > most_bytes():
        raise TooLarge
    files = encoding.encode(data)
    picture = Picture(
        id=random_id(),
        alt=alt,
        language=language or current_language().tag,
        width=files[-1].width,
        height=files[-1].height,
        created_at=clock.now(),
        files=[PictureFile(width=one.width, height=one.height, content=one.content) for one in files],
    )
    session.add(picture)
    session.flush()
    return picture


def describe(picture: Picture, alt: str, language: str) -> None:
    """Say anew what can be seen on it."""
    picture.alt, picture.language = alt, language
    session.flush()


def signed(picture: Picture) -> str:
    """What a form carries, so that its sender finds the picture again and nobody else does."""
    return _signer().dumps(str(picture.id))


def pending(carried: str) -> Picture | None:
    """The picture that a form carries, unless it is too old, or something keeps it already."""
    try:
        picture = session.get(Picture, uuid.UUID(_signer().loads(carried)))
    except (BadData, ValueError):
        return None
    is_there = picture is not None and not picture.is_kept and picture.created_at > clock.now() - PENDING_LIVES
    return picture if is_there else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="picture of a form")


def keep(picture: Picture) -> None:
    """It belongs to something now and is not thrown away at night."""
    picture.is_kept = True
    session.flush()


def publish(picture: Picture) -> None:
    """Everybody may see it."""
    picture.is_public = True
    session.flush()


def unpublish(picture: Picture) -> None:
    """Only staff may see it."""
    picture.is_public = False
    session.flush()


def throw_away_unkept() -> dict[str, int]:
    """What forms left behind that were never sent (D14)."""
    pictures = table_of(Picture)
    due = clock.now() - PENDING_LIVES
    gone = session.execute(delete(pictures).where(~pictures.c.is_kept, pictures.c.created_at < due))
    return {"pictures": getattr(gone, "rowcount", 0)}
