"""Meetings, their agenda, the papers that are discussed, and who is there."""

import enum
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.clock import BERLIN
from participation.councils.models import Council, Membership
from participation.db import Base, random_id, table_of
from participation.guards import refuse
from participation.i18n import LocalizedText
from participation.media.models import Document
from participation.places.models import Place, Room


class MeetingState(enum.Enum):
    """Where a meeting stands, as its moments tell."""

    PLANNED = "planned"  # the agenda is not public yet
    INVITED = "invited"  # agenda published
    OVER = "over"
    CANCELLED = "cancelled"


class Change(enum.Enum):
    """What happened to an agenda after it was published."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class PaperKind(enum.Enum):
    """What a paper is, in the words of German councils."""

    MOTION = "motion"  # Antrag
    DRAFT_RESOLUTION = "draft_resolution"  # Beschlussvorlage
    INFORMATION = "information"  # Mitteilung
    INQUIRY = "inquiry"  # Anfrage
    REPORT = "report"  # Bericht
    OTHER = "other"


class Answer(enum.Enum):
    """What a member says to an invitation."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    DEPUTY = "deputy"  # the deputy comes instead


class Presence(enum.Enum):
    """Who was there, as the minutes say."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class Meeting(Base):
    """One meeting of a council. Its agenda is published once; whatever changes afterwards is marked."""

    __tablename__ = "meetings"
    __table_args__: Any = (
        UniqueConstraint("council_id", "number"),
        ForeignKeyConstraint(["place_id", "room_id"], ["rooms.place_id", "rooms.id"]),
        ForeignKeyConstraint(["council_id", "chaired_by_id"], ["memberships.council_id", "memberships.id"]),
        CheckConstraint("number > 0", name="number_counted"),
        CheckConstraint("ends_at > starts_at", name="ends_after_beginning"),
        CheckConstraint("room_id IS NULL OR place_id IS NOT NULL", name="room_of_a_place"),
        CheckConstraint("invited_at IS NULL OR agenda_published_at IS NOT NULL", name="invited_with_agenda"),
        CheckConstraint("sequence >= 0", name="sequence_counted"),
        Index("ix_meetings_of_council", "council_id", "starts_at", "id"),
        Index("ix_meetings_by_time", "starts_at", "id", "agenda_published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(default=random_id, unique=True)  # in calendars, for ever (F1)
    sequence: Mapped[int] = mapped_column(default=0)  # raised with each change that calendars must know
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id", ondelete="CASCADE"))
    number: Mapped[int]  # the how manieth meeting of the council
    title: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # empty: "12th meeting"
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    moved_from_at: Mapped[datetime | None]  # when it was to begin, as those may remember who have read the agenda
    zone: Mapped[str] = mapped_column(String(40), default=BERLIN.key)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    room_id: Mapped[int | None]
    online_address: Mapped[str] = mapped_column(String(500), default="")
    is_public: Mapped[bool] = mapped_column(default=True)  # whether residents may sit in
    note: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # what visitors should know
    proposals_until: Mapped[date | None]  # the last day on which items can be proposed for it
    agenda_published_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]  # when those who had not answered were asked once more
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    chaired_by_id: Mapped[int | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    council: Mapped[Council] = relationship()
    # Spelled out: the keys of room and chair hold the place and the council as well, and each is set by itself.
    place: Mapped[Place | None] = relationship(foreign_keys=[place_id])
    room: Mapped[Room | None] = relationship(
        primaryjoin="foreign(Meeting.room_id) == Room.id", foreign_keys="Meeting.room_id"
    )
    chaired_by: Mapped[Membership | None] = relationship(
        primaryjoin="foreign(Meeting.chaired_by_id) == Membership.id", foreign_keys="Meeting.chaired_by_id"
    )
    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="(AgendaItem.position, AgendaItem.id)",
        foreign_keys="AgendaItem.meeting_id",
    )

    @property
    def state(self) -> MeetingState:
        if self.cancelled_at is not None:
            return MeetingState.CANCELLED
        if self.ends_at <= clock.now():
            return MeetingState.OVER
        return MeetingState.PLANNED if self.agenda_published_at is None else MeetingState.INVITED

    @property
    def is_announced(self) -> bool:
        """Whether everybody can read its agenda; before that, residents see its date only."""
        return self.agenda_published_at is not None

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def held_on(self) -> date:
        """The day of the meeting: terms of office and votes are counted by it."""
        return self.local_start.date()

    @property
    def invite_by(self) -> date:
        """The last day on which the invitation is in time."""
        return self.held_on - timedelta(days=self.council.notice_days)

    @property
    def takes_proposals(self) -> bool:
        """Whether items can be proposed for it today."""
        last = self.proposals_until
        return self.state is MeetingState.PLANNED and last is not None and clock.today() <= last


class AgendaItem(Base):
    """One Tagesordnungspunkt. Of a confidential one residents read the number and a neutral title."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        CheckConstraint("position > 0", name="position_counted"),  # OParl: order starts at 1 (O9)
        UniqueConstraint("meeting_id", "id"),
        Index("ix_agenda_items_of_meeting", "meeting_id", "position", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))  # as it is called: 3, or 3.1
    is_part: Mapped[bool] = mapped_column(default=False)  # of the item before it: 3.1 of 3
    title: Mapped[LocalizedText]
    text: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # as typed, with the simple marks of marks.py
    brought_by: Mapped[str] = mapped_column(String(200), default="")
    is_public: Mapped[bool] = mapped_column(default=True)
    public_title: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # neutral; empty: "Confidential item"
    added_at: Mapped[datetime | None]  # after the agenda was published
    withdrawn_at: Mapped[datetime | None]  # taken off; it stays there, marked
    postponed_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True
    )
    meeting: Mapped[Meeting] = relationship(back_populates="items", foreign_keys=[meeting_id])
    postponed_from: Mapped["AgendaItem | None"] = relationship(remote_side=[id], foreign_keys=[postponed_from_id])
    links: Mapped[list["AgendaLink"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="AgendaLink.id"
    )
    consultations: Mapped[list["Consultation"]] = relationship(
        back_populates="item", cascade="all, delete-orphan", passive_deletes=True, order_by="Consultation.id"
    )


class AgendaChange(Base):
    """What was changed on a published agenda, for everybody to see."""

    __tablename__ = "agenda_changes"
    __table_args__ = (Index("ix_agenda_changes_of_meeting", "meeting_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"))
    what: Mapped[Change]
    before: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # its public title until then
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    item: Mapped[AgendaItem | None] = relationship()


refuse(
    table_of(AgendaChange),
    "UPDATE",
    "changes of an agenda are only written down",
    name="agenda_changes_stay",
    columns=("meeting_id", "what", "before", "made_at"),
)


class AgendaLink(Base):
    """Something else of the house that an item is about: an idea, a survey, an event, an earlier resolution.

    `kind` and `ref_id` are those of the search desk (feature.Findable), which knows title and address.
    """

    __tablename__ = "agenda_links"
    __table_args__ = (
        UniqueConstraint("item_id", "kind", "ref_id"),
        Index("ix_agenda_links_by_thing", "kind", "ref_id", "item_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    ref_id: Mapped[int]


class Paper(Base):
    """A Vorlage, a motion, a report: a document with a reference that items deal with."""

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("council_id", "reference"),
        CheckConstraint("reference <> ''", name="reference_given"),
        Index("ix_papers_of_council", "council_id", "dated_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id", ondelete="CASCADE"))
    reference: Mapped[str] = mapped_column(String(40))  # as 2026/014
    title: Mapped[LocalizedText]
    kind: Mapped[PaperKind] = mapped_column(default=PaperKind.OTHER)
    dated_on: Mapped[date]
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), unique=True)
    is_public: Mapped[bool] = mapped_column(default=True)  # once an item that deals with it is announced
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    council: Mapped[Council] = relationship()
    document: Mapped[Document | None] = relationship()
    consultations: Mapped[list["Consultation"]] = relationship(
        back_populates="paper", cascade="all, delete-orphan", passive_deletes=True
    )


class Consultation(Base):
    """A paper is dealt with under an agenda item."""

    __tablename__ = "consultations"
    __table_args__ = (
        UniqueConstraint("item_id", "paper_id"),
        Index("ix_consultations_of_paper", "paper_id", "item_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"))
    is_authoritative: Mapped[bool] = mapped_column(default=False)  # whether it is decided there
    paper: Mapped[Paper] = relationship(back_populates="consultations")
    item: Mapped[AgendaItem] = relationship(back_populates="consultations")


class Attendance(Base):
    """What one member said to the invitation, and whether they were there."""

    __tablename__ = "attendances"
    __table_args__: Any = (
        UniqueConstraint("meeting_id", "membership_id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_with_moment"),
        CheckConstraint("left_at IS NULL OR came_at IS NULL OR left_at >= came_at", name="left_after_coming"),
        Index("ix_attendances_of_membership", "membership_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"))
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")  # what the member wrote with the answer, for the office only
    presence: Mapped[Presence | None]
    came_at: Mapped[datetime | None]  # only who came later
    left_at: Mapped[datetime | None]  # only who left earlier
    meeting: Mapped[Meeting] = relationship()
    membership: Mapped[Membership] = relationship()
