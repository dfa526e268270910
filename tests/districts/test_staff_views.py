"""The districts desk."""

import pytest
from sqlalchemy import select

from participation.db import session
from participation.districts.models import Area, Layer
from tests.accounts.makers import staff_client
from tests.districts.makers import make_area, make_layer

DESK = "/en/staff/districts"


@pytest.fixture
def editor(app):
    return staff_client(app, "editor")


def addresses(area):
    layer = area.layer_id
    return [
        DESK,
        f"{DESK}/layers/new",
        f"{DESK}/layers/{layer}",
        f"{DESK}/layers/{layer}/edit",
        f"{DESK}/layers/{layer}/areas/new",
        f"{DESK}/layers/{layer}/import",
        f"{DESK}/areas/{area.id}",
    ]


def test_v18_visitors_and_other_roles_are_turned_away_from_every_page(app, client):
    area = make_area()
    analyst = staff_client(app, "analyst", "moderator", "council_secretary")
    for address in addresses(area):
        for way in ("get", "post"):
            if way == "post" and address in {DESK, f"{DESK}/layers/{area.layer_id}"}:
                continue
            assert getattr(client, way)(address).status_code == 401, address
            assert getattr(analyst, way)(address).status_code == 403, address


def test_administrators_and_editors_are_let_in(app, editor):
    area = make_area()
    for browser in (editor, staff_client(app, "administrator")):
        assert {browser.get(address).status_code for address in addresses(area)} == {200}


def test_an_editor_of_one_district_keeps_that_district_only(app):
    own, other = make_area("Eigen"), make_area("Fremd")
    browser = staff_client(app, "editor", area_id=own.id)
    data = {"name-de": "Eigenes", "valid_from": "", "merged_into_id": ""}
    assert browser.post(f"{DESK}/areas/{own.id}", data=data).status_code == 302
    assert browser.get(f"{DESK}/areas/{own.id}").status_code == 200
    assert browser.post(f"{DESK}/areas/{other.id}", data=data).status_code == 403
    assert browser.get(DESK).status_code == 403
    assert str(session.get_one(Area, other.id).name) == "Fremd"


def test_a_layer_is_created_and_renamed(editor):
    answer = editor.post(f"{DESK}/layers/new", data={"slug": "bezirke", "name-de": "Bezirke", "name-tr": "İlçeler"})
    layer = session.scalars(select(Layer)).one()
    assert answer.location == f"{DESK}/layers/{layer.id}"
    assert (dict(layer.name), layer.is_default) == ({"de": "Bezirke", "tr": "İlçeler"}, True)
    editor.post(f"{DESK}/layers/{layer.id}/edit", data={"slug": "stadtbezirke", "name-de": "Stadtbezirke"})
    session.expire_all()
    assert (layer.slug, dict(layer.name), layer.is_default) == ("stadtbezirke", {"de": "Stadtbezirke"}, True)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"slug": "bezirke"},
        {"slug": "Bezirke", "name-de": "Bezirke"},
        {"slug": "a b", "name-de": "Bezirke"},
        {"slug": "-", "name-de": "Bezirke"},
        {"slug": "x" * 61, "name-de": "Bezirke"},
        {"slug": "bezirke", "name-tr": "İlçeler"},
        {"slug": "bezirke", "name-de": "x" * 121},
        {"slug": "da", "name-de": "Noch einer"},
    ],
)
def test_a_layer_form_with_mistakes_comes_back(editor, data):
    make_layer("da", "Da")
    assert editor.post(f"{DESK}/layers/new", data=data).status_code == 422
    assert len(session.scalars(select(Layer)).all()) == 1


def test_an_area_is_added_and_changed_by_hand(editor):
    layer = make_layer()
    small = make_area("Klein", layer)
    data = {
        "code": "07",
        "name-de": "Mitte",
        "valid_from": "01.01.2020",
        "residents": "1200",
        "merged_into_id": small.id,
    }
    assert editor.post(f"{DESK}/layers/{layer.id}/areas/new", data=data).status_code == 302
    area = session.scalars(select(Area).where(Area.code == "07")).one()
    assert (area.residents, area.merged_into_id, str(area.valid_from)) == (1200, small.id, "2020-01-01")
    data = {"name-de": "Mitte", "name-fa": "مرکز", "valid_to": "31.12.2030", "merged_into_id": ""}
    assert editor.post(f"{DESK}/areas/{area.id}", data=data).status_code == 302
    session.expire_all()
    assert (area.code, area.residents, area.merged_into_id, str(area.valid_to)) == ("07", None, None, "2030-12-31")
    assert "مرکز" in editor.get(f"{DESK}/areas/{area.id}").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name-de": ""}, "name-de"),
        ({"valid_from": "13.13.2020"}, "valid_from"),
        ({"valid_from": "02.01.2026", "valid_to": "01.01.2026"}, "valid_to"),
        ({"residents": "-1"}, "residents"),
        ({"residents": "viele"}, "residents"),
        ({"residents": "9" * 30}, "residents"),
        ({"merged_into_id": "4711"}, "merged_into_id"),
        ({"merged_into_id": "²"}, "merged_into_id"),
        ({"merged_into_id": "x"}, "merged_into_id"),
    ],
)
def test_a10_mistakes_in_an_area_are_told_at_their_field_and_nothing_is_saved(editor, wrong, field):
    area = make_area("Mitte")
    answer = editor.post(f"{DESK}/areas/{area.id}", data={"name-de": "Neu", "merged_into_id": "", **wrong})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert str(session.get_one(Area, area.id).name) == "Mitte"


def test_a_circle_of_merged_areas_is_refused_at_its_field(editor):
    one, two = make_area("Eins"), make_area("Zwei")
    one.merged_into_id = two.id
    answer = editor.post(f"{DESK}/areas/{two.id}", data={"name-de": "Zwei", "merged_into_id": one.id})
    assert answer.status_code == 422
    assert "in a circle" in answer.text


def test_what_is_not_there_is_not_found(editor):
    for address in ("layers/4711", "layers/4711/edit", "layers/4711/import", "areas/4711", "imports/4711"):
        assert editor.get(f"{DESK}/{address}").status_code == 404
    assert editor.get(f"{DESK}/areas/99999999999999999999").status_code == 404


def test_a_long_list_of_areas_is_paged_and_needs_few_statements(editor, count_statements):
    layer = make_layer()
    first = make_area("Bezirk 0", layer)
    for number in range(1, 30):
        make_area(f"Bezirk {number}", layer, merged_into_id=first.id)
    with count_statements() as said:
        page = editor.get(f"{DESK}/layers/{layer.id}").text
    assert len(said) <= 8
    assert ">Bezirk 24<" in page
    assert ">Bezirk 25<" not in page
