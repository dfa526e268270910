"""Questionnaires, their versions, and the answers people give."""

import enum
import hashlib
import json
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.db import Base, random_id
from participation.guards import refuse
from participation.questionnaires.definition import Definition

REMEMBERED = 64
_definitions: dict[str, Definition] = {}


class Questionnaire(Base):
    """A row of versions, the last of which may still be a draft."""

    __tablename__ = "questionnaires"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    versions: Mapped[list["QuestionnaireVersion"]] = relationship(
        back_populates="questionnaire", order_by="QuestionnaireVersion.number", cascade="all, delete-orphan"
    )


class QuestionnaireVersion(Base):
    """One wording of a questionnaire. Once published it never changes: the database refuses."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    checksum: Mapped[str] = mapped_column(String(64))  # of the document
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    questionnaire: Mapped[Questionnaire] = relationship(back_populates="versions")

    @property
    def definition(self) -> Definition:
        """What it says. A wording is read once per process: the checksum tells whether we know it already."""
        known = _definitions.get(self.checksum)
        if known is None:
            if len(_definitions) >= REMEMBERED:
                _definitions.clear()
            known = _definitions[self.checksum] = Definition.from_json(self.document)
        return known


refuse(
    QuestionnaireVersion.__table__,
    "UPDATE",
    "a published version never changes",
    name="questionnaire_versions_immutable",
    columns=("document", "checksum", "published_at"),
    when="OLD.published_at IS NOT NULL",
)


def checksum(document: dict[str, Any]) -> str:
    """The fingerprint of a wording."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


class ResponseStatus(enum.Enum):
    """Begun, or sent."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class Response(Base):
    """One person's filled-in questionnaire. It knows days, never hours, and nothing about person or device (D5)."""

    __tablename__ = "responses"
    __table_args__ = (
        CheckConstraint("(status = 'submitted') = (submitted_on IS NOT NULL)", name="submitted_with_day"),
        Index("ix_responses_by_version", "version_id", "status", "submitted_on"),
        {"sqlite_with_rowid": False},  # a row id would tell the order
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    receipt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("receipts.id"), unique=True)
    language: Mapped[str] = mapped_column(String(20))
    status: Mapped[ResponseStatus] = mapped_column(default=ResponseStatus.DRAFT)
    reached: Mapped[str] = mapped_column(default="")  # the name of the furthest page, for the drop-out per page
    touched_on: Mapped[date] = mapped_column(index=True)  # drafts expire
    submitted_on: Mapped[date | None]
    version: Mapped[QuestionnaireVersion] = relationship()
    answers: Mapped[list["Answer"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class Answer(Base):
    """One value given to one question; several chosen options are several rows, each repeat instance has its own.

    `value` is the option's name, the ISO date, the text or the number in plain digits; `number` repeats numbers for
    sums and means. "I prefer not to say" is a row without a value, so it is never mistaken for "not answered".
    """

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint("is_withheld = (value IS NULL)", name="withheld_or_valued"),
        CheckConstraint("instance >= 0 AND position >= 0", name="counted_from_zero"),
        {"sqlite_with_rowid": False},
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    instance: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=0)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=0)
    value: Mapped[str | None] = mapped_column(Text)
    number: Mapped[float | None]
    is_withheld: Mapped[bool] = mapped_column(default=False)
