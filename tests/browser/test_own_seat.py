"""A member on a phone answers an invitation and checks minutes; a resident proposes an agenda item."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from participation import clock
from participation.councils.models import ConsentPurpose, Membership
from participation.councils.resolution_models import Task
from participation.db import session
from participation.i18n import LocalizedText
from participation.receipts import operations as receipts
from tests.councils.makers import make_council, make_item, make_meeting, make_membership, make_person, make_proposal
from tests.councils.test_own_seat import circulated

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
IN_EACH = pytest.mark.parametrize("language", ["de", "ar"])

IsFine = Callable[[Page], None]


@pytest.fixture
def is_fine(axe, scrolls_sideways, javascript) -> IsFine:
    """The page breaks no rule of accessibility and fits on the phone (A4); the checker itself is a script."""

    def check(phone: Page) -> None:
        assert not scrolls_sideways(phone), phone.url
        if javascript:
            assert axe(phone) == []

    return check


def make_seat() -> Membership:
    """A member with everything on their page."""
    council = make_council(name=LocalizedText(de="Quartiersrat Nordstadt", ar="مجلس الحي الشمالي"))
    seat = make_membership(council, make_person("Ayşe Yılmaz", shows=(ConsentPurpose.NAME,)))
    circulated(seat)
    meeting = make_meeting(council)
    make_item(meeting, "Beleuchtung im Nordpark", text=LocalizedText(de="Die Laternen am Weg.\n\n- eine\n- zwei"))
    make_item(meeting, "Mietstreit", is_public=False)
    session.add(Task(council_id=council.id, membership_id=seat.id, text="Angebot einholen", due_on=clock.today()))
    make_proposal(council, person=seat.person)
    session.commit()
    return seat


def come_back(phone: Page, seat: Membership, language: str) -> None:
    assert seat.person.receipt is not None
    code = receipts.renew(seat.person.receipt)
    session.commit()
    phone.goto(f"/{language}/receipt")
    phone.locator("#code").fill(code)
    phone.locator("#page-form button.button").click()
    phone.locator('main a[href$="/own-seat"]').click()


@BOTH
@IN_EACH
def test_a_member_answers_and_checks_on_a_phone(app, open_page, is_fine, language, javascript):
    seat = make_seat()
    phone = open_page(language=language, javascript=javascript)
    come_back(phone, seat, language)
    is_fine(phone)
    phone.locator("main .card h3 a").first.click()
    is_fine(phone)
    phone.locator('input[value="coming"]').check()
    phone.locator("#page-form button.button").last.click()
    expect(phone).to_have_url(re.compile(f"/{language}/own-seat$"))
    phone.locator('main a[href*="/own-seat/minutes/"]').click()
    is_fine(phone)
    phone.locator("#text").fill("Ich war dagegen.")
    phone.locator("#page-form button.button").last.click()
    expect(phone.locator("main")).to_contain_text("Ich war dagegen.")
    for page in ("agreements", "data"):
        phone.goto(f"/{language}/own-seat/{page}")
        is_fine(phone)


@BOTH
@IN_EACH
def test_a_resident_proposes_on_a_phone_and_reads_what_came_of_it(app, open_page, is_fine, language, javascript):
    council = make_council(proposal_days=7)
    make_meeting(council, announced=False, proposals_until=clock.today() + timedelta(days=7))
    other = make_proposal(council)
    slug, number = council.slug, other.id
    session.commit()
    phone = open_page(language=language, javascript=javascript)
    phone.goto(f"/{language}/proposals/of/{slug}")
    is_fine(phone)
    phone.goto(f"/{language}/proposals/{number}")
    is_fine(phone)
    phone.goto(f"/{language}/proposals/new/{slug}")
    is_fine(phone)
    phone.locator("#title").fill("Mehr Licht im Nordpark")
    phone.locator("#text").fill("Am Weg ist es abends sehr dunkel, und viele haben Angst.")
    phone.locator("#language").select_option("de")
    phone.wait_for_timeout(3_100)  # whoever is faster is taken for a robot
    phone.locator("#page-form button.button").last.click()
    expect(phone.locator("main .receipt")).to_be_visible()
    phone.goto(f"/{language}/receipt/matter")
    expect(phone.locator("main")).to_contain_text("Mehr Licht im Nordpark")
    is_fine(phone)
