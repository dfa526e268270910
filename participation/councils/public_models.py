"""The public side of councils as OParl objects: made from the tables with each change, and served as they stand.

An object keeps its address, is marked as deleted instead of vanishing (O5), and is newly dated whenever a character
of it changes, whatever was the reason (O6): its digest tells.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.db import Base


class PublicObject(Base):
    """One OParl object. `root` is what it was made from, as "meeting 7"; what is made anew replaces all of its root."""

    __tablename__ = "public_objects"
    __table_args__ = (
        UniqueConstraint("type", "ref"),
        CheckConstraint("type <> '' AND ref <> '' AND root <> ''", name="named"),
        CheckConstraint("deleted_at IS NULL OR data = ''", name="deleted_is_empty"),
        Index("ix_public_objects_list", "type", "deleted_at", "id"),
        Index("ix_public_objects_modified", "type", "modified_at", "deleted_at", "id"),
        Index("ix_public_objects_created", "type", "created_at", "deleted_at", "id"),
        Index("ix_public_objects_of_owner", "type", "owner", "deleted_at", "id"),
        Index("ix_public_objects_of_root", "root"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)  # the stable order of lists (O4)
    type: Mapped[str] = mapped_column(String(20))  # as in OParl: Meeting, AgendaItem
    ref: Mapped[str] = mapped_column(String(40))  # the last part of its address
    root: Mapped[str] = mapped_column(String(60))
    owner: Mapped[str] = mapped_column(String(40), default="")  # the ref of the Organization whose lists it is in
    data: Mapped[str] = mapped_column(Text, default="")  # JSON without created and modified; addresses begin with BASE
    digest: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    modified_at: Mapped[datetime] = mapped_column(default=clock.now)
    deleted_at: Mapped[datetime | None]
