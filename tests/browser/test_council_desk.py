"""The office of the councils at its screen: a council, a meeting, its minutes, and what becomes of a resolution."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from participation import clock
from participation.councils import approving
from participation.councils.minutes_models import Minutes
from participation.councils.models import GroupKind
from participation.councils.resolution_models import ResolutionCard
from participation.db import session
from participation.i18n import LocalizedText
from tests.browser.test_event_desk import typed
from tests.browser.test_events import letters, send
from tests.browser.test_staff import sign_in
from tests.councils.makers import PDF, make_council, make_membership, make_person
from tests.councils.minutes_makers import NAMED, UNNAMED, make_written_minutes, member_of
from tests.councils.resolution_makers import make_resolution
from tests.events.makers import make_place

SCREEN = {"width": 800, "height": 900}
PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
A_DAY = timedelta(days=1)
DESK = "/de/staff"

IsFine = Callable[[Page], None]
OpenDesk = Callable[[], Page]


@pytest.fixture
def is_fine(axe, scrolls_sideways) -> IsFine:
    """The page breaks no rule of accessibility and fits on the screen."""

    def check(window: Page) -> None:
        assert axe(window) == []
        assert not scrolls_sideways(window), window.url

    return check


@pytest.fixture
def fits(scrolls_sideways) -> IsFine:
    """Forms made of the same parts as others only have to fit on the screen."""

    def check(window: Page) -> None:
        assert not scrolls_sideways(window), window.url

    return check


@pytest.fixture
def desk(app, open_page) -> OpenDesk:
    """Somebody of the office, signed in; called after everything else was saved."""

    def open_one() -> Page:
        window: Page = open_page(**SCREEN)
        sign_in(window, "de", "council_secretary")
        return window

    return open_one


def press(window: Page, *, action: str = "") -> None:
    """A button that asks nothing else."""
    window.locator(f"main form[method=post][action$='{action}'] button").first.click()
    window.wait_for_load_state()


def follow(window: Page, to: str) -> None:
    window.locator(f"main a[href*='{to}']").first.click()
    window.wait_for_load_state()


def test_a_council_is_set_up_with_a_group_and_a_person_and_published(desk, is_fine, fits):
    window = desk()
    window.goto(f"{DESK}/councils/new")
    window.fill("#label-de", "Quartiersrat Talwiese")
    window.select_option("#kind", index=1)
    send(window)
    window.wait_for_url(re.compile(r"/councils/\d+$"))
    here = window.url
    is_fine(window)
    window.goto(f"{here}/publish")
    expect(window.locator("main form")).to_have_count(0)  # D2
    follow(window, "/settings")
    window.fill("#purpose-de", "Arbeit des Quartiersrats")
    window.fill("#legal_basis-de", "Aufgabe der Stadt")
    window.fill("#person_in_charge", "Frau Beispiel")
    is_fine(window)
    send(window)
    follow(window, "/groups")
    window.select_option("#kind", GroupKind.RESIDENTS.value)
    window.fill("#seats", "9")
    send(window)
    expect(window.locator("main form[action$='/delete']").first).to_be_visible()
    is_fine(window)
    window.goto(here.replace("/councils/", "/council-people/of/") + "/new")
    window.fill("#given_name", "Ayşe")
    window.fill("#family_name", "Yılmaz")
    window.fill("#email", "ayse@example.org")
    fits(window)
    send(window)
    fits(window)
    send(window)  # the group and the first day stand there
    expect(window.locator("main")).to_contain_text("Ayşe Yılmaz")
    window.goto(f"{here}/publish")
    press(window, action="/publish")
    expect(window.locator(".flash[role=status]")).to_be_visible()
    follow(window, "/de/councils/")
    expect(window.locator("h1")).to_have_text("Quartiersrat Talwiese")


def test_a_meeting_is_planned_with_a_paper_and_its_members_are_invited(desk, is_fine, fits):
    council = make_council()
    make_membership(council, make_person(NAMED, email="fatma@example.org"))
    make_place(name=LocalizedText(de="Bürgerhaus"))
    number, starts_at = council.id, clock.now() + 30 * A_DAY
    session.commit()
    window = desk()
    window.goto(f"{DESK}/meetings/new/{number}")
    window.fill("#starts_at", typed(starts_at))
    window.fill("#ends_at", typed(starts_at - timedelta(hours=1)))
    window.select_option("#where", index=1)
    send(window)
    expect(window.locator("#ends_at-error")).to_be_visible()
    is_fine(window)
    window.fill("#ends_at", typed(starts_at + timedelta(hours=2)))
    send(window)
    window.wait_for_url(re.compile(r"/meetings/\d+$"))
    here = window.url
    follow(window, "/agenda-items/new/")
    window.fill("#title-de", "Beleuchtung im Park")
    fits(window)
    send(window)
    follow(window, "/papers/new/")
    window.fill("#title-de", "Lichtplan")
    window.set_input_files("#file", PLAN)
    is_fine(window)
    send(window)
    expect(window.locator("main section a", has_text="Lichtplan")).to_be_visible()
    follow(window, "/publish")
    press(window, action="/publish")
    follow(window, "/invitations/")
    press(window, action="/invite")
    is_fine(window)
    (letter,) = letters("councils/invited")
    assert "Beleuchtung im Park" in letter
    window.goto(here.replace("/de/", "/ar/"))
    is_fine(window)


def object_to(meeting_id: int) -> int:
    """A member who was there says what is wrong; the number of the objection."""
    session.expire_all()
    minutes = session.query(Minutes).filter_by(meeting_id=meeting_id).one()
    number = approving.object_to(minutes, member_of(minutes), "Es waren zwei Laternen.", language="de").id
    session.commit()
    return number


def let_time_pass(meeting_id: int) -> None:
    """Nobody can object any more."""
    minutes = session.query(Minutes).filter_by(meeting_id=meeting_id).one()
    minutes.objections_until = clock.today() - A_DAY
    session.commit()


def test_minutes_go_from_the_members_over_an_objection_to_everybody(desk, is_fine, fits):
    minutes = make_written_minutes()
    minutes.entries[0].discussion += f"\n\n{UNNAMED} berichtet aus der Wohnung von Irmgard Schluckspecht."
    number = minutes.meeting_id
    session.commit()
    window = desk()
    here = f"{DESK}/minutes-life/{number}"
    window.goto(f"{here}/circulate")
    fits(window)
    send(window)
    window.wait_for_url(f"**{here}")
    assert len(letters("councils/minutes_circulated")) == 2
    window.goto(f"{DESK}/minutes-life/objections/{object_to(number)}")
    is_fine(window)
    window.check("[name=decision][value=rejected]")
    window.fill("#reason", "Es war eine.")
    send(window)
    window.wait_for_url(f"**{here}")
    let_time_pass(number)
    window.goto(f"{here}/approve")
    fits(window)
    window.fill("#how", "Der Quartiersrat in seiner 13. Sitzung")
    send(window)
    window.wait_for_url(f"**{here}")
    is_fine(window)
    window.goto(f"{here}/redactions")
    window.fill("#passage", "Irmgard Schluckspecht")
    window.check("[name=reason][value=personal]")
    send(window)
    expect(window.locator("main table")).to_contain_text("Irmgard Schluckspecht")
    is_fine(window)
    window.goto(f"{here}/publish")
    expect(window.locator("main")).to_contain_text(UNNAMED)
    send(window)
    expect(window.locator("#is_checked-error")).to_be_visible()
    is_fine(window)
    window.check("#is_checked")
    send(window)
    window.wait_for_url(f"**{here}")
    window.goto(f"/de/minutes/{number}")
    expect(window.locator("main")).to_contain_text("berichtet aus der Wohnung")
    expect(window.locator("main")).not_to_contain_text("Irmgard")
    expect(window.locator("main a[href$='/minutes.pdf']")).to_be_visible()


def test_a_card_in_another_language_is_read_by_residents_once_it_is_released(desk, is_fine):
    resolution = make_resolution(make_council(languages=["ar"]))
    resolution.cards.append(ResolutionCard(language="ar", title="ضوء في الحديقة", text="سيوضع مصباح."))
    number = resolution.id
    session.commit()
    window = desk()
    window.goto(f"/ar/resolutions/{number}")
    expect(window.locator("h1")).to_have_text("Beleuchtung im Park")
    window.goto(f"{DESK}/resolutions/{number}")
    is_fine(window)
    follow(window, "/ar/release")
    is_fine(window)
    send(window)
    expect(window.locator(".flash[role=status]")).to_be_visible()
    window.goto(f"/ar/resolutions/{number}")
    expect(window.locator("h1")).to_have_text("ضوء في الحديقة")


def test_a_resolution_is_handed_over_to_a_committee_as_files(desk, is_fine):
    number = make_resolution().id
    session.commit()
    window = desk()
    window.goto(f"{DESK}/hand-overs/new/{number}")
    window.fill("#committee", "Bezirksvertretung I")
    window.fill("#more", "Fotos vom Weg")
    is_fine(window)
    send(window)
    window.wait_for_url(re.compile(r"/hand-overs/\d+$"))
    is_fine(window)
    for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        with window.expect_download() as waiting:
            window.locator(f"main a[href$='/paper.{ending}']").click()
        assert Path(waiting.value.path()).read_bytes().startswith(begins)
        assert waiting.value.suggested_filename.endswith(f".{ending}")
