"""The map in a real browser: nothing is loaded before it is asked for, and nobody needs a mouse, or the map itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from participation.db import session
from participation.ideas import map_pages
from participation.ideas.models import Idea
from tests.conftest import not_installed
from tests.districts.makers import make_area, make_layer
from tests.ideas.makers import make_idea, make_letter_box
from tests.ideas.test_places import NEXT_SQUARE, SQUARE

NARROW = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def fetched() -> None:
    if not map_pages.has_map():
        not_installed("The map was not fetched. With npm installed: make static/vendor")


@pytest.fixture
def city(app) -> Idea:
    """Two districts, and three ideas, two of them at the same place."""
    layer = make_layer("stadtbezirke", is_default=True)
    make_area("West", layer, outline=SQUARE)
    make_area("Ost", layer, outline=NEXT_SQUARE)
    idea = make_idea(title="Eine Schaukel am Hafen", latitude=51.35, longitude=6.55)
    make_idea(title="بنك في الحديقة", language="ar", latitude=51.35, longitude=6.65)
    make_idea(title="Mehr Licht", latitude=51.35, longitude=6.65)
    session.commit()
    return idea


def opened(page: Page, path: str = "/de/ideas/map") -> Page:
    page.goto(path)
    page.get_by_role("button", name="Open the map").or_(page.locator("#ideas-map button")).click()
    expect(page.locator(".map .map-spot").first).to_be_visible()
    return page


def test_nothing_of_the_map_is_loaded_before_it_is_opened(city, page):
    """D13"""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/de/ideas/map")
    expect(page.get_by_role("link", name="Eine Schaukel am Hafen")).to_be_visible()
    assert not [one for one in asked if re.search(r"leaflet|map\.json|outlines|map\.css|map-base", one)]
    opened(page)
    assert [one for one in asked if "leaflet.js" in one]


def test_the_map_works_by_keyboard_alone_and_names_what_is_on_it(city, page):
    """A1, A8"""
    opened(page)
    expect(page.locator(".map")).to_be_focused()
    expect(page.locator("#ideas-map [role=status]")).to_contain_text("3")
    marker = page.get_by_role("button", name="Eine Schaukel am Hafen")
    for _step in range(8):
        page.keyboard.press("Tab")
        if marker.evaluate("one => one === document.activeElement"):
            break
    expect(marker).to_be_focused()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup").get_by_role("link", name="Eine Schaukel am Hafen")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(marker).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/de/ideas/{city.id}")


def test_ideas_at_the_same_place_share_a_marker(city, page):
    opened(page)
    page.get_by_role("button", name="Mehr Licht").click()
    links = page.locator(".leaflet-popup a[href*='/ideas/']")
    expect(links).to_have_count(2)
    expect(links.first).to_have_attribute("dir", "rtl")


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_open_map_is_accessible_and_fits_a_narrow_window(city, open_page, axe, scrolls_sideways, language, dark):
    """A4, A6"""
    page = opened(open_page(**NARROW, language=language, dark=dark), f"/{language}/ideas/map")
    assert axe(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Eine Schaukel am Hafen").click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    assert axe(page) == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('.map a, .map [role=button]')]
            .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24).map((one) => one.outerHTML)"""
    )
    assert small == []


def test_without_scripts_the_page_is_the_list(city, open_page):
    """A8"""
    page = open_page(javascript=False)
    page.goto("/de/ideas/map")
    expect(page.get_by_role("link", name="Mehr Licht")).to_be_visible()
    expect(page.locator("#ideas-map button")).to_be_hidden()


def test_a_point_is_chosen_by_keyboard_told_in_words_and_removed_again(city, page):
    """A1, A7, A15"""
    make_letter_box()
    session.commit()
    page.goto("/de/ideas/new")
    picker = page.locator("[data-picker]")
    picker.locator("[data-open]").click()
    expect(page.locator(".map")).to_be_focused()
    page.keyboard.press("Enter")
    told = picker.locator("[data-told]")
    expect(told).to_contain_text("51,35")
    expect(told).to_contain_text(re.compile("West|Ost"))
    assert page.url.endswith("/de/ideas/new")
    assert page.input_value("#latitude").startswith("51.35")
    before = page.input_value("#longitude")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.locator("#longitude")).not_to_have_value(before)
    picker.locator("[data-remove]").click()
    expect(page.locator("#latitude")).to_have_value("")
    expect(picker.locator("[data-remove]")).to_be_hidden()


def test_a_point_is_chosen_with_one_press_and_none_outside_the_city(city, page, axe):
    make_letter_box()
    session.commit()
    page.goto("/de/ideas/new")
    picker = page.locator("[data-picker]")
    picker.locator("[data-open]").click()
    map_box = page.locator(".map")
    expect(map_box).to_be_focused()
    map_box.click(position={"x": 150, "y": 3})
    expect(picker.locator("[data-told]")).not_to_be_empty()
    assert page.input_value("#latitude") == ""
    picker.locator("[data-middle]").click()
    expect(page.locator("#latitude")).not_to_have_value("")
    assert axe(page) == []


def test_where_the_map_cannot_be_loaded_the_page_says_so(city, browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.route("**/leaflet.js*", lambda route: route.abort())
    page.goto("/de/ideas/map")
    page.locator("#ideas-map button").click()
    expect(page.locator("#ideas-map [role=status]")).not_to_be_empty()
    expect(page.locator(".map")).to_be_hidden()
    context.close()
