"""Moderators on a phone and at a keyboard: open the next one, release it, refuse with reasons, black out."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from participation.accounts.models import Role
from participation.contributions.models import Contribution
from participation.db import session
from participation.moderation.models import Action, Decision
from tests.accounts.makers import PASSWORD, make_user, present_code
from tests.districts.makers import make_area
from tests.ideas.makers import make_call
from tests.moderation.makers import make_rule, make_waiting

DESK = "/de/staff/moderation"
NUMBER = "0171 2345678"


def sign_in(window: Page, language: str = "de") -> None:
    """Password, then the code of the authenticator app."""
    email = make_user(Role.MODERATOR).email
    session.commit()
    window.goto(f"/{language}/account/sign-in")
    window.fill("#email", email)
    window.fill("#password", PASSWORD)
    window.keyboard.press("Enter")
    window.wait_for_selector("#code")
    window.fill("#code", present_code())
    window.keyboard.press("Enter")
    window.wait_for_url("**/staff")


def decided() -> list[Action]:
    """What was decided so far; the server would wait for a transaction that is left open."""
    found = list(session.scalars(select(Decision.action).order_by(Decision.id)))
    session.commit()
    return found


def press(window: Page, name: str) -> None:
    """Press the button with this value."""
    window.locator(f'button[name="action"][value="{name}"]').click()


@pytest.fixture
def ideas(app) -> list[int]:
    """Three that wait, one of them with a telephone number and one in Arabic."""
    call, area = make_call(), make_area()
    first = make_waiting(call=call, areas=[area], title="Schaukel am Bach", text=f"Ruft mich an: {NUMBER}.")
    first.hints = [{"kind": "phone", "passage": NUMBER}]
    second = make_waiting(call=call, title="مزيد من الأشجار", text="نريد مزيداً من الظل.", language="ar")
    third = make_waiting(call=call, title="Kaufen Sie Autos", text="Autos ganz billig.")
    make_rule()
    found = [first.id, second.id, third.id]
    session.commit()
    return found


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_black_out_publish_and_refuse_one_after_the_other(ideas, open_page, axe, scrolls_sideways, javascript):
    window = open_page(javascript=javascript)
    check = axe if javascript else (lambda _page: [])
    sign_in(window)
    window.goto(DESK)
    assert check(window) == []
    assert not scrolls_sideways(window)
    window.locator("[data-key=n]").click()
    expect(window.locator("mark")).to_have_text(NUMBER)
    assert check(window) == []
    window.locator("#other summary").click()
    window.select_option("#rule", index=1)
    window.fill("#facts", "Eine Telefonnummer ist zu sehen.")
    window.check("#found-0")
    window.locator("button[name=preview]").click()
    expect(window.locator("[role=status]").last).to_contain_text("█████")
    expect(window.locator("#facts")).to_have_value("Eine Telefonnummer ist zu sehen.")
    assert check(window) == []
    press(window, "redact")
    expect(window).to_have_url(re.compile(f"{DESK}/{ideas[1]}"))
    press(window, "publish")
    expect(window).to_have_url(re.compile(f"{DESK}/{ideas[2]}"))
    window.locator("#other summary").click()
    press(window, "refuse")
    expect(window.locator(".error-summary")).to_be_visible()
    assert check(window) == []
    assert not scrolls_sideways(window)
    window.select_option("#rule", index=1)
    window.fill("#facts", "Werbung.")
    press(window, "refuse")
    window.wait_for_url(f"**{DESK}")
    assert decided() == [Action.REDACT, Action.PUBLISH, Action.REFUSE]
    assert session.get_one(Contribution, ideas[0]).text == "Ruft mich an: █████."


def test_the_buttons_stay_within_reach_of_a_thumb(ideas, open_page):
    """A6, and one hand: what is done most often is large and at the lower edge from the start."""
    window = open_page()
    sign_in(window)
    window.goto(DESK)
    for place in ("[data-key=n]", "[data-key=p]"):
        box = window.locator(place).bounding_box()
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= window.viewport_size["height"]
        assert box["y"] > window.viewport_size["height"] / 2
        if place == "[data-key=n]":
            window.locator(place).click()


def test_shortcuts_go_through_the_queue_but_never_while_somebody_types(ideas, open_page):
    """2.1.4"""
    window = open_page(width=1280)
    sign_in(window)
    window.goto(DESK)
    window.keyboard.press("j")
    window.keyboard.press("j")
    window.keyboard.press("x")
    expect(window.locator(f"#choose-{ideas[1]}")).to_be_checked()
    window.keyboard.press("k")
    window.keyboard.press("Enter")
    expect(window).to_have_url(re.compile(f"{DESK}/{ideas[0]}"))
    window.keyboard.press("o")
    expect(window.locator("#rule")).to_be_focused()
    window.focus("#facts")
    window.keyboard.type("p b o n")
    expect(window.locator("#facts")).to_have_value("p b o n")
    assert decided() == []
    window.locator("main h1").click()
    window.keyboard.press("p")
    expect(window).to_have_url(re.compile(f"{DESK}/{ideas[1]}"))
    assert decided() == [Action.PUBLISH]


def test_shortcuts_can_be_switched_off_for_good(ideas, open_page, axe):
    """2.1.4"""
    window = open_page(width=1280)
    sign_in(window)
    window.goto(DESK)
    window.locator("#shortcuts summary").click()
    assert axe(window) == []
    window.locator("[data-shortcuts=off]").click()
    expect(window.locator("[data-shortcuts=on]")).to_be_focused()
    window.goto(DESK)
    window.keyboard.press("n")
    window.wait_for_timeout(200)
    assert window.url.endswith(DESK)
    window.locator("#shortcuts summary").click()
    window.locator("[data-shortcuts=on]").click()
    window.locator("main h1").click()
    window.keyboard.press("n")
    expect(window).to_have_url(re.compile(f"{DESK}/{ideas[0]}"))


@pytest.mark.parametrize("page", ["policy", "promise", "word-lists", "word-lists/ar", "{idea}", "{idea}/history"])
def test_the_pages_of_the_desk_fit_a_phone_from_right_to_left(ideas, open_page, axe, scrolls_sideways, page):
    window = open_page(width=320, language="ar")
    sign_in(window, "ar")
    window.goto(f"/ar/staff/moderation/{page.format(idea=ideas[0])}")
    assert axe(window) == []
    assert not scrolls_sideways(window)
