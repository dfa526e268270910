"""A resident on a phone finds an event, registers, waits, changes, cancels and has everything deleted."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from participation import clock
from participation.db import session
from participation.events import consents, indexing, invitations
from participation.events.models import Event, EventLanguage, EventSession, Mode, Offer
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.questionnaires.models import Questionnaire
from participation.receipts import operations as receipts
from participation.rich_text import LocalizedRichText, RichText
from tests.browser.test_fairness import come_back
from tests.districts.makers import make_area, make_layer
from tests.events.makers import make_event, make_place, make_registration, make_series, make_topic
from tests.media.makers import make_picture
from tests.surveys.makers import make_definition, make_version, page, question

LANGUAGES = ["de", "ar", "de-simple"]
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
IN_EACH = pytest.mark.parametrize("language", LANGUAGES)
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}")
TITLE = LocalizedText(de="Fest am Fluss", ar="احتفال عند النهر")

IsFine = Callable[[Page], None]


@pytest.fixture
def is_fine(axe, scrolls_sideways, javascript) -> IsFine:
    """The page breaks no rule of accessibility and fits on the phone (A4); the checker itself is a script."""

    def check(phone: Page) -> None:
        assert not scrolls_sideways(phone), phone.url
        if javascript:
            assert axe(phone) == []

    return check


def make_large_event(**facts) -> Event:
    """An event with whatever makes its pages long and its form wide."""
    return make_event(
        title=TITLE,
        topics=[make_topic("Grünflächenunterhaltungskonzept")],
        areas=[make_area(LocalizedText(de="Nordstadt"), make_layer(is_default=True))],
        languages=[EventLanguage(language="de"), EventLanguage(language="tr", is_interpreted=True)],
        interpretation=Offer.YES,
        sign_language=Offer.ON_REQUEST,
        child_care=Offer.YES,
        requests_until=clock.today() + timedelta(days=3),
        place=make_place(latitude=51.25, longitude=6.75, transport=LocalizedText(de="Bus 7")),
        picture=make_picture(is_public=True),
        text=LocalizedRichText(de=RichText.clean("<p>Wir reden über <a href='/de/surveys'>alles</a>.</p>")),
        target_group=LocalizedText(de="Alle aus der Nachbarschaft"),
        contact_phone="(0211) 123-45",
        contact_email="eine-sehr-lange-adresse-fuer-fragen@stadtverwaltung.example.org",
        series=make_series(),
        **facts,
    )


def send(phone: Page) -> None:
    """Press the button of the page's form."""
    phone.locator("#page-form > .actions button").click()


def code_on(phone: Page) -> str:
    """What the receipt says."""
    code = phone.locator(".receipt bdi").first.inner_text()
    assert CODE.fullmatch(code)
    return code


def letters(wording: str) -> list[str]:
    """The texts of the letters of this kind in the outbox."""
    texts = list(session.scalars(select(Mail.text).where(Mail.wording == wording)))
    session.rollback()  # the server would wait for a transaction that is left open
    return texts


def link_in(letter: str, to: str) -> str:
    """The address of a letter that leads there."""
    found = re.search(rf"http\S+{to}\S+", letter)
    assert found, letter
    return found.group()


def statuses() -> list[BookingStatus]:
    """What everybody has, in the order of registering."""
    found = list(session.scalars(select(Booking.status).join(Registration).order_by(Registration.created_at)))
    session.rollback()
    return found


@BOTH
@IN_EACH
def test_a_visitor_chooses_in_the_list_and_the_calendar_and_reads_the_page(
    app, open_page, is_fine, language, javascript
):
    event = make_large_event()
    make_event(title=LocalizedText(de="Anderes"), sign_language=Offer.NO)
    indexing.index(event)
    number, starts_at = event.id, event.local_start
    session.commit()
    phone = open_page(language=language, javascript=javascript)
    phone.goto(f"/{language}/")
    is_fine(phone)
    phone.goto(f"/{language}/events")
    phone.locator("details", has=phone.locator("#q")).locator("summary").click()
    phone.fill("#q", "Fluss")
    phone.select_option("#language", "tr")
    phone.check("#need-sign_language")
    phone.locator("form[role=search] button").click()
    expect(phone.locator(".cards > li")).to_have_count(1)
    expect(phone.locator("#need-sign_language")).to_be_checked()
    is_fine(phone)
    assert phone.context.cookies() == []  # D12

    phone.goto(f"/{language}/events/month/{starts_at.year}/{starts_at.month}?q=Fluss")
    is_fine(phone)
    phone.locator(f"a[href='#day-{starts_at.day}']").click()
    phone.locator(f"#day-{starts_at.day} + ul a[href$='/events/{number}']").click()
    expect(phone.locator("h1")).to_have_text(TITLE["ar" if language == "ar" else "de"])
    phone.locator("main img").scroll_into_view_if_needed()
    is_fine(phone)


