"""Makers of the pages room."""

from flask.testing import FlaskClient

from participation import clock
from participation.accounts.models import Role, RoleAssignment, SignIn, User
from participation.accounts.signing_in import TOKEN
from participation.accounts.tokens import new_token, token_hash
from participation.db import session
from participation.pages import operations, queries
from participation.pages.models import BarrierReport


def make_staff(*roles: str, name: str = "Aylin Yıldız") -> User:
    """A member of staff with these roles, everywhere."""
    email = f"{'.'.join(roles) or 'nobody'}@stadt.example"
    user = User(email=email, name=name, is_demo=True, roles=[RoleAssignment(role=Role(role)) for role in roles])
    session.add(user)
    session.flush()
    return user


def sign_in(client: FlaskClient, *roles: str) -> User:
    """The same, signed in at this browser."""
    user, token, now = make_staff(*roles), new_token(), clock.now()
    session.add(SignIn(token_hash=token_hash(token), user=user, started_at=now, last_seen_at=now, second_factor_at=now))
    session.commit()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return user


def make_report(text: str = "The buttons have no names.", **facts: str) -> BarrierReport:
    """A report of a barrier."""
    report = queries.report_behind(operations.report_barrier(text, **facts).receipt)
    assert report is not None
    return report
