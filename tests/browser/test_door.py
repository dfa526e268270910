"""The door on a phone: a real camera picture with a real QR code, a network that goes away, and no scripts at all."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from sqlalchemy import select

from participation.accounts.models import SignIn
from participation.db import session
from participation.events import door
from participation.events.door_views import DECODER
from participation.events.models import Event
from participation.events.registration_models import BookingStatus, Registration
from tests.browser.conftest import FLAGS, PATIENCE, PHONE
from tests.browser.test_staff import sign_in
from tests.events.makers import make_event, make_registration

TICKET = "K7M29PH4XW3A"
SECOND_TICKET = "B7M29PH4XW3A"
PICTURE = (640, 480)
LANGUAGES = ["de", "ar", "de-simple"]


def film(path: Path, text: str) -> None:
    """What a camera sees that is held in front of a ticket, as a raw film of one picture."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=8, border=4)
    code = Image.open(drawn).convert("L").rotate(7, expand=True, fillcolor=255)
    code.thumbnail((400, 400))
    seen = Image.new("L", PICTURE, 255)
    seen.paste(code, ((PICTURE[0] - code.width) // 2, (PICTURE[1] - code.height) // 2))
    colours = bytes([128]) * (PICTURE[0] * PICTURE[1] // 2)
    frame = b"FRAME\n" + seen.tobytes() + colours
    path.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % PICTURE + frame * 2)


@pytest.fixture(scope="module")
def camera(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera looks at a ticket."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    seen = tmp_path_factory.mktemp("camera") / "ticket.y4m"
    film(seen, f"https://city.example/de/staff/check-in#{TICKET}")
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags = [*FLAGS, *fake, f"--use-file-for-fake-video-capture={seen}"]
    started = browser.browser_type.launch(executable_path=path, args=flags)
    yield started
    started.close()


@pytest.fixture
def open_phone(camera: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """A phone at the door; its scripts must not fail, and its network may."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def open_one(**options: object) -> Page:
        context = camera.new_context(base_url=live_server.url, viewport=PHONE, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert failures == []


@pytest.fixture
def event(app) -> Event:
    """An event with a family that is expected, and somebody who waits."""
    made = make_event(capacity=3)
    make_registration(made, name="Familie Yılmaz", persons=2, ticket=TICKET)
    make_registration(made, name="Bogdan Iwanow", ticket=SECOND_TICKET)
    make_registration(made, name="نور حداد", status=BookingStatus.WAITING, ticket="C7M29PH4XW3A")
    session.commit()
    return made


def at_door(window: Page, event: Event, language: str = "en") -> None:
    """Somebody who may signs in, and opens the list."""
    event_id = event.id
    sign_in(window, language, "editor")
    window.goto(f"/{language}/staff/events/{event_id}/door")
    window.locator("form[action$='/door/open'] button").click()
    window.wait_for_selector(".door-list")


def result(window: Page) -> Locator:
    """What the phone says to a ticket."""
    return window.locator("#door-result")


def came(event: Event) -> int:
    """How many the server has counted."""
    number = door.counts(session.get_one(Event, event.id)).came
    session.rollback()  # whatever was read has begun a transaction, and the server would wait for it
    return number


def the_list_is_there(window: Page) -> None:
    """Until then a ticket is asked for at the server."""
    window.wait_for_load_state("networkidle")


def unsent(window: Page) -> Locator:
    """What the phone says about what it has kept."""
    return window.locator("#door-unsent")


@pytest.mark.skipif(not DECODER.exists(), reason="the reader of QR codes was not fetched")
def test_the_camera_reads_a_ticket_and_the_family_is_counted_once(event, open_phone):
    window = open_phone()
    at_door(window, event)
    the_list_is_there(window)
    window.get_by_role("button", name="Scan tickets with the camera").click()
    expect(result(window)).to_contain_text("Welcome")
    expect(result(window)).to_contain_text("Familie Yılmaz")
    expect(window.locator("[data-count=came]")).to_have_text("2")
    expect(unsent(window)).to_have_text("Everything has been sent.")
    window.wait_for_timeout(1000)  # the ticket is still held in front of the camera
    expect(result(window)).to_contain_text("Welcome")
    assert came(event) == 2
    window.get_by_role("button", name="Close the camera").click()
    expect(window.locator("video")).to_be_hidden()
    window.get_by_role("button", name="Scan tickets with the camera").click()
    expect(result(window)).to_contain_text("Already here")
    assert came(event) == 2


def test_without_the_reader_the_button_explains_itself(event, open_phone):
    window = open_phone()
    window.route("**/vendor/qr/**", lambda route: route.abort())
    at_door(window, event)
    window.get_by_role("button", name="Scan tickets with the camera").click()
    expect(window.locator("#door-camera-state")).to_contain_text("was not fetched")


@pytest.mark.skipif(not DECODER.exists(), reason="the reader of QR codes was not fetched")
def test_without_a_network_the_answer_comes_at_once_and_is_sent_when_it_is_back(event, open_phone):
    window = open_phone()
    at_door(window, event)
    the_list_is_there(window)
    window.get_by_role("button", name="Scan tickets with the camera").click()
    expect(result(window)).to_contain_text("Welcome")  # the reader is loaded now
    expect(unsent(window)).to_have_text("Everything has been sent.")
    window.get_by_role("button", name="Close the camera").click()
    window.context.set_offline(True)
    row = window.locator("li", has_text="Bogdan Iwanow")
    row.get_by_role("button", name="Is here").click()
    expect(row).to_contain_text("Here")
    expect(row).to_be_focused()
    window.get_by_role("button", name="Count one person").click()
    expect(window.locator("[data-count=came]")).to_have_text("4")
    expect(unsent(window)).to_contain_text("Not sent yet: 2.")
    assert came(event) == 2
    kept = window.evaluate("localStorage.getItem('door-queue')")
    assert "Bogdan" not in kept
    assert SECOND_TICKET in kept
    window.context.set_offline(False)
    expect(unsent(window)).to_have_text("Everything has been sent.")
    expect(window.locator("[data-count=came]")).to_have_text("4")
    assert came(event) == 4


def test_what_was_not_sent_outlives_a_reload_and_a_session_that_ended(event, open_phone):
    window = open_phone()
    at_door(window, event)
    the_list_is_there(window)

    def refuse(route: Route) -> None:
        route.abort()

    window.route("**/check-in/scans", refuse)
    window.locator("li", has_text="Familie Yılmaz").get_by_role("button", name="Is here").click()
    expect(unsent(window)).to_contain_text("Not sent yet: 1.")
    window.reload()
    expect(unsent(window)).to_contain_text("Not sent yet: 1.")
    expect(window.locator("li", has_text="Familie Yılmaz")).to_have_class(re.compile("is-here"))
    for one in session.scalars(select(SignIn)):
        one.ended_at = one.started_at
    session.commit()
    window.unroute("**/check-in/scans", refuse)
    window.get_by_role("button", name="Count one person").click()
    expect(unsent(window)).to_contain_text("Not sent yet: 2.")
    expect(unsent(window)).to_contain_text("Please sign in again")
    assert came(event) == 0
    other = window.context.new_page()  # the old window stays open, with its old token
    sign_in(other, "en", "editor")
    window.bring_to_front()
    window.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(unsent(window)).to_have_text("Everything has been sent.")
    assert came(event) == 3


def test_two_phones_with_the_same_ticket_count_it_once(event, open_phone):
    first, second = open_phone(), open_phone()
    for window in (first, second):
        at_door(window, event)
        the_list_is_there(window)
        window.context.set_offline(True)
        window.locator("li", has_text="Familie Yılmaz").get_by_role("button", name="Is here").click()
        expect(unsent(window)).to_contain_text("Not sent yet: 1.")
    for window in (first, second):
        window.context.set_offline(False)
        expect(unsent(window)).to_have_text("Everything has been sent.")
        expect(window.locator("[data-count=came]")).to_have_text("2")
    assert came(event) == 2


def test_the_address_in_the_qr_code_checks_the_ticket_and_leaves_no_trace(event, open_phone):
    window = open_phone()
    sign_in(window, "en", "editor")
    window.goto(f"/en/staff/check-in#{TICKET}")
    expect(result(window)).to_contain_text("Welcome")
    expect(result(window)).to_contain_text("Familie Yılmaz")
    assert TICKET not in window.url
    window.goto("/en/staff")
    window.goto("/en/staff/check-in#222222222222")
    expect(result(window)).to_contain_text("We do not know this ticket.")
    window.goto("/en/staff")
    window.goto("/en/staff/check-in#C7M29PH4XW3A")
    expect(result(window)).to_contain_text("On the waiting list")
    window.get_by_role("button", name="Let them in").click()
    expect(result(window)).to_contain_text("Welcome")
    assert came(event) == 3


def test_typing_a_name_shows_only_those_who_have_it(event, open_phone):
    window = open_phone()
    at_door(window, event)
    window.get_by_label("Name or ticket").fill("yilm")
    expect(window.locator(".door-list > li:visible")).to_have_count(1)
    expect(window.locator("#door-found")).to_have_text("Found: 1")
    window.get_by_label("Name or ticket").fill("")
    expect(window.locator(".door-list > li:visible")).to_have_count(3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_the_door_is_accessible(event, open_page, axe, scrolls_sideways, language, dark):
    window = open_page(language=language, dark=dark)
    event_id = event.id
    sign_in(window, language, "editor")
    window.goto(f"/{language}/staff/events/{event_id}/door")
    assert axe(window) == []
    at_once = window.locator("form[action$='/door/open'] button")
    at_once.click()
    window.wait_for_selector(".door-list")
    the_list_is_there(window)
    window.locator("[data-arrive-form] button").first.click()
    expect(result(window)).not_to_be_empty()
    assert axe(window) == []
    assert not scrolls_sideways(window)
    window.locator("form[action$='/door/list'] button").click()
    window.wait_for_selector(".door-box")
    assert axe(window) == []
    assert not scrolls_sideways(window)
    window.goto(f"/{language}/staff/check-in")
    assert axe(window) == []
    assert not scrolls_sideways(window)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_list_counts_as_well(event, open_page, language):
    window = open_page(language=language, javascript=False)
    registration_id = session.scalar(select(Registration.id).where(Registration.ticket == TICKET))
    session.commit()
    at_door(window, event, language)
    row = window.locator(f"#r-{registration_id}")
    row.locator("[name=persons]").fill("1")
    row.locator("button").click()
    expect(window.locator("[data-count=came]")).to_have_text(re.compile(r"[1١]"))
    assert came(event) == 1
    window.locator(".door-large").click()
    expect(window.locator("[data-count=without]")).to_have_text(re.compile(r"[1١]"))
    assert came(event) == 2
