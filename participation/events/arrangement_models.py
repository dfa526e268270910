"""What staff have arranged for an event, kind by kind."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.db import Base


class NeedKind(enum.Enum):
    """What people may need to take part, as far as somebody has to arrange it."""

    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign_language"
    CHILD_CARE = "child_care"
    WHEELCHAIRS = "wheelchairs"
    OTHER = "other"


class Arrangement(Base):
    """One kind of need is arranged for so many; when more come to need it, it is open again."""

    __tablename__ = "event_arrangements"
    __table_args__ = (
        CheckConstraint("arranged_for > 0", name="arranged_for_somebody"),
        CheckConstraint("(kind = 'interpreter') = (language <> '')", name="language_of_interpreters"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[NeedKind] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True, default="")  # of the interpreter
    arranged_for: Mapped[int]
    arranged_at: Mapped[datetime] = mapped_column(default=clock.now)
    arranged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
