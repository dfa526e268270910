"""Pictures and documents, which lie in the database: one transaction, one backup, the same for several machines."""

import uuid
from base64 import b64encode
from datetime import datetime

from flask import url_for
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.db import Base, random_id
from participation.media.encoding import widths


class Picture(Base):
    """One picture, re-encoded by us; until it is kept by something it is thrown away after a day."""

    __tablename__ = "pictures"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0", name="has_a_size"),
        Index(
            "ix_pictures_not_kept", "created_at", sqlite_where=text("NOT is_kept"), postgresql_where=text("NOT is_kept")
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    alt: Mapped[str] = mapped_column(String(300), default="")  # what can be seen on it, in the words of who sent it
    language: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]  # of the largest file
    height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    is_kept: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=False)
    files: Mapped[list["PictureFile"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="PictureFile.width"
    )

    @property
    def widths(self) -> list[int]:
        """The widths there are, the smallest first; known without looking for the files."""
        return widths(self.width)

    def address(self, width: int) -> str:
        """Where the file of this width is found; whoever asks must be allowed to see it."""
        return url_for("media.file", picture_id=self.id, width=width)

    @property
    def data_address(self) -> str:
        """The smallest file itself, for pages of a person whose picture nobody else may fetch yet."""
        return "data:image/webp;base64," + b64encode(self.files[0].content).decode()


class PictureFile(Base):
    """The picture in one width, as WebP."""

    __tablename__ = "picture_files"

    picture_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pictures.id", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    height: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Document(Base):
    """A PDF file to be read by everybody once something that shows it is public."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("size > 0", name="has_a_size"),
        CheckConstraint("title <> ''", name="title_given"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    title: Mapped[str] = mapped_column(String(200))  # what links to it say, in its own language
    language: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]  # in bytes
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    is_public: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    @property
    def address(self) -> str:
        """Where it is found; whoever asks must be allowed to see it."""
        return url_for("media.document", document_id=self.id)
