"""The look of the house holds for every reader: small screens, large letters, own colours, keyboard, print."""

import gzip

import pytest
from playwright.sync_api import Page, expect

from participation.db import session
from participation.settings import PROJECT
from tests.browser.test_events import make_large_event
from tests.surveys.makers import make_definition, make_survey, page, question

LANGUAGES = ["de", "ar", "de-simple"]
RESIDENTS_PAGES = ["", "surveys/", "surveys/blick", "receipt", "report-a-barrier", "pages/contact", "account/sign-in"]
EVENT_PAGES = ["events/", "events/1", "events/1/register"]
STEP = "surveys/blick/answer/all/0"
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }
"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'main :is(.choice label, .check label, .button, select, input:not([type=radio], [type=checkbox]), summary),'
    + '.top :is(summary, a), .bottom a'
)].filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width < 24 || box.height < 44).map(([html]) => html)"""
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => {
    const style = getComputedStyle(e)
    return style.overflow !== 'visible' && !e.matches('.visually-hidden, progress, input, textarea, select')
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && e.clientWidth > 1
}).map(e => e.outerHTML.slice(0, 90))"""
# A radio button gives its ring to the label that is its card.
RING = """() => {
    const focused = document.activeElement
    const shown = [focused, focused.nextElementSibling].filter(Boolean).map(e => getComputedStyle(e))
    return shown.some(style => style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3)
        ? '' : focused.outerHTML.slice(0, 90)
}"""


@pytest.fixture
def survey(app) -> None:
    """A survey whose first page holds the widest things there are, and an event with a long form."""
    make_large_event(capacity=5)
    options = "grundschulverkehrssicherheit ja nein vielleicht niemals"
    scale = question("scale", "scale", least=0, most=10, least_label={"de": "schlecht"}, most_label={"de": "gut"})
    rows = [question(name, "single_choice", options, may_withhold=True) for name in ("bus", "park")]
    matrix = {"name": "matrix", "title": {"de": "Wie zufrieden?"}, "is_matrix": True, "elements": rows}
    several = question("several", "multiple_choice", options)
    short, number = question("short", is_required=True), question("whole", "whole_number", unit={"de": "Kinder"})
    make_survey(
        make_definition(page("all", several, scale, matrix, short, number, question("day", "date"))), slug="blick"
    )
    session.commit()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a4_no_page_scrolls_sideways_on_the_smallest_phone(survey, open_page, scrolls_sideways, language):
    phone = open_page(width=320, language=language)
    for address in [*RESIDENTS_PAGES, *EVENT_PAGES, STEP]:
        phone.goto(f"/{language}/{address}")
        phone.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert not scrolls_sideways(phone), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a5_wider_spaced_text_is_neither_lost_nor_cut_off(survey, open_page, scrolls_sideways, language):
    phone = open_page(width=320, language=language, bypass_csp=True)
    for address in ["", "receipt", *EVENT_PAGES, STEP]:
        phone.goto(f"/{language}/{address}")
        phone.add_style_tag(content=TEXT_SPACING)
        assert not scrolls_sideways(phone), address
        assert phone.evaluate(CUT_OFF) == []


def test_a6_everything_residents_touch_is_large(survey, open_page):
    phone = open_page(width=320)
    for address in ["", "receipt", *EVENT_PAGES, STEP]:
        phone.goto(f"/de/{address}")
        assert phone.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"forced_colors": "active"}], ids=["light", "dark", "forced"])
def test_a2_whatever_has_the_focus_shows_it(survey, open_page, look):
    window = open_page(width=1280, **look)
    window.goto(f"/de/{STEP}")
    for _ in range(20):
        window.keyboard.press("Tab")
        assert window.evaluate(RING) == ""


def test_a18_a_chosen_option_is_told_by_more_than_colour(survey, open_page):
    window = open_page(forced_colors="active")
    window.goto(f"/de/{STEP}")
    window.locator("#q-scale-3").check()
    borders = "all => all.map(one => getComputedStyle(one).borderTopWidth)"
    chosen, other = window.locator("#q-scale-3, #q-scale-4").evaluate_all(borders)
    assert float(chosen.removesuffix("px")) > 2 * float(other.removesuffix("px"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dark_look_has_enough_contrast(survey, open_page, axe, language):
    phone = open_page(dark=True, language=language)
    phone.goto(f"/{language}/")
    assert axe(phone) == []
    phone.goto(f"/{language}/{STEP}")
    phone.locator("#q-scale-3").check()
    phone.click("button[value=next]")
    expect(phone.locator(".error-summary")).to_be_focused()
    assert axe(phone) == []


def test_a24_a_matrix_is_a_table_on_wide_screens_and_cards_on_phones(survey, open_page):
    for width, heads_are_seen in ((1280, True), (360, False)):
        window = open_page(width=width)
        window.goto(f"/de/{STEP}")
        assert window.locator(".matrix thead").is_visible() is heads_are_seen
        cell = window.locator(".matrix tbody td").first.bounding_box()
        beside = window.locator(".matrix tbody td").nth(1).bounding_box()
        assert cell
        assert beside
        assert (cell["y"] == beside["y"]) is heads_are_seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_enter_in_a_text_field_sends_the_form_and_leaves_the_language_alone(app, open_page, language):
    window = open_page(language=language)
    window.goto(f"/{language}/receipt")
    window.fill("#code", "nonsense")
    window.press("#code", "Enter")
    expect(window.locator(".error-summary")).to_be_focused()
    assert window.url.endswith(f"/{language}/receipt")
    assert window.input_value("#code") == "nonsense"


def test_the_menu_of_languages_pushes_the_page_down_and_hides_nothing(app, page):  # A3
    page.goto("/de/")
    page.locator("details.languages summary").click()
    menu, main = page.locator("details.languages").bounding_box(), page.locator("main").bounding_box()
    assert menu
    assert main
    assert menu["y"] + menu["height"] <= main["y"] + 1


def test_b9_leichte_sprache_is_written_larger(app, page):
    page.goto("/de-simple/")
    for part in ("main", ".top", ".bottom"):
        assert letter_size(page, part) >= 1.2 * 16, part


def test_arabic_has_more_room_between_its_lines(app, page):
    page.goto("/de/")
    german = line_height(page)
    page.goto("/ar/")
    assert line_height(page) > german


def test_on_paper_there_is_only_the_content(app, page):
    page.goto("/de/pages/imprint")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for part in (".top", ".bottom", ".skip"):
        expect(page.locator(part)).to_be_hidden()


def test_a_city_theme_needs_only_the_kern_properties(app, open_page):
    window = open_page(bypass_csp=True)
    window.goto("/de/receipt")
    window.add_style_tag(content=":root { --kern-color-action-default: rgb(140, 0, 60) }")
    assert (
        window.locator("main .button").first.evaluate("one => getComputedStyle(one).backgroundColor")
        == "rgb(140, 0, 60)"
    )


def test_the_style_sheet_stays_light():
    assert len(gzip.compress((PROJECT / "static/css/site.css").read_bytes())) <= 5_632


def letter_size(page: Page, selector: str) -> float:
    """The size of letters, in CSS pixels."""
    return float(page.locator(selector).evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))


def line_height(page: Page) -> float:
    """The height of a line, as a multiple of its letters."""
    height = page.locator("main p").first.evaluate("one => parseFloat(getComputedStyle(one).lineHeight)")
    return float(height) / letter_size(page, "main p >> nth=0")
