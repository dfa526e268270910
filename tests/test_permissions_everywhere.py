"""Every address of the house, tried by everybody: who may not, is refused, and nothing breaks (V18).

Rooms that come later are found by themselves: what is registered in a module named `views` is for residents, and what
is registered in any other module whose name ends in `_views` is for staff with a role, unless it is listed here.
"""

import uuid
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from participation.accounts.models import Role, User
from participation.councils.models import ConsentPurpose
from participation.db import Base, session
from tests.accounts.makers import make_user, sign_in
from tests.contributions.makers import make_translation
from tests.councils.makers import (
    make_council,
    make_item,
    make_meeting,
    make_membership,
    make_paper,
    make_person,
    make_proposal,
    make_statute,
)
from tests.councils.minutes_makers import make_corrected_minutes
from tests.councils.resolution_makers import make_followed_resolution
from tests.districts.makers import make_area
from tests.events.makers import make_event, make_phone_call, make_place, make_registration, make_room, make_topic
from tests.ideas.makers import make_category, make_idea, make_merge, make_office
from tests.pages.makers import make_report
from tests.surveys.makers import make_survey

# A start page and an account of one's own need no role.
FOR_ALL_STAFF = {
    "accounts.staff_home",
    "accounts.own_account",
    "accounts.stay_signed_in",
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
    def is_for_staff(self) -> bool:
        return self.module.endswith("_views")

    @property
    def is_for_roles(self) -> bool:
        return self.is_for_staff and self.endpoint not in FOR_ALL_STAFF


@pytest.fixture
def doors(app: Flask) -> list[Door]:
    """Every way to ask for every address of a house with one thing in each room."""
    make_area()
    make_survey()
    make_report()
    idea = make_idea(language="tr")
    make_translation(idea, "de")
    make_category(idea.call)
    make_office()
    make_merge(make_idea(idea.call), idea)
    make_phone_call(make_registration(make_event(), id=uuid.UUID(int=1), with_receipt=True, phone="+49201123456"))
    make_room(make_place())
    make_topic()
    council = make_council(slug="x")
    make_membership(council, make_person(serial=1, shows=(*ConsentPurpose,)))
    make_statute(council, number=1)
    meeting = make_meeting(council)
    make_paper(make_item(meeting))
    make_corrected_minutes(meeting)
    make_followed_resolution(council)
    make_proposal(council)
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


def ask_all(app: Flask, user: User | None, doors: Iterable[Door]) -> dict[Door, int]:
    """What each door answers to a visitor, or to somebody who stays signed in all the time."""
    client, is_signed_in, answers = app.test_client(), False, {}
    for door in doors:
        if user and not is_signed_in:
            sign_in(client, user)
        answers[door] = ask(client, door)
        is_signed_in = "sign" not in door.endpoint  # signing in and out are the only doors that change it
    return answers


def rows() -> int:
    """How much there is in the whole database."""
    counts = [select(func.count()).select_from(table).scalar_subquery() for table in Base.metadata.sorted_tables]
    return sum(session.execute(select(*counts)).one())


@pytest.fixture
def guarded(doors: list[Door]) -> list[Door]:
    """The doors of the office; those that only look come first, so that nothing is gone by then."""
    return sorted((door for door in doors if door.is_for_staff), key=lambda door: door.method)


def test_the_doors_of_the_office_are_known(guarded):
    """Whatever is asserted below about staff is asserted about something."""
    endpoints = {door.endpoint for door in guarded}
    assert endpoints >= {"accounts.staff", "accounts.audit_log", "survey_staff.index", *FOR_ALL_STAFF}


def test_whoever_has_no_right_is_refused_and_changes_nothing(app, guarded):
    """Visitors are asked to sign in; staff without a role get no further than their own account.

    Some views look for the thing before they look at the person: what even somebody with every right cannot find may be
    not found by all.
    """
    nobody, everybody = make_user(), make_user(*Role)
    before = rows()
    to_visitors = ask_all(app, None, guarded)
    to_nobody = ask_all(app, nobody, [door for door in guarded if door.is_for_roles])
    assert rows() == before + 1  # nobody is signed in
    opened = ask_all(app, everybody, guarded)
    assert sum(status != 404 for status in opened.values()) > len(guarded) / 2

    def wrong(answers: dict[Door, int], refusal: int) -> dict[Door, int]:
        found = {door: status for door, status in answers.items() if not status == opened[door] == 404}
        return {door: status for door, status in found.items() if status != refusal}

    assert wrong(to_visitors, 401) == {}
    assert wrong(to_nobody, 403) == {}


@pytest.mark.parametrize("who", ["visitor", "nobody", *(role.value for role in Role)])
def test_no_door_breaks_for_anybody(app, doors, who):
    """Whoever asks for whatever: there is an answer, and it is not our fault."""
    user = None if who == "visitor" else make_user(*([] if who == "nobody" else [who]))
    answers = ask_all(app, user, [door for door in doors if door.endpoint not in PROBES])
    broken = {door: status for door, status in answers.items() if status >= 500}
    assert broken == {}


@pytest.mark.parametrize("role", ["analyst", "moderator", "council_secretary", "editor", "privacy_officer"])
def test_accounts_are_for_administrators(app, doors, role):
    accounts = [door for door in doors if door.endpoint.startswith("accounts.") and door.is_for_roles]
    opened = {door.endpoint for door, status in ask_all(app, make_user(role), accounts).items() if status != 403}
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
