"""Outlines: closed rings in degrees, and nothing else."""

import pytest

from participation.districts import geometry
from participation.reading import Unreadable

RING = [[6.5, 51.3], [6.6, 51.3], [6.6, 51.4], [6.5, 51.3]]


def refused(kind, coordinates):
    with pytest.raises(Unreadable) as refusal:
        geometry.outline({"type": kind, "coordinates": coordinates})
    return refusal.value.message.message


def test_heights_and_other_members_are_left_out_and_digits_cut_to_ten_centimetres():
    ring = [[x + 0.123456789, y, 40.0] for x, y in RING]
    kept = geometry.outline({"type": "Polygon", "coordinates": [ring], "bbox": "x", "crs": {"a": 1}})
    assert kept == {"type": "Polygon", "coordinates": [[[x + 0.123457, y] for x, y in RING]]}


def test_an_area_may_have_no_outline():
    assert geometry.outline(None) is None


@pytest.mark.parametrize("kind", ["Point", "LineString", "GeometryCollection", "", "polygon"])
def test_points_and_lines_are_no_areas(kind):
    assert refused(kind, [6.5, 51.3]) == geometry.NOT_AN_AREA.message


@pytest.mark.parametrize(
    ("ring", "reason"),
    [
        ([*RING[:-1], [6.5, 51.31]], geometry.NOT_CLOSED),
        ([RING[0], RING[1], RING[0]], geometry.TOO_SHORT),
        ([[x * 50_000, y * 100_000] for x, y in RING], geometry.NOT_DEGREES),
        ([[y, x] for x, y in RING], geometry.SWAPPED),
        ([[6.5, 10**400]] * 4, geometry.NOT_DEGREES),
        ([[6.5, float("inf")]] * 4, geometry.WRONG_SHAPE),
        ([[6.5, float("nan")]] * 4, geometry.WRONG_SHAPE),
        ([["6.5", "51.3"]] * 4, geometry.WRONG_SHAPE),
        ([[True, False]] * 4, geometry.WRONG_SHAPE),
        ([[6.5]] * 4, geometry.WRONG_SHAPE),
        ([[[[6.5, 51.3]]]] * 4, geometry.WRONG_SHAPE),
        ([], geometry.WRONG_SHAPE),
        ("ring", geometry.WRONG_SHAPE),
        ({"0": [6.5, 51.3]}, geometry.WRONG_SHAPE),
        ([[6.5, 51.3]] * (geometry.MOST_POSITIONS + 1), geometry.TOO_MANY_POINTS),
    ],
)
def test_a_wrong_ring_is_refused_with_the_reason(ring, reason):
    assert refused("Polygon", [ring]) == reason.message
    assert refused("MultiPolygon", [[RING], [ring]]) == reason.message


@pytest.mark.parametrize("shape", [1, [], "Polygon", {}, {"type": ["Polygon"]}, {"type": None}, {"type": "Polygon"}])
def test_what_is_no_geometry_is_refused(shape):
    with pytest.raises(Unreadable):
        geometry.outline(shape)


def test_a_point_lies_in_an_area_but_not_in_its_hole():
    square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]]
    island = [[10.0, 10.0], [11.0, 10.0], [11.0, 11.0], [10.0, 10.0]]
    outline = {"type": "MultiPolygon", "coordinates": [[square, hole], [island]]}
    inside = [geometry.contains(outline, y, x) for x, y in [(3, 3), (1.5, 1.5), (5, 1), (10.9, 10.5), (-1, 1)]]
    assert inside == [True, False, False, True, False]
