"""One page per member of staff: what waits over all rooms, ordered by duty and deadline."""

import pytest

from participation.feature import Duty, Feature
from tests.accounts.makers import make_user, sign_in
from tests.ideas.makers import make_idea
from tests.moderation.fair_makers import make_notice, make_objection
from tests.moderation.makers import make_decision, make_waiting
from tests.pages.makers import make_report


@pytest.fixture
def moderator(client):
    user = make_user("moderator")
    sign_in(client, user)
    return user


def test_nothing_waits_in_an_empty_house(client, moderator):
    assert "Nothing waits for you at the moment." in client.get("/en/staff").text


def test_the_rooms_tell_and_the_most_pressing_stands_on_top(app, client, moderator, stop_clock, monkeypatch):
    day = stop_clock(2026, 4, 10, 12).date()
    sign_in(client, moderator)
    told = [
        Duty("No day", "/en/a", 4),
        Duty("Later", "/en/b", 3, day.replace(day=20)),
        Duty("Late", "/en/c", 2, day.replace(day=1)),
        Duty("Now", "/en/d", 1200, day),
    ]
    rooms = [Feature(name="one", duties=lambda _person: told[:2]), Feature(name="two", duties=lambda _person: told[2:])]
    monkeypatch.setitem(app.extensions, "features", rooms)
    page = client.get("/en/staff").text
    places = [page.index(words) for words in ("Late: 2", "Now: 1,200", "Later: 3", "No day: 4")]
    assert places == sorted(places)
    assert "Overdue since April 1, 2026" in page
    assert "Due today" in page
    assert "Due on April 20, 2026" in page


@pytest.mark.databases
def test_queue_notices_and_barrier_reports_are_counted_for_whoever_may(client, stop_clock):
    stop_clock(2026, 4, 10, 12)
    make_waiting()
    idea = make_idea()
    make_notice(idea)
    make_notice(idea)
    make_report()
    sign_in(client, make_user("moderator"))
    page = client.get("/en/staff").text
    assert "Texts in the moderators&#39; queue: 2" in page
    assert "Texts that somebody reported: 1" in page
    assert "Due on April 17, 2026" in page
    assert "Reports of barriers:" not in page
    sign_in(client, make_user("editor"))
    page = client.get("/en/staff").text
    assert "Reports of barriers: 1" in page
    assert "Texts in the moderators" not in page


def test_m6_an_objection_waits_for_everybody_but_the_one_who_decided_first(client):
    first = make_user("moderator")
    make_objection(make_decision_by(first))
    sign_in(client, first)
    assert "Objections to a colleague" not in client.get("/en/staff").text
    sign_in(client, make_user("moderator"))
    assert "Objections to a colleague&#39;s decision: 1" in client.get("/en/staff").text


def make_decision_by(staff):
    """A decision against a text whose author has a receipt."""
    return make_decision(make_waiting(with_receipt=True), staff)
