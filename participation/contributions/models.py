"""The shelf: contributions with author, language, text and status; comments, translations, checking rules."""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.contacts.models import Contact
from participation.db import Base
from participation.districts.models import Area
from participation.i18n import LazyText, _l
from participation.media.models import Picture
from participation.receipts.models import Receipt


class ContributionStatus(enum.Enum):
    """May others read this? What the city makes of it is another question, which each kind answers itself."""

    WAITING = "waiting"  # nobody has looked at it yet
    PUBLISHED = "published"
    RETURNED = "returned"  # back with the author, with a question
    REFUSED = "refused"
    HIDDEN = "hidden"  # was public, and is not for now
    REMOVED = "removed"  # was public, and will not be again
    WITHDRAWN = "withdrawn"  # taken back by its author; the words are gone


# What the author may still change; a refused text that is changed goes back into the queue.
CHANGEABLE = frozenset(set(ContributionStatus) - {ContributionStatus.REMOVED, ContributionStatus.WITHDRAWN})

contribution_areas = Table(
    "contribution_areas",
    Base.metadata,
    Column("contribution_id", ForeignKey("contributions.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("areas.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_contribution_areas_of_area", "area_id", "contribution_id"),
)


class Contribution(Base):
    """Something that a resident wrote for others to read. A kind is a subclass with a small table of its own.

    A kind tells its `url`, what it is called (`kind_name`), and in `on_published` and `on_hidden` what else happens.
    """

    __tablename__ = "contributions"
    __table_args__: Any = (
        CheckConstraint("status = 'withdrawn' OR text <> ''", name="text_given"),
        CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="published_with_moment"),
        CheckConstraint("status <> 'waiting' OR waiting_since IS NOT NULL", name="waiting_is_in_the_queue"),
        # The queue is short and the shelf is long; what it is filtered by stands in the index, beside its order.
        Index(
            "ix_contributions_queue",
            "waiting_since",
            "id",
            "kind",
            "language",
            "status",
            sqlite_where=sql("waiting_since IS NOT NULL"),
            postgresql_where=sql("waiting_since IS NOT NULL"),
        ),
        Index("ix_contributions_by_language", "kind", "status", "language", "published_at"),
        Index("ix_contributions_by_moment", "created_at", "kind"),  # the numbers of a year
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)  # two people changing it at once do not lose each other's work
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    author_name: Mapped[str] = mapped_column(String(120), default="")  # as shown to others; "" when it is not
    status: Mapped[ContributionStatus] = mapped_column(default=ContributionStatus.WAITING)
    is_redacted: Mapped[bool] = mapped_column(default=False)  # passages were blacked out: see Original
    receipt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("receipts.id", ondelete="SET NULL"), unique=True)
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), unique=True)
    picture_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pictures.id", ondelete="SET NULL"), unique=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime | None]  # by its author, after it was sent
    published_at: Mapped[datetime | None]  # for the first time
    waiting_since: Mapped[datetime | None]  # in the moderators' queue; also public ones that are checked afterwards
    hints: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # they sort and never decide: hints.py
    receipt: Mapped[Receipt | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    picture: Mapped[Picture | None] = relationship()
    areas: Mapped[list[Area]] = relationship(secondary=contribution_areas, passive_deletes=True)
    translations: Mapped[list["Translation"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Translation.language"
    )

    __mapper_args__ = {  # noqa: RUF012  (SQLAlchemy reads it as a plain class attribute)
        "polymorphic_on": "kind",
        "version_id_col": version,
    }

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.status is ContributionStatus.PUBLISHED

    @property
    def is_changeable(self) -> bool:
        """Whether its author may still change it."""
        return self.status in CHANGEABLE

    @property
    def url(self) -> str:
        """Where others read it."""
        raise NotImplementedError

    @property
    def kind_name(self) -> LazyText:
        """What staff and residents call this kind."""
        raise NotImplementedError

    @property
    def scope(self) -> str:
        """What checking rules may be made for beside the kind, as in "call 3"; "" for none."""
        return ""

    @property
    def is_demo(self) -> bool:
        """Whether it goes away with the demo city, and all that was decided about it too."""
        return False

    @property
    def takes_comments(self) -> bool:
        """Whether residents may say something to it now."""
        return False

    def on_published(self) -> None:
        """Others can read it from now on."""

    def on_hidden(self) -> None:
        """Others can no longer read it."""

    def on_comments_changed(self) -> None:
        """A comment on it can be read from now on, or no longer."""


class Comment(Contribution):
    """What somebody says to a contribution; the city's words are official and set apart."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(ForeignKey("contributions.id", ondelete="CASCADE"), primary_key=True)
    on_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    is_official: Mapped[bool] = mapped_column(default=False)
    on: Mapped[Contribution] = relationship(foreign_keys=on_id, remote_side=Contribution.id)

    __mapper_args__ = {  # noqa: RUF012  (as above)
        "polymorphic_identity": "comment",
        "inherit_condition": id == Contribution.id,
    }

    @property
    def url(self) -> str:
        return f"{self.on.url}#comment-{self.id}"

    @property
    def kind_name(self) -> LazyText:
        return _l("Comment")

    @property
    def scope(self) -> str:
        return self.on.scope

    @property
    def is_demo(self) -> bool:
        return self.on.is_demo

    def on_published(self) -> None:
        self.on.on_comments_changed()

    def on_hidden(self) -> None:
        self.on.on_comments_changed()


class Translation(Base):
    """What a contribution says in another language, written or checked by staff."""

    __tablename__ = "contribution_translations"
    __table_args__ = (
        UniqueConstraint("contribution_id", "language"),
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("doubts >= 0", name="doubts_counted"),
        Index(
            "ix_contribution_translations_doubted",
            "doubts",
            "id",
            sqlite_where=sql("doubts > 0"),
            postgresql_where=sql("doubts > 0"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    doubts: Mapped[int] = mapped_column(default=0)  # how often readers said that it is wrong


class Original(Base):
    """What stood there before passages were blacked out, for as long as the law lets us keep it."""

    __tablename__ = "contribution_originals"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    kept_until: Mapped[date] = mapped_column(index=True)


class Checking(enum.Enum):
    """When a moderator looks at a contribution."""

    BEFORE = "before"  # first checked, then published
    NEWCOMERS_BEFORE = "newcomers_before"  # before, unless an earlier contribution of the same person was published
    AFTER = "after"  # published at once and checked then


class CheckingRule(Base):
    """When contributions of a kind, a scope or a language are checked; the narrowest rule that fits is followed.

    An empty kind, scope or language means all of them.
    """

    __tablename__ = "checking_rules"
    __table_args__ = (UniqueConstraint("kind", "scope", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), default="")
    scope: Mapped[str] = mapped_column(String(80), default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    checking: Mapped[Checking]


class WordList(Base):
    """Words that make a moderator look twice, one per line, for one language."""

    __tablename__ = "word_lists"

    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    words: Mapped[str] = mapped_column(Text, default="")
