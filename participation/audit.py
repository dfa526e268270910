"""The audit log: every change that staff make, and every look at personal data (D15, M9). It is only written to."""

from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import DDL, CheckConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.db import Base, session

APPEND_ONLY_SQLITE = """
CREATE TRIGGER audit_entries_no_{verb} BEFORE {verb} ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only written to'); END
"""
APPEND_ONLY_POSTGRESQL = """
CREATE OR REPLACE FUNCTION audit_entries_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit log is only written to'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION audit_entries_append_only();
"""


class AuditEntry(Base):
    """One line: who did what to which thing, when, and why where a reason is asked for."""

    __tablename__ = "audit_entries"
    __table_args__ = (CheckConstraint("action <> ''", name="action_named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(index=True)  # no foreign key: the log outlives accounts
    staff_name: Mapped[str]
    action: Mapped[str]
    thing: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_personal_data: Mapped[bool] = mapped_column(default=False, index=True)


for verb in ("UPDATE", "DELETE"):
    event.listen(
        AuditEntry.__table__,
        "after_create",
        DDL(APPEND_ONLY_SQLITE.format(verb=verb)).execute_if(dialect="sqlite"),
    )
event.listen(
    AuditEntry.__table__, "after_create", DDL(APPEND_ONLY_POSTGRESQL).execute_if(dialect="postgresql")
)


def record(action: str, thing: str = "", *, is_personal_data: bool = False, **details: Any) -> None:
    """Write a line in the same transaction as the change itself; commands write as 'command'."""
    staff_id, name = None, "command"
    if current_user and current_user.is_staff:
        staff_id, name = current_user.id, current_user.name
    session.add(
        AuditEntry(
            happened_at=clock.now(),
            staff_id=staff_id,
            staff_name=name,
            action=action,
            thing=thing,
            details=details,
            is_personal_data=is_personal_data,
        )
    )
