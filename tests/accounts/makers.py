"""Makers of the accounts room."""

from itertools import count
from typing import Any

import pyotp
from flask.testing import FlaskClient

from participation import clock
from participation.accounts import second_factor
from participation.accounts.models import RoleAssignment, SignIn, User
from participation.accounts.signing_in import TOKEN
from participation.accounts.tokens import new_token, token_hash
from participation.db import session

PASSWORD = "vier Worte ergeben nichts"
# Argon2id of PASSWORD with the least work there is: real hashes would take most of a test's time.
CHEAP_HASH = "$argon2id$v=19$m=8,t=1,p=1$3H9YcLWjHrw9BUetLXQYUw$qYVCA45yMC36wTOxchJ0KVPIQ3havaINzNB1DBKwtuM"
SALT = "a salt of the tests"

_numbers = count(1)


def make_user(*roles: str, area_id: int | None = None, **facts: Any) -> User:
    """Somebody who works for the city, has a second factor and holds the given roles (in one area, if one is given)."""
    number = next(_numbers)
    facts = {
        "email": f"staff{number}@city.example",
        "name": f"Staff {number}",
        "password_hash": CHEAP_HASH,
        "second_factor_salt": SALT,
        **facts,
    }
    user = User(**facts, roles=[RoleAssignment(role=role, area_id=area_id) for role in roles])
    session.add(user)
    session.commit()
    return user


def sign_in(client: FlaskClient, user: User, *, with_second_factor: bool = True, **facts: Any) -> SignIn:
    """Let somebody sit down at this browser, signed in already."""
    token, now = new_token(), clock.now()
    facts = {"started_at": now, "last_seen_at": now, "second_factor_at": now if with_second_factor else None, **facts}
    started = SignIn(token_hash=token_hash(token), user_id=user.id, **facts)
    session.add(started)
    session.commit()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return started


def staff_client(app: Any, *roles: str, **facts: Any) -> FlaskClient:
    """A browser in which somebody with these roles is signed in."""
    client: FlaskClient = app.test_client()
    sign_in(client, make_user(*roles, **facts))
    return client


def present_code(salt: str = SALT, *, steps: int = 0) -> str:
    """What the authenticator app shows now, or some half minutes away."""
    moment = int(clock.now().timestamp()) + steps * second_factor.STEP
    return pyotp.TOTP(second_factor.secret_of(salt)).at(moment)
