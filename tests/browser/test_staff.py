"""Staff in a real browser: from the sign-in over a spreadsheet to the published survey, its result and its download."""

import io
import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from participation.db import session
from tests.accounts.makers import PASSWORD, make_user, present_code
from tests.districts.makers import make_area, make_layer
from tests.surveys.makers import make_definition, make_responses, make_survey, page, question

LANGUAGES = ["de", "ar", "de-simple"]
SURVEY_SHEET = [
    ["type", "name", "label::Deutsch (de)", "label::العربية (ar)", "relevant", "required"],
    ["begin_group", "home", "Zu Hause", "في البيت", "", ""],
    ["integer", "children", "Wie viele Kinder?", "كم عدد الأطفال؟", "", "yes"],
    ["select_one colours", "colour", "Welche Farbe?", "أي لون؟", "${children} > 0", ""],
    ["text", "wish", "Was wünschen Sie sich?", "ماذا تتمنى؟", "", ""],
    ["end_group", "", "", "", "", ""],
]
CHOICES_SHEET = [
    ["list_name", "name", "label::Deutsch (de)", "label::العربية (ar)"],
    ["colours", "red", "Rot", "أحمر"],
    ["colours", "green", "Grün", "أخضر"],
]


def spreadsheet(survey_rows: list[list[str]]) -> dict[str, str | bytes]:
    """An XLSForm as the communications team would bring it."""
    workbook = Workbook()
    for name, rows in (("survey", survey_rows), ("choices", CHOICES_SHEET)):
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del workbook["Sheet"]
    file = io.BytesIO()
    workbook.save(file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "umfrage.xlsx", "mimeType": kind, "buffer": file.getvalue()}


def sign_in(window: Page, language: str, *roles: str) -> None:
    """Password, then the code of the authenticator app."""
    email = make_user(*roles).email
    session.commit()  # whatever was read has begun a transaction, and the server would wait for it
    window.goto(f"/{language}/account/sign-in")
    window.fill("#email", email)
    window.fill("#password", PASSWORD)
    window.keyboard.press("Enter")
    window.wait_for_selector("#code")
    window.fill("#code", present_code())
    window.keyboard.press("Enter")
    window.wait_for_url("**/staff")


def submit(window: Page) -> None:
    """Press the button of the page's form."""
    window.locator("#page-form .actions button").first.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_spreadsheet_to_the_published_survey(app, open_page, axe, language, javascript):
    window = open_page(width=1280, language=language, javascript=javascript)
    check = axe if javascript else (lambda _page: [])
    sign_in(window, language, "administrator")
    assert check(window) == []
    window.goto(f"/{language}/staff/surveys")
    window.locator("main a.button").click()
    assert check(window) == []
    window.set_input_files("#file", spreadsheet(SURVEY_SHEET))
    submit(window)
    expect(window.locator("main")).to_contain_text("umfrage.xlsx")
    assert check(window) == []
    window.fill("#title-de", "Familien im Quartier")
    window.fill("#slug", "familien")
    submit(window)
    assert check(window) == []
    window.goto(window.url + "/settings")
    window.fill("#purpose-de", "Wir planen Spielplätze.")
    window.fill("#legal_basis-de", "Aufgabe der Stadt")
    window.fill("#person_in_charge", "Frau Beispiel")
    assert check(window) == []
    submit(window)
    window.locator("main a.button", has_not_text="XLS").first.click()
    assert window.url.endswith("/publish")
    assert check(window) == []
    window.locator("main .actions form button").click()
    window.goto(f"/{language}/surveys/familien/answer")
    expect(window.locator("#q-children")).to_be_visible()


def test_a_spreadsheet_with_a_mistake_is_refused_with_sheet_row_and_column(app, open_page):
    window = open_page(width=1280, language="en")
    sign_in(window, "en", "editor")
    window.goto("/en/staff/surveys/import")
    broken = [row[:] for row in SURVEY_SHEET]
    broken[3][4] = "${nobody} > 0"
    window.set_input_files("#file", spreadsheet(broken))
    submit(window)
    row = window.locator("main table tbody tr").first
    expect(row).to_contain_text("survey")
    expect(row).to_contain_text("4")
    expect(row).to_contain_text("nobody")


