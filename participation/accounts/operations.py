"""What happens to accounts: invitations, passwords, roles, and the end of all these."""

from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from participation import audit, clock
from participation.accounts import passwords, queries
from participation.accounts.models import (
    ABSOLUTE_END,
    NEVER_LIMITED,
    LinkPurpose,
    OneTimeLink,
    Role,
    RoleAssignment,
    SignIn,
    User,
)
from participation.accounts.second_factor import changed_rows, forget
from participation.accounts.tokens import new_token, token_hash
from participation.db import Base, session
from participation.errors import Refused
from participation.i18n import _l
from participation.permissions import person

VALID_FOR = {LinkPurpose.INVITATION: timedelta(hours=48), LinkPurpose.PASSWORD_RESET: timedelta(hours=2)}
KEPT_FOR = timedelta(days=7)

log = structlog.get_logger()


class AccountExists(Refused):
    message = _l("There is already an account with this e-mail address.")


class LastAdministrator(Refused):
    message = _l("This is the last active administrator. Please make somebody else an administrator first.")


class LinkNotValid(Refused):
    message = _l("This link is too old or was used already. Please ask an administrator for a new one.")


class PasswordTooShort(Refused):
    message = _l("This password is too short. Please use at least 12 characters.")


class PasswordTooLong(Refused):
    message = _l("This password is too long. At most 200 characters fit here.")


class PasswordTooEasy(Refused):
    message = _l(
        "This password is easy to guess. Please choose other words, for example four that do not belong together."
    )


class RoleHeldAlready(Refused):
    message = _l("This person has this role already.")


class NotLimitable(Refused):
    message = _l("This role is always for the whole city. Please choose no district.")


class NoSuchArea(Refused):
    message = _l("This district does not exist any more.")


# --- Signing in -------------------------------------------------------------------------------------------------------


def check_password(email: str, password: str) -> User | None:
    """Whose account this is, if the password is right. Unknown addresses cost the same work and get the same answer."""
    user = queries.user_by_email(email)
    usable = user is not None and user.is_active
    fits = passwords.is_right(user.password_hash if user and usable else None, password)
    if user is None or not fits:
        log.info("sign_in_failed", staff=user.id if user else None)
        return None
    if passwords.needs_new_hash(user.password_hash or ""):
        user.password_hash = passwords.hashed(password)
    return user


def confirm_password(user: User, password: str) -> bool:
    """Whether whoever sits there knows the password of the account that is signed in (V17)."""
    right = passwords.is_right(user.password_hash, password)
    if not right:
        log.info("password_not_confirmed", staff=user.id)
    return right


def end_sign_in(user: User, sign_in_id: int) -> None:
    """Sign out one browser; those of other people are a 404 (V18)."""
    theirs = select(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == user.id)
    session.scalars(theirs).one().ended_at = clock.now()
    session.flush()
    log.info("signed_out", staff=user.id, sign_in=sign_in_id)


def end_sign_ins(user: User, *, but: int | None = None) -> int:
    """Sign somebody out everywhere, or everywhere but here; tells in how many places."""
    theirs = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
    ended = changed_rows(theirs.values(ended_at=clock.now()))
    log.info("signed_out_everywhere", staff=user.id)
    return ended


# --- Passwords --------------------------------------------------------------------------------------------------------


def change_password(user: User, new: str, *, here: int | None = None) -> None:
    """A new password; whoever is signed in elsewhere with the old one is signed out."""
    set_password(user, new)
    end_sign_ins(user, but=here)
    audit.record("account.password_changed", thing=f"staff {user.id}")


def set_password(user: User, new: str) -> None:
    """Keep a password that follows the rules of the house (V13)."""
    if len(new) < passwords.LEAST:
        raise PasswordTooShort
    if len(new) > passwords.MOST:
        raise PasswordTooLong
    if passwords.is_easy(new, [current_app.config["SETTINGS"].city_name, user.name, user.email.partition("@")[0]]):
        raise PasswordTooEasy
    user.password_hash = passwords.hashed(new)
    session.flush()


# --- Links that work once ---------------------------------------------------------------------------------------------


def invite(email: str, name: str, role: Role, area_id: int | None = None) -> tuple[User, str]:
    """An account without a password, and the token of the link that gives it one.

    Whoever is invited from within the demo belongs to the demo and leaves with it.
    """
    user = User(email=email.strip().lower(), name=name.strip(), is_demo=person().is_demo)
    if queries.user_by_email(user.email):
        raise AccountExists
    _add(user, AccountExists())
    audit.record("account.invited", thing=f"staff {user.id}")
    give_role(user, role, area_id)
    return user, issue_link(user)


