"""What was decided and what has to be done: resolutions, tasks, and papers handed over to committees."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.councils.meeting_models import AgendaItem, Paper
from participation.councils.minutes_models import Minutes, VoteKind
from participation.councils.models import Council, Membership
from participation.db import Base, table_of
from participation.guards import refuse


class ResolutionState(enum.Enum):
    """How far the city has come with a resolution."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    HANDED_OVER = "handed_over"  # a committee has to decide
    DONE = "done"
    NOT_PURSUED = "not_pursued"


class TaskState(enum.Enum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class CommitteeAnswer(enum.Enum):
    """What a committee made of a paper."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    NOTED = "noted"
    POSTPONED = "postponed"


STILL_OPEN = ("open", "in_progress", "handed_over")


class Resolution(Base):
    """A Beschluss as residents read it: passages that are blacked out in the minutes are blacked out here, too.

    It is made from the entry of its item when minutes are approved, and public once they are published.
    """

    __tablename__ = "resolutions"
    __table_args__: Any = (
        UniqueConstraint("council_id", "year", "serial"),
        CheckConstraint("serial > 0", name="serial_counted"),
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND recused >= 0", name="counted"),
        # The register, newest first, with what it is filtered by.
        Index(
            "ix_resolutions_public",
            *("decided_on", "id", "council_id", "state", "due_on"),
            sqlite_where=text("published_at IS NOT NULL"),
            postgresql_where=text("published_at IS NOT NULL"),
        ),
        Index("ix_resolutions_by_day", "decided_on", "id"),
        Index("ix_resolutions_of_council", "council_id", "decided_on", "id", "published_at", "state", "due_on"),
        Index(
            "ix_resolutions_due",
            *("due_on", "id", "council_id", "published_at"),
            sqlite_where=text("state IN ('open', 'in_progress', 'handed_over')"),
            postgresql_where=text("state IN ('open', 'in_progress', 'handed_over')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"), unique=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"), index=True)  # the newest
    year: Mapped[int] = mapped_column(SmallInteger)
    serial: Mapped[int]  # counted per council and year
    decided_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)  # with the simple marks of marks.py
    language: Mapped[str] = mapped_column(String(20))
    is_confidential: Mapped[bool] = mapped_column(default=False)  # its item was; residents never read it
    is_accepted: Mapped[bool] = mapped_column(default=True)  # or rejected
    vote: Mapped[VoteKind | None]
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    abstained: Mapped[int] = mapped_column(default=0)
    recused: Mapped[int] = mapped_column(default=0)
    responsible: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    state: Mapped[ResolutionState] = mapped_column(default=ResolutionState.OPEN)
    reminded_on: Mapped[date | None]  # when the office was told that its day is near or over
    published_at: Mapped[datetime | None]
    withdrawn_on: Mapped[date | None]  # corrected minutes say that it was not decided after all
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    council: Mapped[Council] = relationship()
    item: Mapped[AgendaItem] = relationship()
    minutes: Mapped[Minutes] = relationship()
    cards: Mapped[list["ResolutionCard"]] = relationship(
        back_populates="resolution",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ResolutionCard.language",
    )
    steps: Mapped[list["ResolutionStep"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ResolutionStep.id"
    )
    hand_overs: Mapped[list["HandOver"]] = relationship(
        back_populates="resolution", cascade="all, delete-orphan", passive_deletes=True, order_by="HandOver.id"
    )

    @property
    def number(self) -> str:
        """As people call it: 3/2026."""
        return f"{self.serial}/{self.year}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and not self.is_confidential

    @property
    def is_open(self) -> bool:
        return self.state.value in STILL_OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < clock.today()


class ResolutionCard(Base):
    """A resolution on one card, in plain words of one language; residents read it once a person has released it."""

    __tablename__ = "resolution_cards"
    __table_args__ = (CheckConstraint("title <> '' AND text <> ''", name="words_given"),)

    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    resolution: Mapped[Resolution] = relationship(back_populates="cards")


class ResolutionStep(Base):
    """What happened with a resolution, for everybody to read; only ever written down."""

    __tablename__ = "resolution_steps"
    __table_args__ = (Index("ix_resolution_steps_of", "resolution_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id", ondelete="CASCADE"))
    state: Mapped[ResolutionState]
    note: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20), default="de")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


refuse(
    table_of(ResolutionStep),
    "UPDATE",
    "the history of a resolution is only written down",
    name="resolution_steps_stay",
    columns=("resolution_id", "state", "note", "made_at"),
)


class Task(Base):
    """Something somebody promised in a meeting; while it is open it comes back to the next agenda."""

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended_with_day"),
        Index("ix_tasks_of_council", "council_id", "state", "due_on", "id"),
        Index("ix_tasks_of_item", "item_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"))  # where promised
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20), default="de")
    responsible: Mapped[str] = mapped_column(String(200), default="")
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date | None]
    reminded_on: Mapped[date | None]  # when its member was told that the day is near or over
    state: Mapped[TaskState] = mapped_column(default=TaskState.OPEN)
    ended_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(Text, default="")  # what came of it
    published_at: Mapped[datetime | None]  # with the minutes
    public_text: Mapped[str] = mapped_column(Text, default="")  # as residents read it, passages blacked out
    public_responsible: Mapped[str] = mapped_column(String(200), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    council: Mapped[Council] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    membership: Mapped[Membership | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.state is TaskState.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < clock.today()


class TaskReturn(Base):
    """An open task stands on a later agenda again, as an item of its own."""

    __tablename__ = "task_returns"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_items.id", ondelete="CASCADE"), primary_key=True, unique=True
    )
    task: Mapped[Task] = relationship()
    item: Mapped[AgendaItem] = relationship()


class HandOver(Base):
    """A resolution went to a committee of the city as a paper; the committee's answer is recorded."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        CheckConstraint("committee <> ''", name="committee_given"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answered_with_day"),
        CheckConstraint("answer IS NULL OR answer_text <> ''", name="answered_in_words"),
        Index("ix_hand_overs_of", "resolution_id"),
        Index("ix_hand_overs_waiting", "answered_on", "committee_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id", ondelete="CASCADE"))
    committee: Mapped[str] = mapped_column(String(200))
    committee_on: Mapped[date | None]  # the day of its meeting
    top: Mapped[str] = mapped_column(String(20), default="")  # its Tagesordnungspunkt
    reference: Mapped[str] = mapped_column(String(40), default="")  # Vorlage number of the city
    proposal: Mapped[str] = mapped_column(Text, default="")  # Beschlussvorschlag
    reasons: Mapped[str] = mapped_column(Text, default="")  # Begründung
    handed_over_on: Mapped[date] = mapped_column(default=clock.today)
    answer: Mapped[CommitteeAnswer | None]
    answer_text: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20), default="de")  # of the answer
    answered_on: Mapped[date | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    resolution: Mapped[Resolution] = relationship(back_populates="hand_overs")
    annexes: Mapped[list["Annex"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Annex.number"
    )


class Annex(Base):
    """Anlage 1, Anlage 2: a paper that goes along with what is handed over."""

    __tablename__ = "annexes"
    __table_args__ = (CheckConstraint("number > 0", name="number_counted"),)

    hand_over_id: Mapped[int] = mapped_column(ForeignKey("hand_overs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(200))
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id", ondelete="SET NULL"), index=True)
    paper: Mapped[Paper | None] = relationship()
