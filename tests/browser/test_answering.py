"""Residents on a phone answer a survey in three languages, with and without scripts, and come back with the receipt."""

import re

import pytest
from playwright.sync_api import Page, expect

from participation.db import session
from participation.i18n import LocalizedText
from tests.districts.makers import make_area, make_layer
from tests.surveys.makers import make_definition, make_survey, page, question

LANGUAGES = ["de", "ar", "de-simple"]
EVERY_KIND = [
    question("single", "single_choice", "red green blue", may_withhold=True),
    question("drop", "single_choice", "red green blue", style="drop_down"),
    question("search", "single_choice", "red green blue", style="searchable"),
    question("several", "multiple_choice", "red green none"),
    question("yesno", "yes_no", is_required=True),
    question("scale", "scale", least=1, most=5, least_label={"de": "schlecht"}, most_label={"de": "gut"}),
    question("whole", "whole_number", unit={"de": "Kinder"}, hint={"de": "Zählen Sie alle."}),
    question("decimal", "decimal_number", may_withhold=True),
    question("short"),
    question("long", "long_text", is_sensitive=True),
    question("day", "date"),
    question("month", "month"),
    question("year", "year"),
    question("district", "district"),
    question("info", "information"),
    question("agree", "consent"),
    {
        "name": "matrix",
        "title": {"de": "Wie zufrieden sind Sie?"},
        "is_matrix": True,
        "elements": [question(name, "single_choice", "good bad", may_withhold=True) for name in ("bus", "park")],
    },
]


@pytest.fixture
def survey(app) -> str:
    """A survey with every kind of question; gives its slug."""
    layer = make_layer(is_default=True)
    make_area(layer=layer, name=LocalizedText(de="Nordstadt"))
    definition = make_definition(
        page("all", *EVERY_KIND),
        page("more", question("why", relevant="${whole} > 2"), question("then", relevant="${why} != ''")),
        page("each", question("age", "whole_number"), repeat={"name": "children"}),
        languages=["de", "ar", "de-simple"],
    )
    slug = make_survey(definition, slug="alles").slug
    session.commit()
    return slug


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a25_from_the_start_page_to_the_receipt(survey, open_page, language, javascript):
    phone = open_page(language=language, javascript=javascript)
    phone.goto(f"/{language}/surveys/{survey}")
    phone.click("main a.button")
    phone.get_by_role("radio").nth(0).check()
    phone.locator("#q-yesno-1").check()
    phone.fill("#q-whole", "٣")
    phone.fill("#q-long", "مرحبا hello")
    phone.select_option("#q-district-area", index=1)
    forward(phone)
    phone.fill("#q-why", "because")
    if not javascript:
        forward(phone)
    phone.fill("#q-then", "later")
    forward(phone)
    phone.fill("#q-age", "4")
    phone.click("button[value=add]")
    phone.fill("#q-age", "7")
    forward(phone)
    assert phone.url.endswith("/review")
    expect(phone.locator("main")).to_contain_text("مرحبا hello")
    phone.locator("main form button").click()
    code = phone.locator(".receipt bdi").first.inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", code)

    other = open_page(language="de", javascript=javascript)
    other.goto("/de/receipt")
    other.fill("#code", code.lower())
    other.locator("main form button").last.click()
    other.locator("main .card form button").first.click()
    expect(other.locator("main")).to_contain_text("مرحبا hello")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_question_breaks_no_rule_of_accessibility(
    survey, open_page, axe, scrolls_sideways, language, width
):
    window = open_page(width=width, language=language)
    window.goto(f"/{language}/surveys/{survey}")
    assert axe(window) == []
    window.click("main a.button")
    assert axe(window) == []
    assert not scrolls_sideways(window)  # A4
    forward(window)
    assert axe(window) == []
    assert not scrolls_sideways(window)


def test_a10_after_a_mistake_the_summary_has_the_focus_and_leads_to_the_field(survey, open_page):
    for javascript in (True, False):
        phone = open_page(javascript=javascript)
        phone.goto(f"/de/surveys/{survey}/answer")
        forward(phone)
        expect(phone.locator(".error-summary")).to_be_visible()
        if javascript:
            expect(phone.locator(".error-summary")).to_be_focused()
        phone.click(".error-summary a")
        expect(phone).to_have_url(re.compile("#q-yesno$"))


def test_l18_the_language_menu_keeps_what_is_half_typed_in_a_real_browser(survey, open_page):
    for javascript in (True, False):
        phone = open_page(javascript=javascript)
        phone.goto(f"/de/surveys/{survey}/answer")
        phone.fill("#q-short", "halb ge")
        phone.locator("#q-several-2").check()
        phone.locator("details.languages summary").click()
        phone.locator("details.languages [lang=ar]").click()
        assert "/ar/surveys/" in phone.url
        assert phone.locator("html").get_attribute("dir") == "rtl"
        assert phone.input_value("#q-short") == "halb ge"
        assert phone.locator("#q-several-2").is_checked()


def test_questions_show_and_hide_at_once_where_scripts_run(survey, open_page):
    phone = open_page()
    phone.goto(f"/de/surveys/{survey}/answer")
    phone.locator("#q-yesno-1").check()
    phone.fill("#q-whole", "3")
    forward(phone)
    expect(phone.locator("#q-then")).to_be_hidden()
    phone.fill("#q-why", "x")
    expect(phone.locator("#q-then")).to_be_visible()
    phone.fill("#q-why", "")
    expect(phone.locator("#q-then")).to_be_hidden()


def test_a1_the_whole_survey_can_be_answered_with_the_keyboard(survey, open_page):
    window = open_page(width=1280)
    window.goto(f"/de/surveys/{survey}/answer")
    window.keyboard.press("Tab")
    expect(window.locator(".skip")).to_be_focused()
    window.focus("#q-yesno-1")
    window.keyboard.press("Space")
    window.focus("#q-whole")
    window.keyboard.type("1")
    window.keyboard.press("Enter")
    window.wait_for_url("**/each/1")


def forward(phone: Page) -> None:
    """Press "next"."""
    phone.click("button[value=next]")
