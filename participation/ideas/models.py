"""Calls for ideas, ideas, who supports them, and what the city makes of them."""

import enum
import secrets
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.contacts.models import Contact
from participation.contributions.models import Contribution
from participation.db import Base, one_of
from participation.districts.models import Area
from participation.i18n import LazyText, LocalizedText, _l
from participation.media.models import Picture
from participation.questionnaires.models import QuestionnaireVersion, Response
from participation.rich_text import LocalizedRichText

call_areas = Table(
    "call_areas",
    Base.metadata,
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("areas.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Phase(enum.Enum):
    """Where a call stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    COLLECTING = "collecting"
    EXAMINING = "examining"
    ANSWERED = "answered"


class Call(Base):
    """A call for ideas with its period and rules; the letter box is the one call that never closes (D2)."""

    __tablename__ = "calls"
    __table_args__ = (
        CheckConstraint("retention_days BETWEEN 1 AND 3650", name="retention_bounded"),
        CheckConstraint("answer_within_days BETWEEN 1 AND 365", name="answer_bounded"),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("NOT is_letter_box OR closes_at IS NULL", name="letter_box_stays_open"),
        CheckConstraint("answered_at IS NULL OR published_at IS NOT NULL", name="answered_after_publishing"),
        Index(
            "ix_calls_one_letter_box",
            "is_letter_box",
            unique=True,
            sqlite_where=text("is_letter_box"),
            postgresql_where=text("is_letter_box"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[LocalizedText]
    introduction: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())
    house_rules: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())  # in plain words
    purpose: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    legal_basis: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    person_in_charge: Mapped[str] = mapped_column(default="")
    retention_days: Mapped[int] = mapped_column(default=730)  # of contacts and receipts, after an idea is done
    answer_within_days: Mapped[int] = mapped_column(default=42)  # the promise that everyone can see
    is_letter_box: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    has_comments: Mapped[bool] = mapped_column(default=True)
    shows_overdue: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]  # when the city said that all of it is answered
    version_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_versions.id"))  # extra questions
    version: Mapped[QuestionnaireVersion | None] = relationship()
    areas: Mapped[list[Area]] = relationship(secondary=call_areas)  # none means the whole city
    categories: Mapped[list["Category"]] = relationship(
        back_populates="call", order_by="Category.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def phase(self) -> Phase:
        """Draft, scheduled, collecting, examining, or answered, as its dates tell."""
        now = clock.now()
        if self.published_at is None:
            return Phase.DRAFT
        if self.answered_at is not None:
            return Phase.ANSWERED
        if self.opens_at is not None and now < self.opens_at:
            return Phase.SCHEDULED
        return Phase.EXAMINING if self.closes_at is not None and self.closes_at <= now else Phase.COLLECTING

    @property
    def is_open(self) -> bool:
        """Whether residents may send ideas now."""
        return self.phase is Phase.COLLECTING


class Category(Base):
    """What an idea is about; each call has its own few."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("call_id", "id"),)  # what an idea points to: only categories of its own call

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    name: Mapped[LocalizedText]
    position: Mapped[int] = mapped_column(default=0)
    call: Mapped[Call] = relationship(back_populates="categories")


class Office(Base):
    """Who in the city answers: a department, a team, a partner."""

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[LocalizedText]
    email: Mapped[str] = mapped_column(String(254), default="")  # told when something comes its way
    is_active: Mapped[bool] = mapped_column(default=True)


class IdeaState(enum.Enum):
    """How far the city has come with an idea."""

    RECEIVED = "received"
    EXAMINATION = "examination"
    ANSWERED = "answered"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class Source(enum.Enum):
    """How an idea came in that staff wrote down for somebody."""

    DESK = "desk"
    TELEPHONE = "telephone"
    PLAYGROUND = "playground"


class Answer(enum.Enum):
    """What the city says to an idea."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    ALREADY_DONE = "already_done"
    NOT_OURS = "not_ours"


# The orders of the public list, and what each of them reads.
ORDERS = {"newest": "listed_at", "most_supported": "support_count", "mixed": "shuffle"}


def _of_the_list(name: str, column: str) -> Index:
    """Whoever walks along the order of the list also finds there what filters ask for, and only what is on it."""
    on_it = text("listed_at IS NOT NULL")
    asked = ("call_id", "category_id", "state", "listed_language")
    return Index(name, column, "id", *asked, sqlite_where=on_it, postgresql_where=on_it)


class Idea(Contribution):
    """A proposal for a place in the city.

    `listed_at` and `listed_language` repeat what the public list needs to know, so that the list reads one table: the
    first is set while the idea is public and not merged into another one.
    """

    __tablename__ = "ideas"
    __table_args__: Any = (
        CheckConstraint("support_count >= 0 AND comment_count >= 0", name="counted"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_point"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="point_on_earth"),
        CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
        CheckConstraint("merged_into_id IS NULL OR listed_at IS NULL", name="merged_is_not_listed"),
        # No answered state without a public reason.
        CheckConstraint(
            "state NOT IN ('answered', 'in_progress', 'done') OR outcome_id IS NOT NULL", name="answered_with_reason"
        ),
        *(_of_the_list(f"ix_ideas_{order}", column) for order, column in ORDERS.items()),
        # For whoever has numbers, from a district or a search, and wants to know which of them fit and in what order.
        Index(
            "ix_ideas_listed",
            *("id", *ORDERS.values(), "call_id", "category_id", "state", "listed_language"),
            sqlite_where=text("listed_at IS NOT NULL"),
            postgresql_where=text("listed_at IS NOT NULL"),
        ),
        # Each of them holds all that filters ask for, so no combination of filters has to look at the rows themselves.
        Index("ix_ideas_of_call", "call_id", "listed_language", "state", "category_id", "listed_at"),
        Index("ix_ideas_of_category", "category_id", "listed_language", "state", "call_id", "listed_at"),
        Index("ix_ideas_by_state", "state", "listed_language", "category_id", "call_id", "listed_at"),
        Index("ix_ideas_by_language", "listed_language", "state", "category_id", "call_id", "listed_at"),
        # The map asks for a part of the city, with the filters of the list.
        Index(
            "ix_ideas_on_map",
            *("longitude", "latitude", "id", "listed_at", "state", "category_id", "call_id", "listed_language"),
            sqlite_where=text("listed_at IS NOT NULL"),
            postgresql_where=text("listed_at IS NOT NULL"),
        ),
        # What the city owes somebody, the most urgent first; whatever is answered or merged is not in it.
        Index(
            "ix_ideas_waiting",
            *("due_on", "id", "office_id", "call_id", "state", "is_solved"),
            sqlite_where=text("due_on IS NOT NULL AND listed_at IS NOT NULL"),
            postgresql_where=text("due_on IS NOT NULL AND listed_at IS NOT NULL"),
        ),
        Index("ix_ideas_of_office", "office_id", "due_on", "id", "listed_at", "call_id", "state", "is_solved"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("contributions.id", ondelete="CASCADE"), primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    place: Mapped[str] = mapped_column(String(200), default="")  # as the person names it
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    response_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("responses.id", ondelete="SET NULL"), unique=True)
    form_key: Mapped[uuid.UUID | None] = mapped_column(unique=True)  # of its form: two clicks make one idea
    source: Mapped[Source | None]  # None when its author sent it
    listed_at: Mapped[datetime | None]
    listed_language: Mapped[str] = mapped_column(String(20), default="")  # the one it is written in
    shuffle: Mapped[int] = mapped_column(BigInteger, default=0)  # drawn anew each night
    support_count: Mapped[int] = mapped_column(default=0)  # of different browsers, merged ideas included
    comment_count: Mapped[int] = mapped_column(default=0)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    state: Mapped[IdeaState] = mapped_column(default=IdeaState.RECEIVED)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))
    due_on: Mapped[date | None]  # by when the city owes its answer, or another one when its author is not content
    reminded_on: Mapped[date | None]  # when the office was told that the day is near or over
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcomes.id"), unique=True)  # the newest one
    is_solved: Mapped[bool | None]  # what its author said when we asked; None while not asked or not answered
    solved_asked_at: Mapped[datetime | None]
    call: Mapped[Call] = relationship()
    category: Mapped[Category | None] = relationship()
    office: Mapped[Office | None] = relationship()
    response: Mapped[Response | None] = relationship()
    outcome: Mapped["Outcome | None"] = relationship()
    # Spelled out: else the condition comes out twice, and an idea that stands for itself is looked up in vain.
    merged_into: Mapped["Idea | None"] = relationship(primaryjoin="foreign(Idea.merged_into_id) == remote(Idea.id)")

    __mapper_args__ = {  # noqa: RUF012  (SQLAlchemy reads it as a plain class attribute)
        "polymorphic_identity": "idea",
        "inherit_condition": id == Contribution.id,
    }

    @property
    def url(self) -> str:
        return url_for("ideas.show", idea_id=self.id)

    @property
    def kind_name(self) -> LazyText:
        return _l("Idea")

    @property
    def scope(self) -> str:
        return f"call {self.call_id}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for the city's answer."""
        return self.state in {IdeaState.RECEIVED, IdeaState.EXAMINATION} and self.merged_into_id is None

    @property
    def is_overdue(self) -> bool:
        """Whether the city is late with its answer."""
        return (self.is_open or self.is_reopened) and self.due_on is not None and self.due_on < clock.today()

    @property
    def is_reopened(self) -> bool:
        """Whether its author said that it is not solved, and the city has not answered that yet."""
        return self.state is IdeaState.IN_PROGRESS and self.is_solved is False and self.merged_into_id is None

    @property
    def is_demo(self) -> bool:
        return self.call.is_demo

    @property
    def takes_comments(self) -> bool:
        return self.is_public and self.merged_into_id is None and self.call.has_comments

    def on_published(self) -> None:
        """It joins the list, and the time for the city's answer begins."""
        self.listed_at = self.published_at if self.merged_into_id is None else None
        self.listed_language = self.language
        self.shuffle = self.shuffle or secrets.randbelow(2**53)  # its place until the night mixes all of them
        if self.due_on is None and self.is_open:
            self.due_on = clock.today() + timedelta(days=self.call.answer_within_days)

    def on_hidden(self) -> None:
        """It leaves the list."""
        self.listed_at = None

    def on_comments_changed(self) -> None:
        """The number beside it is counted anew."""
        from participation.ideas.supporting import recount  # which needs this module

        recount(self.merged_into or self)


class Support(Base):
    """One browser supports one idea; who leaves a contact hears what becomes of it."""

    __tablename__ = "supports"
    __table_args__ = (UniqueConstraint("idea_id", "supporter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    supporter: Mapped[str] = mapped_column(String(64))  # a keyed hash of a random number in the browser's cookie
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), unique=True)
    given_on: Mapped[date] = mapped_column(default=clock.today)
    contact: Mapped[Contact | None] = relationship()


class Outcome(Base):
    """The city's answer to an idea, with its reason. A later one replaces it; the idea's steps still lead to both."""

    __tablename__ = "outcomes"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("answer <> 'not_ours' OR responsible <> ''", name="who_is_responsible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[Answer]
    language: Mapped[str] = mapped_column(String(20))  # the one the idea was written in
    reason: Mapped[str] = mapped_column(Text)  # in that language
    other_languages: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    responsible: Mapped[str] = mapped_column(String(200), default="")  # who is, if it is not ours
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    given_by: Mapped[str] = mapped_column(String(120))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))

    @property
    def text(self) -> LocalizedText:
        """The reason in all languages there are."""
        return LocalizedText({self.language: self.reason, **self.other_languages})


class Progress(Base):
    """News of an idea that the city carries out, with a day and perhaps a picture."""

    __tablename__ = "progress_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    happened_on: Mapped[date]
    text: Mapped[LocalizedText]
    picture_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pictures.id", ondelete="SET NULL"), unique=True)
    written_by: Mapped[str] = mapped_column(String(120))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    picture: Mapped[Picture | None] = relationship()


class Remark(Base):
    """What colleagues tell each other about an idea; never public."""

    __tablename__ = "remarks"
    __table_args__ = (CheckConstraint("text <> ''", name="text_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(120))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class IdeaStep(Base):
    """One line of an idea's public way through the city: when it went from which state to which."""

    __tablename__ = "idea_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    before: Mapped[IdeaState] = mapped_column(one_of(IdeaState, "before"))
    after: Mapped[IdeaState] = mapped_column(one_of(IdeaState, "after"))
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[str] = mapped_column(String(120), default="")  # "" when a resident caused it
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcomes.id"), index=True)  # the answer given with it
    outcome: Mapped[Outcome | None] = relationship()


class Merge(Base):
    """The trace of merging one idea into another; nothing moves, so undoing it is complete (M11)."""

    __tablename__ = "merges"
    __table_args__ = (
        CheckConstraint("source_id <> target_id", name="two_ideas"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        # An idea stands in one other idea at most.
        Index(
            "ix_merges_once",
            "source_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    merged_at: Mapped[datetime] = mapped_column(default=clock.now)
    merged_by: Mapped[str] = mapped_column(String(120))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(120))
    source: Mapped[Idea] = relationship(foreign_keys=source_id)
    target: Mapped[Idea] = relationship(foreign_keys=target_id)
