"""The receipt itself: a hash and a day, nothing that tells who or when exactly."""

import uuid
from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, random_id


class Receipt(Base):
    """What a resident can come back with; the room that issued it points here."""

    __tablename__ = "receipts"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  (a row id would tell the order)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_on: Mapped[date]