@BOTH
@IN_EACH
def test_a25_from_the_form_to_the_receipt_to_the_own_registration_and_to_its_end(
    app, open_page, is_fine, language, javascript, tmp_path
):
    event = make_large_event(capacity=20)
    consents.ask(event, LocalizedText(de="Sie dürfen mich zum nächsten Fest einladen."))
    number = event.id
    session.commit()
    phone = open_page(language=language, javascript=javascript)
    phone.goto(f"/{language}/events/{number}")
    phone.locator(f"main a[href$='/events/{number}/register']").click()
    is_fine(phone)
    phone.fill("#name", "Ayşe Yılmaz عائشة")
    phone.fill("#persons", "٣" if language == "ar" else "3")  # L12
    phone.fill("#email", "ayse@example.org")
    phone.select_option("#interpreter", "tr")
    phone.fill("#wheelchairs", "1")
    phone.check("#needs_agreed")
    phone.check("#consents-0")
    send(phone)
    is_fine(phone)
    code = code_on(phone)
    assert len(letters("events/registered")) == 1

    other = open_page(language=language, javascript=javascript, accept_downloads=True)
    come_back(other, language, code.lower())
    is_fine(other)
    other.locator("a[href$='/registration/change']").click()
    assert other.input_value("#name") == "Ayşe Yılmaz عائشة"  # A12
    other.fill("#persons", "2")
    other.fill("#wheelchairs", "")
    other.fill("#needs", "Bitte ein Platz vorn.")
    send(other)
    expect(other.locator(".flash")).to_be_visible()
    other.locator("main .card details summary").click()
    expect(other.locator("main")).to_contain_text("Bitte ein Platz vorn.")
    links = "links => links.map(link => link.getAttribute('href'))"
    for address in other.locator("main .card .actions a[href*='/registration/']").evaluate_all(links):
        other.goto(address)
        is_fine(other)
    other.goto(f"/{language}/events/registration/data")
    with other.expect_download() as waiting:
        other.locator("main a[href$='/registration/data/file']").click()
    waiting.value.save_as(tmp_path / "mine.json")
    assert "ayse@example.org" in (tmp_path / "mine.json").read_text()

    other.goto(f"/{language}/events/registration/erase")
    other.locator("main .button.danger").click()
    other.wait_for_url(f"**/{language}/events/")
    come_back(other, language, code)
    expect(other.locator(".error-summary")).to_be_visible()
    assert statuses() == []


@BOTH
@IN_EACH
def test_d8_whoever_waits_gets_the_place_that_somebody_gives_back(app, open_page, is_fine, language, javascript):
    event = make_event(title=TITLE, place=make_place(), capacity=2)
    issued = receipts.issue()
    make_registration(event, persons=2, receipt=issued.receipt)
    number, code = event.id, issued.code
    session.commit()
    waiter = open_page(language=language, javascript=javascript)
    waiter.goto(f"/{language}/events/{number}/register")
    is_fine(waiter)
    waiter.fill("#name", "Bogdan Iwanow")
    waiter.fill("#persons", "2")
    waiter.fill("#email", "bogdan@example.org")
    send(waiter)
    assert code_on(waiter)
    assert len(letters("events/waiting")) == 1

    holder = open_page(language=language, javascript=javascript)
    come_back(holder, language, code)
    holder.locator("a[href$='/registration/cancel']").click()
    holder.locator("main .button.danger").click()
    expect(holder.locator(".flash")).to_be_visible()
    is_fine(holder)
    assert statuses() == [BookingStatus.CANCELLED, BookingStatus.OFFERED]
    (offer,) = letters("events/offer")

    waiter.goto(f"/{language}/receipt/matter")
    is_fine(waiter)
    waiter.locator("main a[href$='/events/offers']").click()
    is_fine(waiter)
    waiter.locator("form[action$='/accept'] button").click()
    expect(waiter.locator("form[action$='/accept']")).to_have_count(0)
    is_fine(waiter)
    assert statuses() == [BookingStatus.CANCELLED, BookingStatus.CONFIRMED]

    mail = open_page(language=language, javascript=javascript)  # where no receipt is at hand
    mail.goto(link_in(offer, "/events/offers/letter/"))
    is_fine(mail)
    (confirmed,) = letters("events/registered")
    mail.goto(link_in(confirmed, "/events/letters/"))
    assert mail.url.endswith("/events/letters")  # V21
    is_fine(mail)
    send(mail)
    expect(mail.locator("a[href$='/registration/ticket']")).to_be_visible()


