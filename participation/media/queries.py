"""Looking up pictures and documents."""

import uuid

from sqlalchemy import select

from participation.db import session
from participation.media.models import Document, Picture, PictureFile


def picture(picture_id: uuid.UUID, width: int) -> Picture:
    """The picture, if it has a file of this width."""
    has_file = select(PictureFile.width).where(PictureFile.picture_id == picture_id, PictureFile.width == width)
    return session.scalars(select(Picture).where(Picture.id == picture_id, has_file.exists())).one()


def content(picture: Picture, width: int) -> bytes:
    """The file itself."""
    here = PictureFile.picture_id == picture.id, PictureFile.width == width
    return session.scalars(select(PictureFile.content).where(*here)).one()


def document(document_id: uuid.UUID) -> Document:
    """One document, without its bytes."""
    return session.get_one(Document, document_id)


def bytes_of(document: Document) -> bytes:
    """The file itself."""
    return session.scalars(select(Document.content).where(Document.id == document.id)).one()
