"""Registrations, the places they hold or wait for, what people agreed to, and who was at the door."""

import enum
import secrets
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.contacts.models import Contact
from participation.db import Base, random_id
from participation.events.models import Event, EventSession
from participation.guards import refuse
from participation.i18n import LocalizedText
from participation.questionnaires.models import Response
from participation.receipts.models import Receipt

TICKET_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that look or sound like another one


class BookingStatus(enum.Enum):
    """What a registration has in a session."""

    HELD = "held"  # a place that waits for its link to be opened
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # a place became free and is kept until the person says yes, or the time is over
    CANCELLED = "cancelled"


TAKES_SEATS = frozenset({BookingStatus.HELD, BookingStatus.CONFIRMED, BookingStatus.OFFERED})


class RegistrationSource(enum.Enum):
    """How a registration came in."""

    ONLINE = "online"
    TELEPHONE = "telephone"
    DESK = "desk"
    DOOR = "door"


def new_ticket() -> str:
    """What stands in the QR code for the door. It only lets in; it shows and changes nothing."""
    return "".join(secrets.choice(TICKET_LETTERS) for _ in range(12))


class InvitationCode(Base):
    """A code that lets people register for an event by invitation."""

    __tablename__ = "invitation_codes"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("used >= 0 AND (most_persons IS NULL OR used <= most_persons)", name="never_overused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200), default="")  # who it was given to, for staff
    most_persons: Mapped[int | None]  # none: as many as there are places
    used: Mapped[int] = mapped_column(default=0)  # persons who registered with it


class Registration(Base):
    """One person, family or group that wants to take part; it goes with all that belongs to it on `Event.erase_on`."""

    __tablename__ = "registrations"
    __table_args__ = (
        CheckConstraint("persons > 0", name="somebody_comes"),
        CheckConstraint("children >= 0 AND wheelchairs >= 0", name="needs_counted"),
        # What tells about somebody's health is kept only with their yes (D6).
        CheckConstraint(
            "(wheelchairs = 0 AND NOT sign_language AND needs = '') OR needs_agreed_at IS NOT NULL", name="needs_agreed"
        ),
        UniqueConstraint("event_id", "id"),
        Index("ix_registrations_of_event", "event_id", "created_at"),
        Index("ix_registrations_by_name", "event_id", "name"),
        {"sqlite_with_rowid": False},  # a row id would tell the order
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    form_key: Mapped[uuid.UUID | None] = mapped_column(unique=True)  # of its form: two clicks make one registration
    receipt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("receipts.id", ondelete="SET NULL"), unique=True)
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), unique=True)
    response_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("responses.id", ondelete="SET NULL"), unique=True)
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation_codes.id", ondelete="SET NULL"), index=True
    )
    ticket: Mapped[str] = mapped_column(String(12), default=new_ticket, unique=True)
    language: Mapped[str] = mapped_column(String(20))  # in which we write and speak to them
    name: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")  # as +49…, only when there is no e-mail address
    organisation: Mapped[str] = mapped_column(String(200), default="")
    persons: Mapped[int] = mapped_column(default=1)
    interpreter: Mapped[str] = mapped_column(String(20), default="")  # the tag of the language they need
    sign_language: Mapped[bool] = mapped_column(default=False)
    children: Mapped[int] = mapped_column(default=0)  # for the child care
    wheelchairs: Mapped[int] = mapped_column(default=0)
    needs: Mapped[str] = mapped_column(Text, default="")
    needs_agreed_at: Mapped[datetime | None]
    notice_version: Mapped[str] = mapped_column(String(64), default="")  # of what was said about their data (D3)
    source: Mapped[RegistrationSource] = mapped_column(default=RegistrationSource.ONLINE)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    event: Mapped[Event] = relationship()
    receipt: Mapped[Receipt | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    response: Mapped[Response | None] = relationship()
    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", passive_deletes=True
    )
    people: Mapped[list["RegisteredPerson"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="RegisteredPerson.position"
    )
    consents: Mapped[list["Consent"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @property
    def is_alive(self) -> bool:
        """Whether it still has or waits for a place."""
        return any(one.status is not BookingStatus.CANCELLED for one in self.bookings)

    @property
    def is_group(self) -> bool:
        return self.organisation != ""

    @property
    def is_reached_by_phone_only(self) -> bool:
        """Whether somebody has to call them when there is news."""
        return self.phone != "" and self.contact_id is None


class Booking(Base):
    """The places of one registration in one session."""

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("registration_id", "session_id"),
        ForeignKeyConstraint(
            ["event_id", "registration_id"], ["registrations.event_id", "registrations.id"], ondelete="CASCADE"
        ),
        # Only sessions of the event itself.
        ForeignKeyConstraint(["event_id", "session_id"], ["event_sessions.event_id", "event_sessions.id"]),
        CheckConstraint("persons > 0", name="somebody_comes"),
        CheckConstraint("(status IN ('held', 'offered')) = (ends_at IS NOT NULL)", name="kept_until"),
        Index("ix_bookings_in_session", "session_id", "status", "queued_at"),
        Index(
            "ix_bookings_ending",
            "ends_at",
            sqlite_where=text("ends_at IS NOT NULL"),
            postgresql_where=text("ends_at IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    event_id: Mapped[int]
    registration_id: Mapped[uuid.UUID]
    session_id: Mapped[int]
    persons: Mapped[int]
    status: Mapped[BookingStatus]
    queued_at: Mapped[datetime] = mapped_column(default=clock.now)  # the order of the waiting list
    ends_at: Mapped[datetime | None]  # until when a held or offered place is kept
    missed_offers: Mapped[int] = mapped_column(default=0)
    registration: Mapped[Registration] = relationship(
        back_populates="bookings", primaryjoin="foreign(Booking.registration_id) == Registration.id"
    )
    session: Mapped[EventSession] = relationship(
        primaryjoin="foreign(Booking.session_id) == EventSession.id", foreign_keys="Booking.session_id"
    )

    @property
    def takes_seats(self) -> bool:
        return self.status in TAKES_SEATS


class RegisteredPerson(Base):
    """The name of somebody in a group; organisations may bring them later."""

    __tablename__ = "registered_people"

    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(120))


class ConsentText(Base):
    """Something that people may agree to, as photos being taken. Another wording is another version (D3)."""

    __tablename__ = "consent_texts"
    __table_args__ = (UniqueConstraint("event_id", "number", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    number: Mapped[int]  # the same for all versions of one purpose
    version: Mapped[int] = mapped_column(default=1)
    text: Mapped[LocalizedText]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    retired_at: Mapped[datetime | None]  # not asked any more: replaced by the next version, or taken away


refuse(
    ConsentText.__table__,
    "UPDATE",
    "a consent text never changes: write a new version",
    name="consent_texts_immutable",
    columns=("text", "number", "version", "event_id"),
)


class Consent(Base):
    """Somebody has agreed to one version of a text, and may take it back."""

    __tablename__ = "consents"

    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_texts.id"), primary_key=True, index=True)
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    text: Mapped[ConsentText] = relationship()


class CheckIn(Base):
    """Somebody came, registered or not. The phone at the door makes the id, so what is sent twice counts once."""

    __tablename__ = "check_ins"
    __table_args__ = (
        CheckConstraint("persons > 0", name="somebody_came"),
        UniqueConstraint("registration_id"),
        Index("ix_check_ins_of_event", "event_id", "arrived_at"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    registration_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registrations.id", ondelete="SET NULL"))
    persons: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(20), default="")  # of people without a registration, when asked for
    arrived_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class CallReason(enum.Enum):
    """Why somebody without an e-mail address has to be called."""

    OFFER = "offer"
    CHANGE = "change"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    MESSAGE = "message"


class PhoneCall(Base):
    """Somebody to call: news for a person who can be reached by telephone only."""

    __tablename__ = "phone_calls"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR outcome <> ''", name="done_with_outcome"),
        Index(
            "ix_phone_calls_waiting",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), index=True)
    reason: Mapped[CallReason]
    note: Mapped[str] = mapped_column(Text, default="")  # what to say beyond the reason
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(40), default="")  # reached, not_reached
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    registration: Mapped[Registration] = relationship()
