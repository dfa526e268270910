"""Events, the sessions inside them, series, and what belongs to an event before and after it."""

import enum
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.db import Base, one_of, random_id
from participation.districts.models import Area
from participation.i18n import LocalizedText
from participation.media.models import Document, Picture
from participation.places.models import Place, Room, StepFree
from participation.questionnaires.models import QuestionnaireVersion
from participation.rich_text import LocalizedRichText

event_areas = Table(
    "event_areas",
    Base.metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("areas.id", ondelete="CASCADE"), primary_key=True, index=True),
)
event_topics = Table(
    "event_topics",
    Base.metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True),
)
event_documents = Table(
    "event_documents",
    Base.metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True),
)
event_photos = Table(
    "event_photos",
    Base.metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("picture_id", ForeignKey("pictures.id", ondelete="CASCADE"), primary_key=True, unique=True),
)


class Topic(Base):
    """What events are about, for the filter."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[LocalizedText]
    position: Mapped[int] = mapped_column(default=0)


class Format(enum.Enum):
    """Where people meet."""

    ON_SITE = "on_site"
    ONLINE = "online"
    BOTH = "both"


class Offer(enum.Enum):
    """Whether there is something that not everybody needs, as sign language or child care."""

    NO = "no"
    YES = "yes"
    ON_REQUEST = "on_request"  # for whoever asks for it in time


class Mode(enum.Enum):
    """How one comes to take part."""

    OPEN = "open"  # just come
    REGISTRATION = "registration"
    INVITATION = "invitation"  # registration with a code


class ContactRule(enum.Enum):
    """Whether we must be able to reach whoever registers."""

    NEEDED = "needed"
    VOLUNTARY = "voluntary"
    NONE = "none"


class GroupRule(enum.Enum):
    """What happens when the first on the waiting list are more people than places are free."""

    NEXT_THAT_FITS = "next_that_fits"
    STRICT_ORDER = "strict_order"


class EventState(enum.Enum):
    """Where an event stands, as its moments tell."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"  # waits for a second person
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    OVER = "over"


class Rhythm(enum.Enum):
    """How a series goes on."""

    WEEKLY = "weekly"
    MONTHLY_BY_DAY = "monthly_by_day"  # on the 12th
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday"  # on the second Tuesday; the fifth one means the last


