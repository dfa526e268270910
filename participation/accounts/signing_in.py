"""Who sits at this browser: the token in its cookie, and the sign-in behind it."""

from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, g, request
from flask import session as cookie
from flask_login import LoginManager
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from participation import clock
from participation.accounts.models import ABSOLUTE_END, IDLE_END, SignIn, User
from participation.accounts.tokens import new_token, token_hash
from participation.db import READING_METHODS, session
from participation.permissions import Visitor

TOKEN = "sign_in"  # noqa: S105  (the name of a drawer, not what is in it)
SEEN_STEP = timedelta(minutes=1)

log = structlog.get_logger()


def current_sign_in() -> SignIn | None:
    """The sign-in of this browser, complete or not; one statement with the person and the roles."""
    token = cookie.get(TOKEN)
    if not isinstance(token, str):
        return None
    found = session.scalar(
        select(SignIn)
        .where(SignIn.token_hash == token_hash(token))
        .options(joinedload(SignIn.user).selectinload(User.roles))
    )
    return found if found and found.is_alive else None


def sign_in_id() -> int | None:
    """The number of the sign-in of this browser."""
    found = current_sign_in()
    return found.id if found else None


def pending_person() -> User | None:
    """Whoever has shown the right password here and still owes the second factor."""
    found = current_sign_in()
    return found.user if found and found.is_pending else None


def begin(user: User, *, with_second_factor: bool) -> SignIn:
    """A new session with a new token: what was in the old one stays behind (V16)."""
    end_current()
    token, now = new_token(), clock.now()
    started = SignIn(
        token_hash=token_hash(token),
        user=user,
        started_at=now,
        last_seen_at=now,
        second_factor_at=now if with_second_factor else None,
    )
    session.add(started)
    session.flush()
    cookie[TOKEN] = token
    if started.is_complete:
        log.info("signed_in", staff=user.id, sign_in=started.id)
    return started


def end_current() -> None:
    """Sign this browser out, on the server and in the cookie."""
    found = current_sign_in()
    cookie.clear()
    for remembered in ("_login_user", "csrf_token"):  # both belong to the session that ends here
        g.pop(remembered, None)
    if found:
        found.ended_at = clock.now()
        session.flush()


def load_person(_request: Any = None) -> User | None:
    """Whom Flask-Login finds: nobody, until the sign-in is complete."""
    found = current_sign_in()
    if found is None or not found.is_complete:
        return None
    g.session_ends_at = found.ends_at
    if clock.now() - found.last_seen_at >= SEEN_STEP:
        g.session_ends_at = min(clock.now() + IDLE_END, found.started_at + ABSOLUTE_END)
        _note_seen(found)
    return found.user


def seconds_left() -> int:
    """How long the person who is asking stays signed in, if nothing more is done (A16)."""
    ends_at = g.get("session_ends_at")
    return max(0, int((ends_at - clock.now()).total_seconds())) if ends_at else 0


def _note_seen(found: SignIn) -> None:
    seen = update(SignIn).where(SignIn.id == found.id).values(last_seen_at=clock.now())
    if request.method in READING_METHODS:
        # A small transaction of its own, so that a page that only reads holds no lock while it is made. What was
        # read until here is let go first: on SQLite a reader cannot turn writer.
        session.commit()
        session.execute(seen)
        session.commit()
    else:
        session.execute(seen)


def init_app(app: Flask) -> None:
    """Let Flask-Login ask us. Its own init_app would read the cookie for every visitor, and with it every answer
    would have to stay out of the caches (D12); we never use what it adds."""
    manager: Any = LoginManager()
    manager.anonymous_user = Visitor
    manager.session_protection = None  # it would keep a fingerprint of address and browser
    manager.request_loader(load_person)
    app.login_manager = manager  # type: ignore[attr-defined]  # where Flask-Login looks for it
    app.jinja_env.globals["session_seconds_left"] = seconds_left
