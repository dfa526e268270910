"""The map shows what the list shows: by the same filters, for everybody, and quickly."""

import pytest

from participation.contributions.models import ContributionStatus
from participation.ideas import map_pages, map_points
from participation.ideas.map_points import View
from tests.districts.makers import make_area, make_layer
from tests.ideas.makers import make_call, make_category, make_idea
from tests.ideas.test_places import SQUARE
from tests.test_security import Seen

HERE = {"latitude": 51.35, "longitude": 6.55}
ALL = "box=6.4,51.2,6.8,51.5"


def asked(client, query: str = ALL):
    return client.get(f"/de/ideas/map.json?{query}").json


@pytest.mark.databases
def test_the_map_shows_public_ideas_that_have_a_point(client):
    shown = make_idea(title="Schaukel <b>", language="ar", **HERE)
    make_idea()
    make_idea(status=ContributionStatus.WAITING, **HERE)
    make_idea(status=ContributionStatus.HIDDEN, **HERE)
    make_idea(merged_into=shown, **HERE)
    expected = {"id": shown.id, "at": [51.35, 6.55], "title": "Schaukel <b>", "lang": "ar", "dir": "rtl"}
    assert asked(client) == {"total": 1, "groups": [], "ideas": [expected]}


@pytest.mark.databases
def test_the_map_follows_the_filters_of_the_list(client):
    call = make_call()
    category = make_category(call)
    area = make_area(outline=SQUARE)
    wanted = make_idea(call, category=category, areas=[area], language="tr", **HERE)
    make_idea(**HERE)
    for filters in (f"call={call.id}", f"category={category.id}", f"area={area.id}", "language=tr"):
        assert [one["id"] for one in asked(client, f"{ALL}&{filters}")["ideas"]] == [wanted.id], filters
    assert asked(client, f"{ALL}&area=999")["total"] == 0


def test_only_what_lies_in_view_is_sent(client):
    near = make_idea(**HERE)
    make_idea(latitude=52.5, longitude=13.4)
    assert [one["id"] for one in asked(client)["ideas"]] == [near.id]
    assert asked(client, "")["total"] == 2


@pytest.mark.parametrize(
    "box", ["", "x", "1,2,3", "6.8,51.2,6.4,51.5", "nan,nan,nan,nan", "-999,0,999,1", "1,2,3,4,5", "9" * 500]
)
def test_a_view_that_is_none_shows_everything(client, box):
    make_idea(**HERE)
    assert asked(client, f"box={box}")["total"] == 1
    assert View.from_address(box) is None


@pytest.mark.databases
def test_where_there_are_many_ideas_the_map_shows_numbers(client, monkeypatch):
    monkeypatch.setattr(map_points, "MOST_POINTS", 5)
    call = make_call()
    for step in range(6):
        make_idea(call, latitude=51.3 + step / 10_000, longitude=6.5)
    alone = make_idea(call, latitude=51.45, longitude=6.75)
    found = asked(client)
    assert found["total"] == 7
    assert [one["number"] for one in found["groups"]] == [6]
    assert [one["id"] for one in found["ideas"]] == [alone.id]
    latitude, longitude = found["groups"][0]["at"]
    assert (51.3 <= latitude <= 51.3005, longitude) == (True, 6.5)


def test_numbers_stay_in_place_while_the_map_is_moved():
    cells = {View(west, 51.2, west + 0.3, 51.4).cell for west in (6.4, 6.41, 6.5)}
    assert len(cells) == 1
    assert View(6.4, 51.2, 6.4001, 51.3).cell > 0


def test_no_point_is_shown_finer_than_it_may_be(client):
    make_idea(latitude=51.3456789, longitude=6.5678912)
    assert asked(client)["ideas"][0]["at"] == [51.3457, 6.5679]


def test_what_has_not_changed_is_not_sent_again(client):
    make_area(outline=SQUARE)
    for path in (f"/de/ideas/map.json?{ALL}", "/de/ideas/map/outlines.json"):
        first = client.get(path)
        assert "max-age" in first.headers["Cache-Control"]
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_the_districts_lie_in_the_background(client):
    layer = make_layer("stadtbezirke", is_default=True)
    make_area("West", layer, outline=SQUARE)
    make_area("Ohne Umriss", layer)
    make_area("Anderes", make_layer("quartiere"), outline=SQUARE)
    [area] = client.get("/de/ideas/map/outlines.json").json
    assert area["name"] == "West"
    assert area["parts"][0][0][:2] == [[51.3, 6.5], [51.3, 6.6]]


def test_without_outlines_there_is_no_background(client):
    assert client.get("/de/ideas/map/outlines.json").json == []


@pytest.mark.parametrize("is_there", [True, False])
def test_the_page_is_the_list_whether_or_not_there_is_a_map(client, monkeypatch, tmp_path, is_there):
    """A8: the map is offered where it was fetched, and the list says the same."""
    leaflet = tmp_path / "leaflet.js"
    if is_there:
        leaflet.touch()
    monkeypatch.setattr(map_pages, "LEAFLET", leaflet)
    monkeypatch.setitem(client.application.jinja_env.globals, "static", lambda name: f"/static/{name}")
    idea = make_idea(**HERE)
    page = client.get("/de/ideas/map?state=received").text
    assert f"/de/ideas/{idea.id}" in page
    assert "/de/ideas/?state=received" in page
    assert ("Open the map" in page) is is_there
    Seen(page).check()


def test_the_map_begins_at_the_idea_that_the_reader_comes_from(client):
    idea, hidden = make_idea(**HERE), make_idea(status=ContributionStatus.HIDDEN, **HERE)
    if map_pages.has_map():
        assert 'data-focus="51.35,6.55"' in client.get(f"/de/ideas/map?idea={idea.id}").text
    for number in (hidden.id, "x", "9" * 30, "٣"):
        answer = client.get("/de/ideas/map", query_string={"idea": number})
        assert answer.status_code == 200
        assert "data-focus" not in answer.text
