"""The districts as residents see them."""

import pytest

from participation.i18n import LocalizedText
from tests.districts.makers import make_area, make_layer, make_street


def test_a8_the_districts_stand_there_as_text_in_the_readers_language(client):
    layer = make_layer()
    make_area(LocalizedText(de="Mitte", tr="Merkez"), layer)
    make_area("Nord", layer)
    page = client.get("/tr/districts").text
    assert "<li>Merkez</li>" in page
    assert '<li><span lang="de" dir="ltr">Nord</span></li>' in page


def test_l3_the_name_of_a_district_is_a_name_and_no_missing_translation(client):
    layer = make_layer()
    layer.name = LocalizedText(de="Stadtbezirke", tr="Semtler")
    make_area("Nord", layer)
    page = client.get("/tr/districts").text
    assert '<span lang="de" dir="ltr">Nord</span>' in page
    assert "not translated yet" not in page


def test_d12_reading_the_list_sets_no_cookie(client):
    make_area()
    assert "Set-Cookie" not in client.get("/de/districts").headers
    assert "Set-Cookie" not in client.get("/de/districts/stadtbezirke").headers


def test_a_long_layer_has_a_page_of_its_own_in_parts(client):
    layer = make_layer()
    for number in range(1, 121):
        make_area(f"Bezirk {number}", layer)
    assert "Bezirk 1" not in client.get("/de/districts").text
    assert 'href="/de/districts/stadtbezirke"' in client.get("/de/districts").text
    first, second = (client.get(f"/de/districts/stadtbezirke?page={number}").text for number in (1, 2))
    assert "<li>Bezirk 100</li>" in first
    assert "<li>Bezirk 101</li>" in second
    assert "<li>Bezirk 101</li>" not in first


@pytest.mark.parametrize("slug", ["nirgends", "%27", "a" * 300])
def test_a_layer_nobody_knows_is_not_found(client, slug):
    assert client.get(f"/de/districts/{slug}").status_code == 404


def test_an_empty_city_says_so(client):
    assert client.get("/de/districts").status_code == 200
    assert client.get("/de/districts/find").status_code == 200
    assert client.post("/de/districts/find", data={"street": "Rosenweg"}).status_code == 200


def test_v21_a_street_is_posted_and_answered_with_the_areas_of_every_layer(client):
    make_street("Rosenstraße", make_area("Mitte", make_layer()))
    make_street("Rosenstraße", make_area("Raum 4", make_layer("sozialraeume", "Sozialräume")))
    answer = client.post("/de/districts/find", data={"street": "rosenstr. 12"})
    assert answer.status_code == 200
    assert "<dd>Mitte</dd>" in answer.text
    assert "<dd>Raum 4</dd>" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    asked = client.get("/de/districts/find?street=rosenstr")
    assert "Mitte" not in asked.text


def test_a_street_that_crosses_districts_shows_them_all_and_asks_for_the_number(client):
    west, east = make_area("West"), make_area("Ost")
    make_street("Lange Straße", west, 1, 49)
    make_street("Lange Straße", east, 50, 99)
    page = client.post("/en/districts/find", data={"street": "Lange Str."}).text
    assert ">West<" in page
    assert ">Ost<" in page
    assert "add the house number" in page
    assert "add the house number" not in client.post("/en/districts/find", data={"street": "Lange Str. 7"}).text


def test_a10_an_empty_form_comes_back_with_its_mistake(client):
    answer = client.post("/en/districts/find", data={"street": "  "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("street", ["x" * 201, "x" * 300_000])
def test_a_street_longer_than_any_is_refused(client, street):
    assert client.post("/de/districts/find", data={"street": street}).status_code == 422


@pytest.mark.parametrize("street", ["<script>alert(1)</script>", "\x00\u202e", "🙂", "%s%n", "'; DROP TABLE areas; --"])
def test_v1_what_was_typed_comes_back_harmless(client, street):
    make_area()
    answer = client.post("/de/districts/find", data={"street": street})
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.text


def test_l18_a_half_filled_form_changes_its_language_and_keeps_what_was_typed(client):
    answer = client.post("/ar/districts/find", data={"street": "Rosen", "_language": "ar"})
    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.text
    assert 'value="Rosen"' in answer.text


def test_a_resident_page_needs_few_statements(client, count_statements):
    for slug in "abc":
        layer = make_layer(slug, slug)
        for number in range(5):
            make_street("Rosenweg", make_area(f"{slug} {number}", layer))
    with count_statements() as said:
        client.get("/de/districts")
    assert len(said) <= 8
    with count_statements() as said:
        client.post("/de/districts/find", data={"street": "Nirgendweg 5"})
    assert len(said) <= 8
