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
    """Some rows of a list, and where they stand in it; count is the number of pages, total that of rows.

    `is_more` says that there are more rows than the total, which nobody has counted.
    """

    items: list[T]
    number: int
    count: int
    total: int
    is_more: bool = False

    @property
    def previous_url(self) -> str | None:
        return self._url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return self._url(self.number + 1) if self.number < self.count else None

    def _url(self, number: int) -> str:
        values = {**request.args.to_dict(flat=False), **(request.view_args or {}), "page": number}
        return url_for(request.endpoint or "", **values)


def paginate(query: Select[Any], *, size: int = PAGE_SIZE, most: int | None = None) -> ListPage[Any]:
    """The page that the address asks for; two statements, however long the list.

    Of a list that may be very long only the first rows are counted and can be leafed through: as many as `most`.
    """
    counted = query.order_by(None) if most is None else query.order_by(None).limit(most + 1)
    total = session.scalar(select(func.count()).select_from(counted.subquery())) or 0
    is_more = most is not None and total > most
    total = min(total, most) if most is not None else total
    count = max(1, -(-total // size))
    number = asked_page(count)
    rows = session.scalars(query.limit(size).offset((number - 1) * size)).all()
    return ListPage(list(rows), number, count, total, is_more)


def asked_page(count: int) -> int:
    """?page= as a number between 1 and count; nonsense is page 1. A search that is a POST sends it in its form."""
    asked = request.values.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1
    return min(max(number, 1), count)
