"""Seals on approved minutes: whoever changes the text in the database itself is found out, trigger or no trigger."""

import hmac
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from participation import audit, clock
from participation.councils import content
from participation.councils.content import Content
from participation.councils.minutes_models import Minutes, MinutesEntry
from participation.db import session, table_of

AT_ONCE = 100
SAID = ("discussion", "result", "resolution", "vote")


def seal(minutes: Minutes) -> str:
    """What only we can compute over the approved content, and over when and how it was approved."""
    assert minutes.approved_at is not None
    moment = minutes.approved_at.astimezone(UTC).isoformat()
    return _keyed(minutes, "approved", minutes.content, minutes.digest, moment, minutes.reason, minutes.approved_how)


def public_seal(minutes: Minutes) -> str:
    """The same over what residents read."""
    return _keyed(minutes, "public", minutes.public_content, minutes.public_digest)


def is_public_untouched(minutes: Minutes) -> bool:
    """Whether residents read what was published, word for word."""
    found = minutes.public_content
    if found is None:
        return False
    return _is_same(minutes.public_seal, public_seal(minutes)) and _has_digest(found, minutes.public_digest)


def is_untouched(minutes: Minutes) -> bool:
    """Whether approved minutes say what was approved, wherever it is kept; what is not approved may change."""
    return minutes.approved_at is None or _is_untouched(minutes, minutes.entries)


def check_all() -> dict[str, int]:
    """Look at all approved minutes; what was changed is marked, for staff to see."""
    checked, last, touched = 0, 0, set()
    while batch := _batch(last):
        theirs = _entries(batch)
        touched |= {one.id for one in batch if not _is_untouched(one, theirs.get(one.id, []))}
        checked, last = checked + len(batch), batch[-1].id
    _mark(touched)
    return {"minutes_checked": checked, "minutes_touched": len(touched)}


# --- What a seal is made of -------------------------------------------------------------------------------------------


def _keyed(minutes: Minutes, purpose: str, *sealed: Any) -> str:
    key = sha256(f"councils: seal of minutes\n{current_app.secret_key!s}".encode()).digest()
    words = json.dumps([purpose, minutes.id, minutes.meeting_id, minutes.number, *sealed], sort_keys=True)
    return hmac.new(key, words.encode(), sha256).hexdigest()


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _has_digest(found: Content, digest: str) -> bool:
    return content.is_readable(found) and content.digest(found) == digest


# --- Comparing --------------------------------------------------------------------------------------------------------


def _is_untouched(minutes: Minutes, entries: Sequence[MinutesEntry]) -> bool:
    approved = minutes.content
    if minutes.is_open or approved is None or not _is_same(minutes.seal, seal(minutes)):
        return False
    if not _has_digest(approved, minutes.digest) or not _says_the_same(minutes, entries, approved):
        return False
    return not minutes.is_public or is_public_untouched(minutes)


def _says_the_same(minutes: Minutes, entries: Sequence[MinutesEntry], approved: Content) -> bool:
    """What was written in other tables still is what was approved."""
    if len(approved["items"]) != len(entries):
        return False
    now = {entry.item_id: content.said(entry) for entry in entries}
    before = {item["item"]: {key: item[key] for key in SAID} for item in approved["items"]}
    return now == before and (minutes.guests, minutes.remarks) == (approved["guests"], approved["remarks"])


def _batch(after: int) -> Sequence[Minutes]:
    return session.scalars(
        select(Minutes)
        .where(Minutes.approved_at.is_not(None), Minutes.id > after)
        .order_by(Minutes.id)
        .limit(AT_ONCE)
        .options(undefer(Minutes.content), undefer(Minutes.public_content))
        .execution_options(populate_existing=True)
    ).all()


def _entries(batch: Sequence[Minutes]) -> dict[int, list[MinutesEntry]]:
    found: dict[int, list[MinutesEntry]] = defaultdict(list)
    entries = select(MinutesEntry).where(MinutesEntry.minutes_id.in_([one.id for one in batch]))
    for entry in session.scalars(entries.execution_options(populate_existing=True)):
        found[entry.minutes_id].append(entry)
    return found


def _mark(touched: set[int]) -> None:
    """Remember what was found; the moment stays that of the first time."""
    minutes = table_of(Minutes)
    known = set(session.scalars(select(minutes.c.id).where(minutes.c.touched_at.is_not(None))))
    connection = session.connection()
    for number in touched - known:
        connection.execute(update(minutes).where(minutes.c.id == number).values(touched_at=clock.now()))
        audit.record("minutes.touched", f"minutes {number}")
    if healed := known - touched:
        connection.execute(update(minutes).where(minutes.c.id.in_(healed)).values(touched_at=None))
