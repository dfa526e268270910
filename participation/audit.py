"""The audit log: every change that staff make, and every look at personal data (D15, M9).

It is only written to: triggers in the database refuse to change or delete a line, also for retention. That is why
`details` name things by their number and never hold what residents wrote.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.db import Base, session
from participation.guards import refuse
from participation.permissions import person


class AuditEntry(Base):
    """One line: who did what to which thing, when, and why where a reason is asked for."""

    __tablename__ = "audit_entries"
    __table_args__ = (CheckConstraint("action <> ''", name="action_named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(index=True)  # no foreign key: the log outlives accounts
    staff_name: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    thing: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_personal_data: Mapped[bool] = mapped_column(default=False, index=True)


for verb in ("UPDATE", "DELETE"):
    refuse(AuditEntry.__table__, verb, "the audit log is only written to", name=f"audit_entries_no_{verb.lower()}")


def record(action: str, thing: str = "", *, is_personal_data: bool = False, **details: Any) -> None:
    """Write a line in the same transaction as the change itself; commands write as 'command'."""
    asking = person()
    session.add(
        AuditEntry(
            happened_at=clock.now(),
            staff_id=asking.id,
            staff_name=asking.name if asking.is_staff else "command",
            action=action,
            thing=thing,
            details=details,
            is_personal_data=is_personal_data,
        )
    )


def look(action: str, thing: str, purpose: str) -> None:
    """Somebody reads personal data at a place that serves one purpose only, which is written down with it (D15)."""
    record(action, thing, is_personal_data=True, purpose=purpose)
