"""The desk itself: the queue, opening, the one screen, and what happens when two people meet."""

import re

import pytest
from sqlalchemy import select

from participation.accounts.models import User
from participation.contributions import operations as contributions
from participation.contributions.models import ContributionStatus as Status
from participation.db import session
from participation.moderation import claims, marks
from participation.moderation.models import Action, Claim, Decision
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.contributions.makers import make_comment
from tests.districts.makers import make_area
from tests.ideas.makers import make_call
from tests.moderation.makers import claimed, make_decision, make_rule, make_waiting

DESK = "/en/staff/moderation"


@pytest.fixture
def moderator(client) -> User:
    """A moderator at this browser."""
    user = make_user("moderator")
    sign_in(client, user)
    return user


def decisions() -> list[Decision]:
    return list(session.scalars(select(Decision).order_by(Decision.id)))


def titles(html: str) -> list[str]:
    """What stands in the list, from top to bottom."""
    return re.findall(r'id="choose-\d+"[^>]*>\s*<label[^>]*>.*?<bdi[^>]*>(.*?)</bdi>', html)


# --- The queue --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "status"), [((), 403), (("editor",), 403), (("moderator",), 200), (("administrator",), 200)]
)
def test_the_desk_is_for_moderators(app, client, roles, status):
    """V18"""
    idea = make_waiting()
    assert client.get(DESK).status_code == 401
    sign_in(client, make_user(*roles))
    for address in (DESK, f"{DESK}/{idea.id}", f"{DESK}/{idea.id}/history"):
        assert client.get(address).status_code == status


@pytest.mark.databases
def test_the_oldest_stands_first_and_every_kind_is_there(app, client, moderator, stop_clock):
    stop_clock(2026, 4, 1, 9)
    second = make_waiting(title="Zweite")
    stop_clock(2026, 4, 1, 8)
    make_waiting(title="Erste")
    stop_clock(2026, 4, 1, 10)
    make_comment(second, "Ein Kommentar", status=Status.WAITING)
    sign_in(client, moderator)
    assert titles(client.get(DESK).text) == ["Erste", "Zweite", "Ein Kommentar"]


@pytest.mark.databases
@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ("kind=comment", ["Kommentar"]),
        ("kind=idea&words=SCHAUKEL", ["Deutsch", "Leck"]),
        ("language=tr", ["Türkisch"]),
        ("hint=email", ["Leck"]),
        ("public=yes", ["Türkisch"]),
        ("public=no&kind=idea", ["Deutsch", "Leck"]),
        ("area={area}", ["Leck"]),
        ("scope=call {call}", ["Deutsch", "Kommentar"]),
        ("scope=nonsense&kind=idea&area=x&public=%27", []),
        ("words=100%25", []),
    ],
)
def test_the_queue_can_be_filtered(app, client, moderator, monkeypatch, filters, shown):
    monkeypatch.setattr(marks, "labels", lambda: {"email": "E-mail address"})
    call, area = make_call(), make_area()
    first = make_waiting(title="Deutsch", text="Eine Schaukel", call=call)
    make_waiting(title="Leck", text="Schaukel", areas=[area], hints=[{"kind": "email", "passage": "a@b.example"}])
    turkish = make_waiting(title="Türkisch", text="salıncak", language="tr")
    turkish.hints = [{"kind": "link", "passage": '"kind": "email"'}]
    contributions.show(turkish)
    make_comment(first, "Kommentar", status=Status.WAITING)
    address = f"{DESK}?{filters.format(area=area.id, call=call.id)}"
    html = client.get(address).text
    if "nonsense" in filters:
        shown = titles(client.get(f"{DESK}?kind=idea").text)
    assert sorted(titles(html)) == sorted(shown)


@pytest.mark.databases
def test_a_moderator_of_an_area_sees_and_decides_what_lies_there_or_nowhere(app, client):
    mine, other = make_area("Mitte"), make_area("Nord")
    inside, outside = make_waiting(title="Hier", areas=[mine, other]), make_waiting(title="Dort", areas=[other])
    make_waiting(title="Nirgends")
    sign_in(client, make_user("moderator", area_id=mine.id))
    html = client.get(DESK).text
    assert titles(html) == ["Hier", "Nirgends"]
    assert f"{DESK}/policy" not in html
    assert client.get(f"{DESK}/{outside.id}").status_code == 403
    assert client.post(f"{DESK}/{outside.id}/open").status_code == 403
    refusal = {"action": "publish", "version": outside.version}
    assert client.post(f"{DESK}/{outside.id}", data=refusal).status_code == 403
    bulk = {"action": "publish", "chosen": [f"{inside.id}-{inside.version}", f"{outside.id}-{outside.version}"]}
    assert client.post(DESK, data=bulk).status_code == 302
    assert [one.contribution_id for one in decisions()] == [inside.id]


