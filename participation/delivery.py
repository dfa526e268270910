"""The delivery of mail: what is due is handed to the mail server, one mail after another.

Each mail is taken, sent and noted in three steps, and no transaction is open while the server is spoken to: on SQLite
that would stop everybody else from writing. Whoever takes a mail puts its next attempt some minutes off, so a worker
that dies in between leaves it to be sent again; its Message-ID is the same then, and the receiving side can tell.
"""

import re
import smtplib
import socket
import ssl
import time
from contextlib import suppress
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple

import structlog
from flask import Flask, current_app, render_template
from sqlalchemy import select

from participation import clock
from participation.db import session
from participation.i18n import speaking
from participation.mail import LONGEST_ERROR, Mail, MailState, masked
from participation.settings import MailServer
from participation.wordings import one_line

PATIENCE_SECONDS = 20
ROUND_SECONDS = 9  # then the worker looks whether it is to stop, and goes on with the next round
TAKEN_FOR = timedelta(minutes=10)
DELAYS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8)]
DELAYS += [timedelta(days=1)]
FINAL = 500  # from this number on a server means: never
ADDRESS_IN_TEXT = re.compile(r"https?://\S+")

log = structlog.get_logger()


class Outcome(NamedTuple):
    """What the server made of one mail."""

    error: str = ""
    is_final: bool = False  # trying again would not help
    is_broken: bool = False  # the line broke; the next mail needs a new one
    is_unreachable: bool = False  # nobody was there at all: the others need not try either

    @property
    def is_sent(self) -> bool:
        return not self.error


class PostBox:
    """The line to the mail server: opened for the first mail, and anew when it breaks."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.line: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> Outcome:
        """Hand over one mail, and tell what came of it."""
        try:
            message = message_of(mail)
        except Exception as error:  # whatever is wrong with this one, the others go on
            return Outcome(_words(error), is_final=True)
        try:
            line = self.line = self.line or self._open()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(_words(error), is_unreachable=True)
        outcome = _handed_over(line, message)
        if line.sock is None or outcome.is_broken:
            self.close()
        return outcome

    def close(self) -> None:
        """Say good-bye, if anybody is still listening."""
        if self.line is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.line.quit()
            self.line.close()
            self.line = None

    def _open(self) -> smtplib.SMTP:
        where = (self.server.host, self.server.port)
        context = ssl.create_default_context()
        if self.server.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE_SECONDS, context=context)
        else:
            line = smtplib.SMTP(*where, timeout=PATIENCE_SECONDS)
        try:
            # Each command is a small packet that must not wait for more to send: else a mail takes 40 ms longer.
            if line.sock is not None:
                line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.server.security == "starttls":
                line.starttls(context=context)
            if self.server.user:
                line.login(self.server.user, self.server.password)
        except BaseException:
            line.close()
            raise
        return line


def _handed_over(line: smtplib.SMTP, message: EmailMessage) -> Outcome:
    try:
        line.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return Outcome(f"{code} {_decoded(said)}", is_final=code >= FINAL)
    except smtplib.SMTPDataError as error:
        return Outcome(_words(error), is_final=error.smtp_code >= FINAL)
    except (ValueError, smtplib.SMTPNotSupportedError) as error:
        return Outcome(_words(error), is_final=True)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(_words(error), is_broken=True)
    return Outcome()


def deliver(app: Flask) -> dict[str, int]:
    """Send what is due, oldest first; tells how much was sent, delayed and given up.

    Without a mail server everything stays in the mailbox of the house.
    """
    done = {"sent": 0, "delayed": 0, "failed": 0}
    with app.app_context():
        server = app.config["SETTINGS"].mail_server
        if server is None:
            return done
        box = PostBox(server)
        try:
            until = time.monotonic() + ROUND_SECONDS
            while time.monotonic() < until:
                mail = take()
                if mail is None:
                    break
                outcome = box.send(mail)
                done[note(mail.id, outcome)] += 1
                if outcome.is_unreachable:
                    break
        finally:
            box.close()
    if any(done.values()):
        log.info("mail_delivered", **done)
    return done


def take() -> Mail | None:
    """The mail that is due longest, ours for the next minutes; two workers never take the same one."""
    with session.begin():
        due = select(Mail).where(Mail.state == MailState.WAITING, Mail.next_attempt_at <= clock.now())
        first = due.order_by(Mail.next_attempt_at, Mail.id).limit(1)
        mail = session.scalar(first.with_for_update(skip_locked=True))
        if mail is not None:
            mail.attempts += 1
            mail.next_attempt_at = clock.now() + TAKEN_FOR
            session.flush()
            session.expunge(mail)  # it is read while no transaction is open
    return mail


def note(mail_id: int, outcome: Outcome) -> str:
    """Write down what became of it: sent, delayed, or failed after the last try."""
    with session.begin():
        mail = session.get_one(Mail, mail_id, with_for_update=True)
        mail.last_error = _without(mail.recipient, outcome.error)[:LONGEST_ERROR]
        if outcome.is_sent:
            mail.state, mail.sent_at, mail.next_attempt_at = MailState.SENT, clock.now(), None
            return "sent"
        if outcome.is_final or mail.attempts > len(DELAYS):
            mail.state, mail.next_attempt_at = MailState.FAILED, None
            return "failed"
        mail.next_attempt_at = clock.now() + DELAYS[mail.attempts - 1]
        return "delayed"


# --- The mail as others read it ---------------------------------------------------------------------------------------


def message_of(mail: Mail) -> EmailMessage:
    """Headers, plain text, and the same as HTML with language and direction (L17)."""
    settings = current_app.config["SETTINGS"]
    message = EmailMessage()
    message["From"] = Address(_plain(settings.city_name), addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=mail.recipient)
    message["Subject"] = _plain(mail.subject)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.key.hex}@{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # out-of-office notes are not sent to machines (RFC 3834)
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(html_of(mail), subtype="html", cte="quoted-printable")
    if mail.calendar:
        message.add_attachment(
            mail.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename="event.ics",
            params={"charset": "utf-8", "method": "PUBLISH"},
        )
    message["Content-Language"] = mail.language  # the last one: each new part takes such headers to itself
    return message


def _plain(words: str) -> str:
    """One line without encoded words: the library would decode them, with the line breaks that they may hide."""
    return one_line(words).replace("=?", "= ?")


class Piece(NamedTuple):
    """Some words of a line; those that are an address of ours become a link."""

    words: str
    is_link: bool


def html_of(mail: Mail) -> str:
    """The text as paragraphs and lines. Only addresses of our own become links: what people typed never does."""
    with speaking(mail.language):
        return render_template("mail.html", mail=mail, paragraphs=paragraphs(mail.text))


def paragraphs(text: str) -> list[list[list[Piece]]]:
    """Paragraphs of lines of pieces."""
    parts = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip())
    return [[_pieces(line) for line in part.split("\n")] for part in parts]


def _pieces(line: str) -> list[Piece]:
    ours = f"{current_app.config['SETTINGS'].public_url.rstrip('/')}/"
    pieces, end = [], 0
    for match in ADDRESS_IN_TEXT.finditer(line):
        if match[0].startswith(ours):
            pieces += [Piece(line[end : match.start()], is_link=False), Piece(match[0], is_link=True)]
            end = match.end()
    return [*pieces, Piece(line[end:], is_link=False)]


# --- What went wrong --------------------------------------------------------------------------------------------------


def _words(error: Exception) -> str:
    """What the server said, or what kind of accident it was."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _decoded(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _without(recipient: str, error: str) -> str:
    """Servers like to repeat the address that they do not know."""
    return one_line(error.replace(recipient, masked(recipient)))
