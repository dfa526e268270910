"""The public register as a table for office programs."""

from collections.abc import Iterator
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation import spreadsheets
from participation.councils.blackening import said
from participation.councils.labels import VOTES
from participation.councils.resolution_labels import STATES
from participation.councils.resolution_models import Resolution
from participation.councils.resolution_queries import Filters, public_register, resolutions
from participation.db import session
from participation.i18n import _, current_language
from participation.mail import link
from participation.spreadsheets import Row

AT_ONCE = 500


def write(file: IO[bytes], filters: Filters) -> None:
    """All public resolutions that fit, some at a time."""
    spreadsheets.write_csv(file, _rows(filters))


def _rows(filters: Filters) -> Iterator[Row]:
    yield [
        _("Council"),
        _("Number"),
        _("Decided on"),
        _("Title"),
        _("Text"),
        _("Language"),
        _("Resolved"),
        _("Vote"),
        _("Votes for it"),
        _("Votes against it"),
        _("Abstentions"),
        _("Recused"),
        _("Responsible"),
        _("Due by"),
        _("State"),
        _("Address"),
    ]
    ids = session.scalars(public_register(filters).with_only_columns(resolutions.c.id)).all()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found = select(Resolution).where(Resolution.id.in_(some)).options(joinedload(Resolution.council))
        by_id = {one.id: one for one in session.scalars(found)}
        for number in some:
            yield _row(by_id[number])
            session.expunge(by_id[number])  # a long list takes no more memory than a short one


def _row(one: Resolution) -> Row:
    return [
        str(one.council.name),
        one.number,
        one.decided_on.isoformat(),
        said(one.title),
        said(one.text),
        one.language,
        _("Yes") if one.is_accepted else _("No"),
        str(VOTES[one.vote]) if one.vote else "",
        *([one.votes_for, one.votes_against, one.abstained, one.recused] if one.vote else [None] * 4),
        said(one.responsible),
        one.due_on.isoformat() if one.due_on else "",
        str(STATES[one.state]),
        link("resolutions.show", current_language().tag, resolution_id=one.id),
    ]
