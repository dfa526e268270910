"""Staff change the texts of the house, and no gap gets lost on the way."""

import pytest
from sqlalchemy import select

from participation import mail
from participation.audit import AuditEntry
from participation.contacts.wordings import CONFIRM
from participation.db import session
from participation.wordings import ChangedWording, say, wordings
from tests.accounts.makers import make_user, sign_in
from tests.test_hostile import hostile_words

ADDRESS = "/en/staff/wordings/contacts/confirm"
WRITTEN = {"subject-de": "Bitte bestätigen", "text-de": "Guten Tag,\r\n\r\nIhr Link: %(link)s\r\nIhre Stadt %(city)s"}


@pytest.fixture
def editor(client):
    user = make_user("editor", name="Aylin Yıldız")
    sign_in(client, user)
    return user


def said(tag: str = "de"):
    return say("contacts/confirm", tag, link="https://city.example/x")


def changed() -> ChangedWording | None:
    session.expire_all()
    return session.get(ChangedWording, "contacts/confirm")


@pytest.mark.parametrize(
    ("roles", "status"), [((), 403), (("moderator",), 403), (("editor",), 200), (("administrator",), 200)]
)
def test_the_texts_are_for_editors_and_administrators(client, roles, status):
    """V18"""
    assert client.get(ADDRESS).status_code == 401
    sign_in(client, make_user(*roles))
    for address in (ADDRESS, "/en/staff/wordings"):
        assert client.get(address).status_code == status
    if status == 403:
        assert client.post(ADDRESS, data=WRITTEN).status_code == 403
        assert client.post(f"{ADDRESS}/restore").status_code == 403


def test_every_text_of_every_room_is_listed_and_can_be_opened(app, client, editor):
    page = client.get("/en/staff/wordings").text
    for name in wordings():
        assert f"/en/staff/wordings/{name}" in page
        opened = client.get(f"/en/staff/wordings/{name}")
        assert opened.status_code == 200, name
        assert all(f"%({gap})s" in opened.text for gap in wordings()[name].gaps)


def test_the_text_of_the_house_is_filled_in(client, editor):
    page = client.get(ADDRESS).text
    assert page.count("Please confirm your e-mail address") >= 12
    assert "The link with which the address is confirmed" in page


@pytest.mark.databases
def test_a_saved_text_is_used_by_the_next_mail_in_this_language_only(app, client, editor):
    assert client.post(ADDRESS, data=WRITTEN).status_code == 302
    kept = changed()
    assert (dict(kept.subject), kept.changed_by) == ({"de": "Bitte bestätigen"}, "Aylin Yıldız")
    assert said().text == "Guten Tag,\n\nIhr Link: https://city.example/x\nIhre Stadt Musterstadt"
    assert said("tr").subject == "Please confirm your e-mail address"
    assert mail.queue("a@example.org", "contacts/confirm", "de", link="x").subject == "Bitte bestätigen"
    (line,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "wording.changed"))
    assert (line.thing, line.details) == ("wording contacts/confirm", {"languages": ["de"]})
    assert "Aylin Yıldız" in client.get("/en/staff/wordings").text


def test_what_is_as_the_house_has_it_stays_the_house_s(app, client, editor):
    house = {f"subject-{tag}": str(CONFIRM.subject) for tag in ("de", "tr")}
    house |= {f"text-{tag}": str(CONFIRM.text).replace("\n", "\r\n") for tag in ("de", "tr")}
    assert client.post(ADDRESS, data=house).status_code == 302
    assert changed() is None
    client.post(ADDRESS, data={**house, "subject-tr": "Lütfen onaylayın"})
    assert (dict(changed().subject), dict(changed().text)) == ({"tr": "Lütfen onaylayın"}, {})


def test_a_preview_shows_what_the_gaps_mean_and_saves_nothing(app, client, editor):
    page = client.post(ADDRESS, data={**WRITTEN, "preview": "1"})
    assert page.status_code == 200
    assert "Ihr Link: [The link with which the address is confirmed]" in page.text
    assert "Ihr Link: %(link)s" in page.text  # and what was typed is still in the form
    assert changed() is None


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"text-de": "Guten Tag"}, "Deutsch: this gap must stay in the text: %(link)s"),
        ({"text-tr": "Merhaba"}, "Türkçe: this gap must stay in the text: %(link)s"),
        ({"text-de": "%(link)s %(name)s"}, "Deutsch: we do not know this gap: %(name)"),
        ({"text-de": "%(link)s %(city)d"}, "Deutsch: we do not know this gap: %(city)"),
        ({"text-de": "%(link) %(link)s"}, "Deutsch: we do not know this gap: %(link)"),
        ({"subject-ar": "%(x)s"}, "we do not know this gap: %(x)"),
        ({"subject-tr": "x" * 151}, "The text in this language is too long: Türkçe"),
        ({"text-tr": "%(link)s" + "x" * 10_000}, "The text in this language is too long: Türkçe"),
    ],
)
def test_a_text_with_a_wrong_gap_comes_back_as_it_was(app, client, editor, spoilt, sentence):
    answer = client.post(ADDRESS, data={**WRITTEN, **spoilt})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Bitte bestätigen" in answer.text
    assert changed() is None


def test_back_to_the_text_of_the_house(app, client, editor):
    client.post(ADDRESS, data=WRITTEN)
    assert "Use the text of the house" in client.get(ADDRESS).text
    assert client.post(f"{ADDRESS}/restore").status_code == 302
    assert changed() is None
    assert said().subject == "Please confirm your e-mail address"
    assert client.post(f"{ADDRESS}/restore").status_code == 302
    restored = session.scalars(select(AuditEntry).where(AuditEntry.action == "wording.restored")).all()
    assert len(restored) == 1


@pytest.mark.parametrize("name", ["contacts/nothing", "nothing/confirm"])
def test_a_text_that_is_not_there_is_not_found(client, editor, name):
    assert client.get(f"/en/staff/wordings/{name}").status_code == 404
    assert client.post(f"/en/staff/wordings/{name}/restore").status_code == 404


def test_hostile_words_in_a_text_stay_words(app, client, editor, samples):
    """V1, V3"""
    for words in hostile_words(samples)[::9]:
        answer = client.post(ADDRESS, data={"text-de": f"%(link)s {words}", "subject-de": words[:100], "preview": "1"})
        assert answer.status_code in {200, 422}
        assert "<script>alert" not in answer.text
