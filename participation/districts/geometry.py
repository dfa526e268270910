"""Outlines: closed rings of longitude and latitude, and nothing else from a stranger's file."""

from itertools import pairwise
from math import isfinite
from typing import Any

from participation.i18n import _l
from participation.reading import Unreadable

MOST_POSITIONS = 100_000  # of one area; a city's border has a few thousand
KINDS = ("Polygon", "MultiPolygon")
DIGITS = 6  # ten centimetres

NOT_AN_AREA = _l("This is a point or a line. Areas need a Polygon or a MultiPolygon.")
WRONG_SHAPE = _l("The outline is not built as GeoJSON wants it.")
NOT_CLOSED = _l("A ring of the outline is not closed: its first and its last point must be the same.")
TOO_SHORT = _l("A ring of the outline has fewer than four points.")
NOT_DEGREES = _l(
    "The coordinates are not longitude and latitude (WGS 84). Perhaps they are metres (UTM or Gauß-Krüger). "
    "Please export the file as WGS 84."
)
SWAPPED = _l("Latitude and longitude seem to be swapped. GeoJSON wants the longitude first.")
TOO_MANY_POINTS = _l("The outline has too many points. Please simplify it first.")

Position = list[float]
Ring = list[Position]


def outline(geometry: Any) -> dict[str, Any] | None:
    """The outline of an area as it may be kept, or Unreadable with the reason; without a geometry there is none."""
    if geometry is None:
        return None
    if not isinstance(geometry, dict) or not isinstance(kind := geometry.get("type"), str):
        raise Unreadable(WRONG_SHAPE)
    coordinates = geometry.get("coordinates")
    budget = [MOST_POSITIONS]
    if kind == "Polygon":
        return {"type": kind, "coordinates": _polygon(coordinates, budget)}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [_polygon(one, budget) for one in _filled_list(coordinates)]}
    raise Unreadable(NOT_AN_AREA)


def _filled_list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Unreadable(WRONG_SHAPE)
    return value


def _polygon(value: Any, budget: list[int]) -> list[Ring]:
    return [_ring(one, budget) for one in _filled_list(value)]


def _ring(value: Any, budget: list[int]) -> Ring:
    points = _filled_list(value)
    budget[0] -= len(points)
    if budget[0] < 0:
        raise Unreadable(TOO_MANY_POINTS)
    ring = [_position(one) for one in points]
    if len(ring) < 4:
        raise Unreadable(TOO_SHORT)
    if ring[0] != ring[-1]:
        raise Unreadable(NOT_CLOSED)
    if all(46 < x < 56 and 4 < y < 16 for x, y in ring):
        raise Unreadable(SWAPPED)
    return ring


def _position(value: Any) -> Position:
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise Unreadable(WRONG_SHAPE)
    x, y = value[0], value[1]
    if not (_is_number(x) and _is_number(y)):
        raise Unreadable(WRONG_SHAPE)
    if not (abs(x) <= 180 and abs(y) <= 90):
        raise Unreadable(NOT_DEGREES)
    return [round(float(x), DIGITS), round(float(y), DIGITS)]


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and (isinstance(value, int) or isfinite(value))
    )


def polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    """The parts of an outline, each with its outer ring first and its holes behind it."""
    parts: list[list[Ring]] = geometry["coordinates"]
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else parts


def box(geometry: dict[str, Any]) -> tuple[float, float, float, float]:
    """The box around an outline: west, south, east, north."""
    xs, ys = zip(*(position for polygon in polygons(geometry) for position in polygon[0]), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def contains(geometry: dict[str, Any], latitude: float, longitude: float) -> bool:
    """Whether a point lies within an outline; what lies in a hole of it does not."""
    # Each crossing of a ring changes sides, and the ring of a hole is one more to cross.
    return any(sum(_crossings(ring, latitude, longitude) for ring in polygon) % 2 for polygon in polygons(geometry))


def _crossings(ring: Ring, latitude: float, longitude: float) -> int:
    """How often a ray from the point to the east meets the ring."""
    count = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1):
            count += 1
    return count
