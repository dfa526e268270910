"""Every address of the house, tried by everybody: who may not, is refused, and nothing breaks (V18).

Rooms that come later are found by themselves: what is registered in a module named `views` is for residents, and what
is registered in any other module whose name ends in `_views` is for staff with a role, unless it is listed here.
"""

import uuid
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from participation.accounts.models import Role, User
from participation.accounts.signing_in import TOKEN
from participation.db import Base, session
from tests.accounts.makers import make_user, sign_in
from tests.districts.makers import make_area
from tests.pages.makers import make_report
from tests.surveys.makers import make_survey

# A start page and an account of one's own need no role.
FOR_ALL_STAFF = {
    "accounts.staff_home",
    "accounts.own_account",
    "accounts.end_sign_in",
    "accounts.sign_out_everywhere",
    "accounts.change_password",
    "accounts.renew_recovery_codes",
}
# For machines that watch over the house; a database made for tests has no migrations, which one of them asks for.
PROBES = {"alive", "ready"}


class Door(NamedTuple):
    """One address with one way of asking for it."""

    endpoint: str
    method: str
    path: str
    module: str

    @property
    def is_for_roles(self) -> bool:
        return self.module.endswith("_views") and self.endpoint not in FOR_ALL_STAFF


@pytest.fixture
def doors(app: Flask) -> list[Door]:
    """Every way to ask for every address of a house with one thing in each room."""
    make_area()
    make_survey()
    make_report()
    session.commit()
    return list(_doors(app))


def _doors(app: Flask) -> Iterator[Door]:
    adapter = app.url_map.bind("house")
    for rule in app.url_map.iter_rules():
        module = app.view_functions[rule.endpoint].__module__
        path = adapter.build(rule.endpoint, {name: _filler(rule, name) for name in rule.arguments})
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield Door(rule.endpoint, method, path, module)


def _filler(rule: Rule, name: str) -> object:
    fillers = {"LanguageConverter": "de", "BoundedInteger": 1, "UUIDConverter": uuid.UUID(int=1), "FloatConverter": 1.0}
    return fillers.get(type(rule._converters[name]).__name__, "x")


def ask(client: FlaskClient, door: Door) -> int:
    return client.open(door.path, method=door.method, data={} if door.method == "POST" else None).status_code


def ask_as(client: FlaskClient, user: User | None, door: Door) -> int:
    """The same for somebody who is signed in at this browser, and stays so."""
    with client.session_transaction() as cookie:
        is_signed_in = TOKEN in cookie
    if user and not is_signed_in:
        sign_in(client, user)
    return ask(client, door)


def rows() -> int:
    """How much there is in the whole database."""
    counts = [select(func.count()).select_from(table).scalar_subquery() for table in Base.metadata.sorted_tables]
    return sum(session.execute(select(*counts)).one())


def refused(door: Door, status: int, refusal: int, opened: dict[Door, int]) -> bool:
    """Refused, or not found by anybody: some views look for the thing before they look at the person."""
    return status == refusal or (status == opened[door] == 404)


@pytest.fixture
def opened(app: Flask, doors: list[Door]) -> dict[Door, int]:
    """What a door answers to somebody who may do everything; nothing of it is kept."""
    client, user = app.test_client(), make_user(*Role)
    answers = {}
    # What only looks comes first, so that nothing is gone by then.
    for door in sorted(doors, key=lambda one: one.method):
        if door.is_for_roles or door.endpoint in FOR_ALL_STAFF:
            answers[door] = ask_as(client, user, door)
    return answers


def test_there_are_doors_for_staff_and_most_of_them_lead_somewhere(doors, opened):
    """Whatever is asserted below about staff is asserted about something."""
    assert {"accounts.staff", "accounts.audit_log", "survey_staff.index"} <= {door.endpoint for door in opened}
    assert {door.endpoint for door in opened} >= FOR_ALL_STAFF
    assert sum(status != 404 for status in opened.values()) > len(opened) / 2


def test_visitors_are_sent_to_the_sign_in(app, client, doors, opened):
    before = rows()
    answers = {door: ask(client, door) for door in opened}
    assert {door: status for door, status in answers.items() if not refused(door, status, 401, opened)} == {}
    assert rows() == before


def test_staff_without_a_role_get_no_further_than_their_own_account(app, doors, opened):
    client = app.test_client()
    sign_in(client, make_user())
    before = rows()
    answers = {door: ask(client, door) for door in opened if door.is_for_roles}
    assert {door: status for door, status in answers.items() if not refused(door, status, 403, opened)} == {}
    assert rows() == before


@pytest.mark.parametrize("who", ["visitor", "nobody", *(role.value for role in Role)])
def test_no_door_breaks_for_anybody(app, doors, who):
    """Whoever asks for whatever: there is an answer, and it is not our fault."""
    client = app.test_client()
    user = None if who == "visitor" else make_user(*([] if who == "nobody" else [who]))
    statuses = {(one.method, one.endpoint): ask_as(client, user, one) for one in doors if one.endpoint not in PROBES}
    broken = {name: status for name, status in statuses.items() if status >= 500}
    assert broken == {}


@pytest.mark.parametrize("role", ["analyst", "moderator", "council_secretary", "editor", "privacy_officer"])
def test_accounts_are_for_administrators(app, doors, role):
    client = app.test_client()
    sign_in(client, make_user(role))
    accounts = [one for one in doors if one.endpoint.startswith("accounts.") and one.is_for_roles]
    opened = {one.endpoint for one in accounts if ask(client, one) != 403}
    assert opened == ({"accounts.audit_log"} if role == "privacy_officer" else set())


def test_a_number_that_is_nobodys_is_not_found(app, doors):
    """An administrator who asks for what is not there learns just that."""
    client = app.test_client()
    sign_in(client, make_user("administrator"))
    for one in doors:
        if one.is_for_roles and one.endpoint.startswith("accounts.") and "/1" in one.path:
            other = one._replace(path=one.path.replace("/1", "/2147483647"))
            assert ask(client, other) == 404, other


def test_a_number_too_large_for_any_column_is_not_found(client):
    assert client.get("/de/account/staff/99999999999999999999").status_code == 404


def test_looking_changes_nothing(app, doors):
    """V10: whoever only looks, even with every right, leaves everything as it was."""
    client, user = app.test_client(), make_user(*Role)
    sign_in(client, user)
    before = rows()
    for one in doors:
        if one.method == "GET" and one.endpoint not in PROBES:
            ask(client, one)
            assert rows() == before, one
