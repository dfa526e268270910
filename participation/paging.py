"""Long lists, one page at a time."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, func, select

from participation.db import session

T = TypeVar("T")
PAGE_SIZE = 25


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """Some rows of a list, and where they stand in it; count is the number of pages, total that of rows."""

    items: list[T]
    number: int
    count: int
    total: int

    @property
    def previous_url(self) -> str | None:
        return self._url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return self._url(self.number + 1) if self.number < self.count else None

    def _url(self, number: int) -> str:
        values = {**request.args.to_dict(flat=False), **(request.view_args or {}), "page": number}
        return url_for(request.endpoint or "", **values)


def paginate(query: Select[Any], *, size: int = PAGE_SIZE) -> ListPage[Any]:
    """The page that the address asks for; two statements, however long the list."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    count = max(1, -(-total // size))
    number = asked_page(count)
    rows = session.scalars(query.limit(size).offset((number - 1) * size)).all()
    return ListPage(list(rows), number, count, total)


def asked_page(count: int) -> int:
    """?page= as a number between 1 and count; nonsense is page 1."""
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1
    return min(max(number, 1), count)
