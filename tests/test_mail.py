"""Outgoing mail: written with the change it tells about, in the reader's language, and safe from what people type."""

import re
from email import message_from_bytes, policy

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from participation import clock, mail
from participation.db import session
from participation.delivery import message_of
from participation.feature import Feature
from participation.i18n import _l
from participation.mail import Mail, MailState
from participation.settings import Settings, SettingsError
from participation.wordings import Said, Wording
from tests.conftest import SECRET
from tests.mail_server import SENDER
from tests.test_hostile import hostile_words

NEWS = Wording(
    "test/news",
    _l("News"),
    _l("News about %(title)s"),
    _l("Hello,\n\n%(title)s\n%(link)s"),
    {"title": _l("x"), "link": _l("x")},
)


@pytest.fixture(autouse=True)
def a_room_that_writes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "app" in request.fixturenames:
        app = request.getfixturevalue("app")
        monkeypatch.setitem(app.extensions, "features", [*app.extensions["features"], Feature("test", wordings=[NEWS])])
        settings = Settings(SECRET, public_url="https://city.example", mail_from=SENDER, testing=True)
        monkeypatch.setitem(app.config, "SETTINGS", settings)


def queue(title: str = "Mehr Bäume", tag: str = "de", to: str = "olena@example.org") -> Mail:
    return mail.queue(to, "test/news", tag, title=title, link=mail.absolute(f"/{tag}/ideas/7"))


def as_read(one: Mail):
    """The mail as bytes on the wire, read again by the other side."""
    return message_from_bytes(message_of(one).as_bytes(), policy=policy.default)


@pytest.mark.databases
def test_a_mail_is_a_row_of_the_same_transaction(app):
    queue()
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Mail)) == 0
    queue()
    session.commit()
    (kept,) = session.scalars(select(Mail))
    assert (kept.subject, kept.state, kept.attempts) == ("News about Mehr Bäume", MailState.WAITING, 0)
    assert kept.text == "Hello,\n\nMehr Bäume\nhttps://city.example/de/ideas/7"


@pytest.mark.databases
@pytest.mark.parametrize(
    "facts", [{"recipient": ""}, {"state": MailState.SENT}, {"next_attempt_at": None}, {"attempts": -1}]
)
def test_the_database_keeps_fates_in_order(app, facts):
    one = queue()
    for name, value in facts.items():
        setattr(one, name, value)
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("ku", "ltr"), ("de-simple", "ltr")])
def test_both_parts_are_there_and_the_html_knows_its_language(app, tag, direction):
    """L17"""
    read = as_read(queue("Дерева", tag))
    html = read.get_body(("html",)).get_content()
    assert f'<html lang="{tag}" dir="{direction}">' in html
    assert f'<body lang="{tag}" dir="{direction}">' in html
    assert f"https://city.example/{tag}/ideas/7" in read.get_body(("plain",)).get_content()
    assert f'href="https://city.example/{tag}/ideas/7"' in html
    assert read["Content-Language"] == tag


def test_machines_are_told_that_a_machine_writes_and_each_try_has_the_same_name(app):
    one = queue()
    first, second = as_read(one), as_read(one)
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] == second["Message-ID"] == f"<{one.key.hex}@city.example>"
    assert first["Message-ID"] != as_read(queue())["Message-ID"]
    assert first["From"] == f"Musterstadt <{SENDER}>"


def test_only_our_own_addresses_become_links(app):
    """V1: what residents type never does."""
    one = queue("https://evil.example/ https://city.example.evil.example/x javascript:alert(1)")
    html = as_read(one).get_body(("html",)).get_content()
    assert re.findall(r'href="([^"]*)"', html) == ["https://city.example/de/ideas/7"]


def test_hostile_words_stay_words_and_never_become_headers(app, samples):
    """V1: line breaks, HTML and format strings in a title."""
    words = [
        *hostile_words(samples),
        "x\r\nBcc: victim@example.org",
        "x\nContent-Type: text/html\n\n<script>",
        "=?utf-8?q?=0D=0ABcc:_victim@example.org?=",
        "x\u2028Bcc: victim@example.org\x85To: y\x0bz",
        "%(link)s %s {0.__class__} {{ 7*7 }} %(nothing)s",
    ]
    headers = None
    for title in words:
        title = title.replace("\x00", "")
        one = mail.queue("olena@example.org", "test/news", "de", title=title, link="https://city.example/x")
        read = as_read(one)
        headers = headers or read.keys()
        assert read.keys() == headers, title
        assert read["To"] == "olena@example.org", title
        assert not re.search(r"[\r\n]", one.subject)
        html = read.get_body(("html",)).get_content()
        assert not re.search(r"<(?!/?(?:html|head|meta|title|body|p|br|a)\b|!doctype)", html), title
        session.expunge(one)


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "nobody",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\n",
        "<a@example.org>",
        "a@example.org,b@example.org",
        "A <a@example.org>",
    ],
)
def test_a_mail_to_no_address_is_refused(app, recipient):
    if recipient == "a@example.org\n":  # a line break at the end is only a slip
        assert queue(to=recipient).recipient == "a@example.org"
    else:
        with pytest.raises(mail.NotAnAddress):
            queue(to=recipient)


