"""What residents propose for an agenda: moderators look at it first, and the council's office answers."""

import enum
import uuid
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.contributions.models import Contribution
from participation.councils.meeting_models import AgendaItem
from participation.councils.models import Council, CouncilPerson
from participation.i18n import LazyText, _l


class ProposalOutcome(enum.Enum):
    """What the office made of a proposal."""

    TAKEN = "taken"  # it stands on an agenda
    DECLINED = "declined"


class ItemProposal(Contribution):
    """Somebody would like the council to talk about something."""

    __tablename__ = "item_proposals"
    __table_args__: Any = (
        CheckConstraint("outcome IS NULL OR decided_at IS NOT NULL", name="decided_with_moment"),
        CheckConstraint("outcome IS NULL OR outcome <> 'declined' OR reason <> ''", name="declined_with_reason"),
        CheckConstraint("outcome IS NULL OR outcome <> 'taken' OR item_id IS NOT NULL", name="taken_onto_an_agenda"),
        Index("ix_item_proposals_of_council", "council_id", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("contributions.id", ondelete="CASCADE"), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id"))
    form_key: Mapped[uuid.UUID | None] = mapped_column(unique=True)  # of its form: two clicks make one proposal
    # A member who proposed it with their own receipt at hand: they find it on their own page. Residents do not see it.
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("council_people.id", ondelete="SET NULL"), index=True
    )
    outcome: Mapped[ProposalOutcome | None]
    reason: Mapped[str] = mapped_column(Text, default="")  # in the words of the office, for everybody
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="RESTRICT"), unique=True)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    council: Mapped[Council] = relationship()
    person: Mapped[CouncilPerson | None] = relationship()
    item: Mapped[AgendaItem | None] = relationship()

    __mapper_args__ = {  # noqa: RUF012  (SQLAlchemy reads it as a plain class attribute)
        "polymorphic_identity": "item_proposal",
        "inherit_condition": id == Contribution.id,
    }

    @property
    def url(self) -> str:
        return url_for("item_proposals.show", proposal_id=self.id)

    @property
    def kind_name(self) -> LazyText:
        return _l("Proposal for an agenda")

    @property
    def scope(self) -> str:
        return f"council {self.council_id}"

    @property
    def is_open(self) -> bool:
        """Whether the office still has to answer it; before others can read it, moderators have it."""
        return self.is_public and self.outcome is None

    @property
    def is_demo(self) -> bool:
        return self.council.is_demo
