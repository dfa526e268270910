"""From a report to the second decision, on a phone and each as the person in question, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.moderation.models import Action, Notice, Objection
from tests.browser.test_staff import sign_in
from tests.ideas.makers import make_idea
from tests.moderation.fair_makers import make_authored, make_notice, make_objection
from tests.moderation.makers import make_decision

LANGUAGES = ["de", "ar", "de-simple"]
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
IN_EACH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def is_fine(axe, scrolls_sideways):
    """The page breaks no rule of accessibility and fits on the phone; the checker itself is a script."""

    def check(page: Page, *, javascript: bool = True) -> None:
        assert not scrolls_sideways(page)
        if javascript:
            assert axe(page) == []

    return check


def come_back(page: Page, language: str, code: str) -> None:
    """Type the code of a receipt."""
    page.goto(f"/{language}/receipt")
    page.fill("#code", code)
    page.locator("main form button").last.click()


@BOTH
@IN_EACH
def test_m3_somebody_reports_a_text_and_sees_it_with_the_receipt(app, open_page, is_fine, language, javascript):
    number = make_idea(title="Bänke am Fluss", text="Herr K. ist ein Dieb.").id
    session.commit()
    phone = open_page(language=language, javascript=javascript)
    phone.goto(f"/{language}/ideas/{number}")
    phone.locator("details", has=phone.locator("a[href*='/notices/new']")).locator("summary").click()
    phone.locator(f"a[href*='/notices/new?contribution={number}']").click()
    is_fine(phone, javascript=javascript)
    phone.locator("main form button").last.click()  # nothing filled in
    expect(phone.locator(".error-summary")).to_be_visible()
    is_fine(phone, javascript=javascript)
    phone.select_option("#reason", "defamation")
    phone.fill("#explanation", "Das ist gelogen. هذا كذب.")
    phone.check("#good_faith")
    phone.wait_for_timeout(3_100)  # nobody is faster than that
    phone.locator("main form button").last.click()
    code = phone.locator(".receipt bdi").first.inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", code)

    come_back(phone, language, code)
    expect(phone.locator("main .card").first).to_contain_text("Bänke am Fluss")
    is_fine(phone, javascript=javascript)
    session.expire_all()
    assert session.query(Notice).one().rule.slug == "defamation"


@BOTH
@IN_EACH
def test_m5_m6_whoever_is_refused_reads_why_and_objects(app, open_page, is_fine, language, javascript):
    idea, code = make_authored(ContributionStatus.WAITING, title="Bänke am Fluss")
    make_decision(idea, None, Action.REFUSE, facts="Im zweiten Satz steht ein Name.")
    session.commit()
    phone = open_page(language=language, javascript=javascript)
    come_back(phone, language, code)
    expect(phone.locator("main")).to_contain_text("Im zweiten Satz steht ein Name.")
    is_fine(phone, javascript=javascript)
    phone.locator("a[href*='/objections/decisions/']").first.click()
    is_fine(phone, javascript=javascript)
    phone.fill("#text", "Das ist mein eigener Name.")
    phone.wait_for_timeout(3_100)
    phone.locator("main form button").last.click()
    expect(phone.locator("main")).to_contain_text("Das ist mein eigener Name.")
    is_fine(phone, javascript=javascript)
    session.expire_all()
    assert session.query(Objection).one().text == "Das ist mein eigener Name."


@IN_EACH
def test_m6_another_moderator_decides_on_a_phone(app, open_page, is_fine, language):
    idea, code = make_authored(title="Bänke am Fluss")
    notice, reporter = make_notice(idea)
    objection = make_objection(make_decision(idea, None, Action.HIDE, facts="Ein Name steht darin."))
    waiting, _code = make_notice(make_idea(title="Schaukel"))
    session.commit()
    addresses = [
        f"/{language}{path}"
        for path in ("/staff", "/staff/notices", f"/staff/notices/{waiting.id}", f"/staff/notices/{notice.id}")
    ]
    decide = f"/{language}/staff/objections/{objection.id}"
    danger = f"/{language}/staff/notices/danger/{idea.id}"
    session.commit()  # whatever was read has begun a transaction, and the server would wait for it
    phone = open_page(language=language)
    sign_in(phone, language, "moderator", "editor")
    for address in [*addresses, f"/{language}/staff/objections", danger, f"/{language}/staff/rules/respect"]:
        phone.goto(address)
        is_fine(phone)
    phone.goto(decide)
    is_fine(phone)
    phone.locator("[name=outcome]").first.check()
    phone.fill("#reasons", "Der Name ist der eigene.")
    phone.locator("main #page-form button").last.click()
    expect(phone.locator("main .flash")).to_be_visible()
    is_fine(phone)

    for one in (code, reporter):
        resident = open_page(language=language)
        come_back(resident, language, one)
        is_fine(resident)
    session.expire_all()
    assert idea.is_public


@BOTH
@IN_EACH
def test_m2_m9_the_rules_and_the_numbers_are_for_everybody(app, open_page, is_fine, language, javascript):
    make_decision(make_authored(ContributionStatus.WAITING)[0])
    session.commit()
    phone = open_page(language=language, javascript=javascript)
    for address in ("/rules", "/transparency"):
        phone.goto(f"/{language}{address}")
        is_fine(phone, javascript=javascript)