def test_a_long_queue_is_paged(app, client, moderator):
    call = make_call()
    for number in range(26):
        make_waiting(title=f"Idee {number}", call=call)
    assert len(titles(client.get(DESK).text)) == 25
    assert len(titles(client.get(f"{DESK}?page=2").text)) == 1


# --- Opening ----------------------------------------------------------------------------------------------------------


def test_looking_changes_nothing_and_only_who_has_opened_it_can_decide(app, client, moderator):
    """V10"""
    idea = make_waiting()
    assert "Open to decide" in client.get(f"{DESK}/{idea.id}").text
    assert session.scalars(select(Claim)).all() == []
    assert client.post(f"{DESK}/{idea.id}/open").location == f"{DESK}/{idea.id}"
    assert 'value="publish"' in client.get(f"{DESK}/{idea.id}").text
    colleague = staff_client(app, "moderator")
    page = colleague.get(f"{DESK}/{idea.id}").text
    assert f"{moderator.name} has this contribution open" in page
    assert 'value="publish"' not in page
    assert f"Open with {moderator.name}" in colleague.get(DESK).text
    assert colleague.post(f"{DESK}/{idea.id}/open").location == DESK
    assert colleague.post(f"{DESK}/{idea.id}/stay").json == {"mine": False}
    client.post(f"{DESK}/{idea.id}/put-back")
    assert colleague.post(f"{DESK}/{idea.id}/open").location == f"{DESK}/{idea.id}"


def test_next_opens_the_oldest_that_nobody_has_open(app, client, moderator):
    first, second, third = make_waiting(), make_waiting(language="tr"), make_waiting(language="tr")
    claimed(first, make_user("moderator"))
    assert client.post(f"{DESK}/next").location == f"{DESK}/{second.id}"
    filtered = client.post(f"{DESK}/next?language=tr")
    assert filtered.location == f"{DESK}/{second.id}?language=tr", "one's own stays first"
    decided = client.post(f"{DESK}/{second.id}?language=tr", data={"action": "publish", "version": second.version})
    assert decided.location == f"{DESK}/{third.id}?language=tr"
    decided = client.post(f"{DESK}/{third.id}?language=tr", data={"action": "publish", "version": third.version})
    assert decided.location == f"{DESK}?language=tr"
    assert "Nothing else waits here" in client.get(decided.location).text


# --- The one screen ---------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_refusing_takes_a_rule_and_a_sentence(app, client, moderator):
    """M5, A11"""
    idea, rule = make_waiting(), make_rule("Keine Werbung")
    claimed(idea, moderator)
    address, typed = f"{DESK}/{idea.id}", {"action": "refuse", "version": idea.version, "facts_language": "de"}
    page = client.post(address, data={**typed, "facts": "Werbung für Autos."})
    assert page.status_code == 422
    assert "Please choose the rule that the decision relies on." in page.text
    assert "Werbung für Autos." in page.text
    page = client.post(address, data={**typed, "rule": rule.slug})
    assert "Please tell the author in a sentence" in page.text
    client.post(address, data={**typed, "rule": rule.slug, "facts": "Werbung für Autos."})
    (decision,) = decisions()
    assert (decision.action, decision.rule, decision.facts) == (Action.REFUSE, rule, "Werbung für Autos.")
    assert idea.status is Status.REFUSED


def test_a_key_pressed_by_mistake_decides_nothing(app, client, moderator):
    idea = make_waiting()
    claimed(idea, moderator)
    for data in ({}, {"version": idea.version}, {"version": idea.version, "action": "nonsense"}):
        assert client.post(f"{DESK}/{idea.id}", data=data).status_code in {409, 422}
    assert decisions() == []


def test_a_prepared_sentence_is_written_in_the_authors_language(app, client, moderator):
    idea = make_waiting(language="tr")
    claimed(idea, moderator)
    page = client.post(f"{DESK}/{idea.id}", data={"insert": "1", "sentence": "insult", "version": idea.version})
    assert page.status_code == 200
    assert "Your text insults a person" in page.text
    assert '<option value="tr" selected>' in page.text


