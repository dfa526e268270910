"""Outgoing mail: written with the change it tells about, delivered after it by the worker."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.db import Base


class MailState(enum.Enum):
    """What became of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # given up after many tries


class Mail(Base):
    """One mail to one person, in that person's language; its text is deleted some days after it was delivered."""

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("recipient <> ''", name="recipient_given"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_with_moment"),
        CheckConstraint("(state = 'waiting') = (next_attempt_at IS NOT NULL)", name="waiting_for_a_moment"),
        Index("ix_mails_due", "state", "next_attempt_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(20))
    wording: Mapped[str] = mapped_column(String(80), index=True)  # the name of the text it was written from
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    next_attempt_at: Mapped[datetime | None] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(300), default="")
