"""Looking up layers, areas and streets."""

from datetime import date

import pytest

from participation.districts import queries
from participation.districts.models import Parity
from participation.i18n import LocalizedText, speaking
from tests.districts.makers import make_area, make_layer, make_street

pytestmark = pytest.mark.usefixtures("app")


def names(areas):
    return [str(area.name) for area in areas]


def test_areas_stand_in_the_order_of_their_names_in_the_readers_language():
    layer = make_layer()
    make_area(LocalizedText(de="Zoo", tr="Ada"), layer)
    make_area(LocalizedText(de="Bezirk 10"), layer)
    make_area(LocalizedText(de="Bezirk 2"), layer)
    make_area(LocalizedText(de="Ölberg", tr="Çarşı"), layer)
    assert names(queries.areas(layer)) == ["Bezirk 2", "Bezirk 10", "Ölberg", "Zoo"]
    with speaking("tr"):
        assert names(queries.areas(layer)) == ["Ada", "Bezirk 2", "Bezirk 10", "Çarşı"]


def test_an_area_exists_from_its_first_to_its_last_day(stop_clock):
    layer = make_layer()
    make_area("Früher", layer, valid_to=date(2026, 3, 31))
    make_area("Immer", layer)
    make_area("Später", layer, valid_from=date(2026, 4, 1))
    stop_clock(2026, 3, 31, 12)
    assert names(queries.areas(layer)) == ["Früher", "Immer"]
    stop_clock(2026, 3, 31, 22, 30)  # in Germany it is April already
    assert names(queries.areas(layer)) == ["Immer", "Später"]
    assert names(queries.areas(layer, on=date(2025, 1, 1))) == ["Früher", "Immer"]


def test_layers_may_overlap_and_the_default_one_comes_first():
    areas = make_layer("sozialraeume", "Sozialräume")
    districts = make_layer("bezirke", "Stadtbezirke", is_default=True)
    assert queries.default_layer() is districts
    assert list(queries.layers()) == [districts, areas]
    assert queries.layer("sozialraeume") is areas


@pytest.mark.parametrize(
    "typed",
    ["Königstraße", "koenigstrasse", "KÖNIGSTR.", "König Str", "König-Straße, 47798 Krefeld", "Königstr. 7", "köni"],
)
@pytest.mark.databases
def test_l14_a_street_is_found_however_it_is_typed(typed):
    mitte = make_area("Mitte")
    make_street("Königstraße", mitte)
    make_street("Kirchweg", make_area("Nord"))
    assert names(queries.areas_of_street(typed, mitte.layer)) == ["Mitte"]


@pytest.mark.databases
def test_a_house_number_tells_which_part_of_a_long_street_is_meant():
    west, east = make_area("West"), make_area("Ost")
    make_street("Lange Straße", west, 1, 49)
    make_street("Lange Straße", east, 50, 199, Parity.EVEN)
    make_street("Lange Straße", west, 51, 199, Parity.ODD)
    layer = west.layer
    assert names(queries.areas_of_street("Lange Str.", layer)) == ["Ost", "West"]
    assert names(queries.areas_of_street("Lange Str. 48a", layer)) == ["West"]
    assert names(queries.areas_of_street("Lange Str. 60", layer)) == ["Ost"]
    assert names(queries.areas_of_street("lange strasse ٦١", layer)) == ["West"]
    assert names(queries.areas_of_street("Lange Str. 61-63", layer)) == ["West"]
    assert queries.areas_of_street("Lange Str. 900", layer) == []


def test_a_beginning_is_enough_when_only_one_street_begins_so():
    mitte = make_area("Mitte")
    for name in ("Rosenweg", "Rosenplatz", "Am Wall"):
        make_street(name, mitte)
    assert names(queries.areas_of_street("Rosenw", mitte.layer)) == ["Mitte"]
    assert queries.areas_of_street("Rosen", mitte.layer) == []
    assert queries.areas_of_street("Am", mitte.layer) == []


def test_numbers_inside_a_name_are_no_house_numbers():
    mitte, nord = make_area("Mitte"), make_area("Nord")
    make_street("Straße des 17. Juni", mitte)
    make_street("Platz 1", nord)
    make_street("Platz", mitte, 1, 9)
    assert names(queries.areas_of_street("Strasse des 17. Juni 4", mitte.layer)) == ["Mitte"]
    assert names(queries.areas_of_street("Platz 1", mitte.layer)) == ["Nord"]
    assert names(queries.areas_of_street("Platz 2", mitte.layer)) == ["Mitte"]


@pytest.mark.parametrize("typed", ["", "  ", "%", "____", "Nirgendweg", "🙂", "x" * 5000, "12", "' OR 1=1 --", "a, b"])
@pytest.mark.databases
def test_a_street_nobody_knows_lies_nowhere(typed):
    mitte = make_area("Mitte")
    make_street("Rosenweg", mitte)
    assert queries.areas_of_street(typed, mitte.layer) == []


def test_only_the_areas_of_the_asked_layer_and_of_today_are_told(stop_clock):
    districts, rooms = make_layer(), make_layer("sozialraeume", "Sozialräume")
    make_street("Rosenweg", make_area("Mitte", districts, valid_to=date(2026, 1, 1)))
    make_street("Rosenweg", make_area("Raum 4", rooms))
    stop_clock(2026, 4, 1)
    assert queries.areas_of_street("Rosenweg", districts) == []
    assert names(queries.areas_of_street("Rosenweg", rooms)) == ["Raum 4"]


def test_s7_small_areas_are_counted_with_the_neighbour_the_rule_names():
    one, two, three = make_area("Eins"), make_area("Zwei"), make_area("Drei")
    one.merged_into_id, two.merged_into_id = two.id, three.id
    assert queries.merge_targets(one.layer) == {one.id: three.id, two.id: three.id, three.id: three.id}
