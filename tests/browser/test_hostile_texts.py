"""No page runs anything that people wrote, wherever it stands: a real browser would tell (V1).

The texts are attacks that others have collected. `open_page` already fails when a script breaks, when the rules of the
page stop something, or when another host is asked; here nothing may even stand there that could run.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas import map_pages, processing
from participation.ideas.models import Answer
from participation.mail import Mail
from participation.moderation.models import Action
from tests.accounts.makers import make_user
from tests.browser.test_fairness import come_back
from tests.browser.test_staff import sign_in
from tests.contributions.makers import make_comment, make_contact, make_translation
from tests.districts.makers import make_area, make_layer
from tests.ideas.makers import make_call, make_category, make_merge, make_office
from tests.ideas.test_places import SQUARE
from tests.moderation.fair_makers import make_authored, make_notice, make_objection
from tests.moderation.makers import make_decision, make_rule, make_waiting
from tests.test_hostile import hostile_words

# What our own pages never hold, and what each of these texts would like to be.
FOREIGN = """() => [...document.querySelectorAll("*")].filter(one =>
    [...one.attributes].some(({ name, value }) =>
        name.startsWith("on") || name === "style" && !one.closest(".leaflet-container")
        || ["href", "src", "action", "formaction"].includes(name) && /^\\s*(javascript|vbscript):/i.test(value)
        || ["src", "data"].includes(name) && !/^(\\/|data:image\\/|http:\\/\\/127)/.test(value))
    || ["OBJECT", "EMBED", "IFRAME", "BASE", "MATH", "MARQUEE"].includes(one.tagName)
    || one.tagName === "SCRIPT" && !one.src && !/json/.test(one.type)
).map(one => one.outerHTML.slice(0, 200))"""


@dataclass
class Things:
    """What somebody has filled with attacks, and the codes with which people come back."""

    idea: int
    waiting: int
    decision: int
    notice: str
    objection: int
    author: str
    reporter: str
    mails: list[int]
    title: str


@pytest.fixture
def attacks(samples) -> list[str]:
    # Control characters never get past a form; the rest is taken as it is, without the sieve of the forms.
    found = [one for one in hostile_words(samples) if "<" in one or "{" in one or "javascript" in one.lower()]
    return ["".join(char for char in one if char.isprintable() or char == "\n") for one in found]


@pytest.fixture
def things(app, attacks) -> Things:
    """One of everything that people write, and each of it an attack."""
    short = [one.replace("\n", " ")[:120] for one in attacks if len(one) < 120]
    layer = make_layer("stadtbezirke", is_default=True)
    area = make_area("West", layer, outline=SQUARE)
    call = make_call(title=LocalizedText(de="Ein Aufruf"))
    idea, _code = make_authored(
        call=call, title=short[0], text="\n".join(attacks)[:60_000], author_name=short[1], place=short[2], language="de"
    )
    idea.category, idea.areas = make_category(call, short[3]), [area]
    idea.latitude, idea.longitude, idea.contact = 51.35, 6.55, make_contact()
    for word in short[4:12]:
        make_comment(idea, word, author_name=word)
    make_translation(idea, "tr", "\n".join(attacks[:40]), title=short[5])
    source, _code = make_authored(call=call, title=short[6], text=short[7])
    make_merge(source, idea)
    staff = make_user("editor", name="<img src=x onerror=alert(1)>")
    processing.answer(
        idea, staff, answer=Answer.YES, reason=LocalizedText(de="\n".join(short[:30])), office=make_office(short[8])
    )
    processing.remark(idea, staff, short[9])
    reported, _code = make_authored(call=call, title=short[10], text=short[11], latitude=51.35, longitude=6.55)
    reported.listed_language = "de"
    notice, reporter = make_notice(reported, explanation="\n".join(short)[:4_000], name=short[12], language="ar")
    waiting = make_waiting(call=call, title=short[13], text="\n".join(attacks)[:20_000], author_name=short[14])
    refused, second = make_authored(ContributionStatus.WAITING, call=call, title=short[15], text=short[16])
    refused.contact = make_contact()
    rule = make_rule(short[17], reference=short[18])
    decision = make_decision(refused, None, Action.REFUSE, rule=rule, facts="\n".join(short[:20]))
    objection = make_objection(decision, text="\n".join(short[:50]))
    session.commit()
    mails = [mail.id for mail in session.query(Mail).order_by(Mail.id)]
    found = Things(
        idea=idea.id,
        waiting=waiting.id,
        decision=decision.id,
        notice=str(notice.id),
        objection=objection.id,
        author=second,
        reporter=reporter,
        mails=mails,
        title=short[0],
    )
    session.commit()
    return found


@pytest.fixture
def window(open_page) -> Iterator[Page]:
    """A phone's window that notes every box a script would open."""
    boxes: list[str] = []
    page = open_page()
    page.on("dialog", lambda box: (boxes.append(box.message), box.dismiss()))
    yield page
    assert boxes == []


