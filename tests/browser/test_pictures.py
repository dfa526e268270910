"""Pictures in a real browser: made smaller before they are sent, and never at the price of what was typed (A11)."""

import random
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from participation.db import session
from tests.ideas.makers import make_letter_box

MEGABYTE = 1024 * 1024


@pytest.fixture
def form(app, open_page):
    """The form for an idea with a title typed, with or without scripts."""
    make_letter_box()
    session.commit()

    def fill(*, javascript: bool = True) -> Page:
        page = open_page(javascript=javascript)
        page.goto("/de/ideas/new")
        page.fill("[name=title]", "Mehr Bänke am Ufer")
        return page

    return fill


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a telephone makes it: large, and full of details."""
    path = tmp_path / "DSC_0001.jpg"
    noise = Image.frombytes("RGB", (600, 450), random.Random(1).randbytes(600 * 450 * 3))
    noise.resize((4000, 3000)).save(path, quality=95)
    assert path.stat().st_size > MEGABYTE
    return path


def test_a_photo_is_made_smaller_before_it_is_sent(form, photo, axe):
    page = form()
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(photo)
    expect(page.locator("input[type=file] ~ [role=status]")).to_have_text(chooser.get_attribute("data-done"))
    assert chooser.evaluate("(one) => one.files[0].size") < photo.stat().st_size
    size = chooser.evaluate("(one) => createImageBitmap(one.files[0]).then((image) => [image.width, image.height])")
    assert size == [1600, 1200]
    assert axe(page) == []
    page.get_by_role("button", name="Next").or_(page.locator("[name=to][value=check]")).click()
    expect(page.locator("[name=title]").first).to_have_value("Mehr Bänke am Ufer")  # the text is missing: once more
    shown = page.locator("fieldset img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 320)


def test_what_no_browser_can_make_smaller_is_told_at_once(form, tmp_path):
    page = form()
    film = tmp_path / "film.mp4"
    film.write_bytes(b"x" * (12 * MEGABYTE))
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(film)
    expect(page.locator("input[type=file] ~ [role=status]")).to_have_text(chooser.get_attribute("data-too-large"))
    assert chooser.evaluate("(one) => one.files.length") == 0
    expect(page.locator("[name=title]")).to_have_value("Mehr Bänke am Ufer")


def test_without_scripts_fifty_megabytes_come_back_as_a_sentence_with_all_that_was_typed(form, tmp_path):
    page = form(javascript=False)
    film = tmp_path / "film.mp4"
    film.write_bytes(b"x" * (50 * MEGABYTE))
    page.locator("input[type=file]").set_input_files(film)
    with page.expect_response("**/de/ideas/new") as answer:
        page.locator("[name=to][value=check]").click()
    assert answer.value.status == 422
    expect(page.locator("[name=title]")).to_have_value("Mehr Bänke am Ufer")
    expect(page.locator(".error-summary")).to_contain_text("10")


def test_a_line_that_breaks_while_the_picture_is_sent_loses_nothing(app, browser, live_server, photo):
    make_letter_box()
    session.commit()
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/de/ideas/new")
    page.fill("[name=title]", "Mehr Bänke am Ufer")
    page.fill("[name=text]", "Am Ufer kann man nirgends sitzen.")
    page.fill("[name=picture_alt]", "Ein leeres Ufer")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(photo)
    status = page.locator("input[type=file] ~ [role=status]")
    expect(status).to_have_text(chooser.get_attribute("data-done"))
    page.route("**/de/ideas/new", lambda route: route.abort())
    page.locator("[name=to][value=check]").click()
    expect(status).to_have_text(chooser.get_attribute("data-broken"))
    expect(page.locator("[name=text]")).to_have_value("Am Ufer kann man nirgends sitzen.")
    page.unroute("**/de/ideas/new")
    page.locator("[name=to][value=check]").click()
    expect(page.locator("[name=to][value=send]")).to_be_visible()
    expect(page.get_by_role("img", name="Ein leeres Ufer")).to_be_visible()
    context.close()
