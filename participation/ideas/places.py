"""Places of ideas: in words, as an area from a list, or as a point on the map, which names areas by itself."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from participation import clock
from participation.db import session
from participation.districts import geometry
from participation.districts import queries as districts
from participation.districts.models import Area
from participation.i18n import _l
from participation.memory import remembered
from participation.reading import Unreadable

LIFETIME = timedelta(seconds=30)  # as for the names of areas: who edits them sees it half a minute later
DIGITS = 4  # about ten metres: a bench can be found, and a letter box cannot be told from that of the neighbours

NOT_ON_EARTH = _l("This is not a point on the map. Please choose the place again, or leave the point out.")
OUTSIDE = _l("This point lies outside the city. Please choose another point, or describe the place in words.")


class Drawn(NamedTuple):
    """An area of today with its outline, and the box around it: west, south, east, north."""

    area_id: int
    layer_id: int
    is_default: bool
    name: Any
    outline: dict[str, Any]
    box: tuple[float, float, float, float]

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies in this area; most are told by their box alone."""
        west, south, east, north = self.box
        is_near = west <= longitude <= east and south <= latitude <= north
        return is_near and geometry.contains(self.outline, latitude, longitude)


def rounded(number: float) -> float:
    """A coordinate as it may be kept and shown (D4)."""
    return round(number, DIGITS)


def check_point(latitude: float, longitude: float) -> None:
    """Raise Unreadable for what is nowhere on earth, or outside the city, if its outline is known."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # also what is no number at all
        raise Unreadable(NOT_ON_EARTH)
    known = outlines()
    if known and not any(one.contains(latitude, longitude) for one in known):
        raise Unreadable(OUTSIDE)


def areas_for(place: str, area_id: int | None, latitude: float | None, longitude: float | None) -> list[Area]:
    """The areas that a place lies in, one of each layer.

    What was chosen counts before the point, and the point before the street. A street that runs through several areas
    of a layer names none of them.
    """
    found: dict[int, int] = {area.layer_id: area.id for area in _by_street(place)}
    if latitude is not None and longitude is not None:
        found.update({one.layer_id: one.area_id for one in outlines() if one.contains(latitude, longitude)})
    known = session.scalars(select(Area).where(Area.id.in_([*found.values(), area_id or 0]))).all()
    chosen = next((area for area in known if area.id == area_id), None)
    if chosen is not None:
        found[chosen.layer_id] = chosen.id
    return sorted((area for area in known if area.id in found.values()), key=lambda area: area.layer_id)


def _by_street(place: str) -> Iterable[Area]:
    if not place:
        return []
    in_layers = districts.areas_in_layers(place, districts.layers())
    return [areas[0] for areas in in_layers.values() if len(areas) == 1]


def outlines() -> list[Drawn]:
    """All areas of today whose outline is known; looked up again every half minute."""
    return remembered("outlines", _outlines, LIFETIME)


def _outlines() -> list[Drawn]:
    rows = session.execute(
        select(Area.id, Area.layer_id, Area.name, Area.outline, Area.layer.property.mapper.class_.is_default)
        .join(Area.layer)
        .where(Area.outline.is_not(None), districts.valid_on(clock.today()))
        .order_by(Area.layer_id, Area.sort_name)
    )
    return [
        Drawn(number, layer_id, is_default, name, outline, geometry.box(outline))
        for number, layer_id, name, outline, is_default in rows
        if outline
    ]
