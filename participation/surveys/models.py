"""A survey: a questionnaire with its period, its duties towards those who answer, and its last counted result."""

import enum
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.db import Base
from participation.i18n import LocalizedText
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion
from participation.rich_text import LocalizedRichText


class SurveyState(enum.Enum):
    """Where a survey stands, as its dates tell."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    ERASED = "erased"


class Survey(Base):
    """What residents are asked, until when, and under which promise (D2)."""

    __tablename__ = "surveys"
    __table_args__ = (
        CheckConstraint("minimum_cell >= 3", name="never_below_three"),  # S1
        CheckConstraint("retention_days BETWEEN 1 AND 3650", name="retention_bounded"),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[LocalizedText]
    introduction: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"), unique=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_versions.id"))  # the published wording
    purpose: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    legal_basis: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    person_in_charge: Mapped[str] = mapped_column(default="")
    retention_days: Mapped[int] = mapped_column(default=365)  # counted from the closing
    minimum_cell: Mapped[int] = mapped_column(default=5)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]  # when the responses were deleted because their time was up
    questionnaire: Mapped[Questionnaire] = relationship()
    version: Mapped[QuestionnaireVersion | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether residents may answer now."""
        now = clock.now()
        return (
            self.published_at is not None
            and self.closed_at is None
            and (self.opens_at is None or self.opens_at <= now)
            and (self.closes_at is None or now < self.closes_at)
        )

    @property
    def ended_at(self) -> datetime | None:
        """When the survey ended, by hand or by its date; None while it has not."""
        ends = [end for end in (self.closed_at, self.closes_at) if end is not None and end <= clock.now()]
        return min(ends) if ends else None

    @property
    def state(self) -> SurveyState:
        """Draft, scheduled, open, closed, or closed with its responses deleted."""
        if self.erased_at is not None:
            return SurveyState.ERASED
        if self.published_at is None:
            return SurveyState.DRAFT
        if self.ended_at is not None:
            return SurveyState.CLOSED
        return SurveyState.OPEN if self.is_open else SurveyState.SCHEDULED

    @property
    def erases_at(self) -> datetime | None:
        """When the responses are due to be deleted; None while the survey has no end."""
        end = self.ended_at or self.closes_at
        return end + timedelta(days=self.retention_days) if end else None


class SurveyResult(Base):
    """The result as last counted. It is renewed in steps, never after each response (S5)."""

    __tablename__ = "survey_results"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    counted_at: Mapped[datetime]
    response_count: Mapped[int]
    tables: Mapped[dict[str, Any]]
