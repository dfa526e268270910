"""Looking up what is written down for other machines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select
from werkzeug.exceptions import BadRequest, NotFound

from participation.clock import BERLIN
from participation.councils.public_models import PublicObject
from participation.db import session

PAGE_SIZE = 50
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[ +-]\d{2}:?\d{2})?)?")
FILTERS = ("created_since", "created_until", "modified_since", "modified_until")


@dataclass(frozen=True)
class Asked:
    """What a list was asked for: its filters as they were typed, and the page."""

    typed: Mapping[str, str]
    moments: Mapping[str, datetime]
    page: int
    omits_internal: bool

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Asked":
        """Whatever cannot be read is told, as a list that silently ignores a filter would be taken for the whole."""
        typed = {name: arguments[name] for name in (*FILTERS, "omit_internal") if name in arguments}
        moments = {name: read_moment(name, typed[name]) for name in FILTERS if name in typed}
        return cls(typed, moments, _page(arguments.get("page", "1")), _yes_or_no(typed.get("omit_internal", "false")))

    @property
    def shows_deleted(self) -> bool:
        """Only who asks what has changed learns what is gone (O5)."""
        return "modified_since" in self.moments


@dataclass(frozen=True)
class Found:
    """One page of a list."""

    rows: Sequence[PublicObject]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def read_moment(name: str, typed: str) -> datetime:
    """A moment of a filter; a plus sign that was not quoted arrives as a space, and without a zone it is ours."""
    if not MOMENT.fullmatch(typed):
        raise BadRequest(f"{name} must look like 2024-01-31T18:00:00+01:00.")
    try:
        read = datetime.fromisoformat(re.sub(r" (?=\d{2}:?\d{2}$)(?<=:\d{2} )", "+", typed))
        return (read if read.tzinfo else read.replace(tzinfo=BERLIN)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRequest(f"{name} is no moment that there is.") from None


def _page(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 8) or int(typed) == 0:
        raise BadRequest("page must be a number, beginning with 1.")
    return int(typed)


def _yes_or_no(typed: str) -> bool:
    if typed.lower() not in {"true", "false", "1", "0"}:
        raise BadRequest("omit_internal must be true or false.")
    return typed.lower() in {"true", "1"}


def found(kind: str, asked: Asked, owner: str | None = None) -> Found:
    """The objects of a kind, all or those of one council, in an order that never changes (O4)."""
    ids = _filtered(select(PublicObject.id).where(PublicObject.type == kind), asked)
    if owner is not None:
        ids = ids.where(PublicObject.owner == owner)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    start = (asked.page - 1) * PAGE_SIZE
    if asked.page > 1 and start >= total:
        raise NotFound("This list has fewer pages.")
    here = ids.order_by(PublicObject.id).limit(PAGE_SIZE).offset(start).subquery()
    rows = session.scalars(select(PublicObject).join(here, here.c.id == PublicObject.id).order_by(PublicObject.id))
    return Found(rows.all(), total, asked.page)


def _filtered(query: Select[Any], asked: Asked) -> Select[Any]:
    if not asked.shows_deleted:
        query = query.where(PublicObject.deleted_at.is_(None))
    for name, moment in asked.moments.items():
        column = PublicObject.created_at if name.startswith("created") else PublicObject.modified_at
        query = query.where(column >= moment if name.endswith("since") else column <= moment)
    return query


def one(kind: str, ref: str) -> PublicObject:
    """One object, also a deleted one; what never was is not found."""
    query = select(PublicObject).where(PublicObject.type == kind, PublicObject.ref == ref)
    return session.scalars(query).one()
