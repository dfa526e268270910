"""A session of staff does not end by surprise: it is announced, and can be extended (A16)."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_staff import sign_in


@pytest.fixture
def window(app, open_page) -> Page:
    """An editor's window whose clock the test can move on."""
    opened: Page = open_page(width=1280, language="en")
    opened.clock.install(time=datetime.now(UTC))
    sign_in(opened, "en", "editor")
    opened.goto("/en/staff")
    return opened


def notice(window: Page) -> Locator:
    """What the notice says at this moment."""
    return window.locator("[role=alert] > :visible")


def test_two_minutes_before_the_end_more_time_is_offered(window):
    button = window.get_by_role("button", name="Stay signed in")
    window.clock.run_for("27:30")
    expect(button).to_be_hidden()
    window.clock.run_for("00:45")
    expect(notice(window)).to_contain_text("signed out in two minutes")
    button.click()
    expect(notice(window)).to_contain_text("You stay signed in.")
    expect(button).to_be_hidden()
    window.clock.run_for("20:00")
    expect(notice(window)).to_have_count(0)


def test_whoever_does_nothing_reads_that_the_session_has_ended(window, axe):
    window.clock.run_for("28:30")
    assert axe(window) == []
    window.clock.run_for("02:00")
    expect(notice(window)).to_contain_text("you have been signed out")
    assert axe(window) == []
