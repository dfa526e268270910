"""Wordings: the texts that the house writes to people, in all languages, which staff may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base
from participation.i18n import LazyText, LocalizedText


@dataclass(frozen=True)
class Wording:
    """One text of the house as the code brings it; rooms list theirs in `Feature.wordings`.

    `name` is like "ideas/answered". `gaps` tells staff what each %(gap)s in subject and text stands for.
    """

    name: str
    about: LazyText  # when it is used, for staff
    subject: LazyText
    text: LazyText
    gaps: Mapping[str, LazyText] = field(default_factory=dict)


class ChangedWording(Base):
    """What staff have written instead; a language they left alone keeps the text of the house."""

    __tablename__ = "changed_wordings"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    subject: Mapped[LocalizedText]
    text: Mapped[LocalizedText]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
