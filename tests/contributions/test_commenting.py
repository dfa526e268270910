"""Comments: sent with a receipt, checked like everything else, and the city's set apart."""

import pytest
from sqlalchemy import select

from participation.accounts.models import Role
from participation.audit import AuditEntry
from participation.contributions import checking, commenting, rules
from participation.contributions.models import Checking, Comment, ContributionStatus
from participation.db import session
from participation.receipts import operations as receipts
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.contributions.makers import make_checking_rule, make_comment
from tests.districts.makers import make_area
from tests.ideas.makers import make_call, make_idea, make_merge


@pytest.fixture(autouse=True)
def no_language_is_guessed(monkeypatch):
    """The library takes half a second; what it finds is told where it matters."""
    monkeypatch.setattr("participation.contributions.forms.guess", lambda _text: [])


def comments() -> list[Comment]:
    return list(session.scalars(select(Comment).order_by(Comment.id)))


@pytest.mark.databases
def test_a_comment_waits_for_a_moderator_and_has_a_receipt(client):
    idea = make_idea()
    path = f"/tr/contributions/{idea.id}/comments"
    assert client.get(path).status_code == 200
    answer = client.post(path, data={"text": "Ben de istiyorum", "language": "tr", "author_name": "Ayşe"})
    assert answer.location.endswith("/tr/receipt/new")
    sent = comments()[0]
    assert (sent.text, sent.language, sent.author_name) == ("Ben de istiyorum", "tr", "Ayşe")
    assert sent.status is ContributionStatus.WAITING
    assert sent.receipt is not None
    assert idea.comment_count == 0
    assert "Ben de istiyorum" not in client.get(f"/tr/ideas/{idea.id}").text


@pytest.mark.databases
def test_where_the_city_checks_afterwards_a_comment_is_read_and_counted_at_once(client):
    make_checking_rule(Checking.AFTER, kind="comment")
    idea = make_idea()
    client.post(f"/de/contributions/{idea.id}/comments", data={"text": "Gut so", "language": "de"})
    assert "Gut so" in client.get(f"/de/ideas/{idea.id}").text
    assert session.scalar(select(type(idea).comment_count)) == 1
    assert comments()[0].waiting_since is not None


def test_a_call_can_do_without_comments(client):
    idea = make_idea(make_call(has_comments=False))
    for ask in (client.get, client.post):
        assert ask(f"/de/contributions/{idea.id}/comments", data={"text": "x", "language": "de"}).status_code == 409
    assert comments() == []


@pytest.mark.parametrize("status", [one for one in ContributionStatus if one is not ContributionStatus.PUBLISHED])
def test_nobody_comments_on_what_others_cannot_read(client, status):
    idea = make_idea(status=status)
    assert client.post(f"/de/contributions/{idea.id}/comments", data={"text": "x", "language": "de"}).status_code == 404


def test_a_merged_idea_and_a_comment_take_no_comments(app, client):
    source, target = make_idea(), make_idea()
    make_merge(source, target)
    for on in (source, make_comment(target)):
        assert (
            client.post(f"/de/contributions/{on.id}/comments", data={"text": "x", "language": "de"}).status_code == 409
        )


def test_nothing_typed_is_lost_when_something_is_missing(client):
    """A11"""
    idea = make_idea()
    data = {"text": " ", "language": "ar", "author_name": "Samira", "email": "no address"}
    answer = client.post(f"/de/contributions/{idea.id}/comments", data=data)
    assert answer.status_code == 422
    for words in ('value="Samira"', 'value="no address"', '<option value="ar" selected>'):
        assert words in answer.text, words


def test_who_writes_another_language_than_chosen_is_asked_once(client, monkeypatch):
    """L4: the language is recognised and confirmed by the person, who has the last word."""
    monkeypatch.setattr("participation.contributions.forms.guess", lambda _text: ["ro"])
    idea = make_idea()
    path = f"/de/contributions/{idea.id}/comments"
    asked = client.post(path, data={"text": "Vreau un leagăn", "language": "de"})
    assert asked.status_code == 422
    assert "This looks like Română." in asked.text
    assert '<option value="ro" selected>' in asked.text
    client.post(path, data={"text": "Vreau un leagăn", "language": "de", "confirmed": "ro"})
    client.post(path, data={"text": "Vreau un leagăn", "language": "ro", "confirmed": "ro"})
    assert [comment.language for comment in comments()] == ["de", "ro"]


def test_a_person_whose_text_was_published_is_known(app):
    """The checking rule for newcomers lets them through."""
    public, waiting = (
        make_comment(make_idea(), with_receipt=True),
        make_idea(status=ContributionStatus.WAITING, with_receipt=True),
    )
    assert not checking.is_newcomer(public.receipt)
    assert checking.is_newcomer(waiting.receipt)
    assert checking.is_newcomer(receipts.issue().receipt)
    make_checking_rule(Checking.NEWCOMERS_BEFORE)
    idea = make_idea()
    commenting.send_comment(idea, "Erster", "de")
    with app.test_request_context("/de/"):
        commenting.send_comment(idea, "Zweiter", "de", at_hand=public.receipt)
    sent = {comment.text: comment.status for comment in comments()}
    assert sent["Erster"] is ContributionStatus.WAITING
    assert sent["Zweiter"] is ContributionStatus.PUBLISHED


def test_the_city_comments_at_once_and_the_log_knows_who(app):
    idea = make_idea()
    staff = staff_client(app, Role.MODERATOR)
    data = {"text": "Wir prüfen das.", "language": "de", "author_name": "Grünflächenamt"}
    answer = staff.post(f"/de/staff/contributions/{idea.id}/comment", data=data)
    made = comments()[0]
    assert answer.location.endswith(f"/de/ideas/{idea.id}#comment-{made.id}")
    assert made.is_official
    assert made.is_public
    assert made.waiting_since is None
    assert session.scalar(select(AuditEntry.action)) == "comment.official"
    assert "The city says" in app.test_client().get(f"/de/ideas/{idea.id}").text


def test_a_moderator_of_another_area_does_not_speak_for_the_city(app, client):
    mitte, nord = make_area("Mitte"), make_area("Nord")
    idea = make_idea(areas=[mitte])
    for area, code in ((nord, 403), (mitte, 200)):
        sign_in(client, make_user(Role.MODERATOR, area_id=area.id))
        assert client.get(f"/de/staff/contributions/{idea.id}/comment").status_code == code


def test_a_comment_on_something_that_lies_nowhere_is_for_everybody_at_the_desk(app):
    """As at the moderators' desk: what has no area is not left to nobody."""
    comment = make_comment(make_idea())
    here = make_user("moderator", area_id=make_area("Mitte").id)
    assert rules.translate(here, comment)
    assert not rules.translate(make_user("analyst"), comment)


def test_who_writes_while_comments_are_switched_off_keeps_the_words(client):
    idea = make_idea(make_call(has_comments=False))
    answer = client.post(f"/en/contributions/{idea.id}/comments", data={"text": "Eine gute Idee", "language": "de"})
    assert answer.status_code == 409
    assert "Your comment was not sent." in answer.text
    assert "Eine gute Idee" in answer.text
    assert comments() == []
