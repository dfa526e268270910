"""The delivery of mail to a real server: what arrives, what is tried again, and what is given up."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from participation import delivery, mail
from participation.db import engine, session
from participation.delivery import DELAYS, deliver
from participation.mail import Mail, MailState
from participation.settings import Settings
from participation.wordings import Said
from participation.worker import make_scheduler
from tests.conftest import SECRET
from tests.mail_server import SENDER, MailServer, certificate, only_for

FATE = tuple[str, MailState]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as one:
        yield one


def connect(app: Flask, monkeypatch: pytest.MonkeyPatch, server: MailServer, *words: str, **options: str) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", server.settings(*words, **options))


@pytest.fixture
def house(app: Flask, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A house that hands its mail to the server at hand."""
    connect(app, monkeypatch, server)
    return app


def write(*recipients: str) -> None:
    for recipient in recipients:
        mail.put(recipient, "test/news", "uk", Said("Новини", f"Добрий день, {recipient}"))
    session.commit()


def run(house: Flask) -> dict[str, int]:
    """The worker's round; the in-memory database has one line only, which must be free."""
    session.rollback()
    return deliver(house)


def fates() -> list[FATE]:
    session.rollback()
    session.expire_all()
    return [(one.recipient, one.state) for one in session.scalars(select(Mail).order_by(Mail.id))]


def only_mail() -> Mail:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Mail)).one()


@pytest.mark.databases
def test_what_is_due_arrives_once(house, server):
    write("a@example.org", "b@example.org")
    assert run(house)["sent"] == 2
    assert run(house)["sent"] == 0
    assert [one.rcpt_tos for one in server.taken] == [["a@example.org"], ["b@example.org"]]
    assert [state for _recipient, state in fates()] == [MailState.SENT, MailState.SENT]
    first = server.messages[0]
    assert first["Subject"] == "Новини"
    assert "Добрий день, a@example.org" in first.get_body(("plain",)).get_content()


def test_without_a_server_everything_stays_in_the_house(app):
    write("a@example.org")
    assert run(app) == {"sent": 0, "delayed": 0, "failed": 0}
    assert only_mail().attempts == 0