@pytest.mark.databases
def test_blacking_out_is_seen_before_it_is_done(app, client, moderator):
    idea, rule = make_waiting(text="Ruft an: 0171 234567, Frau Weber.", title="Platz"), make_rule()
    idea.hints = [{"kind": "phone", "passage": "0171 234567"}]
    claimed(idea, moderator)
    address = f"{DESK}/{idea.id}"
    page = client.get(address).text
    assert "<mark>0171 234567</mark>" in page
    typed = {"version": idea.version, "found": "0", "words": "Frau Weber", "rule": rule.slug, "facts": "Namen"}
    page = client.post(address, data={**typed, "facts_language": "de", "preview": "1"})
    assert "Ruft an: █████, █████." in page.text
    assert decisions() == []
    wrong = client.post(address, data={**typed, "facts_language": "de", "words": "Herr Weber", "action": "redact"})
    assert "These words do not stand in the text: Herr Weber" in wrong.text
    client.post(address, data={**typed, "facts_language": "de", "action": "redact"})
    assert (idea.text, idea.is_redacted, idea.is_public) == ("Ruft an: █████, █████.", True, True)


def test_whoever_is_late_hears_who_was_first_and_keeps_what_was_typed(app, client, moderator):
    idea, rule, colleague = make_waiting(), make_rule(), make_user("moderator")
    typed = {
        "action": "refuse",
        "version": idea.version,
        "rule": rule.slug,
        "facts": "Mein Satz.",
        "facts_language": "de",
    }
    make_decision(idea, colleague, Action.PUBLISH)
    page = client.post(f"{DESK}/{idea.id}", data=typed)
    assert page.status_code == 409
    assert f"{colleague.name} has already decided" in page.text
    assert "Mein Satz." in page.text
    assert len(decisions()) == 1


def test_a_text_its_author_changed_meanwhile_is_shown_anew_with_what_was_typed(app, client, moderator):
    idea, rule = make_waiting(), make_rule()
    claimed(idea, moderator)
    seen = idea.version
    contributions.change(idea, seen, title="Anders", text="Der neue Wortlaut.", language="de")
    typed = {"action": "refuse", "rule": rule.slug, "facts": "Mein Satz.", "facts_language": "de"}
    page = client.post(f"{DESK}/{idea.id}", data={**typed, "version": seen})
    assert page.status_code == 409
    assert "Somebody else has changed this text" in page.text
    assert "Der neue Wortlaut." in page.text
    assert "Mein Satz." in page.text
    assert decisions() == []
    again = client.post(f"{DESK}/{idea.id}", data={**typed, "version": idea.version})
    assert again.status_code == 302
    assert idea.status is Status.REFUSED


def test_several_at_once_need_a_tick_a_rule_and_a_sentence(app, client, moderator):
    ideas, rule = [make_waiting() for _ in range(3)], make_rule()
    claimed(ideas[1], make_user("moderator", name="Frau Eilig"))
    chosen = [f"{one.id}-{one.version}" for one in ideas[:2]]
    page = client.post(DESK, data={"action": "publish"})
    assert (page.status_code, "Please tick at least one" in page.text) == (422, True)
    page = client.post(DESK, data={"action": "refuse", "chosen": chosen, "facts": "Werbung.", "facts_language": "de"})
    assert page.status_code == 422
    assert len(re.findall(r'value="\d+-\d+" checked', page.text)) == 1, "what a colleague has open cannot be ticked"
    data = {"action": "refuse", "chosen": [*chosen, "x", "9-9"], "rule": rule.slug, "facts": "Werbung."}
    page = client.post(DESK, data={**data, "facts_language": "de"}, follow_redirects=True).text
    assert "1 contribution was decided." in page
    assert "Frau Eilig has this contribution open" in page
    assert [one.contribution_id for one in decisions()] == [ideas[0].id]


def test_the_history_tells_who_when_from_where_to_where_and_by_which_rule(app, client, moderator):
    idea = make_waiting()
    make_decision(idea, make_user("moderator", name="Herr Streng"), rule=make_rule("Keine Werbung"))
    make_decision(idea, moderator, Action.PUBLISH)
    rows = re.findall(r"<tr>.*?</tr>", client.get(f"{DESK}/{idea.id}/history").text, re.DOTALL)[1:]
    assert ["Herr Streng" in rows[0], "Keine Werbung" in rows[0], "Waiting" in rows[0], "Refused" in rows[0]] == [
        True
    ] * 4
    assert moderator.name in rows[1]
    assert client.get(f"{DESK}/999/history").status_code == 404


def test_a_text_that_was_taken_back_is_decided_no_more(app, client, moderator):
    idea = make_waiting()
    contributions.withdraw(idea)
    assert "There is nothing to decide any more." in client.get(f"{DESK}/{idea.id}").text
    assert claims.holder(idea) is None
