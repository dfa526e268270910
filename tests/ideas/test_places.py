"""A place is told in words, by an area, or by a point, and each of them names the areas it lies in (A7, A8)."""

import pytest

from participation.ideas import places
from participation.reading import Unreadable
from tests.districts.makers import make_area, make_layer, make_street

SQUARE = {"type": "Polygon", "coordinates": [[[6.5, 51.3], [6.6, 51.3], [6.6, 51.4], [6.5, 51.4], [6.5, 51.3]]]}
NEXT_SQUARE = {"type": "Polygon", "coordinates": [[[6.6, 51.3], [6.7, 51.3], [6.7, 51.4], [6.6, 51.4], [6.6, 51.3]]]}


@pytest.fixture
def city(app):
    """Two layers; of the first one the outlines are known."""
    districts, quarters = make_layer("stadtbezirke", is_default=True), make_layer("quartiere")
    west = make_area("West", districts, outline=SQUARE)
    east = make_area("Ost", districts, outline=NEXT_SQUARE)
    quarter, other = make_area("Hafen", quarters), make_area("Markt", quarters)
    make_street("Uferweg", west)
    make_street("Uferweg", quarter)
    make_street("Lange Straße", west)
    make_street("Lange Straße", east)
    return {"west": west, "east": east, "quarter": quarter, "other": other}


@pytest.mark.databases
def test_a_street_names_an_area_of_each_layer(city):
    assert places.areas_for("Uferweg 3", None, None, None) == [city["west"], city["quarter"]]


def test_a_street_through_several_areas_names_none(city):
    assert places.areas_for("Lange Str. 5", None, None, None) == []


def test_a_point_names_the_area_it_lies_in(city):
    assert places.areas_for("", None, 51.35, 6.65) == [city["east"]]


def test_a_point_counts_before_a_street_and_a_choice_before_both(city):
    assert places.areas_for("Uferweg", None, 51.35, 6.65) == [city["east"], city["quarter"]]
    assert places.areas_for("Uferweg", city["west"].id, 51.35, 6.65) == [city["west"], city["quarter"]]
    assert places.areas_for("Uferweg", city["other"].id, 51.35, 6.65) == [city["east"], city["other"]]


def test_no_place_and_unknown_ones_name_nothing(city):
    assert places.areas_for("", None, None, None) == []
    assert places.areas_for("hinter dem Spielplatz", 999, 10.0, 10.0) == []


def test_a_point_outside_the_city_is_refused_in_words(city):
    places.check_point(51.35, 6.55)
    with pytest.raises(Unreadable, match="outside the city"):
        places.check_point(52.5, 13.4)


@pytest.mark.parametrize("point", [(91.0, 6.5), (-91.0, 6.5), (51.0, 181.0), (float("nan"), 6.5), (51.0, float("inf"))])
def test_a_point_that_is_not_on_earth_is_refused_in_words(app, point):
    with pytest.raises(Unreadable, match="not a point on the map"):
        places.check_point(*point)


def test_where_no_outline_is_known_every_point_on_earth_will_do(app):
    make_area()
    places.check_point(51.35, 6.55)


def test_a_point_is_kept_no_finer_than_ten_metres():
    assert (places.rounded(51.3456789), places.rounded(6.5)) == (51.3457, 6.5)
