"""Rules, claims, decisions, notices and objections; what was decided is never edited (M9)."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.accounts.models import User
from participation.contacts.models import Contact
from participation.contributions.models import Contribution, ContributionStatus
from participation.db import Base, one_of, random_id
from participation.guards import refuse
from participation.i18n import LocalizedText
from participation.receipts.models import Receipt


class RuleKind(enum.Enum):
    """What a decision relies on: an unlawful text (Art. 17 (3) d) or one against the house rules (e)."""

    HOUSE = "house"
    LAW = "law"


class Rule(Base):
    """One rule that contributions keep to, in all languages and plain words (M2)."""

    __tablename__ = "moderation_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[RuleKind]
    title: Mapped[LocalizedText]
    text: Mapped[LocalizedText]
    reference: Mapped[str] = mapped_column(String(200), default="")  # the section of the law
    position: Mapped[int] = mapped_column(default=0)
    valid_since: Mapped[datetime] = mapped_column(default=clock.now)
    is_active: Mapped[bool] = mapped_column(default=True)


class Claim(Base):
    """Who has a contribution open to decide it: one person at a time, and not for ever."""

    __tablename__ = "claims"

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contributions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    until: Mapped[datetime]
    staff: Mapped[User] = relationship()


class Action(enum.Enum):
    """What a moderator decides."""

    PUBLISH = "publish"
    REDACT = "redact"  # publish with passages blacked out
    RETURN = "return"  # to the author, with a question
    REFUSE = "refuse"
    HIDE = "hide"
    REMOVE = "remove"
    KEEP = "keep"  # a notice was looked at, and the text stays as it is


# Decisions against somebody's text, which are owed a statement of reasons (DSA Art. 17) and can be objected to.
RESTRICTIONS = frozenset({Action.REDACT, Action.REFUSE, Action.HIDE, Action.REMOVE})


class Decision(Base):
    """One line of a contribution's history: who, when, old and new status, the rule, and the facts in a sentence."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(
            "action NOT IN ('redact', 'refuse', 'hide', 'remove') OR (rule_id IS NOT NULL AND facts <> '')",
            name="restriction_with_rule_and_facts",
        ),
        CheckConstraint("action <> 'return' OR facts <> ''", name="question_asked"),
        Index("ix_decisions_by_moment", "decided_at", "action"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    staff_id: Mapped[int] = mapped_column(index=True)  # no foreign key: the history outlives accounts
    staff_name: Mapped[str] = mapped_column(String(120))
    action: Mapped[Action]
    before: Mapped[ContributionStatus] = mapped_column(one_of(ContributionStatus, "before"))
    after: Mapped[ContributionStatus] = mapped_column(one_of(ContributionStatus, "after"))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_rules.id"))
    facts: Mapped[str] = mapped_column(Text, default="")  # for the author: what in the text led to it, or the question
    facts_language: Mapped[str] = mapped_column(String(20), default="de")
    is_demo: Mapped[bool] = mapped_column(default=False)  # see Contribution.is_demo
    waited_seconds: Mapped[int | None]  # since it came into the queue, for the yearly numbers
    notice_id: Mapped[uuid.UUID | None]  # what led to it; the notice's own `decision_id` is the key between the two
    contribution: Mapped[Contribution] = relationship()
    rule: Mapped[Rule | None] = relationship()


ONLY_WRITTEN = "decisions are only written to"
refuse(Decision.__table__, "UPDATE", ONLY_WRITTEN, name="decisions_no_update")
refuse(Decision.__table__, "DELETE", ONLY_WRITTEN, name="decisions_no_delete", when="NOT OLD.is_demo")


class NoticeState(enum.Enum):
    """What became of a notice."""

    OPEN = "open"
    UPHELD = "upheld"  # something was done about the text
    REJECTED = "rejected"


class Notice(Base):
    """Somebody tells us that a text is unlawful or against the rules (DSA Art. 16), with no account."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint("explanation <> ''", name="reason_given"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_with_moment"),
        CheckConstraint("(state = 'open') = (decision_id IS NULL)", name="decided_by_decision"),
        CheckConstraint("NOT is_about_child_abuse OR (name = '' AND contact_id IS NULL)", name="no_name_asked"),
        Index("ix_notices_by_state", "state", "received_at"),
        Index("ix_notices_by_moment", "received_at", "state"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    receipt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("receipts.id", ondelete="SET NULL"), unique=True)
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), unique=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_rules.id"))
    explanation: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(20))
    is_about_child_abuse: Mapped[bool] = mapped_column(default=False)  # then no name is asked for (Art. 16 (2) c)
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.OPEN)
    decided_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    contribution: Mapped[Contribution] = relationship()
    rule: Mapped[Rule | None] = relationship()
    receipt: Mapped[Receipt | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    decision: Mapped[Decision | None] = relationship()


class Party(enum.Enum):
    """Who objects."""

    AUTHOR = "author"
    REPORTER = "reporter"


class ObjectionState(enum.Enum):
    """What became of an objection."""

    OPEN = "open"
    UPHELD = "upheld"  # the first decision was changed
    REJECTED = "rejected"


class Objection(Base):
    """Author or reporter wants the decision looked at again; the database itself wants another person (M6)."""

    __tablename__ = "objections"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> first_decided_by_id", name="another_person"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_with_moment"),
        CheckConstraint("state = 'open' OR (decided_by_id IS NOT NULL AND reasons <> '')", name="decided_with_reasons"),
        CheckConstraint("(party = 'reporter') = (notice_id IS NOT NULL)", name="reporter_by_notice"),
        # The author objects once, and so does each of those whose notices were decided together.
        Index(
            "ix_objections_once",
            "decision_id",
            unique=True,
            sqlite_where=sql("party = 'author'"),
            postgresql_where=sql("party = 'author'"),
        ),
        Index("ix_objections_of_decision", "decision_id"),
        Index("ix_objections_by_state", "state", "received_at"),
        Index("ix_objections_by_moment", "received_at", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    party: Mapped[Party]
    notice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("notices.id"), unique=True)  # of a reporter
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[ObjectionState] = mapped_column(default=ObjectionState.OPEN)
    first_decided_by_id: Mapped[int]
    decided_by_id: Mapped[int | None]
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None]
    reasons: Mapped[str] = mapped_column(Text, default="")
    reasons_language: Mapped[str] = mapped_column(String(20), default="de")
    second_decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), unique=True)  # what it changed
    decision: Mapped[Decision] = relationship(foreign_keys=decision_id)
    notice: Mapped[Notice | None] = relationship()


class DeskSettings(Base):
    """How soon the desk looks at what comes in, and of what it was reminded; there is one row, or none at first."""

    __tablename__ = "desk_settings"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("promised_hours BETWEEN 1 AND 720", name="promise_bounded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    promised_hours: Mapped[int] = mapped_column(default=48)
    # Moderators were told that the time of whatever came before this is nearly over.
    reminded_until: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
