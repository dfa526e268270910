"""Translations by staff: beside the original, doubted by readers, on a list until somebody has looked again."""

import pytest
from sqlalchemy import select

from participation.accounts.models import Role
from participation.audit import AuditEntry
from participation.contributions import operations, queries, translating
from participation.contributions.models import ContributionStatus, Translation
from participation.contributions.operations import ChangedMeanwhile
from participation.contributions.translating import SameLanguage
from participation.db import session
from participation.feature import counted
from tests.accounts.makers import make_user, staff_client
from tests.contributions.makers import make_comment, make_translation
from tests.districts.makers import make_area
from tests.ideas.makers import make_idea


def translations() -> list[Translation]:
    return list(session.scalars(select(Translation).order_by(Translation.id)))


@pytest.fixture
def staff(app):
    return staff_client(app, Role.MODERATOR)


@pytest.mark.databases
def test_staff_translate_what_waits_beside_the_original(staff):
    idea = make_idea(language="tr", text="Bir salıncak", status=ContributionStatus.WAITING)
    path = f"/de/staff/contributions/{idea.id}/translations/de"
    page = staff.get(path).text
    assert '<div lang="tr" dir="auto"><p>Bir salıncak</p></div>' in page
    answer = staff.post(path, data={"title": "Schaukel", "text": "Eine Schaukel", "version": idea.version})
    assert answer.status_code == 302
    made = translations()[0]
    assert (made.language, made.title, made.text) == ("de", "Schaukel", "Eine Schaukel")
    assert made.made_by.startswith("Staff")
    assert session.scalar(select(AuditEntry.action)) == "translation.written"


@pytest.mark.databases
def test_a_new_wording_replaces_the_translation_and_its_doubts(app):
    idea = make_idea(language="tr")
    make_translation(idea, "de", "Falsch", doubts=3)
    translating.translate(idea, make_user(Role.EDITOR), "de", title="", text="Richtig")
    assert [(one.text, one.doubts) for one in translations()] == [("Richtig", 0)]


def test_when_the_author_was_faster_nothing_is_lost(staff):
    """Two people change one thing: the typed translation stays, beside the new wording."""
    idea = make_idea(language="tr", text="Eski")
    seen = idea.version
    idea.text = "Yeni"
    session.commit()
    path = f"/de/staff/contributions/{idea.id}/translations/de"
    answer = staff.post(path, data={"title": "Alt", "text": "Getippte Übersetzung", "version": seen})
    assert answer.status_code == 422
    assert "Getippte Übersetzung" in answer.text
    assert "Yeni" in answer.text
    assert "New wording of the original" in answer.text
    assert translations() == []
    with pytest.raises(ChangedMeanwhile):
        translating.translate(idea, make_user(Role.EDITOR), "de", title="", text="x", version=seen)


def test_a_text_is_not_translated_into_its_own_language(app):
    with pytest.raises(SameLanguage):
        translating.translate(make_idea(language="tr"), make_user(Role.EDITOR), "tr", title="", text="x")


def test_a_changed_original_loses_its_translations(app):
    idea = make_idea(language="tr")
    make_translation(idea, "de")
    operations.change(idea, idea.version, title="Yeni", text="Yeni", language="tr")
    assert translations() == []


@pytest.mark.databases
def test_a_reader_doubts_a_translation_once_and_staff_see_it(app, client, staff):
    idea = make_idea(language="tr")
    translation = make_translation(idea, "de", "Völlig falsch")
    path = f"/de/contributions/translations/{translation.id}/doubt"
    assert "Völlig falsch" in client.get(path).text
    for browser in (client, client, app.test_client()):
        assert browser.post(path).location.endswith(f"/de/ideas/{idea.id}")
    session.refresh(translation)
    assert translation.doubts == 2
    listed = staff.get("/de/staff/translations?show=doubts").text
    assert f"/de/staff/contributions/{idea.id}/translations/de" in listed
    assert "2 readers think" in staff.get(f"/de/staff/contributions/{idea.id}/translations").text


def test_nobody_doubts_what_they_cannot_read(client):
    hidden = make_translation(make_idea(language="tr", status=ContributionStatus.HIDDEN), "de")
    below = make_translation(make_comment(make_idea(status=ContributionStatus.HIDDEN), language="tr"), "de")
    for one in (hidden, below):
        assert client.post(f"/de/contributions/translations/{one.id}/doubt").status_code == 404
    assert [one.doubts for one in translations()] == [0, 0]


def test_staff_keep_or_delete_a_doubted_translation(staff):
    idea = make_idea(language="tr")
    make_translation(idea, "de", doubts=4)
    here = f"/de/staff/contributions/{idea.id}/translations/de"
    staff.post(f"{here}/keep")
    assert translations()[0].doubts == 0
    staff.post(f"{here}/delete")
    assert translations() == []
    assert list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))) == [
        "translation.kept",
        "translation.deleted",
    ]
    assert staff.post(f"{here}/delete").status_code == 404


@pytest.mark.databases
def test_the_list_names_what_has_no_german_yet(staff):
    wanted = make_idea(language="ar", title="أرجوحة")
    waiting = make_comment(wanted, "Ben de", language="tr", status=ContributionStatus.WAITING)
    for language in ("de", "de-simple"):
        make_idea(language=language, title="Deutsch")
    make_translation(make_idea(language="ru", title="Переведено"), "de")
    make_idea(language="pl", title="Odrzucone", status=ContributionStatus.REFUSED)
    assert list(session.scalars(queries.without_german())) == [waiting, wanted]
    page = staff.get("/de/staff/translations").text
    assert "أرجوحة" in page
    assert "Ben de" in page
    assert "Переведено" not in page


def test_only_languages_of_the_pages_are_offered(staff):
    idea = make_idea()
    for tag in ("xx", "de_SIMPLE", "…"):
        assert staff.get(f"/de/staff/contributions/{idea.id}/translations/{tag}").status_code == 404


def test_translating_is_for_those_who_look_after_the_area(app):
    idea = make_idea(areas=[make_area("Mitte")])
    elsewhere = make_area("Nord")
    path = f"/de/staff/contributions/{idea.id}/translations/tr"
    assert app.test_client().get(path).status_code == 401
    assert staff_client(app, Role.ANALYST).get(path).status_code == 403
    assert staff_client(app, Role.MODERATOR, area_id=elsewhere.id).get(path).status_code == 403
    assert staff_client(app, Role.MODERATOR, area_id=idea.areas[0].id).get(path).status_code == 200


def test_doubts_wait_for_staff_as_a_duty(app):
    moderator, analyst = make_user(Role.MODERATOR), make_user(Role.ANALYST)
    with app.test_request_context("/de/"):
        assert counted(queries.duties(moderator)) == []
        make_translation(make_idea(language="tr"), "de", doubts=1)
        assert [duty.count for duty in counted(queries.duties(moderator))] == [1]
        assert queries.duties(analyst) == []
