"""Outgoing mail: written with the change it tells about, delivered after it by the worker (see delivery.py)."""

import enum
import hashlib
import hmac
import re
import unicodedata
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from flask import current_app
from sqlalchemy import CheckConstraint, CursorResult, Delete, Index, String, Text, Update, delete, update
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.routing import Map, MapAdapter

from participation import clock
from participation.db import Base, random_id, session, table_of
from participation.errors import Refused
from participation.i18n import _l
from participation.wordings import Said, one_line, say

LONGEST_ADDRESS, LONGEST_SUBJECT, LONGEST_ERROR = 254, 300, 300
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
TEXT_KEPT = timedelta(days=7)  # after a mail was sent
FAILED_TEXT_KEPT = timedelta(days=30)  # so that it can be sent again once the reason is gone
FATE_KEPT = timedelta(days=90)
MARK_KEPT = timedelta(days=1)  # so long back letters to one address are counted
TOO_OLD = timedelta(days=7)  # what nobody took for so long is no news any more
ERASED, WAITED_IN_VAIN = "…", "waited in vain"


class NotAnAddress(Refused):
    message = _l("Please enter an e-mail address, for example name@example.org.")


class MailState(enum.Enum):
    """What became of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # given up after many tries


class Mail(Base):
    """One mail to one person, in that person's language; its text is deleted some days after it was delivered."""

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("recipient <> ''", name="recipient_given"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_with_moment"),
        CheckConstraint("(state = 'waiting') = (next_attempt_at IS NOT NULL)", name="waiting_for_a_moment"),
        Index("ix_mails_due", "state", "next_attempt_at"),
        Index("ix_mails_by_recipient", "recipient", "created_at"),  # how often we wrote to somebody, and what to erase
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[uuid.UUID] = mapped_column(default=random_id, unique=True)  # part of its Message-ID, the same each try
    recipient: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    language: Mapped[str] = mapped_column(String(20))
    wording: Mapped[str] = mapped_column(String(80), index=True)  # the name of the text it was written from
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    text: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str] = mapped_column(Text, default="")  # an iCalendar file that goes with it
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    next_attempt_at: Mapped[datetime | None] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(LONGEST_ERROR), default="")

    @property
    def masked_recipient(self) -> str:
        """Enough to tell apart whose mail server makes trouble, and not who it is."""
        return masked(self.recipient)

    @property
    def is_erased(self) -> bool:
        """Whether its words are gone and only its fate is left."""
        return self.text == ""


TO_OUTBOX = table_of(Mail).insert()


# --- Writing ----------------------------------------------------------------------------------------------------------


def queue(recipient: str, wording: str, tag: str, /, **values: Any) -> Mail:
    """Write a mail in that language, to be delivered once the change it tells about is saved.

    Raises NotAnAddress for what is none, also with a line break hidden in it.
    """
    return put(recipient, wording, tag, say(wording, tag, **values))


def put(recipient: str, wording: str, tag: str, said: Said, *, calendar: str = "") -> Mail:
    """The same for words that were said already, and with a calendar file if there is one."""
    mail = Mail(**compose(recipient, wording, tag, said, calendar=calendar))
    session.add(mail)
    session.flush()
    return mail


def compose(recipient: str, wording: str, tag: str, said: Said, *, calendar: str = "") -> dict[str, Any]:
    """The columns of a mail."""
    now = clock.now()
    return {
        "recipient": address(recipient),
        "wording": wording,
        "language": tag,
        "subject": one_line(said.subject)[:LONGEST_SUBJECT],
        "text": said.text,
        "calendar": calendar,
        "created_at": now,
        "next_attempt_at": now,
    }


def put_all(composed: Sequence[dict[str, Any]]) -> None:
    """Many mails in one statement, past the object layer."""
    if composed:
        session.connection().execute(TO_OUTBOX, composed[0] if len(composed) == 1 else composed)


