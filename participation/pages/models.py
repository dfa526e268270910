"""The city's standing pages, and what people tell about barriers."""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.db import Base, random_id
from participation.i18n import LocalizedText
from participation.receipts.models import Receipt


class Page(Base):
    """A standing page once staff have changed it; before that, the starting text of the house is shown."""

    __tablename__ = "pages"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[LocalizedText]
    text: Mapped[LocalizedText]  # as typed, with the simple marks of marks.py
    checked_on: Mapped[date | None]  # accessibility statement: when the site was last checked (B2, B3)
    video: Mapped[dict[str, Any]] = mapped_column(default=dict)  # sign language: see operations.VIDEO_FACTS
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class BarrierStatus(enum.Enum):
    """How far the answer to a report has come."""

    NEW = "new"
    INTERIM = "interim"
    ANSWERED = "answered"


class BarrierReport(Base):
    """Somebody could not use a page, and tells us (B4, B5). It knows the day, never the hour."""

    __tablename__ = "barrier_reports"
    __table_args__ = (
        CheckConstraint("due_on >= received_on", name="due_after_receipt"),
        CheckConstraint("text <> ''", name="message_given"),
        CheckConstraint("(status = 'answered') = (answered_on IS NOT NULL)", name="answered_with_day"),
        Index("ix_barrier_reports_by_due_day", "status", "due_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    receipt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("receipts.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    page: Mapped[str] = mapped_column(String(300), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(20))
    received_on: Mapped[date]
    due_on: Mapped[date]
    status: Mapped[BarrierStatus] = mapped_column(default=BarrierStatus.NEW)
    answered_on: Mapped[date | None] = mapped_column(index=True)
    receipt: Mapped[Receipt] = relationship()
    answers: Mapped[list["BarrierAnswer"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="BarrierAnswer.written_at"
    )

    @property
    def is_answered(self) -> bool:
        """Whether the final answer was given."""
        return self.status is BarrierStatus.ANSWERED

    @property
    def is_overdue(self) -> bool:
        """Whether the city is late."""
        return not self.is_answered and self.due_on < clock.today()


class BarrierAnswer(Base):
    """What the city wrote back, first perhaps that it takes longer, in the end what was done."""

    __tablename__ = "barrier_answers"
    __table_args__ = (CheckConstraint("text <> ''", name="answer_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("barrier_reports.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    is_final: Mapped[bool]
    written_at: Mapped[datetime]
    written_by: Mapped[str]