def test_a_link_can_be_made_where_there_is_no_request(app):
    assert mail.link("pages.page", "ar", slug="imprint") == "https://city.example/ar/pages/imprint"


def test_a_recipient_is_masked_where_only_the_fate_matters(app):
    assert queue().masked_recipient == "o…@example.org"


# --- What is kept, and for how long -----------------------------------------------------------------------------------


@pytest.mark.databases
def test_words_and_addresses_go_after_a_week_and_fates_after_a_season(app, stop_clock):
    """D14"""
    stop_clock(2026, 4, 1, 12)
    sent, failed, waiting = queue(), queue(), queue()
    sent.state, sent.sent_at, sent.next_attempt_at = MailState.SENT, clock.now(), None
    failed.state, failed.next_attempt_at = MailState.FAILED, None
    session.flush()
    stop_clock(2026, 4, 8, 12)
    assert mail.tidy() == {"given_up": 0, "erased": 0, "forgotten": 0}
    stop_clock(2026, 4, 8, 13)
    assert mail.tidy() == {"given_up": 1, "erased": 1, "forgotten": 0}
    session.expire_all()
    assert (sent.text, sent.subject, sent.recipient) == ("", "", "…")
    assert waiting.state is MailState.FAILED
    assert failed.text
    stop_clock(2026, 5, 1, 13)
    assert mail.tidy() == {"given_up": 0, "erased": 2, "forgotten": 0}
    stop_clock(2026, 6, 30, 13)
    assert mail.tidy() == {"given_up": 0, "erased": 0, "forgotten": 3}


def test_v8_who_it_was_cannot_be_read_and_is_known_again_for_a_day_only(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    letter = queue()
    mail.erase(letter)
    assert (letter.recipient, letter.text) == (mail.mark("olena@example.org"), "")
    assert "olena" not in letter.recipient
    assert letter.masked_recipient == mail.ERASED
    stop_clock(2026, 4, 2, 13)
    mail.tidy()
    session.expire_all()
    assert letter.recipient == mail.ERASED


def test_old_news_is_not_sent_when_a_mail_server_comes_later(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    one = mail.put("olena@example.org", "test/news", "de", Said("Old", "news"))
    stop_clock(2026, 5, 1, 12)
    mail.tidy()
    session.refresh(one)
    assert (one.state, one.last_error) == (MailState.FAILED, mail.WAITED_IN_VAIN)


# --- Settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", "")),
        ("smtp://me:p%40ss@mail.example:587?starttls", ("mail.example", 587, "starttls", "me", "p@ss")),
        ("smtps://me@mail.example", ("mail.example", 465, "tls", "me", "from a file")),
    ],
)
def test_the_mail_server_is_one_setting(url, server):
    settings = Settings(SECRET, smtp_url=url, smtp_password="from a file", mail_from=SENDER)
    made = settings.mail_server
    found = (made.host, made.port, made.security, made.user, made.password if made.user else "")
    assert found == server
    assert "p@ss" not in repr(settings) + repr(made)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://mail.example", SENDER),
        ("smtp://", SENDER),
        ("smtp://mail.example:99999", SENDER),
        ("smtp://mail.example?startls", SENDER),
        ("smtp://me:secret@mail.example", SENDER),
        ("smtp://mail.example", ""),
        ("smtp://mail.example", "City <mail@city.example>"),
        ("smtp://mail.example", "mail@city.example\nBcc: x@example.org"),
    ],
)
def test_a_mail_server_that_cannot_be_used_stops_the_start(url, sender):
    """V25"""
    with pytest.raises(SettingsError) as refused:
        Settings(SECRET, smtp_url=url, mail_from=sender)
    assert "secret" not in str(refused.value)


def test_the_password_comes_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "password").write_text("s3cret\n")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("SMTP_URL", "smtps://me@mail.example")
    monkeypatch.setenv("MAIL_FROM", SENDER)
    monkeypatch.setenv("SMTP_PASSWORD_FILE", str(tmp_path / "password"))
    assert Settings.from_environment().mail_server.password == "s3cret"
    monkeypatch.setenv("SMTP_PASSWORD_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsError):
        Settings.from_environment()
