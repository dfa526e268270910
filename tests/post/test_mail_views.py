"""The mailbox of the house: fates for administrators, words only where they could not reach their reader."""

import pytest
from sqlalchemy import select

from participation import mail
from participation.audit import AuditEntry
from participation.db import session
from participation.feature import counted
from participation.mail import Mail, MailState
from participation.post import queries
from participation.settings import Settings
from participation.wordings import Said
from tests.accounts.makers import make_user, sign_in
from tests.conftest import SECRET

SECRET_WORDS = "https://127.0.0.1/de/contacts/confirm/secret-token"


def make_mail(recipient: str = "olena@example.org", state: MailState = MailState.WAITING, language: str = "uk") -> Mail:
    one = mail.put(recipient, "contacts/confirm", language, Said("Будь ласка", f"Добрий день\n\n{SECRET_WORDS}"))
    if state is not MailState.WAITING:
        one.state, one.next_attempt_at = state, None
        one.sent_at = one.created_at if state is MailState.SENT else None
        one.last_error = "550 unknown" if state is MailState.FAILED else ""
    session.commit()
    return one


@pytest.fixture
def administrator(client):
    user = make_user("administrator")
    sign_in(client, user)
    return user


@pytest.fixture
def with_server(app, monkeypatch):
    settings = Settings(SECRET, smtp_url="smtp://localhost", mail_from="mail@city.example", testing=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)


def looks() -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == "mail.read")))


@pytest.mark.parametrize("roles", [(), ("editor",), ("moderator", "analyst", "council_secretary", "privacy_officer")])
def test_the_mailbox_is_for_administrators(app, client, roles):
    """V18"""
    key = make_mail().id
    sign_in(client, make_user(*roles))
    assert client.get("/en/staff/mail").status_code == 403
    assert client.post(f"/en/staff/mail/{key}").status_code == 403
    assert client.post(f"/en/staff/mail/{key}/again").status_code == 403
    assert looks() == []


@pytest.mark.databases
def test_the_list_tells_fates_and_neither_words_nor_people(app, client, administrator):
    """D15"""
    make_mail()
    make_mail("a@example.net", MailState.FAILED)
    page = client.get("/en/staff/mail").text
    assert "o…@example.org" in page
    assert "olena" not in page
    assert "secret-token" not in page
    assert page.index("a…@example.net") < page.index("o…@example.org")  # the newest first
    assert "550 unknown" in page
    assert "a…@example.net" not in client.get("/en/staff/mail?state=waiting").text
    assert "o…@example.org" in client.get("/en/staff/mail?state=nonsense").text


def test_the_list_is_paged(app, client, administrator):
    for _number in range(27):
        make_mail()
    assert client.get("/en/staff/mail?page=2").text.count("o…@example.org") == 2


@pytest.mark.databases
def test_without_a_mail_server_the_words_are_here_and_each_look_is_written_down(app, client, administrator):
    key = make_mail().id
    page = client.post(f"/en/staff/mail/{key}")
    assert "olena@example.org" in page.text
    assert 'lang="uk" dir="ltr"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    (look,) = looks()
    assert (look.thing, look.is_personal_data) == (f"mail {key}", True)
    assert client.get(f"/en/staff/mail/{key}").status_code == 405


def test_with_a_mail_server_only_what_failed_can_be_read(app, client, administrator, with_server):
    keys = {state: make_mail(state=state).id for state in MailState}
    status = {state: client.post(f"/en/staff/mail/{key}").status_code for state, key in keys.items()}
    assert status == {MailState.WAITING: 403, MailState.SENT: 403, MailState.FAILED: 200}
    assert len(looks()) == 1


def test_what_failed_can_be_tried_again(app, client, administrator, with_server):
    failed = make_mail(state=MailState.FAILED)
    failed.attempts = 7
    assert "Try again" in client.get("/en/staff/mail").text
    assert client.post(f"/en/staff/mail/{failed.id}/again").status_code == 302
    session.refresh(failed)
    assert (failed.state, failed.attempts) == (MailState.WAITING, 0)
    assert failed.next_attempt_at is not None


def test_what_was_sent_or_deleted_is_not_sent_again(app, client, administrator, with_server):
    sent, erased = make_mail(state=MailState.SENT), make_mail(state=MailState.FAILED)
    erased.text = erased.subject = ""
    for one in (sent, erased):
        assert client.post(f"/en/staff/mail/{one.id}/again").status_code == 409
    assert client.post(f"/en/staff/mail/{erased.id}").status_code == 403


def test_mails_that_failed_are_a_duty_of_administrators(app):
    make_mail(state=MailState.FAILED)
    with app.test_request_context("/en/staff"):
        (duty,) = counted(queries.duties(make_user("administrator")))
        assert duty.count == 1
        assert queries.duties(make_user("editor")) == []


def test_a_mail_that_is_not_there_is_not_found(app, client, administrator):
    assert client.post("/en/staff/mail/4711").status_code == 404
    assert client.post("/en/staff/mail/4711/again").status_code == 404
