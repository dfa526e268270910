"""A resident on a phone sends an idea, comes back with the receipt, changes it and takes it back."""

import re

import pytest
from playwright.sync_api import Page, expect

from participation.db import session
from participation.i18n import LocalizedText
from participation.questionnaires.models import Questionnaire
from tests.districts.makers import make_area, make_layer
from tests.ideas.makers import make_call, make_category
from tests.media.makers import image_file
from tests.surveys.makers import make_definition, make_version, page, question

LANGUAGES = ["de", "ar", "de-simple"]
PHOTO = {"name": "bank.jpg", "mimeType": "image/jpeg", "buffer": image_file()}


@pytest.fixture
def call(app) -> str:
    """A call with categories, districts and questions of its own; gives its slug."""
    make_area(LocalizedText(de="Nordstadt"), make_layer(is_default=True))
    questionnaire = Questionnaire(name="extra")
    session.add(questionnaire)
    asked = question("has", "yes_no"), question("why", relevant="${has} = 'yes'")
    version = make_version(questionnaire, make_definition(page("one", *asked)), published=True)
    made = make_call(slug="gruen", version=version)
    make_category(made, "Bänke")
    session.commit()
    return "gruen"


def write(phone: Page, language: str, call: str) -> None:
    """Fill in the form, as far as one is likely to."""
    phone.goto(f"/{language}/ideas/calls/{call}/new")
    phone.fill("#title", "Mehr Bänke مقاعد")
    phone.fill("#text", "Am Spielplatz fehlen Bänke.\nنحتاج إلى مقاعد.")
    phone.get_by_role("radio").first.check()
    phone.fill("#place", "Am Park")
    phone.fill("#author_name", "Ayşe")
    phone.set_input_files("input[type=file]", PHOTO)
    phone.fill("#picture-alt", "Ein leerer Platz")


def press(phone: Page, to: str) -> None:
    phone.click(f"button[name=to][value={to}]")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a25_an_idea_from_the_form_to_the_receipt_and_back_again(
    call, open_page, axe, scrolls_sideways, language, javascript
):
    phone = open_page(language=language, javascript=javascript)

    def is_in_order() -> None:
        if javascript:
            assert axe(phone) == []
        assert not scrolls_sideways(phone)  # A4

    write(phone, language, call)
    is_in_order()
    press(phone, "check")
    expect(phone.locator("main")).to_contain_text("Am Spielplatz fehlen Bänke.")
    is_in_order()
    press(phone, "send")
    code = phone.locator(".receipt bdi").first.inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", code)

    other = open_page(language=language, javascript=javascript)
    other.goto(f"/{language}/receipt")
    other.fill("#code", code.lower())
    other.locator("main form button").last.click()
    expect(other.locator("main")).to_contain_text("Mehr Bänke")
    other.locator("a[href$='/mine/change']").click()
    other.fill("#text", "Jetzt besser gesagt.")
    other.locator("#page-form > .actions > button").click()
    other.wait_for_url("**/receipt/matter")
    other.locator("main details summary").first.click()
    expect(other.locator("main")).to_contain_text("Jetzt besser gesagt.")
    if javascript:
        assert axe(other) == []
    other.locator("a[href$='/mine/withdraw']").click()
    other.locator("main .button.danger").click()
    other.goto(f"/{language}/receipt/matter")
    assert other.url.endswith("/receipt")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a11_a_mistake_costs_neither_words_nor_the_picture(call, open_page, axe, javascript):
    phone = open_page(javascript=javascript)
    write(phone, "de", call)
    phone.fill("#title", "")
    press(phone, "check")
    expect(phone.locator(".error-summary")).to_be_visible()
    expect(phone.locator("main form img")).to_be_visible()
    assert phone.input_value("#text").startswith("Am Spielplatz")
    if javascript:
        assert axe(phone) == []
    phone.fill("#title", "Mehr Bänke")
    press(phone, "check")
    press(phone, "change")
    assert phone.input_value("#title") == "Mehr Bänke"
    expect(phone.locator("main form img")).to_be_visible()


def test_questions_show_and_hide_at_once_where_scripts_run(call, open_page):
    phone = open_page()
    phone.goto(f"/de/ideas/calls/{call}/new")
    expect(phone.locator("#q-why")).to_be_hidden()
    phone.locator("#q-has-1").check()
    expect(phone.locator("#q-why")).to_be_visible()


def test_l18_the_language_menu_keeps_the_words_on_both_pages(call, open_page):
    phone = open_page(javascript=False)
    write(phone, "de", call)
    switch(phone, "ar")
    assert phone.input_value("#place") == "Am Park"
    press(phone, "check")
    switch(phone, "de")
    expect(phone.locator("main")).to_contain_text("Am Spielplatz fehlen Bänke.")
    press(phone, "send")
    assert phone.url.endswith("/de/receipt/new")


def switch(phone: Page, language: str) -> None:
    phone.locator("details.languages summary").click()
    phone.locator(f"details.languages [lang={language}]").click()
    assert f"/{language}/ideas/" in phone.url
