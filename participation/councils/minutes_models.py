"""Minutes: what was said and voted, objections to it, what is blacked out, and the approved text that never changes."""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.councils.meeting_models import AgendaItem, Meeting
from participation.councils.models import Membership
from participation.db import Base, table_of
from participation.guards import refuse
from participation.media.models import Document


class MinutesStatus(enum.Enum):
    """How far minutes have come."""

    DRAFT = "draft"
    CIRCULATED = "circulated"  # sent to those present, objections are possible
    APPROVED = "approved"  # locked
    PUBLISHED = "published"


class Result(enum.Enum):
    """How an item ended."""

    NOTED = "noted"
    DISCUSSED = "discussed"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    POSTPONED = "postponed"  # it comes back to the next agenda
    REFERRED = "referred"  # to a committee or an office
    DROPPED = "dropped"


class VoteKind(enum.Enum):
    """How was voted."""

    OPEN = "open"
    BY_NAME = "by_name"
    SECRET = "secret"  # noqa: S105  (a ballot, not a password)


class Choice(enum.Enum):
    """One vote by name."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    RECUSED = "recused"  # befangen: took no part in discussion and vote


class ObjectionDecision(enum.Enum):
    """What came of an objection."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class RedactionReason(enum.Enum):
    """Why residents do not read some words."""

    PERSONAL = "personal"
    CONFIDENTIAL = "confidential"
    BUSINESS = "business"
    SAFETY = "safety"


