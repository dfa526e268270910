"""Whatever is sent to any address of the house, by whomever: the answer is a calm page, and nothing is half done (V1).

Every route is tried with the names of its own form fields, so that a new form is tried as soon as it exists.
"""

import io
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from participation.accounts.models import Role
from participation.app import create_app
from participation.councils.models import ConsentPurpose
from participation.db import Base, session
from participation.i18n import _, speaking
from participation.questionnaires.models import Answer
from participation.settings import Settings
from participation.surveys.models import Survey
from tests.accounts.makers import make_user, sign_in
from tests.conftest import SECRET
from tests.contributions.makers import make_comment, make_translation
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
from tests.districts.makers import make_area, make_layer, make_street
from tests.events.makers import make_event, make_phone_call, make_place, make_registration, make_room, make_topic
from tests.ideas.makers import make_call, make_category, make_idea, make_merge, make_office
from tests.moderation.fair_makers import make_notice, make_objection
from tests.pages.makers import make_report
from tests.surveys.makers import make_definition, make_response, make_survey, page, question
from tests.test_security import Seen

SCRIPT = "<script>alert(1)</script>"
TYPED = [
    "",
    "a\x00b\x01\x07\x1b[31m\r\nSet-Cookie: x=y",
    f"\u202egnp.exe\u2066\u200f\ufeff 👩‍👩‍👧‍👦 Ş̈ ﷽ '; DROP TABLE surveys; -- {{{{7*7}}}} ${{x}} %(x)s {SCRIPT}",
    "9" * 400,
    "2147483648",
    "00.00.0000 99:99",
    "x" * 6_000,
]
IN_PATHS = ["%00", quote(f"\u202e👶'-- {SCRIPT}"), "%FF%FE%0d%0aSet-Cookie:x", "x" * 3_000]
AS_NUMBERS = ["0", "9" * 30, "%D9%A3"]
A_KEY = "00000000-0000-4000-8000-000000000000"
QUERIES = [
    f"page=-1&page=x&q={quote(SCRIPT)}&x=%E2%80%AE&_language=zz&a[]=1&&=&%25&action=%C3%28&from=x&until=99.99.9999&more=1",
    f"page={'9' * 3_000}&q={'x' * 3_000}&question=%27&next=//evil.example&staff=1e9",
]
BROKEN_BODIES = [
    (b"[1, {}]", "application/json"),
    (b"%FF%FE=%C3%28&\xff\xfe=\xc3(&q=%ED%A0%80&csrf_token=%", "application/x-www-form-urlencoded"),
    (b"&".join(b"a%d=1" % number for number in range(3_000)), "application/x-www-form-urlencoded"),
    (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    (b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    (b"\x00\x01\x02", "\u00e4/\u00f6"),
]


ROWS = text("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in Base.metadata.tables))


# --- The house, and whoever comes -------------------------------------------------------------------------------------


def _rules() -> list[Rule]:
    app = create_app(Settings(secret_key=SECRET, database_url="sqlite://", testing=True))
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


RULES = _rules()
TAKES_INPUT = [rule for rule in RULES if rule.arguments - {"lang"} or "POST" in rule.methods]
ONLY_SHOWS = [
    rule for rule in RULES if rule not in TAKES_INPUT and rule.endpoint != "ready"
]  # which asks for migrations


@pytest.fixture
def gaps(app: Flask) -> dict[str, Any]:
    """One thing in each room, and what stands for it in addresses."""
    layer = make_layer("quartiere", is_default=True)
    make_street("Ahornweg", make_area("Mitte", layer))
    make_area("Nord", layer)
    questions = [question("wish"), question("children", "whole_number", is_required=True), question("area", "district")]
    survey = make_survey(make_definition(page("first", *questions)))
    make_response(survey, {"wish": "Mehr Bäume", "children": "2"})
    report = make_report()
    idea = make_idea(make_call(slug=survey.slug), language="tr")
    make_translation(idea, "de")
    make_comment(idea)
    make_category(idea.call)
    make_office()
    make_merge(make_idea(idea.call), idea)
    notice, _code = make_notice(idea)
    make_objection()
    make_phone_call(make_registration(make_event(), id=uuid.UUID(A_KEY), with_receipt=True, phone="+49201123456"))
    make_room(make_place())
    make_topic()
    council = make_council(slug=survey.slug)
    make_membership(council, make_person(serial=1, shows=(*ConsentPurpose,)))
    make_statute(council, number=1)
    meeting = make_meeting(council)
    make_paper(make_item(meeting))
    make_corrected_minutes(meeting)
    make_followed_resolution(council)
    make_proposal(council)
    return {
        "slug": survey.slug,
        "notice_id": notice.id,
        "tag": "de",
        "question": "wish",
        "page": "first",
        "report_id": report.id,
        "int": 1,
        "uuid": A_KEY,
        "default": "x",
        "path": "x/y/z",
    }


class Person:
    """A visitor or an administrator, who notes every answer that a house in order would not give."""

    def __init__(self, app: Flask, *, is_administrator: bool) -> None:
        self.client: FlaskClient = app.test_client()
        self.user = make_user(*Role) if is_administrator else None
        self.is_outside = is_administrator
        self.stored: int | None = None
        self.broken: list[str] = []

    def ask(self, path: str, method: str = "GET", **sent: Any) -> TestResponse | None:
        """One request, with whatever comes of it."""
        if self.user and self.is_outside:
            sign_in(self.client, self.user)
            self.stored = None
        if self.stored is None:
            self.stored = rows()
        try:
            answer = self.client.open(path, method=method, **sent)
        except Exception as error:  # whatever it is, it would have been a page with 500
            session.rollback()
            self.note(method, path, sent, repr(error))
            return None
        self.is_outside = answer.status_code == 401 or (method == "POST" and answer.status_code < 400)
        self.judge(answer, method, path, sent)
        return answer

    def judge(self, answer: TestResponse, method: str, path: str, sent: dict[str, Any]) -> None:
        if answer.status_code >= 500:
            self.note(method, path, sent, str(answer.status_code))
        if answer.status_code < 400:
            self.stored = None
        elif rows() != self.stored:
            self.note(method, path, sent, f"{answer.status_code}, but something was stored")
        if answer.mimetype == "text/html" and SCRIPT in answer.text:
            self.note(method, path, sent, "a script from outside")

    def note(self, method: str, path: str, sent: dict[str, Any], what: str) -> None:
        self.broken.append(f"{method} {path[:100]} {str(sent)[:200]}: {what[:500]}")


def rows() -> int:
    """How much there is in the whole database."""
    return sum(session.execute(ROWS).one())


def address(rule: Rule, gaps: dict[str, Any], **other: str) -> str:
    """An address of this rule with something real in every gap, or something else in one of them."""

    def fill(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "default", match["name"]
        return other.get(name) or str("de" if name == "lang" else gaps.get(name) or gaps[kind])

    return re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", fill, rule.rule)


def addresses(rule: Rule, gaps: dict[str, Any]) -> Iterator[str]:
    """Hostile addresses of this rule: every gap once with each thing that does not belong there."""
    for name in sorted(rule.arguments):
        kind = type(rule._converters[name]).__name__
        for strange in AS_NUMBERS if kind == "BoundedInteger" else IN_PATHS:
            yield address(rule, gaps, **{name: strange})
    for query in QUERIES:
        yield f"{address(rule, gaps)}?{query}"


def field_names(html: str) -> list[str]:
    """The fields of the forms on a page."""
    found = re.findall(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"', html)
    return [name for name in dict.fromkeys(found) if name not in {"csrf_token", "_language"}]


def bodies(names: list[str], hidden: dict[str, str], words: list[str]) -> Iterator[dict[str, Any]]:
    """Hostile forms: every field with the same strange words, many times, as a file, or not at all."""
    strange = [name for name in names if name not in hidden]
    for typed in words:
        yield {"data": {**dict.fromkeys(strange, typed), **hidden}}
    yield {"data": {**hidden, "unknown": "1", "q.unknown": "1", "is_administrator": "1", "id": "2"}}
    yield {"data": MultiDict([(name, value) for name in names for value in ("1", "x", "y")])}
    yield {"data": {**{name: (io.BytesIO(b"\x89PNG\x00"), "\u202e../../x.xlsx\x00") for name in strange}, **hidden}}


def hidden_fields(html: str) -> dict[str, str]:
    """What the page itself put into its form; without it nothing gets far."""
    return dict(re.findall(r'<input type="hidden" name="(draft|step|code|version)" value="([^"]*)"', html))


# --- Every address ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ONLY_SHOWS, ids=lambda rule: rule.rule)
def test_no_address_that_only_shows_something_breaks(app, gaps, rule):
    for is_administrator in (False, True):
        person = Person(app, is_administrator=is_administrator)
        for path in addresses(rule, gaps):
            person.ask(path)
        person.ask(address(rule, gaps), "POST", data={"x": "y"})
        assert person.broken == []


@pytest.mark.databases
@pytest.mark.parametrize("rule", TAKES_INPUT, ids=lambda rule: rule.rule)
def test_no_address_that_takes_something_breaks(app, gaps, rule, database):
    people = [Person(app, is_administrator=True)]
    if database == "sqlite":
        people.append(Person(app, is_administrator=False))
    for person in people:
        # Nothing new comes of the rest where only the database or the person differs.
        words = TYPED if person.user and database == "sqlite" else TYPED[1:5]
        for path in addresses(rule, gaps):
            person.ask(path)
        path = address(rule, gaps)
        shown = person.ask(path) if "GET" in rule.methods else None
        is_closed = shown is not None and shown.status_code == 401
        if "POST" in rule.methods and not is_closed:
            html = shown.text if shown and shown.mimetype == "text/html" else ""
            for body in bodies(field_names(html) or ["x"], hidden_fields(html), words):
                person.ask(path, "POST", **body)
        assert person.broken == []


@pytest.mark.parametrize(("data", "kind"), BROKEN_BODIES)
def test_no_address_breaks_on_what_is_no_form(app, gaps, data, kind):
    administrator = Person(app, is_administrator=True)
    for rule in TAKES_INPUT:
        if "POST" in rule.methods:
            administrator.ask(address(rule, gaps), "POST", data=data, content_type=kind)
    assert administrator.broken == []


def test_nobody_changes_anything_without_the_token_of_their_own_form(app, gaps, monkeypatch):
    """V10"""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    stranger = app.test_client().get("/de/receipt").text
    borrowed = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', stranger)[1]
    administrator = Person(app, is_administrator=True)
    administrator.ask("/de/account")
    before = rows()
    for rule in TAKES_INPUT:
        if "POST" in rule.methods:
            for data in ({}, {"csrf_token": "forged"}, {"csrf_token": borrowed}):
                answer = administrator.ask(address(rule, gaps), "POST", data=data)
                assert answer.status_code == 400, rule
    assert rows() == before


# --- Too much ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "ar", "de-simple"])
@pytest.mark.parametrize(
    ("size", "kind"),
    [(1_000_001, "application/x-www-form-urlencoded"), (10 * 1024 * 1024 + 1, "multipart/form-data; boundary=x")],
)
def test_what_is_too_large_is_told_so_in_the_readers_language(client, language, size, kind):
    answer = client.post(f"/{language}/receipt", data=b"x" * size, content_type=kind)
    assert answer.status_code == 413
    assert f'<html lang="{language}"' in answer.text
    with speaking(language):
        assert _("That is too large") in answer.text


@pytest.mark.parametrize("length", ["99999999999999999999", "-1", "x", "", "1e9"])
def test_a_length_that_is_none_does_no_harm(client, length):
    answer = client.post("/de/receipt", data=b"code=x", environ_overrides={"CONTENT_LENGTH": length})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("method", ["PUT", "PROPFIND", "X" * 500])
def test_strange_methods_are_answered_calmly(app, gaps, method):
    for rule in RULES:
        if rule.endpoint != "ready":
            assert app.test_client().open(address(rule, gaps), method=method).status_code < 500, rule


# --- What others have collected ---------------------------------------------------------------------------------------


@pytest.mark.databases
def test_hostile_words_in_a_survey_stay_words(client, samples):
    """V1: every string is an answer, shown again on the page, on the review and to staff."""
    words = hostile_words(samples)
    names = [f"wish_{number}" for number in range(40)]
    survey = make_survey(make_definition(page("first", *(question(name, "long_text") for name in names))))
    here = f"/de/surveys/{survey.slug}/answer/first/0"
    draft = re.search(r'name="draft" value="(\w+)"', client.get(here).text)[1]
    kept = 0
    for start in range(0, len(words), len(names)):
        some = words[start : start + len(names)]
        answers = {f"q.{name}": word for name, word in zip(names, some, strict=False)}
        sent = client.post(here, data={"draft": draft, "shown": names, **answers})
        assert sent.status_code in {302, 422}, some
        for path in (here, f"/ar/surveys/{survey.slug}/review"):
            Seen(client.get(path).text).check()
        kept += session.scalar(select(func.count()).select_from(Answer)) or 0
    assert kept > len(words) * 0.8


@pytest.mark.databases
def test_hostile_words_where_numbers_choices_and_streets_are_asked_are_refused_in_words(client, samples):
    survey = strict_survey()
    here = f"/ar/surveys/{survey.slug}/answer/first/0"
    draft = re.search(r'name="draft" value="(\w+)"', client.get(here).text)[1]
    parts = ("number", "decimal", "colour", "several", "year", "month:month", "month:year", "day:day", "area:street")
    words = hostile_words(samples)
    for start in range(0, len(words), len(parts) * 2):
        typed = {f"q.{part}": word for part, word in zip(parts, words[start:], strict=False)}
        sent = client.post(here, data={"draft": draft, "to": "next", **typed})
        assert sent.status_code in {302, 422}, typed
        Seen(sent.text).check()


def strict_survey() -> Survey:
    """A survey whose questions take few answers only."""
    make_street("Ahornweg", make_area("Mitte", make_layer("quartiere", is_default=True)))
    questions = [
        question("number", "whole_number"),
        question("decimal", "decimal_number"),
        question("colour", "single_choice", "red green"),
        question("several", "multiple_choice", "red green"),
        question("year", "year"),
        question("month", "month"),
        question("day", "date"),
        question("area", "district"),
    ]
    return make_survey(make_definition(page("first", *questions)))


def hostile_words(samples: Any) -> list[str]:
    attack = samples / "attack"
    words = json.loads((attack / "blns.json").read_text())
    words += [one["payload"] for one in json.loads((attack / "dompurify_expect_even.json").read_text())]
    words += (attack / "xss_polyglots.txt").read_text().split("\n\n")
    words += (attack / "csv_injection_payloads.txt").read_text().splitlines()
    words += [path.read_text() for path in sorted((attack / "bleach").iterdir())]
    return [word[:5_000] for word in words if word.strip()]
