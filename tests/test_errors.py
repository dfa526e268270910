"""Every kind of no is a page in the reader's language that tells what to do next."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import CapturingLogger

from participation import errors
from participation.accounts.models import User
from participation.db import Base, engine, session
from participation.errors import Refused
from tests.conftest import make_house

LANGUAGES = [("de", "ltr"), ("de-simple", "ltr"), ("ar", "rtl")]


class Full(Refused):
    message = "All places are taken."


@pytest.fixture(scope="module")
def broken_house() -> Flask:
    """A house in which something goes wrong behind some doors, as it answers in production."""
    house = make_house("sqlite://")

    @house.post("/<language:lang>/refuse")
    def refuse() -> str:
        session.add(User(email="half@done.example", name="Half done", password_hash=None))
        session.flush()
        raise Full

    @house.route("/<language:lang>/break", methods=["GET", "POST"])
    def break_down() -> str:
        session.add(User(email="half@done.example", name="Half done", password_hash=None))
        session.flush()
        raise RuntimeError("a secret detail")

    house.testing = False
    with house.app_context():
        Base.metadata.create_all(engine())
    return house


@pytest.fixture
def visitor(broken_house: Flask) -> FlaskClient:
    return broken_house.test_client()


@pytest.mark.parametrize(("lang", "direction"), LANGUAGES)
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "nowhere", 404),
        ("GET", "pages/nowhere", 404),
        ("PUT", "receipt", 405),
        ("GET", "staff/pages", 401),
        ("GET", "receipt?x=%00", 400),
        ("POST", "refuse", 409),
        ("POST", "break", 500),
    ],
)
def test_a_no_is_a_page_in_the_readers_language(visitor, lang, direction, method, path, status):
    page = visitor.open(f"/{lang}/{path}", method=method)
    assert page.status_code == status
    assert f'<html lang="{lang}" dir="{direction}">' in page.text
    assert page.text.count("<h1") == 1
    assert f'href="/{lang}/"' in page.text.split("<main")[1].split("</main>")[0]  # what to do next


@pytest.mark.parametrize(
    "path", ["/nowhere", "/xx/receipt", "/xx/\x00", "/static/nowhere.css", "/wp-login.php", "/%ff%fe"]
)
def test_an_address_without_a_language_is_answered_in_the_browsers(visitor, path):
    page = visitor.get(path, headers={"Accept-Language": "fa-IR, en;q=0.5"}, follow_redirects=True)
    assert 400 <= page.status_code < 500
    assert '<html lang="fa" dir="rtl">' in page.text


def test_a_refusal_says_why_and_undoes_everything(broken_house, visitor):
    page = visitor.post("/en/refuse")
    assert "All places are taken." in page.text
    with broken_house.app_context():
        assert session.query(User).count() == 0
        session.remove()


def test_a_failure_shows_a_number_and_no_details_and_undoes_everything(broken_house, visitor, monkeypatch):
    """V23"""
    log = CapturingLogger()
    monkeypatch.setattr(errors, "log", log)
    page = visitor.post("/en/break")
    [line] = [call.kwargs for call in log.calls if call.args == ("unhandled_error",)]
    assert line["reference"] in page.text
    assert "secret detail" not in page.text
    assert "Traceback" not in page.text
    with broken_house.app_context():
        assert session.query(User).count() == 0
        session.remove()


def test_whoever_must_sign_in_comes_back_to_the_same_page(visitor):
    page = visitor.get("/en/staff/pages?page=2")
    assert "next=/en/staff/pages?page%3D2" in page.text.replace("%2F", "/").replace("%3F", "?")


def test_a_body_that_is_too_large_is_refused(visitor):
    page = visitor.post("/de/report-a-barrier", data={"text": "x" * 1_100_000})
    assert page.status_code == 413


def test_a_form_with_thousands_of_fields_is_refused(visitor):
    page = visitor.post(
        "/de/report-a-barrier", data={f"f{n}": "x" for n in range(3_000)}, content_type="multipart/form-data"
    )
    assert page.status_code == 413


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"text=\xff\xfe%ff%fe", "application/x-www-form-urlencoded"),
        (b"text=%00%00", "application/x-www-form-urlencoded"),
        (b"\x00\x01\x02", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b'{"text": "x"}', "application/json"),
        (b"text=a&text=b&text=c", "application/x-www-form-urlencoded"),
        (b"<a/>", "text/xml"),
        (b"", ""),
    ],
)
def test_an_unreadable_body_is_never_our_fault(visitor, body, content_type):
    page = visitor.post("/de/receipt", data=body, content_type=content_type)
    assert 400 <= page.status_code < 500