def test_what_is_not_due_waits(house, server, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    write("a@example.org")
    only_mail().next_attempt_at = now + timedelta(minutes=1)
    session.commit()
    assert run(house)["sent"] == 0
    stop_clock(2026, 4, 1, 12, 1)
    assert run(house)["sent"] == 1


@pytest.mark.databases
def test_one_address_that_is_refused_stops_nobody_else_and_is_given_up_at_once(house, server):
    server.to_recipient = lambda address: f"550 <{address}> unknown" if address.startswith("bad") else "250 OK"
    write("bad@example.org", "a@example.org")
    assert run(house) == {"sent": 1, "delayed": 0, "failed": 1}
    assert fates() == [("bad@example.org", MailState.FAILED), ("a@example.org", MailState.SENT)]
    error = session.scalars(select(Mail.last_error).where(Mail.state == MailState.FAILED)).one()
    assert error == "550 <b…@example.org> unknown"  # the address is not repeated where only fates are told


def test_a_mail_that_cannot_even_be_written_stops_nobody_else(house, server):
    write("broken@example.org", "a@example.org")
    first = session.scalars(select(Mail).order_by(Mail.id)).first()
    first.recipient = "not an address"
    session.commit()
    assert run(house) == {"sent": 1, "delayed": 0, "failed": 1}
    assert len(server.taken) == 1


def test_what_the_server_takes_later_is_tried_later_and_given_up_after_the_last_try(house, server, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    server.to_recipient = lambda _address: "450 come back later"
    write("a@example.org")
    for number, delay in enumerate(DELAYS, 1):
        assert run(house) == {"sent": 0, "delayed": 1, "failed": 0}
        assert run(house) == {"sent": 0, "delayed": 0, "failed": 0}
        one = only_mail()
        assert (one.attempts, one.next_attempt_at, one.last_error) == (number, now + delay, "450 come back later")
        now = stop_clock(*(now + delay).timetuple()[:6])
    assert run(house) == {"sent": 0, "delayed": 0, "failed": 1}
    assert only_mail().state is MailState.FAILED


def test_a_text_that_is_refused_for_ever_is_given_up_and_a_full_server_is_asked_again(house, server):
    server.to_mail = lambda one: "554 spam" if one.rcpt_tos[0].startswith("spam") else "452 full"
    write("spam@example.org", "full@example.org")
    assert run(house) == {"sent": 0, "delayed": 1, "failed": 1}


@pytest.mark.databases
def test_a_line_that_breaks_in_the_middle_delays_one_mail_and_the_next_goes_on_a_new_line(house, server):
    server.to_mail = lambda one: "break" if one.rcpt_tos[0].startswith("a@") else "250 OK"
    write("a@example.org", "b@example.org")
    assert run(house) == {"sent": 1, "delayed": 1, "failed": 0}
    assert fates() == [("a@example.org", MailState.WAITING), ("b@example.org", MailState.SENT)]


def test_a_server_that_closes_after_some_mails_is_called_again(house, server):
    server.to_recipient = lambda address: "421 enough for now" if address.startswith("b@") else "250 OK"
    write("a@example.org", "b@example.org", "c@example.org")
    assert run(house) == {"sent": 2, "delayed": 1, "failed": 0}


def test_a_server_that_is_not_there_delays_one_mail_and_leaves_the_others_alone(app, monkeypatch):
    with MailServer() as gone:
        connect(app, monkeypatch, gone)
    write("a@example.org", "b@example.org")
    assert run(app) == {"sent": 0, "delayed": 1, "failed": 0}
    attempts = list(session.scalars(select(Mail.attempts).order_by(Mail.id)))
    assert attempts == [1, 0]


def test_a_server_that_never_answers_is_not_waited_for_long(app, monkeypatch):
    monkeypatch.setattr(delivery, "PATIENCE_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://localhost:{silent.getsockname()[1]}"
        monkeypatch.setitem(app.config, "SETTINGS", Settings(SECRET, smtp_url=url, mail_from=SENDER))
        write("a@example.org")
        assert run(app)["delayed"] == 1


# --- A worker that dies -----------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_a_worker_that_dies_while_sending_repeats_this_one_mail_under_the_same_name(
    house, server, monkeypatch, stop_clock
):
    stop_clock(2026, 4, 1, 12)
    write("a@example.org", "b@example.org", "c@example.org")
    real, noted = delivery.note, []

    def die_after_the_second(mail_id, outcome):
        if len(noted) == 1:
            raise SystemExit
        noted.append(mail_id)
        return real(mail_id, outcome)

    monkeypatch.setattr(delivery, "note", die_after_the_second)
    with pytest.raises(SystemExit):
        run(house)
    monkeypatch.setattr(delivery, "note", real)
    assert run(house)["sent"] == 1  # the third; the second is still in the hands of the dead worker
    stop_clock(2026, 4, 1, 12, 10)
    assert run(house)["sent"] == 1
    names = [one["Message-ID"] for one in server.messages]
    assert [one.rcpt_tos[0][0] for one in server.taken] == ["a", "b", "c", "b"]
    assert names[1] == names[3]
    assert len(set(names)) == 3


def test_nobody_waits_for_the_database_while_a_mail_is_on_its_way(file_app, server, monkeypatch):
    connect(file_app, monkeypatch, server)
    write("a@example.org")
    written = []

    def write_meanwhile() -> None:
        def work() -> None:
            with file_app.app_context():
                write("b@example.org")
                written.append(True)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join(timeout=3)

    server.on_mail = write_meanwhile
    run(file_app)
    assert written
    assert len(fates()) >= 2


@pytest.mark.databases
def test_two_workers_never_send_the_same_mail(database, request, server, monkeypatch):
    house = request.getfixturevalue("file_app" if database == "sqlite" else "app")
    connect(house, monkeypatch, server)
    write(*(f"r{number}@example.org" for number in range(20)))
    workers = [threading.Thread(target=deliver, args=(house,)) for _worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert sorted(one.rcpt_tos[0] for one in server.taken) == sorted(f"r{number}@example.org" for number in range(20))
    assert {state for _recipient, state in fates()} == {MailState.SENT}
    if database == "sqlite":
        engine().dispose()


# --- Who the server is ------------------------------------------------------------------------------------------------


def test_the_line_is_encrypted_before_the_password_is_told(app, monkeypatch, tmp_path):
    context, file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with MailServer(tls_context=context, require_starttls=True, **only_for("me", "s3cret")) as server:
        connect(app, monkeypatch, server, user="me", options="?starttls", smtp_password="s3cret")
        write("a@example.org")
        assert run(app)["sent"] == 1
        connect(app, monkeypatch, server, user="me", options="?starttls", smtp_password="wrong")
        write("b@example.org")
        assert run(app)["delayed"] == 1


def test_a_server_nobody_knows_gets_no_mail(app, monkeypatch, tmp_path):
    context, _file = certificate(tmp_path)
    with MailServer(tls_context=context) as server:
        connect(app, monkeypatch, server, options="?starttls")
        write("a@example.org")
        assert run(app)["delayed"] == 1
    assert server.taken == []
    assert "CERTIFICATE_VERIFY_FAILED" in only_mail().last_error


def test_a_server_that_offers_no_encryption_gets_no_mail(house, server, monkeypatch):
    connect(house, monkeypatch, server, options="?starttls")
    write("a@example.org")
    assert run(house)["delayed"] == 1
    assert server.taken == []


def test_the_worker_asks_every_ten_seconds(app):
    assert str(make_scheduler(app).get_job("mail").trigger) == "interval[0:00:10]"