def absolute(path: str) -> str:
    """The address of one of our pages as a mail needs it; the path is from url_for(..., lang=tag)."""
    return f"{current_app.config['SETTINGS'].public_url.rstrip('/')}{path}"


def link(endpoint: str, tag: str, /, **values: Any) -> str:
    """The same from the name of a page; it also works where there is no request, as in the worker."""
    return absolute(_pages(current_app.url_map).build(endpoint, {"lang": tag, **values}))


@cache
def _pages(addresses: Map) -> MapAdapter:
    return addresses.bind("house")


# --- Addresses --------------------------------------------------------------------------------------------------------


def address(typed: str) -> str:
    """An e-mail address as mail servers know it, in small ASCII letters. Raises NotAnAddress.

    The part before the @ becomes small too: nearly every mail server takes both for the same, and nobody shall begin to
    count our letters to somebody anew with a capital. Letters beyond ASCII there are refused, as few servers take them.
    """
    local, at, domain = typed.strip().rpartition("@")
    known = f"{local.lower()}@{ascii_domain(domain)}"
    if not at or not LOCAL_PART.fullmatch(local) or len(local) > 64 or len(known) > LONGEST_ADDRESS:
        raise NotAnAddress
    return known


def ascii_domain(domain: str) -> str:
    """bücher.example as xn--bcher-kva.example. ß stays a letter of its own, as registries have it since 2010."""
    labels = [_ascii_label(label) for label in unicodedata.normalize("NFKC", domain).lower().split(".")]
    if len(labels) < 2 or labels[-1].isdecimal() or len(".".join(labels)) > 253:
        raise NotAnAddress
    return ".".join(labels)


def _ascii_label(label: str) -> str:
    known = label if label.isascii() else f"xn--{label.encode('punycode').decode()}"
    is_made_of_letters = all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in label)
    if not label or not is_made_of_letters or label[0] == "-" or label[-1] == "-" or len(known) > 63:
        raise NotAnAddress
    return known


def masked(recipient: str) -> str:
    """o…@example.org"""
    local, at, domain = recipient.rpartition("@")
    return f"{local[:1]}…@{domain}" if at else ERASED


def mark(recipient: str) -> str:
    """What stands for an erased address for a day or two: it tells nobody who it was, and we do not begin to count anew
    how often we wrote to it (V8).
    """
    key = str(current_app.secret_key).encode()
    return ERASED + hmac.new(key, recipient.encode(), hashlib.sha256).hexdigest()[:32]


def erase(letter: Mail) -> None:
    """Its words and its address go now; only its fate stays."""
    is_counted = letter.created_at > clock.now() - MARK_KEPT
    letter.recipient = mark(letter.recipient) if is_counted else ERASED
    letter.subject = letter.text = letter.calendar = ""


# --- What is kept, and for how long -----------------------------------------------------------------------------------


def tidy() -> dict[str, int]:
    """Erase words and addresses that were delivered long enough ago, and forget the fates of very old mails."""
    now = clock.now()
    waited_in_vain = update(Mail).where(Mail.state == MailState.WAITING, Mail.created_at < now - TOO_OLD)
    is_over = (Mail.sent_at < now - TEXT_KEPT) | (
        (Mail.state == MailState.FAILED) & (Mail.created_at < now - FAILED_TEXT_KEPT)
    )
    over = update(Mail).where(Mail.text != "", is_over)
    is_marked = Mail.recipient.startswith(ERASED) & (Mail.recipient != ERASED)
    _rows(update(Mail).where(is_marked, Mail.created_at < now - MARK_KEPT).values(recipient=ERASED))
    return {
        "given_up": _rows(
            waited_in_vain.values(state=MailState.FAILED, next_attempt_at=None, last_error=WAITED_IN_VAIN)
        ),
        "erased": _rows(over.values(recipient=ERASED, subject="", text="", calendar="")),
        "forgotten": _rows(delete(Mail).where(Mail.created_at < now - FATE_KEPT)),
    }


def _rows(statement: Update | Delete) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