@pytest.fixture
def survey_id(app) -> int:
    """A survey with enough responses for a result."""
    definition = make_definition(
        page("one", question("colour", "single_choice", "red green blue"), question("wish", "long_text")),
        page("two", question("age", "whole_number"), question("good", "scale", least=1, most=5)),
        languages=["de", "ar", "de-simple"],
    )
    survey = make_survey(definition, slug="farben")
    make_responses(survey, 30, {"colour": "red", "wish": "مرحبا", "age": 30, "good": 4})
    make_responses(survey, 12, {"colour": "green", "age": 61, "good": 2}, language="ar")
    number = survey.id
    session.commit()
    return number


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_survey_desk_breaks_no_rule(survey_id, open_page, axe, scrolls_sideways, language, width):
    window = open_page(width=width, language=language)
    sign_in(window, language, "administrator")
    desk = f"/{language}/staff/surveys/{survey_id}"
    window.goto(f"{desk}/results")
    window.locator("main form button").first.click()  # count now
    pages = [
        desk,
        f"{desk}/results",
        f"{desk}/export",
        f"{desk}/settings",
        f"{desk}/schedule",
        f"{desk}/poster",
    ]
    for address in [*pages, f"/{language}/surveys/farben/preview", f"/{language}/staff/surveys"]:
        answer = window.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert axe(window) == []
        assert not scrolls_sideways(window), address


def test_a19_each_bar_stands_beside_its_number(survey_id, open_page):
    window = open_page(width=1280, language="en")
    sign_in(window, "en", "analyst")
    window.goto(f"/en/staff/surveys/{survey_id}/results")
    window.locator("main form button").first.click()
    red = window.locator("main tr", has_text="Red")
    expect(red).to_contain_text("30")
    expect(red).to_contain_text("71%")
    assert red.locator("svg").get_attribute("aria-hidden") == "true"


def test_d15_a_download_is_named_with_its_purpose_and_arrives(survey_id, open_page, tmp_path: Path):
    window = open_page(width=1280, language="de", accept_downloads=True)
    sign_in(window, "de", "analyst")
    window.goto(f"/de/staff/surveys/{survey_id}/results")
    window.locator("main form button").first.click()
    window.goto(f"/de/staff/surveys/{survey_id}/export")
    window.locator("input[name=kind]").first.check()
    window.fill("#purpose", "Bericht an den Ausschuss")
    with window.expect_download() as waiting:
        submit(window)
    path = tmp_path / "export"
    waiting.value.save_as(path)
    assert path.stat().st_size > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_desks_break_no_rule(app, open_page, axe, scrolls_sideways, language):
    make_area(layer=make_layer(is_default=True))
    session.commit()
    window = open_page(language=language)
    sign_in(window, language, "administrator", "privacy_officer")
    window.goto(f"/{language}/staff")
    doors = window.locator("nav.staff a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(doors) >= 8
    for door in doors:
        answer = window.goto(door)
        assert answer is not None
        assert answer.status == 200, door
        assert axe(window) == []
        assert not scrolls_sideways(window), door


def test_the_menu_of_staff_is_folded_on_a_phone_and_stands_open_on_a_wide_screen(app, open_page, axe):
    window = open_page()
    sign_in(window, "de", "administrator")
    door, fold = window.locator("nav.staff a").first, window.locator("nav.staff summary")
    expect(door).to_be_hidden()
    fold.click()
    expect(door).to_be_visible()
    assert axe(window) == []
    window.set_viewport_size({"width": 1280, "height": 800})
    window.reload()
    expect(fold).to_be_hidden()
    expect(door).to_be_visible()
    assert axe(window) == []


def test_streets_and_areas_come_in_from_a_file(app, open_page):
    make_layer("quartiere", is_default=True)
    session.commit()
    window = open_page(width=1280, language="en")
    sign_in(window, "en", "editor")
    window.goto("/en/staff/districts")
    window.get_by_role("link", name=re.compile("Stadtbezirke|quartiere", re.IGNORECASE)).first.click()
    window.locator("main a[href*=import]").first.click()
    table = "code;name_de;name_tr\nn;Nordstadt;Kuzey\ns;Südstadt;Güney\n".encode()
    window.set_input_files("input[type=file]", {"name": "areas.csv", "mimeType": "text/csv", "buffer": table})
    submit(window)
    expect(window.locator("main")).to_contain_text("Nordstadt")
    window.locator("main form button").first.click()
    window.goto("/tr/districts")
    expect(window.locator("main")).to_contain_text("Kuzey")


@pytest.mark.parametrize("language", LANGUAGES)
def test_b4_a_barrier_is_reported_and_answered(app, open_page, axe, language):
    phone = open_page(language=language)
    phone.goto(f"/{language}/surveys/")
    phone.locator("footer a[href$='report-a-barrier']").click()
    assert phone.input_value("#page").endswith("/surveys/")
    phone.fill("#text", "Der Knopf ist zu klein.")
    assert axe(phone) == []
    submit(phone)
    expect(phone.locator(".receipt bdi").first).to_be_visible()
    assert axe(phone) == []

    desk = open_page(width=1280, language=language)
    sign_in(desk, language, "editor")
    desk.goto(f"/{language}/staff/barrier-reports")
    desk.locator("main table a").first.click()
    assert axe(desk) == []
    expect(desk.locator("main")).to_contain_text("Der Knopf ist zu klein.")
