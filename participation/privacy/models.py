"""The log of what was deleted on its day: counts only, never what or whose."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base


class RetentionRun(Base):
    """One room's night: how many things of each kind were deleted because their time was over (D14)."""

    __tablename__ = "retention_runs"
    __table_args__ = (CheckConstraint("room <> ''", name="room_named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ran_on: Mapped[date] = mapped_column(index=True)
    room: Mapped[str] = mapped_column(String(40))
    counts: Mapped[dict[str, Any]]

    @property
    def total(self) -> int:
        """All kinds together."""
        return sum(self.counts.values())
