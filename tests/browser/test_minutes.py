"""Minutes in a real browser: two writers, a network that goes away, a session that ends, and a word processor."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import select

from participation.accounts.models import SignIn
from participation.councils.minutes_models import MinutesEntry
from participation.councils.resolution_models import Task
from participation.db import session
from tests.browser.conftest import PATIENCE
from tests.browser.test_staff import sign_in
from tests.councils.makers import make_session

LAPTOP = {"width": 1280, "height": 900}
LANGUAGES = ["de", "ar"]
PASTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p { color: red }</style>
<script>window.hacked = 1</script></head><body><!--StartFragment-->
<h2 class=MsoHeading>Bericht <b>der</b>&nbsp;Stadt</h2>
<p class=MsoNormal onclick="window.hacked = 2">Frau Kaya<o:p></o:p> berichtet.<img src=x onerror="hacked = 3"></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;&nbsp;</span>Lampen</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Bänke &lt;neu&gt;</p>
<p>Siehe <a href="https://city.example/plan">den Plan</a> und <a href="javascript:window.hacked=4">das</a>.</p>
<table><tr><td>Ja</td><td><p>12</p></td></tr><tr><td>Nein</td><td><p>3</p></td></tr></table>
<!--EndFragment--></body></html>"""
MARKS = """## Bericht der Stadt

Frau Kaya berichtet.

- Lampen
- Bänke <neu>

Siehe [den Plan](https://city.example/plan) und das.

Ja | 12
Nein | 3"""
PASTE = """(field, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def open_laptop(browser: Browser, live_server) -> Iterator[Callable[[], Page]]:
    """A writer's laptop; its scripts must not fail, and its network may."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def open_one() -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=LAPTOP, reduced_motion="reduce")
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
def entry(app) -> MinutesEntry:
    """A meeting with three members who are there, and its draft."""
    _minutes, made = make_session()
    session.commit()
    return made


def write(window: Page, entry: MinutesEntry, language: str = "en") -> None:
    """A secretary signs in and opens the minutes."""
    meeting_id = entry.minutes.meeting_id
    sign_in(window, language, "council_secretary")
    window.goto(f"/{language}/staff/minutes/write/{meeting_id}")
    window.wait_for_selector("#minutes[data-ready]")


def discussion(window: Page) -> Locator:
    """What was said under the item."""
    return window.locator("textarea[name$='-discussion']")


def state(window: Page) -> Locator:
    """What the page says about saving the item."""
    return window.locator("form[data-autosave^=e] [data-state]")


def saved(entry: MinutesEntry) -> str:
    """What the server has."""
    session.expire_all()
    found = session.get_one(MinutesEntry, entry.id).discussion
    session.rollback()  # whatever was read has begun a transaction, and the server would wait for it
    return found


def test_what_is_typed_is_saved_by_itself_and_the_focus_stays(entry, open_laptop):
    """A15"""
    window = open_laptop()
    write(window, entry)
    discussion(window).press_sequentially("Frau Kaya berichtet.")
    expect(state(window)).to_contain_text("Saved at")
    expect(discussion(window)).to_be_focused()
    assert saved(entry) == "Frau Kaya berichtet."
    assert window.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('minutes:'))") == []


def test_two_writers_never_overwrite_each_other(entry, open_laptop):
    first, second = open_laptop(), open_laptop()
    write(first, entry)
    write(second, entry)
    discussion(first).fill("Ihr Text")
    expect(state(first)).to_contain_text("Saved at")
    discussion(second).fill("Mein Text")
    quarrel = second.locator("[data-conflict]")
    expect(quarrel).to_contain_text("Ihr Text")
    assert saved(entry) == "Ihr Text"
    assert discussion(second).input_value() == "Mein Text"
    quarrel.get_by_role("button", name="Put their text below mine").click()
    expect(state(second)).to_contain_text("Saved at")
    expect(quarrel).to_have_count(0)
    assert saved(entry) == "Mein Text\n\nIhr Text"
    discussion(first).fill("Noch ein Satz")
    first.locator("[data-conflict]").get_by_role("button", name="Take over their text").click()
    expect(discussion(first)).to_have_value("Mein Text\n\nIhr Text")
    assert saved(entry) == "Mein Text\n\nIhr Text"


def test_a_lost_connection_loses_nothing(entry, open_laptop):
    """Not even when the page is loaded again, and what others wrote meanwhile stays."""
    window = open_laptop()
    write(window, entry)
    window.context.set_offline(True)
    discussion(window).fill("Ohne Netz geschrieben")
    expect(state(window)).to_contain_text("No connection")
    assert saved(entry) == ""
    window.context.set_offline(False)
    expect(state(window)).to_contain_text("Saved at")
    assert saved(entry) == "Ohne Netz geschrieben"
    window.context.set_offline(True)
    discussion(window).fill("Noch ein Satz")
    expect(state(window)).to_contain_text("No connection")
    assert "Noch ein Satz" in window.evaluate("JSON.stringify(localStorage)")
    found = session.get_one(MinutesEntry, entry.id)
    found.discussion = "Von jemand anderem"
    session.commit()
    window.context.set_offline(False)
    window.reload()
    expect(discussion(window)).to_have_value("Noch ein Satz")
    expect(window.locator("[data-conflict]")).to_contain_text("Von jemand anderem")
    assert saved(entry) == "Von jemand anderem"
    window.get_by_role("button", name="Save my text").click()
    expect(state(window)).to_contain_text("Saved at")
    assert saved(entry) == "Noch ein Satz"


