"""Staff prepare events, look after registrations and tell what came of it: on a wide screen and on a phone."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from participation import clock
from participation.db import Base, session
from participation.events import invitations
from participation.events.models import Event, EventSession, Mode, Topic
from participation.events.registration_models import CallReason, PhoneCall, Registration
from participation.i18n import LocalizedText
from participation.places.models import Place, Room
from tests.browser.conftest import PHONE
from tests.browser.test_events import TITLE, letters, make_large_event, send
from tests.browser.test_staff import sign_in
from tests.events.makers import (
    make_contact,
    make_event,
    make_phone_call,
    make_place,
    make_registration,
    make_room,
    make_topic,
    make_waiting_list,
)
from tests.media.makers import image_file

PHOTO = {"name": "fest.jpg", "mimeType": "image/jpeg", "buffer": image_file()}
DESK = "/de/staff/events"
WIDE = {"width": 1280, "height": 800}
A_DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NUMBERS = re.compile(r"\d+|[0-9a-f-]{36}")


@pytest.fixture
def is_fine(axe, scrolls_sideways) -> Callable[[Page], None]:
    """The page breaks no rule of accessibility and fits on both screens."""

    def check(window: Page) -> None:
        assert axe(window) == []
        assert not scrolls_sideways(window), window.url
        window.set_viewport_size(PHONE)
        assert not scrolls_sideways(window), window.url
        window.set_viewport_size(WIDE)

    return check


@pytest.fixture
def desk(app, open_page) -> Callable[[], Page]:
    """Somebody of the communications team, signed in; called after everything else was saved."""

    def open_one() -> Page:
        window = open_page(**WIDE)
        sign_in(window, "de", "editor")
        return window

    return open_one


def typed(moment: datetime) -> str:
    """As staff type it."""
    return moment.astimezone(clock.BERLIN).strftime("%d.%m.%Y %H:%M")


def how_many(kind: type[Base]) -> int:
    """Rows of a table; the server would wait for a transaction that is left open."""
    number = session.scalar(select(func.count()).select_from(kind))
    session.rollback()
    return number or 0


def make_registered(event: Event) -> Registration:
    """Somebody with an address, somebody with a telephone number and many needs, and somebody who waits."""
    make_registration(event, name="Ayşe Yılmaz", contact=make_contact())
    somebody = make_registration(
        event,
        name="Bogdan Iwanow",
        organisation="Nachbarschaftsvereinigung",
        phone="+49211123456",
        persons=3,
        interpreter="tr",
        children=2,
        sign_language=True,
        wheelchairs=1,
        needs="Ein Platz vorn. مقعد في الأمام",
        needs_agreed_at=clock.now(),
        language="ar",
    )
    make_waiting_list(event, 2)
    return somebody


def test_an_event_from_the_first_word_to_the_public_page(desk, is_fine):
    make_room(make_place(name=LocalizedText(de="Bürgerhaus")))
    make_topic()
    window, starts_at = desk(), clock.now() + 30 * A_DAY
    window.goto(DESK)
    is_fine(window)
    window.locator(f"main a[href='{DESK}/new']").click()
    send(window)
    expect(window.locator(".error-summary")).to_be_focused()
    is_fine(window)
    window.fill("#title-de", TITLE["de"])
    window.fill("#starts_at", typed(starts_at))
    send(window)
    window.wait_for_url(re.compile(r"/\d+$"))
    here = window.url
    is_fine(window)

    window.locator(".doors a[href$='/texts']").click()
    window.locator("#title details summary").click()
    window.fill("#title-ar", TITLE["ar"])
    window.fill("#text-de", "<p>Wir reden über <b>alles</b>.</p>")
    window.check("#topics-0")
    is_fine(window)
    send(window)
    window.locator(".doors a[href$='/times']").click()
    window.fill("#ends_at", typed(starts_at - HOUR))
    window.select_option("#where", index=2)
    send(window)
    expect(window.locator("#ends_at-error")).to_be_visible()
    is_fine(window)
    window.fill("#ends_at", typed(starts_at + HOUR))
    send(window)
    window.locator(".doors a[href$='/access']").click()
    window.check("[name=spoken][value=de]")
    window.check("[name=interpretation][value=yes]")
    window.check("[name=interpreted][value=ar]")
    is_fine(window)
    send(window)
    window.locator(".doors a[href$='/registration']").click()
    window.check("[name=mode][value=registration]")
    is_fine(window)
    send(window)
    window.locator(".doors a[href$='/sessions']").click()
    is_fine(window)
    window.locator("main a[href*='/sessions/']").click()
    window.fill("#capacity", "30")
    is_fine(window)
    send(window)
    window.goto(f"{here}/consents")
    window.fill("#text-de", "Sie dürfen mich einladen.")
    send(window)
    is_fine(window)

    window.goto(f"{here}/release")
    expect(window.locator("#page-form")).to_have_count(0)  # D2
    is_fine(window)
    window.goto(f"{here}/duties")
    window.fill("#purpose-de", "Wir planen das Fest.")
    window.fill("#legal_basis-de", "Aufgabe der Stadt")
    window.fill("#person_in_charge", "Frau Beispiel")
    is_fine(window)
    send(window)
    window.locator(".doors a[href$='/preview']").click()
    window.locator("main nav details summary").click()
    window.locator("main nav [lang=ar]").click()
    expect(window.locator("h1")).to_have_text(TITLE["ar"])
    is_fine(window)
    window.goto(f"{here}/release")
    is_fine(window)
    send(window)
    window.goto(here.replace("/staff", ""))
    expect(window.locator("main a[href$='/register']")).to_be_visible()


def test_a_series_without_its_holiday_which_is_called_off(desk, is_fine):
    event = make_event(place=make_place())
    here = f"{DESK}/{event.id}"
    until = clock.today() + timedelta(weeks=5)
    session.commit()
    window = desk()
    window.goto(f"{here}/repeat")
    window.locator("[name=rhythm]").first.check()
    window.fill("#until_on", until.strftime("%d.%m.%Y"))
    is_fine(window)
    send(window)
    window.locator("[name=days]").nth(1).uncheck()
    is_fine(window)
    send(window)
    window.wait_for_url("**/series")
    expect(window.locator("tbody tr")).to_have_count(4)
    is_fine(window)
    window.locator("main a[href$='/series/more']").click()
    window.fill("#until_on", (until + timedelta(weeks=1)).strftime("%d.%m.%Y"))
    send(window)
    is_fine(window)
    send(window)
    expect(window.locator("tbody tr")).to_have_count(5)
    window.locator("main a[href$='/series/take-over']").click()
    window.check("#parts-0")
    is_fine(window)
    send(window)
    window.locator("tbody a").nth(1).click()
    window.locator("main a[href$='/cancel']").click()
    is_fine(window)
    window.locator("main a[href$='/series/call-off']").click()
    window.fill("#because-de", "Der Saal wird renoviert.")
    is_fine(window)
    send(window)
    cancelled = select(func.count()).where(Event.cancelled_at.is_not(None))
    assert session.scalar(cancelled) == 4
    session.rollback()
    window.goto(f"{here}/duplicate")
    window.fill("#starts_at", typed(clock.now() + 60 * A_DAY))
    is_fine(window)
    send(window)
    window.wait_for_url(re.compile(r"/\d+$"))
    assert how_many(Event) == 6


def test_an_event_is_moved_and_cancelled_and_everybody_hears_of_it(desk, is_fine):
    event = make_event(title=TITLE, place=make_place(), capacity=4)
    make_registered(event)
    here, moved = f"{DESK}/{event.id}", event.starts_at + 3 * A_DAY
    session.commit()
    window = desk()
    window.goto(f"{here}/move")
    is_fine(window)
    window.fill("#starts_at", typed(moved))
    window.fill("#ends_at", typed(moved + HOUR))
    window.fill("#note-de", "Der Saal ist besetzt.")
    send(window)
    (letter,) = letters("events/event_changed")
    assert "Der Saal ist besetzt." in letter
    assert how_many(PhoneCall) == 1
    window.goto("/de/staff/phone-calls")
    is_fine(window)
    window.locator("main form[action*='/phone-calls/'] button").click()
    is_fine(window)
    window.locator("form[action$='/reached'] button").click()
    expect(window.locator("main form[action*='/phone-calls/']")).to_have_count(0)

    window.goto(f"{here}/cancel")
    send(window)
    expect(window.locator("#because-error")).to_be_visible()
    is_fine(window)
    window.fill("#because-de", "Es regnet durchs Dach.")
    send(window)
    (letter,) = letters("events/event_cancelled")
    assert "Es regnet durchs Dach." in letter
    is_fine(window)
    window.goto(here.replace("/staff", ""))
    expect(window.locator("main .note").first).to_contain_text("Es regnet durchs Dach.")
    is_fine(window)


def test_d15_registrations_are_looked_at_added_changed_and_written_to(desk, is_fine):
    event = make_event(title=TITLE, place=make_place(), capacity=6, most_in_group=20)
    make_registered(event)
    desk_of_event = f"{DESK}/{event.id}"
    here = f"{desk_of_event}/registrations"
    session.commit()
    window = desk()
    window.goto(here)
    expect(window.locator("main")).not_to_contain_text("Bogdan Iwanow")
    is_fine(window)
    window.locator("form[action$='/registrations/look'] button").click()
    is_fine(window)
    window.fill("#words", "bogdan")
    window.locator("form[role=search] button").click()
    expect(window.locator("section").last.locator("tbody tr")).to_have_count(1)
    window.locator("tbody a", has_text="Bogdan Iwanow").click()
    is_fine(window)
    window.locator("main a[href$='/change']").click()
    is_fine(window)
    window.fill("#persons", "1")
    send(window)
    expect(window.locator(".flash[role=status]")).to_be_visible()
    window.locator("main a[href$='/cancel']").click()
    is_fine(window)
    window.goto(f"{here}/new")
    is_fine(window)
    send(window)
    expect(window.locator(".error-summary")).to_be_focused()
    is_fine(window)
    window.check("[name=source][value=telephone]")
    window.select_option("#language", "ar")
    window.fill("#name", "Noor Haddad")
    window.fill("#phone", "0211 654321")
    window.fill("#needs", "Ein Platz vorn")
    window.check("#needs_agreed")
    send(window)
    expect(window.locator("[lang=ar] .receipt .code")).to_be_visible()
    is_fine(window)

    window.goto(f"{desk_of_event}/needs")
    is_fine(window)
    open_needs = window.locator("form:has([name=is_arranged][value=y])")
    before = open_needs.count()
    open_needs.first.locator("button").click()
    expect(open_needs).to_have_count(before - 1)
    is_fine(window)
    window.goto(f"{desk_of_event}/message")
    is_fine(window)
    window.check("[name=group][value=confirmed]")
    window.fill("#subject", "Bitte Stühle mitbringen")
    window.fill("#text", "Es gibt zu wenige.\n\nشكرا")
    window.click("button[value=preview]")
    expect(window.locator("#preview")).to_be_focused()
    is_fine(window)
    window.click("button[value=send]")
    window.wait_for_url(f"**{here}")
    assert len(letters("events/message")) == 1
    window.goto(f"{here}/export")
    is_fine(window)


def test_what_came_of_an_event_its_poster_and_where_events_are(desk, is_fine):
    event = make_event(title=TITLE, place=make_place(), starts_at=clock.now() - A_DAY)
    make_registration(event, contact=make_contact())
    here = f"{DESK}/{event.id}"
    session.commit()
    window = desk()
    window.goto(f"{here}/report")
    window.fill("#report-de", "<p>Viele Ideen.</p>")
    window.fill("#next_steps-de", "<p>Der Rat entscheidet im Mai.</p>")
    window.fill("#attended", "41")
    is_fine(window)
    send(window)
    window.locator("main a[href$='/report/photos']").click()
    window.fill("#photo-alt", "Menschen am Fluss")
    window.set_input_files("#photo-file", PHOTO)
    send(window)
    expect(window.locator("main figure img")).to_be_visible()
    is_fine(window)
    window.goto(f"{here}/report/publish")
    is_fine(window)
    window.locator("form[action$='/report/publish'] button").click()
    expect(window.locator(".flash[role=status]")).to_be_visible()
    assert len(letters("events/thanks")) == 1
    window.goto(here.replace("/staff", ""))
    expect(window.locator("main")).to_contain_text("Der Rat entscheidet im Mai.")
    window.locator("main figure img").scroll_into_view_if_needed()
    is_fine(window)
    window.goto(f"{here}/poster")
    window.check("#tags-ar")
    window.check("#tags-uk")
    window.locator("main form button").click()
    expect(window.locator(".event-poster section")).to_have_count(3)
    is_fine(window)

    window.goto("/de/staff/places/new")
    send(window)
    expect(window.locator(".error-summary")).to_be_focused()
    is_fine(window)
    window.fill("#name-de", "Alte Feuerwache")
    window.fill("#address", "Ringstraße 5")
    window.check("[name=step_free][value=partly]")
    send(window)
    window.locator("main a[href$='/rooms']").click()
    window.fill("#label-de", "Saal")
    window.fill("#holds", "80")
    is_fine(window)
    send(window)
    is_fine(window)
    window.goto("/de/staff/topics")
    for name in ("Verkehr", "Grün"):
        window.fill("#label-de", name)
        send(window)
    window.locator("form[action$='/up'] button").click()
    expect(window.locator("main ol li").first).to_contain_text("Grün")
    is_fine(window)
    assert [how_many(Place), how_many(Room), how_many(Topic)] == [2, 1, 2]


@pytest.mark.parametrize("language", ["ar", "de-simple"])
def test_every_page_of_the_desk_opens_in_other_languages_too(app, open_page, axe, scrolls_sideways, language):
    public = make_large_event(
        mode=Mode.INVITATION,
        sessions=[EventSession(title=LocalizedText(de="Vormittag"), capacity=5), EventSession(title=TITLE)],
    )
    invitations.make(public, 2, note="Für die Schule")
    somebody = make_registered(public)
    make_phone_call(somebody, reason=CallReason.OFFER)
    over = make_event(starts_at=clock.now() - A_DAY, place=make_place())
    draft = make_event(published=False, mode=Mode.REGISTRATION, person_in_charge="")
    make_room(over.place)
    numbers = [public.id, draft.id, over.id]
    desk = f"/{language}/staff/events"
    fixed = [
        desk,
        f"{desk}/{public.id}/registrations/{somebody.id}",
        f"{desk}/{public.id}/registrations/new",
        f"{desk}/{public.id}/series",
        f"{desk}/waiting?show=report",
        f"/{language}/staff/phone-calls",
        f"/{language}/staff/places",
        f"/{language}/staff/places/{over.place_id}",
        f"/{language}/staff/topics",
    ]
    session.commit()
    window = open_page(language=language)
    sign_in(window, language, "editor")
    window.goto(f"{desk}/{numbers[0]}/registrations")
    window.locator("form[action$='/look'] button").click()
    seen: set[str] = set()
    to_see = [f"{desk}/{number}" for number in numbers] + fixed
    while to_see:
        address = to_see.pop(0)
        kind = NUMBERS.sub("1", address)
        if kind in seen and address not in {f"{desk}/{number}" for number in numbers}:
            continue
        seen.add(kind)
        answer = window.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert not scrolls_sideways(window), address
        assert axe(window) == []
        if address.startswith(f"{desk}/") and address.rsplit("/", 1)[1].isdecimal():
            links = "links => links.map(link => link.getAttribute('href'))"
            to_see += window.locator("main .actions a, main .doors a").evaluate_all(links)
    assert len(seen) > 30