def look(page: Page, address: str = "") -> None:
    """Open it, unfold all that can be unfolded, and search for what is not ours."""
    if address:
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate(FOREIGN) == [], page.url


def test_v1_nothing_runs_where_residents_read(things, window):
    for address in (
        f"/de/ideas/{things.idea}",
        f"/ar/ideas/{things.idea}",
        "/de/ideas/",
        "/tr/ideas/",
        f"/de/ideas/{things.idea}/support",
        f"/de/contributions/{things.idea}/comments",
        f"/de/notices/new?contribution={things.idea}",
        "/de/",
        "/de/transparency",
    ):
        look(window, address)
    window.goto(f"/de/ideas/{things.idea}")
    expect(window.locator("h1")).to_have_text(things.title)


@pytest.mark.skipif(not map_pages.LEAFLET.exists(), reason="the map was not fetched")
def test_v1_nothing_runs_on_the_map(things, window):
    window.goto("/de/ideas/map")
    window.locator("#ideas-map button").click()
    window.locator(".map .map-spot").first.click()
    window.wait_for_timeout(300)
    look(window)


def test_v1_nothing_runs_where_people_come_back_with_their_receipt(things, window):
    for code in (things.author, things.reporter):
        come_back(window, "de", code)
        look(window)
    come_back(window, "de", things.author)
    for address in ("/de/mine/change", "/de/mine/withdraw"):
        look(window, address)


def test_v1_nothing_runs_at_the_desks(things, open_page):
    boxes: list[str] = []
    window = open_page(width=1280, height=900)
    window.on("dialog", lambda box: (boxes.append(box.message), box.dismiss()))
    sign_in(window, "de", "administrator", "moderator", "editor")
    for address in (
        "/de/staff",
        "/de/staff/moderation",
        f"/de/staff/moderation/{things.waiting}",
        f"/de/staff/moderation/{things.idea}/history",
        "/de/staff/notices",
        f"/de/staff/notices/{things.notice}",
        f"/de/staff/notices/danger/{things.idea}",
        "/de/staff/objections",
        f"/de/staff/objections/{things.objection}",
        "/de/staff/ideas?show=all",
        f"/de/staff/ideas/{things.idea}",
        f"/de/staff/ideas/{things.idea}/merge",
        f"/de/staff/contributions/{things.idea}/translations",
        "/de/staff/mail",
        "/de/staff/translations",
    ):
        look(window, address)
    window.goto(f"/de/staff/moderation/{things.waiting}")
    window.locator(".desk-bar button").click()  # open it to decide
    expect(window.locator("#page-form")).to_be_attached()
    look(window)
    for number in range(min(len(things.mails), 6)):
        window.goto("/de/staff/mail")
        window.locator("form[action*='/staff/mail/'] button").nth(number).click()
        look(window)
    assert boxes == []