class Minutes(Base):
    """One revision of the Niederschrift of a meeting.

    From approval on `content` is what was approved, word for word, with its hash; `public_content` is what residents
    read of it. `seal` and `public_seal` are keyed hashes: a change made in the database itself is noticed by them.
    """

    __tablename__ = "minutes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("number > 0", name="number_counted"),
        CheckConstraint("number = 1 OR reason <> ''", name="correction_with_reason"),
        CheckConstraint("status = 'draft' OR circulated_at IS NOT NULL", name="circulated_first"),
        CheckConstraint(
            "status NOT IN ('approved', 'published') OR "
            "(approved_at IS NOT NULL AND content IS NOT NULL AND digest <> '' AND seal <> '')",
            name="approved_with_content",
        ),
        CheckConstraint(
            "status <> 'published' OR "
            "(published_at IS NOT NULL AND public_content IS NOT NULL AND public_digest <> '')",
            name="published_with_content",
        ),
        Index(
            "ix_minutes_one_in_work",
            "meeting_id",
            unique=True,
            sqlite_where=text("status IN ('draft', 'circulated')"),
            postgresql_where=text("status IN ('draft', 'circulated')"),
        ),
        Index("ix_minutes_by_status", "status", "objections_until"),
        Index("ix_minutes_published", "published_at", "meeting_id"),
        Index(
            "ix_minutes_touched",
            "meeting_id",
            sqlite_where=text("touched_at IS NOT NULL"),
            postgresql_where=text("touched_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(Text, default="")  # of a correction
    language: Mapped[str] = mapped_column(String(20), default="de")  # the one they are written in
    status: Mapped[MinutesStatus] = mapped_column(default=MinutesStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)  # of what is written here; entries have their own
    opened_at: Mapped[datetime | None]  # when the chair opened and closed the meeting
    closed_at: Mapped[datetime | None]
    guests: Mapped[str] = mapped_column(Text, default="")
    remarks: Mapped[str] = mapped_column(Text, default="")  # on the whole meeting
    circulated_at: Mapped[datetime | None]
    objections_until: Mapped[date | None]  # the last day
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    approved_how: Mapped[str] = mapped_column(String(300), default="")  # as: in the meeting on …, without objections
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    digest: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 of the canonical text
    seal: Mapped[str] = mapped_column(String(64), default="")
    public_content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    public_digest: Mapped[str] = mapped_column(String(64), default="")
    public_seal: Mapped[str] = mapped_column(String(64), default="")
    published_at: Mapped[datetime | None]
    renewed_at: Mapped[datetime | None]  # when the public version was made anew, as words were blacked out later
    touched_at: Mapped[datetime | None]  # when the nightly check noticed that the approved text was changed
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), unique=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    meeting: Mapped[Meeting] = relationship()
    document: Mapped[Document | None] = relationship()  # the public version as PDF
    entries: Mapped[list["MinutesEntry"]] = relationship(
        back_populates="minutes", cascade="all, delete-orphan", passive_deletes=True, order_by="MinutesEntry.id"
    )
    redactions: Mapped[list["Redaction"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Redaction.id"
    )
    objections: Mapped[list["MinutesObjection"]] = relationship(
        back_populates="minutes", cascade="all, delete-orphan", passive_deletes=True, order_by="MinutesObjection.id"
    )
    summaries: Mapped[list["MinutesSummary"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="MinutesSummary.language"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it as a plain class attribute)

    @property
    def is_open(self) -> bool:
        """Whether something may still be written into them."""
        return self.status in {MinutesStatus.DRAFT, MinutesStatus.CIRCULATED}

    @property
    def is_locked(self) -> bool:
        return not self.is_open

    @property
    def is_public(self) -> bool:
        return self.status is MinutesStatus.PUBLISHED

    @property
    def takes_objections(self) -> bool:
        """Whether members may object today."""
        last = self.objections_until
        return self.status is MinutesStatus.CIRCULATED and last is not None and clock.today() <= last


refuse(
    table_of(Minutes),
    "UPDATE",
    "approved minutes never change",
    name="approved_minutes_stay",
    columns=("number", "reason", "opened_at", "closed_at", "guests", "remarks", "approved_at", "content", "digest"),
    when="OLD.approved_at IS NOT NULL",
)
refuse(
    table_of(Minutes),
    "DELETE",
    "approved minutes are never deleted",
    name="approved_minutes_are_kept",
    when="OLD.approved_at IS NOT NULL AND NOT OLD.is_demo",
)


class MinutesEntry(Base):
    """What happened under one agenda item. Texts are kept as typed, with the simple marks of marks.py."""

    __tablename__ = "minutes_entries"
    __table_args__ = (
        UniqueConstraint("minutes_id", "item_id"),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND recused >= 0", name="counted"),
        CheckConstraint(
            "vote IS NOT NULL OR votes_for + votes_against + abstained + recused = 0", name="no_votes_without_a_vote"
        ),
        CheckConstraint("result NOT IN ('resolved', 'rejected') OR resolution <> ''", name="resolved_in_words"),
        Index("ix_minutes_entries_of_item", "item_id", "minutes_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"))
    discussion: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[Result | None]
    resolution: Mapped[str] = mapped_column(Text, default="")  # the words that were voted on
    vote: Mapped[VoteKind | None]
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    abstained: Mapped[int] = mapped_column(default=0)
    recused: Mapped[int] = mapped_column(default=0)
    voted_at: Mapped[datetime | None]  # who was there at that time could vote; unknown: who was there at some time
    version: Mapped[int] = mapped_column(default=1)  # two writers never overwrite each other silently
    saved_at: Mapped[datetime | None]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    is_locked: Mapped[bool] = mapped_column(default=False)  # with the approval of its minutes
    is_demo: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[Minutes] = relationship(back_populates="entries")
    item: Mapped[AgendaItem] = relationship()
    casts: Mapped[list["VoteCast"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="VoteCast.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it as a plain class attribute)


refuse(
    table_of(MinutesEntry),
    "UPDATE",
    "approved minutes never change",
    name="approved_entries_stay",
    columns=(
        *("item_id", "discussion", "result", "resolution", "vote", "votes_for", "votes_against", "abstained"),
        *("recused", "voted_at", "is_locked"),
    ),
    when="OLD.is_locked",
)
refuse(
    table_of(MinutesEntry),
    "DELETE",
    "approved minutes are never deleted",
    name="approved_entries_are_kept",
    when="OLD.is_locked AND NOT OLD.is_demo",
)


class VoteCast(Base):
    """Who voted how, where was voted by name; and who was recused, in every vote."""

    __tablename__ = "vote_casts"
    __table_args__ = (UniqueConstraint("entry_id", "membership_id"), Index("ix_vote_casts_of", "membership_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("minutes_entries.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"))
    choice: Mapped[Choice]
    membership: Mapped[Membership] = relationship()


class MinutesObjection(Base):
    """A member says that the minutes are wrong; it is decided before they can be approved."""

    __tablename__ = "objections_to_minutes"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("decision IS NULL OR (reason <> '' AND decided_at IS NOT NULL)", name="decided_with_reason"),
        Index("ix_objections_to_minutes_of", "minutes_id", "decision"),
        Index("ix_objections_to_minutes_by", "membership_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    decision: Mapped[ObjectionDecision | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    minutes: Mapped[Minutes] = relationship(back_populates="objections")
    membership: Mapped[Membership] = relationship()
    item: Mapped[AgendaItem | None] = relationship()


class Redaction(Base):
    """Words that residents do not read, wherever they stand in these minutes and what was made of them."""

    __tablename__ = "redactions"
    __table_args__ = (UniqueConstraint("minutes_id", "passage"), CheckConstraint("passage <> ''", name="words_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"))
    passage: Mapped[str] = mapped_column(String(500))
    reason: Mapped[RedactionReason]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class MinutesSummary(Base):
    """The minutes in short, in one language; residents read it once a person has released it."""

    __tablename__ = "minutes_summaries"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        Index(
            "ix_minutes_summaries_waiting",
            "minutes_id",
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
