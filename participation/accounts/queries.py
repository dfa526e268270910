"""Looking up staff, their sign-ins and links, and the audit log."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, Select, column, func, select, table
from sqlalchemy.orm import selectinload

from participation import clock
from participation.accounts.models import (
    ABSOLUTE_END,
    IDLE_END,
    OneTimeLink,
    RecoveryCode,
    RoleAssignment,
    SignIn,
    User,
)
from participation.accounts.tokens import token_hash
from participation.audit import AuditEntry
from participation.clock import BERLIN
from participation.db import LocalizedTextType, session

# The districts room is a neighbour, which this room does not know: the names of its table are all it needs.
AREAS = table("areas", column("id", Integer), column("name", LocalizedTextType()), column("sort_name"))


def user(user_id: int) -> User:
    """One member of staff, or a 404."""
    return session.get_one(User, user_id)


def user_by_email(email: str) -> User | None:
    """The account with this address, however it was typed."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def staff() -> Select[Any]:
    """All accounts by name, with their roles."""
    return select(User).options(selectinload(User.roles)).order_by(User.name, User.id)


def names() -> list[tuple[int, str]]:
    """Everybody who has or had an account, for a choice."""
    return [(row.id, row.name) for row in session.execute(select(User.id, User.name).order_by(User.name, User.id))]


def areas() -> Sequence[Any]:
    """The areas that a role can be limited to: id and name."""
    return session.execute(select(AREAS.c.id, AREAS.c.name).order_by(AREAS.c.sort_name, AREAS.c.id)).all()


def open_sign_ins(person: User) -> Sequence[SignIn]:
    """Where this person is signed in now, the latest first."""
    now = clock.now()
    return session.scalars(
        select(SignIn)
        .where(
            SignIn.user_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.last_seen_at > now - IDLE_END,
            SignIn.started_at > now - ABSOLUTE_END,
        )
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    ).all()


def recovery_codes_left(person: User) -> int:
    """How many recovery codes are still good."""
    unused = select(func.count()).where(RecoveryCode.user_id == person.id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def valid_link(token: str) -> OneTimeLink | None:
    """The link behind a token, if it still opens anything."""
    found = session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == token_hash(token)))
    if found is None or found.used_at is not None or found.expires_at <= clock.now() or not found.user.is_active:
        return None
    return found


def active_administrators() -> Select[Any]:
    """Those who can sign in and manage accounts."""
    return (
        select(User.id)
        .join(RoleAssignment)
        .where(RoleAssignment.role == "administrator", User.is_active, User.password_hash.is_not(None))
    )


# --- The audit log ----------------------------------------------------------------------------------------------------


def audit_entries(
    *,
    with_personal_data: bool,
    action: str = "",
    staff_id: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Select[Any]:
    """The lines of the log that the reader may see, the latest first."""
    query = select(AuditEntry).order_by(AuditEntry.happened_at.desc(), AuditEntry.id.desc())
    if not with_personal_data:
        query = query.where(AuditEntry.is_personal_data.is_(False))
    if action:
        query = query.where(AuditEntry.action == action)
    if staff_id is not None:
        query = query.where(AuditEntry.staff_id == staff_id)
    if first_day:
        query = query.where(AuditEntry.happened_at >= _midnight(first_day))
    if last_day and last_day < date.max:
        query = query.where(AuditEntry.happened_at < _midnight(last_day + timedelta(days=1)))
    return query


def audit_actions() -> list[str]:
    """Every kind of action in the log; jumps along the index instead of reading each line."""
    steps = select(func.min(AuditEntry.action).label("action")).cte("steps", recursive=True)
    following = select(func.min(AuditEntry.action)).where(AuditEntry.action > steps.c.action).scalar_subquery()
    steps = steps.union_all(select(following).where(steps.c.action.is_not(None)))
    return list(session.scalars(select(steps.c.action).where(steps.c.action.is_not(None))))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BERLIN).astimezone(UTC) if day.year > 1 else _BEGINNING


_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
