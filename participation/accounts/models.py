"""Accounts of staff: who they are, what they may, where they are signed in, and the links that let them in once."""

import enum
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.db import Base

IDLE_END = timedelta(minutes=30)  # V16
ABSOLUTE_END = timedelta(hours=12)
PENDING_END = timedelta(minutes=15)  # between the password and the second factor


class Role(enum.StrEnum):
    """What somebody does for the city; each rule names the roles it lets in."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    MODERATOR = "moderator"
    COUNCIL_SECRETARY = "council_secretary"
    ANALYST = "analyst"
    PRIVACY_OFFICER = "privacy_officer"


# These two look after the whole house, so a limit to a district would promise what nobody checks.
NEVER_LIMITED = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})


class User(Base):
    """A member of staff.

    The secret of the second factor is not stored: it is derived from the house's secret key and `second_factor_salt`,
    so a stolen database makes no codes. After a change of the secret key everybody sets the second factor up anew.
    """

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email) AND email <> ''", name="email_lower"),)

    # What Flask-Login asks of a person; visitors have an object of their own.
    is_authenticated: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False
    is_staff: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None]  # none until the invitation is accepted
    second_factor_salt: Mapped[str | None]
    second_factor_last_step: Mapped[int] = mapped_column(default=0)  # a code is never taken twice
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False, index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    roles: Mapped[list["RoleAssignment"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", order_by="RoleAssignment.id"
    )

    def get_id(self) -> str:
        """The name under which Flask-Login and the logs know this person."""
        return str(self.id)

    def has_role(self, *roles: str, area_id: int | None = None) -> bool:
        """Whether one of the roles is held, everywhere or for the given area."""
        areas = self.areas_of(*roles)
        return areas is None or (area_id is not None and area_id in areas)

    def areas_of(self, *roles: str) -> frozenset[int] | None:
        """The areas for which one of the roles is held: None is everywhere, an empty set is nowhere."""
        held = [one.area_id for one in self.roles if one.role in roles]
        if None in held:
            return None
        return frozenset(area_id for area_id in held if area_id is not None)

    @property
    def has_second_factor(self) -> bool:
        """Whether an authenticator app is set up."""
        return self.second_factor_salt is not None

    @property
    def is_invited(self) -> bool:
        """Whether the invitation has not been accepted yet."""
        return self.password_hash is None


class RoleAssignment(Base):
    """A role that somebody holds, everywhere or for one area; it ends with the area and never grows wider."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "area_id"),
        # Two NULLs never count as equal in the constraint above.
        Index(
            "uq_role_assignments_everywhere",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("area_id IS NULL"),
            postgresql_where=text("area_id IS NULL"),
        ),
        CheckConstraint("area_id IS NULL OR role NOT IN ('administrator', 'privacy_officer')", name="whole_house"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship(back_populates="roles")


class RecoveryCode(Base):
    """One of the codes that replace the authenticator app when the phone is lost; each works once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class SignIn(Base):
    """A browser in which somebody is signed in; ending it here ends it there (V16)."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]  # until then nothing but the second factor can be reached
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()

    @property
    def is_alive(self) -> bool:
        """Neither signed out, nor left alone for too long, nor older than a working day."""
        return self.ended_at is None and self.user.is_active and clock.now() < self.ends_at

    @property
    def ends_at(self) -> datetime:
        """When it ends by itself, if nothing more is done with it."""
        return min(self.last_seen_at + IDLE_END, self.started_at + ABSOLUTE_END)

    @property
    def is_complete(self) -> bool:
        """Whether this person has shown everything that is asked for; people of the demo have no second factor."""
        return self.is_alive and (self.second_factor_at is not None or self.user.is_demo)

    @property
    def is_pending(self) -> bool:
        """The password was right, the second factor is still to come."""
        return self.is_alive and not self.is_complete and clock.now() < self.started_at + PENDING_END


class LinkPurpose(enum.StrEnum):
    """What a single-use link lets somebody do."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105  (a purpose, not a password)


class OneTimeLink(Base):
    """A link to choose a password, for an invitation or after a reset: short-lived, kept as a hash, good once (V15)."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    renews_second_factor: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()