@BOTH
@IN_EACH
def test_a10_a11_mistakes_are_named_and_nothing_typed_is_lost(app, open_page, is_fine, language, javascript):
    """By invitation, with several parts and questions of its own."""
    questionnaire = Questionnaire(name="extra")
    session.add(questionnaire)
    asked = page("one", question("has", "yes_no"), question("why", relevant="${has} = 'yes'", is_required=True))
    parts = [EventSession(title=LocalizedText(de=name), capacity=5, position=i) for i, name in enumerate("AB")]
    event = make_large_event(
        mode=Mode.INVITATION,
        sessions=parts,
        several_sessions=True,
        most_in_group=30,
        version=make_version(questionnaire, make_definition(asked), published=True),
    )
    (invitation,) = invitations.make(event, 1)
    number, invited, code = event.id, [one.id for one in event.sessions], invitation.code
    session.commit()
    phone = open_page(language=language, javascript=javascript)
    phone.goto(f"/{language}/events/{number}/register")
    phone.fill("#persons", "viele")
    phone.fill("#organisation", "Nähgruppe جمعية")
    phone.fill("#needs", "Ein Platz vorn")
    phone.check("#q-has-1")
    send(phone)
    summary = phone.locator(".error-summary")
    expect(summary).to_be_focused()
    is_fine(phone)
    targets = summary.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert {"#invitation", "#sessions", "#name", "#persons", "#email", "#needs_agreed"} <= set(targets)
    for target in targets:
        field = phone.locator(target)
        expect(field).to_have_attribute("aria-describedby", re.compile("error"))
        expect(phone.locator(f"{target}-error")).to_be_visible()
    assert phone.input_value("#persons") == "viele"
    assert phone.input_value("#organisation") == "Nähgruppe جمعية"
    summary.locator("a").first.click()
    expect(phone.locator("#invitation")).to_be_focused()

    phone.fill("#invitation", "NICHT-GUT")
    for one in invited:
        phone.check(f"[name=sessions][value='{one}']")
    phone.fill("#name", "Noor Haddad")
    phone.fill("#persons", "4")
    phone.fill("#phone", "0211 123456")
    phone.check("#needs_agreed")
    phone.fill("#q-why", "Darum.")
    send(phone)
    expect(summary.locator("a")).to_have_count(1)
    expect(phone.locator("#invitation-error")).to_be_visible()
    is_fine(phone)
    phone.fill("#invitation", code.lower())
    send(phone)
    assert code_on(phone)

    phone.goto(f"/{language}/receipt/matter")
    is_fine(phone)
    phone.locator("a[href$='/registration/names']").click()
    phone.fill("#names", "Eins\nZwei\nDrei\nVier\nFünf")
    send(phone)
    expect(summary).to_be_focused()
    phone.fill("#names", "Noor\nRania\nАнна")
    send(phone)
    phone.locator("a[href$='/registration/cancel']").click()
    is_fine(phone)
    phone.locator(f"form:has([name=session][value='{invited[0]}']) button").click()
    expect(phone.locator(".flash")).to_be_visible()
    is_fine(phone)
    assert sorted(statuses(), key=str) == [BookingStatus.CANCELLED, BookingStatus.CONFIRMED]
