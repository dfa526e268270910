"""Writing down an idea for somebody: one screen, and a receipt in their language."""

import re

import pytest

from participation.accounts.models import Role
from participation.audit import AuditEntry
from participation.db import session
from participation.ideas.models import Idea, Source
from participation.mail import Mail
from tests.accounts.makers import make_user, sign_in
from tests.ideas.makers import make_call, make_category

ENTER = "/de/staff/ideas/enter"


def fields(call, **more: object) -> dict[str, object]:
    told = {"title": "Bir bank", "text": "Durakta bank yok.", "language": "tr", "source": "telephone"}
    return {"call": call.id, **told, **more}


@pytest.fixture
def moderator(client, app):
    person = make_user("moderator")
    sign_in(client, person)
    return person


def test_what_is_said_on_the_telephone_becomes_an_idea_with_a_receipt_in_that_language(client, moderator):
    call = make_call()
    category = make_category(call)
    sent = client.post(ENTER, data=fields(call, category=category.id, author_name="Ayşe", email="a@example.org"))
    assert sent.location == "/de/staff/ideas/entered"
    idea = session.query(Idea).one()
    assert (idea.source, idea.entered_by_id, idea.language) == (Source.TELEPHONE, moderator.id, "tr")
    assert (idea.category.id, idea.contact.language, session.query(Mail).one().language) == (category.id, "tr", "tr")
    page = client.get("/de/staff/ideas/entered").text
    assert '<div lang="tr" dir="ltr">' in page
    assert "/tr/receipt" in page
    code = re.search(r"([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})", page)[1]
    assert client.application.test_client().post("/tr/receipt", data={"code": code}).location == "/tr/receipt/matter"


def test_the_persons_receipt_is_not_at_hand_on_the_desks_own_device(client, moderator):
    client.post(ENTER, data=fields(make_call()))
    assert client.get("/de/receipt/matter").location == "/de/receipt"


def test_the_code_is_shown_until_the_next_idea(client, moderator):
    client.post(ENTER, data=fields(make_call()))
    assert client.get("/de/staff/ideas/entered").status_code == 200
    client.get(ENTER)
    assert client.get("/de/staff/ideas/entered").location == ENTER


def test_m9_who_wrote_it_down_is_in_the_audit_log_without_any_words(client, moderator):
    client.post(ENTER, data=fields(make_call()))
    entry = session.query(AuditEntry).filter_by(action="idea.entered").one()
    assert (entry.thing, entry.details) == (f"idea {session.query(Idea).one().id}", {"source": "telephone"})


def test_a_category_of_another_call_is_refused_and_nothing_typed_is_lost(client, moderator):
    call, other = make_call(), make_call()
    category = make_category(other)
    again = client.post(ENTER, data=fields(call, category=category.id))
    assert again.status_code == 422
    assert "Durakta bank yok." in again.text
    assert session.query(Idea).count() == 0


@pytest.mark.parametrize("missing", ["call", "source", "title", "text"])
def test_what_is_needed_is_asked_for(client, moderator, missing):
    assert client.post(ENTER, data={**fields(make_call()), missing: ""}).status_code == 422
    assert session.query(Idea).count() == 0


def test_a_language_that_the_pages_do_not_speak_gets_a_receipt_in_the_staffs(client, moderator):
    client.post(ENTER, data=fields(make_call(), language="vi"))
    assert session.query(Idea).one().language == "vi"
    assert '<div lang="de" dir="ltr">' in client.get("/de/staff/ideas/entered").text


def test_without_an_open_call_the_page_says_so(client, moderator):
    assert "At the moment no call takes ideas." in client.get(ENTER).text


@pytest.mark.parametrize("role", sorted(role.value for role in Role))
def test_v18_who_may_enter(client, app, role):
    sign_in(client, make_user(role))
    allowed = role in {"administrator", "editor", "moderator"}
    assert client.get(ENTER).status_code == (200 if allowed else 403)


def test_visitors_are_asked_to_sign_in(client, app):
    assert client.get(ENTER).status_code == 401
    assert client.post(ENTER, data=fields(make_call())).status_code == 401
    assert session.query(Idea).count() == 0
