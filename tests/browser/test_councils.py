"""A resident on a phone, without scripts: who sits in a council, what it talks about and decides, and a proposal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from participation import clock
from participation.councils import indexing
from participation.councils.meeting_models import Meeting
from participation.councils.minutes_models import Minutes, MinutesSummary, Redaction, RedactionReason
from participation.councils.models import ConsentPurpose, Council, CouncilPerson
from participation.councils.resolution_models import Resolution, ResolutionCard
from participation.db import session
from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText, RichText
from tests.browser.test_events import code_on, send
from tests.councils.makers import (
    make_council,
    make_item,
    make_meeting,
    make_membership,
    make_paper,
    make_person,
    make_statute,
)
from tests.councils.minutes_makers import CONFIDENTIAL, make_checked_minutes, make_held_meeting, make_published
from tests.events.makers import make_place
from tests.search.makers import count_words

IN_EACH = pytest.mark.parametrize("language", ["de", "ar", "de-simple"])
NAME = LocalizedText(de="Quartiersrat Talwiese-Nordstadtviertel", ar="مجلس حي تالفيزه")
LONG_TITLE = "Straßenbeleuchtungsinstandhaltungsmaßnahmen an der Talwiese"
WITNESS = "Irmgard Schluckspecht"

Fits = Callable[[Page], None]


@pytest.fixture
def fits(scrolls_sideways) -> Fits:
    """The page fits on the phone (A4)."""

    def check(phone: Page) -> None:
        assert not scrolls_sideways(phone), phone.url

    return check


@pytest.fixture
def phone(app, open_page, language) -> Page:
    return open_page(language=language, javascript=False)


def make_house() -> Council:
    """A council with whatever makes its pages long; a meeting is to come."""
    council = make_council(
        name=NAME,
        slug="talwiese",
        languages=["ar"],
        contact="geschaeftsstelle-der-quartiersraete@stadtverwaltung.example.org",
        introduction=LocalizedRichText(de=RichText.clean("<p>Wir reden über <b>alles</b>.</p>")),
    )
    make_statute(council, number=1)
    shown = (ConsentPurpose.NAME, ConsentPurpose.ABOUT)
    make_membership(council, make_person("Ayşe Yılmaz", shows=shown, about=LocalizedText(de="Ich backe.")))
    meeting = make_meeting(
        council,
        place=make_place(transport=LocalizedText(de="Bus 7")),
        online_address="https://konferenz.stadtverwaltung.example.org/quartiersrat-talwiese/sitzung",
        proposals_until=clock.today() + timedelta(days=7),
    )
    item = make_item(meeting, LONG_TITLE, text=LocalizedText(de="Die Laternen.\n\n- eine\n- zwei"), brought_by="Ayşe")
    make_paper(item)
    make_item(meeting, CONFIDENTIAL, is_public=False, public_title=LocalizedText(de="Vertragssache"))
    return council


@dataclass
class Decided:
    """Minutes that everybody reads, and the resolution in them."""

    meeting_id: int
    resolution: Resolution


def make_decided(council: Council) -> Decided:
    """Published minutes with words blacked out and a summary; their resolution has a card."""
    minutes: Minutes = make_checked_minutes(meeting=make_held_meeting(council=council))
    entry = minutes.entries[0]
    entry.discussion += f"\n\nFrau {WITNESS} berichtet von den Straßenbeleuchtungsinstandhaltungsmaßnahmen."
    minutes.redactions.append(Redaction(passage=WITNESS, reason=RedactionReason.PERSONAL))
    make_published(minutes, with_pdf=False)
    now = clock.now()
    minutes.summaries.append(MinutesSummary(language="ar", text="سيوضع مصباح.", released_at=now))
    (resolution,) = session.query(Resolution).all()
    resolution.cards.append(ResolutionCard(language="ar", title="ضوء", text="سيوضع مصباح.", released_at=now))
    return Decided(minutes.meeting_id, resolution)


def spoken(words: Locator) -> str:
    """In which language, and from which side, the page says that this is to be read."""
    said: str = words.evaluate("one => `${one.closest('[lang]').lang} ${getComputedStyle(one).direction}`")
    return said


@IN_EACH
def test_who_sits_in_a_council_and_what_it_will_talk_about_is_read_on_a_phone(phone, fits, language):
    """Of a confidential item that is its neutral title."""
    make_house()
    session.commit()
    phone.goto(f"/{language}/councils")
    fits(phone)
    phone.locator("main a[href$='/councils/talwiese']").click()
    expect(phone.locator("h1")).to_have_text(NAME["ar" if language == "ar" else "de"])
    fits(phone)
    phone.locator("main a[href*='/councils/members/']").click()
    assert spoken(phone.get_by_text("Ich backe.")) == "de ltr"
    fits(phone)
    phone.goto(f"/{language}/councils/talwiese/statutes")
    expect(phone.locator("main")).to_contain_text("Die Sitzungen sind öffentlich.")
    fits(phone)
    phone.goto(f"/{language}/meetings")
    fits(phone)
    phone.locator("main .card h2 a").click()
    expect(phone.locator("main section h3")).to_have_count(2)
    expect(phone.locator("main")).not_to_contain_text(CONFIDENTIAL)
    assert spoken(phone.get_by_text("Vertragssache")) == "de ltr"
    assert spoken(phone.get_by_text("Die Laternen.")) == "de ltr"
    fits(phone)


@IN_EACH
def test_minutes_and_what_was_decided_are_found_on_a_phone_without_what_is_blacked_out(phone, fits, language):
    """With a typing mistake too, and in the language they are written in."""
    council = make_house()
    decided = make_decided(council)
    indexing.index_whole(council)
    count_words()
    number, resolution = decided.meeting_id, decided.resolution.id
    session.commit()
    phone.goto(f"/{language}/search?q=Latrene+Talwiese")
    expect(phone.locator("main .note")).to_contain_text("Laterne")
    fits(phone)
    phone.locator(f"main .cards a[href$='/minutes/{number}']").click()
    main = phone.locator("main")
    expect(main).to_contain_text("berichtet von den")
    for hidden in (WITNESS, CONFIDENTIAL):
        expect(main).not_to_contain_text(hidden)
    for words in ("Viele fühlen sich abends unsicher.", "ohne Einwendungen"):
        assert spoken(main.get_by_text(words)) == "de ltr"
    if language == "ar":
        assert spoken(main.locator("section.card p", has_text="سيوضع مصباح.")) == "ar rtl"
    main.locator("summary").click()  # the fingerprints are the longest words of the page
    fits(phone)
    phone.goto(f"/{language}/resolutions/")
    fits(phone)
    phone.locator(f"main .cards a[href$='/resolutions/{resolution}']").click()
    assert spoken(phone.locator("#words ~ div")) == "de ltr"
    fits(phone)


@IN_EACH
def test_a_proposal_with_a_mistake_loses_nothing_and_ends_with_a_receipt(phone, fits, language):
    make_house()
    session.commit()
    phone.goto(f"/{language}/proposals/new/talwiese")
    phone.fill("#text", "Am Weg ist es abends sehr dunkel, und viele haben Angst.")
    phone.select_option("#language", "de")
    phone.fill("#author_name", "Ayşe عائشة")
    send(phone)
    expect(phone.locator(".error-summary a[href='#title']")).to_be_visible()
    assert phone.input_value("#author_name") == "Ayşe عائشة"
    fits(phone)
    phone.fill("#title", "Mehr Licht")
    phone.wait_for_timeout(3_100)  # whoever is faster is taken for a robot
    send(phone)
    assert code_on(phone)
    fits(phone)


def test_no_page_about_councils_breaks_a_rule_of_accessibility(app, open_page, axe):
    """Once, where most differs; the checker is a script."""
    council = make_house()
    decided = make_decided(council)
    indexing.index_whole(council)
    member = session.query(CouncilPerson).filter_by(family_name="Yılmaz").one().serial
    meeting_id = session.query(Meeting).filter(Meeting.starts_at > clock.now()).one().id
    number, resolution = decided.meeting_id, decided.resolution.id
    session.commit()
    phone = open_page(language="ar")
    of_council = ["councils", "councils/talwiese", f"councils/members/{member}", "councils/talwiese/statutes"]
    of_meetings = ["meetings", f"meetings/{meeting_id}", f"minutes/{number}"]
    of_decisions = ["resolutions/", f"resolutions/{resolution}", "search?q=Laterne"]
    for path in [*of_council, *of_meetings, *of_decisions, "proposals/new/talwiese"]:
        phone.goto(f"/ar/{path}")
        if path.startswith("proposals"):
            send(phone)
            expect(phone.locator(".error-summary")).to_be_visible()
        assert axe(phone) == []