class EventSeries(Base):
    """Events that come again; each is an event of its own that can be changed and cancelled alone."""

    __tablename__ = "event_series"
    __table_args__ = (CheckConstraint("every BETWEEN 1 AND 12", name="every_bounded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rhythm: Mapped[Rhythm]
    every: Mapped[int] = mapped_column(default=1)  # week or month
    begins_on: Mapped[date]  # what the rhythm counts from, also when that event is gone
    until_on: Mapped[date]
    events: Mapped[list["Event"]] = relationship(back_populates="series", order_by="Event.starts_at")


# What lists choose by stands in their indexes: the rows themselves are long, and thousands would be read for a page.
FILTERED = ("sign_language", "child_care", "interpretation", "is_step_free")


class Event(Base):
    """A dialogue event: an assembly, a workshop, a round table, a walk through the Quartier."""

    __tablename__ = "events"
    __table_args__: Any = (
        UniqueConstraint("series_id", "series_on"),
        ForeignKeyConstraint(["place_id", "room_id"], ["rooms.place_id", "rooms.id"]),
        CheckConstraint("ends_at > starts_at", name="ends_after_beginning"),
        CheckConstraint("room_id IS NULL OR place_id IS NOT NULL", name="room_of_a_place"),
        CheckConstraint("retention_days BETWEEN 1 AND 365", name="retention_bounded"),
        CheckConstraint("offer_hours BETWEEN 1 AND 336", name="offer_bounded"),
        CheckConstraint("hold_hours BETWEEN 1 AND 48", name="hold_bounded"),  # the link ends after 48 hours (D9)
        CheckConstraint("most_persons BETWEEN 1 AND 50", name="persons_bounded"),
        CheckConstraint("most_in_group BETWEEN 0 AND 500", name="group_bounded"),
        CheckConstraint("cancelled_at IS NULL OR published_at IS NOT NULL", name="cancelled_after_publishing"),
        # Where a second person has to look, nobody releases what they handed in themselves.
        CheckConstraint(
            "NOT needs_second_person OR published_at IS NULL OR (released_by_id IS NOT NULL AND "
            "handed_in_by_id IS NOT NULL AND released_by_id <> handed_in_by_id)",
            name="released_by_somebody_else",
        ),
        CheckConstraint("attended >= 0", name="attendance_counted"),
        # Residents leaf through what is public, by time; filters look at the columns behind.
        Index(
            "ix_events_public",
            *("ends_at", "starts_at", "id", "published_at", *FILTERED),
            sqlite_where=text("published_at IS NOT NULL"),
            postgresql_where=text("published_at IS NOT NULL"),
        ),
        Index(
            "ix_events_by_beginning",
            *("starts_at", "id", "ends_at", "published_at", *FILTERED),
            sqlite_where=text("published_at IS NOT NULL"),
            postgresql_where=text("published_at IS NOT NULL"),
        ),
        Index(
            "ix_events_appearing",
            "published_at",
            sqlite_where=text("published_at IS NOT NULL AND appeared_at IS NULL"),
            postgresql_where=text("published_at IS NOT NULL AND appeared_at IS NULL"),
        ),
        Index(
            "ix_events_to_erase",
            "erase_on",
            sqlite_where=text("erased_at IS NULL"),
            postgresql_where=text("erased_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(default=random_id, unique=True)  # in calendars, for ever (F1)
    sequence: Mapped[int] = mapped_column(default=0)  # raised by each change that calendars should take over (F1)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    is_demo: Mapped[bool] = mapped_column(default=False)

    # --- What it is about
    title: Mapped[LocalizedText]
    summary: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # one or two sentences for lists
    text: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())
    target_group: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    picture_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pictures.id", ondelete="SET NULL"))
    organiser: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    contact_name: Mapped[str] = mapped_column(String(120), default="")  # whom residents may ask
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")

    # --- When and where
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    moved_from_at: Mapped[datetime | None]  # when it was to begin before it was moved
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Berlin")
    format: Mapped[Format] = mapped_column(default=Format.ON_SITE)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    room_id: Mapped[int | None]
    online_address: Mapped[str] = mapped_column(String(500), default="")  # told to whoever registered, or to all
    series_id: Mapped[int | None] = mapped_column(ForeignKey("event_series.id", ondelete="SET NULL"))
    series_on: Mapped[date | None]  # the day that the rhythm gave it, also after it was moved

    # --- What helps people to take part
    sign_language: Mapped[Offer] = mapped_column(one_of(Offer, "sign_language"), default=Offer.NO)
    child_care: Mapped[Offer] = mapped_column(one_of(Offer, "child_care"), default=Offer.NO)
    interpretation: Mapped[Offer] = mapped_column(one_of(Offer, "interpretation"), default=Offer.NO)
    requests_until: Mapped[date | None]  # the last day on which needs can still be arranged for
    # Repeats what the place says, so that the filter reads one table.
    is_step_free: Mapped[bool] = mapped_column(default=False)

    # --- Registration
    mode: Mapped[Mode] = mapped_column(default=Mode.REGISTRATION)
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]  # none: when it begins
    contact_rule: Mapped[ContactRule] = mapped_column(default=ContactRule.NEEDED)
    confirms_by_link: Mapped[bool] = mapped_column(default=False)
    hold_hours: Mapped[int] = mapped_column(default=24)  # how long a place waits for its link
    most_persons: Mapped[int] = mapped_column(default=6)  # in one registration
    most_in_group: Mapped[int] = mapped_column(default=0)  # of an organisation; 0 means that none can register
    has_waiting_list: Mapped[bool] = mapped_column(default=True)
    offer_hours: Mapped[int] = mapped_column(default=24)  # how long an offer stands
    group_rule: Mapped[GroupRule] = mapped_column(default=GroupRule.NEXT_THAT_FITS)
    several_sessions: Mapped[bool] = mapped_column(default=False)  # one registration may choose more than one
    version_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_versions.id"))  # extra questions

    # --- Duties towards those who register (D2)
    purpose: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    legal_basis: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    person_in_charge: Mapped[str] = mapped_column(default="")
    retention_days: Mapped[int] = mapped_column(default=30)  # after the end
    erase_on: Mapped[date]  # the day on which the registrations go, kept beside ends_at and retention_days
    erased_at: Mapped[datetime | None]

    # --- Its life
    needs_second_person: Mapped[bool] = mapped_column(default=False)
    handed_in_at: Mapped[datetime | None]
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]  # from then on it is public; may lie ahead
    appeared_at: Mapped[datetime | None]  # when what publishing needs beside the page was done, as for the search
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    reminded_at: Mapped[datetime | None]  # when the letters of the day before went out
    reminded_to: Mapped[uuid.UUID | None]  # the last registration that has its letter, while the others wait for theirs

    # --- Afterwards
    report: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())
    next_steps: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())  # what happens with it
    reported_at: Mapped[datetime | None]
    attended: Mapped[int | None]  # people who came, as counted at the door or said afterwards
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # numbers that stay when the names are gone

    picture: Mapped[Picture | None] = relationship()
    # Spelled out: the room's key holds the place as well, and each of the two is set by itself.
    place: Mapped[Place | None] = relationship(foreign_keys=[place_id])
    room: Mapped[Room | None] = relationship(
        primaryjoin="foreign(Event.room_id) == Room.id", foreign_keys="Event.room_id"
    )
    series: Mapped[EventSeries | None] = relationship(back_populates="events")
    version: Mapped[QuestionnaireVersion | None] = relationship()
    areas: Mapped[list[Area]] = relationship(secondary=event_areas)  # none means the whole city
    topics: Mapped[list[Topic]] = relationship(secondary=event_topics, order_by=Topic.position)
    documents: Mapped[list[Document]] = relationship(secondary=event_documents, order_by="Document.created_at")
    photos: Mapped[list[Picture]] = relationship(secondary=event_photos, order_by="Picture.created_at")
    languages: Mapped[list["EventLanguage"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="EventLanguage.language"
    )
    links: Mapped[list["EventLink"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="EventLink.position"
    )
    sessions: Mapped[list["EventSession"]] = relationship(
        back_populates="event", cascade="all, delete-orphan", passive_deletes=True, order_by="EventSession.position"
    )

    @property
    def state(self) -> EventState:
        """Draft, in review, scheduled, published, cancelled or over."""
        if self.cancelled_at is not None:
            return EventState.CANCELLED
        if self.published_at is None:
            return EventState.IN_REVIEW if self.handed_in_at else EventState.DRAFT
        if self.published_at > clock.now():
            return EventState.SCHEDULED
        return EventState.OVER if self.is_over else EventState.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it; a cancelled event stays visible as cancelled."""
        return self.published_at is not None and self.published_at <= clock.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_reported(self) -> bool:
        """Whether residents can read what came of it."""
        return self.reported_at is not None

    @property
    def takes_registrations(self) -> bool:
        """Whether one can register now."""
        now = clock.now()
        return (
            self.is_public
            and not self.is_cancelled
            and self.mode is not Mode.OPEN
            and (self.registration_opens_at is None or self.registration_opens_at <= now)
            and now < self.registration_ends_at
        )

    @property
    def registration_ends_at(self) -> datetime:
        """The moment from which nobody can register any more."""
        return min(self.registration_closes_at or self.starts_at, self.starts_at)

    @property
    def local_start(self) -> datetime:
        """Its beginning on the clock of its own zone (L11)."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def spoken(self) -> list[str]:
        """The tags of the languages that are spoken."""
        return [one.language for one in self.languages if not one.is_interpreted]

    @property
    def interpreted(self) -> list[str]:
        """The tags of the languages that are interpreted, for all or on request (see `interpretation`)."""
        return [one.language for one in self.languages if one.is_interpreted]

    def note_times(self) -> None:
        """Keep what depends on its times and its place: call it after each change of them."""
        self.erase_on = self.local_end.date() + timedelta(days=self.retention_days)
        self.is_step_free = self.place is not None and self.place.step_free is StepFree.YES


class EventLanguage(Base):
    """A language in which one can take part: it is spoken, or interpreted."""

    __tablename__ = "event_languages"
    __table_args__ = (Index("ix_event_languages_by_language", "language", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    is_interpreted: Mapped[bool] = mapped_column(default=False)


class EventLink(Base):
    """Something to read or to do that belongs to an event: a survey, a call for ideas, a page elsewhere."""

    __tablename__ = "event_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[LocalizedText]
    address: Mapped[str] = mapped_column(String(500))  # "/surveys/family" without the language, or https://…


class EventSession(Base):
    """A part of an event with places of its own: a round, a table, a language. Each event has at least one.

    `taken` counts the places of bookings that are confirmed, held or offered; it changes only in `seats.py`, in one
    statement, and the database refuses more than there are (V7).
    """

    __tablename__ = "event_sessions"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        CheckConstraint("taken >= 0", name="taken_counted"),
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="never_overbooked"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_counted"),
        CheckConstraint("ends_at IS NULL OR starts_at IS NULL OR ends_at > starts_at", name="ends_after_beginning"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    title: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # empty for the only one
    position: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime | None]  # none: as the event
    ends_at: Mapped[datetime | None]
    is_online: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]  # none: as many as come
    taken: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event] = relationship(back_populates="sessions")

    @property
    def free(self) -> int | None:
        """How many places are left; None when there is no limit."""
        return None if self.capacity is None else self.capacity - self.taken

    @property
    def is_full(self) -> bool:
        return self.free == 0
