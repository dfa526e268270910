"""What the desk agrees on: what is checked when, words to look at twice, the promise."""

import pytest
from sqlalchemy import select

from participation.audit import AuditEntry
from participation.contributions.checking import rule_for
from participation.contributions.models import Checking, CheckingRule, WordList
from participation.db import session
from participation.moderation import policy, queries
from tests.accounts.makers import make_user, sign_in
from tests.districts.makers import make_area
from tests.ideas.makers import make_call
from tests.moderation.makers import make_waiting

DESK = "/en/staff/moderation"
ADDRESSES = ["policy", "promise", "word-lists", "word-lists/de"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_holds_for_the_whole_city_is_for_those_who_moderate_all_of_it(app, client, address):
    """V18"""
    for user, status in [
        (make_user("editor"), 403),
        (make_user("moderator", area_id=make_area().id), 403),
        (make_user("moderator"), 200),
        (make_user("administrator"), 200),
    ]:
        sign_in(client, user)
        assert client.get(f"{DESK}/{address}").status_code == status


@pytest.mark.databases
def test_a_rule_for_a_call_is_followed_until_it_is_dropped(app, client):
    """M10"""
    sign_in(client, make_user("moderator"))
    call = make_call()
    idea = make_waiting(call=call)
    typed = {"kind": "idea", "scope": f"call {call.id}", "language": "", "checking": "after"}
    assert client.post(f"{DESK}/policy", data=typed).status_code == 302
    assert rule_for(idea) is Checking.AFTER
    client.post(f"{DESK}/policy", data={**typed, "checking": "newcomers_before"})
    (rule,) = session.scalars(select(CheckingRule)).all()
    assert rule.checking is Checking.NEWCOMERS_BEFORE, "the same contributions have one rule"
    page = client.get(f"{DESK}/policy").text
    assert str(call.title) in page
    client.post(f"{DESK}/policy/{rule.id}/drop")
    assert rule_for(idea) is Checking.BEFORE
    actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["checking.set", "checking.set", "checking.dropped"]


@pytest.mark.parametrize(
    "spoilt", [{"checking": ""}, {"checking": "never"}, {"kind": "poem"}, {"scope": "call 999"}, {"language": "xx"}]
)
def test_a_rule_for_what_does_not_exist_is_refused(app, client, spoilt):
    sign_in(client, make_user("moderator"))
    assert client.post(f"{DESK}/policy", data={"checking": "after", **spoilt}).status_code == 422
    assert session.scalars(select(CheckingRule)).all() == []


@pytest.mark.databases
def test_words_are_kept_one_per_line_each_once_without_what_nobody_sees(app):
    policy.set_words("de", "Depp\r\n\r\n  dummer   Esel \nDe\u200bpp\n")
    assert session.get(WordList, "de").words == "Depp\ndummer Esel"
    policy.set_words("de", "")
    assert queries.word_counts() == {"de": 0}


def test_word_lists_exist_for_the_languages_of_the_city(app, client):
    sign_in(client, make_user("moderator"))
    assert client.post(f"{DESK}/word-lists/tr", data={"words": "aptal\nsalak"}).location == f"{DESK}/word-lists"
    assert "aptal" in client.get(f"{DESK}/word-lists/tr").text
    assert client.get(f"{DESK}/word-lists/xx").status_code == 404
    assert '<td class="number">2</td>' in client.get(f"{DESK}/word-lists").text


@pytest.mark.parametrize(("typed", "status"), [("24", 302), ("0", 422), ("721", 422), ("bald", 422), ("", 422)])
def test_the_promise_is_a_number_of_hours(app, client, typed, status):
    sign_in(client, make_user("moderator"))
    assert client.post(f"{DESK}/promise", data={"promised_hours": typed}).status_code == status
    assert queries.desk_settings().promised_hours == (24 if status == 302 else 48)
