"""The contact itself: an address, when it was given, and whether its owner has confirmed it."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, random_id


class Contact(Base):
    """An e-mail address for one matter only; the same address for another matter is another contact (D3, D9).

    Most are written to only after their owner has confirmed them. One that `is_needed` was given for something that
    cannot be done without letters, as a place at an event: it gets those letters, and can stop them with a click.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        CheckConstraint("email <> ''", name="email_given"),
        CheckConstraint("consent_version <> ''", name="consent_given"),
        CheckConstraint("(token_hash IS NULL) = (token_expires_at IS NULL)", name="token_ends"),
        CheckConstraint("confirmed_at IS NULL OR token_hash IS NULL", name="confirmed_once"),
        Index("ix_contacts_by_address", "email", "given_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date] = mapped_column(index=True)
    consent_version: Mapped[str] = mapped_column(String(20))  # of the text that was read: consent.py
    is_needed: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]  # the moment of the consent
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    token_expires_at: Mapped[datetime | None]

    @property
    def is_confirmed(self) -> bool:
        """Whether its owner has said that it is right."""
        return self.confirmed_at is not None

    @property
    def is_written_to(self) -> bool:
        """Whether mail may be sent to it."""
        return self.is_confirmed or self.is_needed