def issue_link(user: User, *, renews_second_factor: bool = False) -> str:
    """A new link to choose a password; older ones stop working. Gives the token, which is not kept."""
    purpose = LinkPurpose.INVITATION if user.is_invited else LinkPurpose.PASSWORD_RESET
    session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None)))
    token = new_token()
    link = OneTimeLink(
        user=user,
        purpose=purpose,
        token_hash=token_hash(token),
        renews_second_factor=renews_second_factor,
        expires_at=clock.now() + VALID_FOR[purpose],
    )
    session.add(link)
    session.flush()
    audit.record(f"account.{purpose}_link", thing=f"staff {user.id}", second_factor=renews_second_factor)
    log.info("link_issued", staff=user.id, purpose=purpose.value)
    return token


def use_link(token: str, password: str) -> User:
    """Choose a password with a link: it is used up, and everything that was open for this account is closed."""
    link = queries.valid_link(token)
    if link is None:
        raise LinkNotValid
    set_password(link.user, password)
    unused = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
    if changed_rows(unused.values(used_at=clock.now())) != 1:  # somebody else was a moment faster
        raise LinkNotValid
    if link.renews_second_factor:
        forget(link.user)
    end_sign_ins(link.user)
    log.info("link_used", staff=link.user_id, purpose=link.purpose.value)
    return link.user


# --- Staff ------------------------------------------------------------------------------------------------------------


def deactivate(user: User) -> None:
    """Nobody signs in with this account any more, and whoever is signed in is signed out."""
    _keep_one_administrator(user)
    user.is_active = False
    session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None)))
    end_sign_ins(user)
    audit.record("account.deactivated", thing=f"staff {user.id}")


def activate(user: User) -> None:
    """The account can be used again, with the old password and second factor."""
    user.is_active = True
    session.flush()
    audit.record("account.activated", thing=f"staff {user.id}")


def give_role(user: User, role: Role, area_id: int | None = None) -> RoleAssignment:
    """A role for the whole city or for one area."""
    if area_id is not None and role in NEVER_LIMITED:
        raise NotLimitable
    if any(held.role is role and held.area_id == area_id for held in user.roles):
        raise RoleHeldAlready
    given = RoleAssignment(user_id=user.id, role=role, area_id=area_id)
    _add(given, NoSuchArea() if area_id is not None else RoleHeldAlready())
    session.refresh(user, ["roles"])
    audit.record("account.role_given", thing=f"staff {user.id}", role=role.value, area=area_id)
    log.info("role_given", staff=user.id, role=role.value)
    return given


def take_role(user: User, assignment_id: int) -> None:
    """Take a role away; what is not there any more is a 404."""
    held = session.scalars(
        select(RoleAssignment).where(RoleAssignment.id == assignment_id, RoleAssignment.user_id == user.id)
    ).one()
    if held.role is Role.ADMINISTRATOR:
        _keep_one_administrator(user)
    audit.record("account.role_taken", thing=f"staff {user.id}", role=held.role.value, area=held.area_id)
    log.info("role_taken", staff=user.id, role=held.role.value)
    user.roles.remove(held)
    session.flush()


def _keep_one_administrator(user: User) -> None:
    # Locked, so that two administrators cannot remove each other at the same moment.
    left = set(session.scalars(queries.active_administrators().with_for_update()))
    if left == {user.id}:
        raise LastAdministrator


def _add(row: Base, refusal: Refused) -> None:
    """Add a row that somebody else may have added a moment ago."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise refusal from error


# --- The demo ---------------------------------------------------------------------------------------------------------


def remove_demo_staff() -> int:
    """Remove all accounts of the demo, also those invited from within it, with their sign-ins; tells how many."""
    removed = changed_rows(delete(User).where(User.is_demo))
    session.expire_all()  # the database has taken their roles and sign-ins along
    return removed


# --- Housekeeping -----------------------------------------------------------------------------------------------------


def tidy() -> dict[str, int]:
    """Forget sign-ins and links that ended a week ago."""
    before = clock.now() - KEPT_FOR
    return {
        "sign_ins": changed_rows(delete(SignIn).where(SignIn.started_at < before - ABSOLUTE_END)),
        "one_time_links": changed_rows(delete(OneTimeLink).where(OneTimeLink.expires_at < before)),
    }
