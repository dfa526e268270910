"""The ideas on the map: single points where there are few, and numbers where there are many.

Read as plain columns: a district may have tens of thousands of ideas, and the map asks anew whenever it is moved.
"""

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, select

from participation.contributions.models import Contribution
from participation.db import session, table_of
from participation.i18n import language
from participation.ideas import places, queries
from participation.ideas.filters import Filters
from participation.ideas.models import Idea
from participation.memory import remembered

MOST_POINTS = 300  # of single ideas; more would be a carpet
CELLS, MOST_CELLS = 8, 24  # so many numbers fit beside each other
FLATNESS = 0.625  # a degree to the north is longer than one to the east
MOST_ROWS = 10_000_000  # of the smallest cells, from pole to pole
LIFETIME = timedelta(minutes=5)  # of the numbers; titles are always read anew, as a text may be hidden any time

ideas = table_of(Idea)
contributions = table_of(Contribution)


@dataclass(frozen=True)
class View:
    """The part of the earth that the map shows."""

    west: float
    south: float
    east: float
    north: float
    cells: int = CELLS  # how many numbers fit beside each other

    @classmethod
    def from_address(cls, box: str, cells: str = "") -> "View | None":
        """west,south,east,north in degrees, and how wide the map is; nonsense is no view."""
        try:
            west, south, east, north = (float(number[:20]) for number in box[:100].split(","))
        except ValueError:
            return None
        is_box = -180 <= west < east <= 180 and -90 <= south < north <= 90
        wanted = int(cells) if cells.isascii() and cells.isdecimal() and len(cells) < 4 else CELLS
        return cls(west, south, east, north, min(max(wanted, 1), MOST_CELLS)) if is_box else None

    @property
    def cell(self) -> float:
        """The width of a cell in degrees: the same for all views of about this size, so that numbers stay in place."""
        return max(2.0 ** math.ceil(math.log2((self.east - self.west) / self.cells)), 0.0001)

    @property
    def whole_cells(self) -> "View":
        """The same with no cell cut in two; maps that look at about the same part ask for the same."""
        wide, high = self.cell, self.cell * FLATNESS
        return replace(
            self,
            west=math.floor(self.west / wide) * wide,
            south=math.floor(self.south / high) * high,
            east=math.ceil(self.east / wide) * wide,
            north=math.ceil(self.north / high) * high,
        )

    def holds(self) -> list[ColumnElement[bool]]:
        """What it asks of an idea."""
        return [
            ideas.c.latitude.between(self.south, self.north),
            ideas.c.longitude.between(self.west, self.east),
        ]


WHOLE_EARTH = View(-180, -90, 180, 90)


def points(filters: Filters, view: View | None) -> dict[str, Any]:
    """What stands on the map: `ideas` as single points, `groups` as numbers, and how many they are together."""
    asked = [*queries.fitting(filters), ideas.c.latitude.is_not(None)]
    view = view or _around(asked)
    size, view = view.cell, view.whole_cells
    asked += view.holds()
    cells = remembered(("map", filters, size, view), lambda: _cells(asked, size), LIFETIME)
    total = sum(cell.number for cell in cells)
    if total <= MOST_POINTS:
        found = _single(asked)
        return {"total": len(found), "groups": [], "ideas": found}
    alone = [cell.first for cell in cells if cell.number == 1]
    together = [_group(cell) for cell in cells if cell.number > 1]
    return {"total": total, "groups": together, "ideas": _single([ideas.c.id.in_(alone), *asked])}


def _around(asked: list[ColumnElement[bool]]) -> View:
    """The city, or the box around all of them, when the map does not know yet where to look."""
    boxes = [one.box for one in places.outlines()]
    if boxes:
        wests, souths, easts, norths = zip(*boxes, strict=True)
        return View(min(wests), min(souths), max(easts), max(norths))
    sides = (func.min(ideas.c.longitude), func.min(ideas.c.latitude), func.max(ideas.c.longitude))
    west, south, east, north = session.execute(select(*sides, func.max(ideas.c.latitude)).where(*asked)).one()
    margin = 0.005
    return View(west - margin, south - margin, east + margin, north + margin) if west is not None else WHOLE_EARTH


def _cells(asked: list[ColumnElement[bool]], size: float) -> list[Any]:
    column = cast((ideas.c.longitude + 180) / size, BigInteger)
    row = cast((ideas.c.latitude + 90) / (size * FLATNESS), BigInteger)
    cell = column * MOST_ROWS + row  # one number: what is grouped by two of them takes longer
    return list(
        session.execute(
            select(
                cell.label("cell"),
                func.count().label("number"),
                func.min(ideas.c.id).label("first"),
                func.avg(ideas.c.latitude).label("latitude"),
                func.avg(ideas.c.longitude).label("longitude"),
            )
            .where(*asked)
            .group_by("cell")
            .order_by("cell")
        )
    )


def _group(cell: Any) -> dict[str, Any]:
    return {
        "key": f"{cell.cell}/{cell.number}",
        "number": cell.number,
        "at": [places.rounded(cell.latitude), places.rounded(cell.longitude)],
    }


def _single(asked: list[ColumnElement[bool]]) -> list[dict[str, Any]]:
    rows = session.execute(
        select(ideas.c.id, ideas.c.latitude, ideas.c.longitude, contributions.c.title, contributions.c.language)
        .join(contributions, contributions.c.id == ideas.c.id)
        .where(*asked)
        .order_by(ideas.c.id)
        .limit(MOST_POINTS)
    )
    return [
        {
            "id": number,
            "at": [places.rounded(latitude), places.rounded(longitude)],
            "title": title,
            "lang": tag,
            "dir": language(tag).direction,
        }
        for number, latitude, longitude, title, tag in rows
    ]