def test_a_session_that_ended_loses_nothing(entry, open_laptop):
    window = open_laptop()
    write(window, entry)
    for one in session.scalars(select(SignIn)):
        one.ended_at = one.started_at
    session.commit()
    discussion(window).fill("Nach dem Abmelden")
    expect(state(window)).to_contain_text("signed out")
    other = window.context.new_page()  # the old window stays open, with its old token
    sign_in(other, "en", "council_secretary")
    window.bring_to_front()
    window.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state(window)).to_contain_text("Saved at")
    assert saved(entry) == "Nach dem Abmelden"


def test_text_of_a_word_processor_becomes_marks_and_nothing_of_it_runs(entry, open_laptop):
    """V2"""
    window = open_laptop()
    write(window, entry)
    discussion(window).evaluate(PASTE, PASTED)
    expect(discussion(window)).to_have_value(MARKS)
    expect(state(window)).to_contain_text("Saved at")
    assert saved(entry) == MARKS
    assert window.evaluate("window.hacked") is None


def test_five_megabytes_of_a_word_processor_are_refused_in_words(entry, open_laptop):
    window = open_laptop()
    write(window, entry)
    discussion(window).fill("Bericht")
    line = "<p class=MsoNormal><script>window.hacked = 1</script>Immer dasselbe.</p>"
    discussion(window).evaluate(PASTE, line * (5_000_000 // len(line)))
    expect(window.get_by_role("alert").filter(has_text="too long")).to_be_visible()
    expect(discussion(window)).to_have_value("Bericht")
    assert window.evaluate("window.hacked") is None
    much = "<span style='mso-ansi-language:DE'></span>" * 100_000  # large, and hardly any words in it
    discussion(window).evaluate(PASTE, f"<p>{much} der Stadt</p>")
    expect(discussion(window)).to_have_value("Berichtder Stadt")


def test_marks_are_put_by_buttons(entry, open_laptop):
    window = open_laptop()
    write(window, entry)
    discussion(window).fill("eins\nzwei")
    discussion(window).evaluate("(field) => field.setSelectionRange(0, field.value.length)")
    tools = window.locator("form[data-autosave^=e] [role=group]").first
    tools.get_by_role("button", name="List").click()
    expect(discussion(window)).to_have_value("- eins\n- zwei")
    tools.get_by_role("button", name="List").click()
    expect(discussion(window)).to_have_value("eins\nzwei")


def test_votes_that_cannot_be_are_told_at_once_and_a_task_is_added(entry, open_laptop):
    window = open_laptop()
    write(window, entry)
    form = window.locator("form[data-autosave^=e]")
    form.get_by_label("Vote", exact=True).select_option("open")
    form.locator("[name$=votes_for]").fill("9")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Only 3 people who may vote are recorded as present.")
    form.locator("[name$=votes_for]").fill("3")
    form.locator("summary").click()
    form.locator("[name$=task_text]").fill("Angebot holen")
    form.get_by_role("button", name="Save").click()
    expect(window.locator("[data-tasks]")).to_contain_text("Angebot holen")
    expect(form.locator("[name$=task_text]")).to_have_value("")
    session.expire_all()
    assert session.scalars(select(Task.text)).all() == ["Angebot holen"]
    assert session.get_one(MinutesEntry, entry.id).votes_for == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_write_minutes_on_a_phone(entry, open_page, axe, scrolls_sideways, language):
    """A1-A28; on a tablet as on a phone, also without the script (A25)."""
    meeting_id, entry_id = entry.minutes.meeting_id, entry.id
    window = open_page(language=language, width=320)
    write(window, entry, language)
    paths = ["attendance/{}", "items/{}"]
    for path in [f"write/{meeting_id}", *(path.format(meeting_id) for path in paths), f"entries/{entry_id}"]:
        window.goto(f"/{language}/staff/minutes/{path}")
        assert axe(window) == []
        assert not scrolls_sideways(window)
    plain = open_page(language=language, javascript=False)
    write_without_script(plain, meeting_id, language)
    session.expire_all()
    assert session.get_one(MinutesEntry, entry_id).discussion == "Ohne Skript"


def write_without_script(window: Page, meeting_id: int, language: str) -> None:
    sign_in(window, language, "council_secretary")
    window.goto(f"/{language}/staff/minutes/write/{meeting_id}")
    discussion(window).fill("Ohne Skript")
    window.locator("form[action*='/entries/'] > .actions button").click()
    window.wait_for_url("**/write/*#entry-*")
