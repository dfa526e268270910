"""A questionnaire that was uploaded and waits for somebody to confirm it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.db import Base
from participation.i18n import LocalizedText
from participation.questionnaires.definition import Definition
from participation.questionnaires.xlsform.problems import Problem
from participation.surveys.models import Survey


class SurveyImport(Base):
    """What was read from a file, kept until it is confirmed or a day has passed; the file itself is not kept."""

    __tablename__ = "survey_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    file_name: Mapped[str]
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), index=True)
    title: Mapped[LocalizedText]
    document: Mapped[dict[str, Any]]
    remarks: Mapped[dict[str, Any]]
    survey: Mapped[Survey | None] = relationship()

    @property
    def definition(self) -> Definition:
        return Definition.from_json(self.document)

    @property
    def problems(self) -> list[Problem]:
        """What was left out, in the words of whoever reads it now."""
        return [Problem.from_json(one) for one in self.remarks["problems"]]
