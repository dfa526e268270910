"""Real files of German cities, made by others."""

import pytest
from sqlalchemy import func, select

from participation.db import session
from participation.districts import operations, queries
from participation.districts.files import FileRefused
from participation.districts.models import Area, ImportKind
from tests.districts.makers import make_layer

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("file", "count", "name"),
    [
        ("duesseldorf_stadtteile.geojson", 50, "Oberkassel"),
        ("frankfurt-main_stadtteile.geojson", 46, "Bahnhofsviertel"),
        ("ulm_stadtteile.geojson", 55, "Karlstraße"),
    ],
)
def test_the_districts_of_three_cities_are_imported_and_the_second_time_nothing_changes(samples, file, count, name):
    layer, content = make_layer(), (samples / "geo" / file).read_bytes()
    planned = operations.import_file(layer, ImportKind.AREAS, content)
    assert (len(planned.new), planned.problems) == (count, [])
    session.expire_all()
    found = queries.areas(layer)
    assert name in [str(area.name) for area in found]
    assert all(area.outline for area in session.scalars(select(Area)))
    again = operations.import_file(layer, ImportKind.AREAS, content)
    assert (again.counts, again.unchanged) == ({"new": 0, "changed": 0, "removed": 0}, count)


def test_playgrounds_are_points_and_no_districts(samples):
    content = (samples / "geo" / "krefeld_spielplaetze.geojson").read_bytes()
    with pytest.raises(FileRefused, match="points or lines"):
        operations.import_file(make_layer(), ImportKind.AREAS, content)
    assert session.scalar(select(func.count(Area.id))) == 0


def test_the_surveyors_capital_letters_are_understood(samples):
    content = (samples / "geo" / "krefeld_stadtgrenze.geojson").read_bytes()
    operations.import_file(make_layer(), ImportKind.AREAS, content)
    krefeld = session.scalars(select(Area)).one()
    assert (krefeld.code, str(krefeld.name)) == ("05114000", "Krefeld")
