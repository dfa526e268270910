"""Makers of the pages room."""

from flask.testing import FlaskClient

from participation.accounts.models import User
from participation.pages import operations, queries
from participation.pages.models import BarrierReport
from tests.accounts import makers as accounts


def make_staff(*roles: str, name: str = "Aylin Yıldız") -> User:
    """A member of staff with these roles, everywhere."""
    return accounts.make_user(*roles, name=name)


def sign_in(client: FlaskClient, *roles: str) -> User:
    """The same, signed in at this browser."""
    user = make_staff(*roles)
    accounts.sign_in(client, user)
    return user


def make_report(text: str = "The buttons have no names.", **facts: str) -> BarrierReport:
    """A report of a barrier."""
    report = queries.report_behind(operations.report_barrier(text, **facts).receipt)
    assert report is not None
    return report
