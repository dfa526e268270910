"""The ideas desk: the way through, and each way to be turned away."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from participation import clock
from participation.audit import AuditEntry
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import show
from participation.db import session
from participation.ideas.duties import duties
from participation.ideas.models import Answer, Idea, IdeaState, Merge, Progress, Remark
from participation.mail import Mail
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.contributions.makers import make_contact
from tests.districts.makers import make_area
from tests.ideas.makers import make_call, make_idea, make_merge, make_office, make_outcome
from tests.media.makers import image_file

DUE = timedelta(days=3)


@pytest.fixture
def editor(app) -> FlaskClient:
    return staff_client(app, "editor")


def due(days: int, **facts: Any) -> Idea:
    """An idea that is due so many days from now."""
    return make_idea(due_on=clock.today() + timedelta(days=days), **facts)


def answer(idea: Idea, **changed: Any) -> dict[str, Any]:
    office = make_office()
    facts = {"version": idea.version, "answer": "yes", "office": office.id, f"reason-{idea.language}": "Wir bauen sie."}
    return {**facts, **changed}


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_the_most_urgent_first_and_marks_what_is_late(editor):
    later, late = due(5, title="Später"), due(-1, title="Zu spät")
    make_idea(state=IdeaState.ANSWERED, title="Beantwortet")
    due(1, status=ContributionStatus.WAITING, title="Ungelesen")
    shown = editor.get("/de/staff/ideas").text
    assert re.findall(r"Später|Zu spät|Beantwortet|Ungelesen", shown) == ["Zu spät", "Später"]
    assert shown.count("Overdue</strong>") == 1
    assert (late.id, later.id) == (late.id, later.id)


def test_filters_narrow_the_list(editor):
    office, area, call = make_office(), make_area(), make_call()
    wanted = due(2, office=office, areas=[area], call=call, title="Gesucht")
    due(2, title="Andere")
    make_idea(state=IdeaState.DONE, title="Fertig")
    for query in (f"office={office.id}", f"call={wanted.call_id}", f"area={area.id}"):
        assert re.findall("Gesucht|Andere|Fertig", editor.get(f"/de/staff/ideas?{query}").text) == ["Gesucht"]
    assert re.findall("Gesucht|Andere|Fertig", editor.get("/de/staff/ideas?show=done").text) == ["Fertig"]
    assert "There is no idea here." in editor.get("/de/staff/ideas?show=overdue").text
    assert editor.get("/de/staff/ideas?show=x&office=%27&call=99999999999&area=²&page=-1").status_code == 200


@pytest.mark.databases
def test_words_find_what_waits(app):
    idea = make_idea(status=ContributionStatus.WAITING, title="Trinkbrunnen am Markt")
    show(idea)
    due(1, title="Andere")
    shown = staff_client(app, "editor").get("/de/staff/ideas?words=trinkbrunnen").text
    assert re.findall("Trinkbrunnen am|Andere", shown) == ["Trinkbrunnen am"]


def test_a_number_leads_to_its_idea(editor):
    idea = make_idea()
    assert editor.get(f"/de/staff/ideas?words=%23{idea.id}").location == f"/de/staff/ideas/{idea.id}"


def test_who_moderates_an_area_sees_the_ideas_of_it_and_those_of_none(app):
    here, elsewhere = make_area("Mitte"), make_area("Süd")
    mine, other = due(1, areas=[here], title="Meine"), due(1, areas=[elsewhere], title="Fremde")
    nowhere = due(2, title="Irgendwo")
    client = staff_client(app, "moderator", area_id=here.id)
    assert re.findall("Meine|Fremde|Irgendwo", client.get("/de/staff/ideas").text) == ["Meine", "Irgendwo"]
    for one in (mine, nowhere):
        assert client.get(f"/de/staff/ideas/{one.id}").status_code == 200
    assert client.get(f"/de/staff/ideas/{other.id}").status_code == 403
    assert client.get("/de/staff/ideas/export").status_code == 403


def test_the_export_holds_no_contacts_and_no_formulas_and_its_purpose_is_kept_v5_d15(editor):
    due(1, title="=cmd()", text="Text", contact=make_contact("ana@example.org"), author_name="Ana")
    data = {"form": "csv", "purpose": "Bericht an den Rat"}
    answer = editor.post("/de/staff/ideas/export?show=all", data=data)
    (row,) = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert row["Title"] == "'=cmd()"
    assert "ana@example.org" not in answer.text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "ideas.exported")).one()
    assert (entry.details["purpose"], entry.is_personal_data) == ("Bericht an den Rat", True)
    assert editor.post("/de/staff/ideas/export", data={**data, "form": "xlsx"}).data[:2] == b"PK"
    assert editor.post("/de/staff/ideas/export", data={"form": "csv"}).status_code == 422


# --- One idea ---------------------------------------------------------------------------------------------------------


def test_an_idea_goes_all_the_way_through_the_office(editor):
    idea = due(5, contact=make_contact("ana@example.org"))
    page = f"/de/staff/ideas/{idea.id}"
    office = make_office(email="park@city.example")
    day = (clock.today() + DUE).strftime("%d.%m.%Y")
    data = {"version": idea.version, "office": office.id, "due_on": day}
    assert editor.post(f"{page}/office", data=data).status_code == 302
    assert editor.post(f"{page}/examine").status_code == 302
    assert editor.post(f"{page}/answer", data=answer(idea)).status_code == 302
    seen = session.get_one(Idea, idea.id).version
    news = {"version": seen, "happened_on": clock.today().strftime("%d.%m.%Y"), "text-de": "Der Sand ist da."}
    assert editor.post(f"{page}/progress", data=news).status_code == 302
    assert "Der Sand ist da." in editor.get(page).text
    assert editor.get(f"{page}/finish").status_code == 200
    assert editor.post(f"{page}/finish", data={"version": session.get_one(Idea, idea.id).version}).status_code == 302
    assert session.get_one(Idea, idea.id).state is IdeaState.DONE
    told = session.scalars(select(Mail.wording).where(Mail.recipient == "ana@example.org").order_by(Mail.id)).all()
    assert told == ["ideas/answered", "ideas/progress", "ideas/solved"]


def test_a_stale_form_comes_back_with_all_that_was_typed(editor):
    idea = due(5)
    data = answer(idea, **{"reason-tr": "Yapıyoruz."})
    editor.post(f"/de/staff/ideas/{idea.id}/examine")
    back = editor.post(f"/de/staff/ideas/{idea.id}/answer", data=data)
    assert back.status_code == 422
    assert "Wir bauen sie." in back.text
    assert "Yapıyoruz." in back.text
    assert session.scalar(select(func.count()).select_from(Mail)) == 0
    (version,) = re.findall(r'name="version" value="(\d+)"', back.text)
    assert editor.post(f"/de/staff/ideas/{idea.id}/answer", data={**data, "version": version}).status_code == 302
    assert session.get_one(Idea, idea.id).outcome.other_languages["tr"] == "Yapıyoruz."


def test_the_answer_form_begins_with_the_language_of_the_idea(editor):
    idea = due(5, language="ar")
    shown = editor.get(f"/de/staff/ideas/{idea.id}/answer").text
    assert shown.index('name="reason-ar"') < shown.index('name="reason-de"') < shown.index('name="reason-en"')
    assert re.search(r'name="reason-ar"[^>]* lang="ar" dir="rtl"', shown)
    refused = editor.post(
        f"/de/staff/ideas/{idea.id}/answer", data=answer(idea, **{"reason-ar": " ", "reason-de": "Ja"})
    )
    assert refused.status_code == 422
    assert "Please write the text in the language of the idea." in refused.text
    assert ">\nJa</textarea>" in refused.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "maybe"},
        {"answer": "not_ours"},
        {"office": ""},
        {"office": "999"},
        {"office": "x"},
        {"reason-de": "x" * 10_001},
        {"version": "x"},
        {"version": "99999999999"},
    ],
)
def test_a_wrong_answer_changes_nothing(editor, wrong):
    idea = due(5)
    assert editor.post(f"/de/staff/ideas/{idea.id}/answer", data=answer(idea, **wrong)).status_code == 422
    assert session.get_one(Idea, idea.id).state is IdeaState.RECEIVED


def test_a_promise_is_about_the_future_and_news_about_the_past(editor):
    idea = due(5, state=IdeaState.IN_PROGRESS, is_solved=False)
    yesterday, tomorrow = ((clock.today() + timedelta(days=n)).strftime("%d.%m.%Y") for n in (-1, 1))
    page = f"/de/staff/ideas/{idea.id}"
    data = {"version": idea.version, "office": ""}
    assert editor.post(f"{page}/office", data={**data, "due_on": yesterday}).status_code == 422
    news = {"version": idea.version, "happened_on": tomorrow, "text-de": "Bald."}
    assert editor.post(f"{page}/progress", data=news).status_code == 422
    assert session.scalar(select(func.count()).select_from(Progress)) == 0


def test_news_may_show_a_picture(editor):
    idea = make_idea(state=IdeaState.ANSWERED)
    data = {
        "version": idea.version,
        "happened_on": clock.today().strftime("%d.%m.%Y"),
        "text-de": "Fertig gegossen.",
        "picture_alt": "Ein Fundament",
        "picture": (io.BytesIO(image_file()), "a.jpg"),
    }
    assert editor.post(f"/de/staff/ideas/{idea.id}/progress", data=data).status_code == 302
    report = session.scalars(select(Progress)).one()
    assert report.picture is not None
    assert (report.picture.alt, report.picture.is_public) == ("Ein Fundament", True)
    assert 'alt="Ein Fundament"' in editor.get(f"/de/staff/ideas/{idea.id}").text


def test_remarks_are_kept_and_shown_to_colleagues_only(editor, client):
    idea = make_idea()
    assert editor.post(f"/de/staff/ideas/{idea.id}", data={"text": "<b>anrufen</b>"}).status_code == 302
    assert editor.post(f"/de/staff/ideas/{idea.id}", data={"text": " "}).status_code == 422
    assert "&lt;b&gt;anrufen" in editor.get(f"/de/staff/ideas/{idea.id}").text
    assert "anrufen" not in client.get(f"/de/ideas/{idea.id}").text
    assert session.scalar(select(func.count()).select_from(Remark)) == 1


# --- Joining ----------------------------------------------------------------------------------------------------------


def test_two_ideas_are_joined_after_a_look_at_both_and_taken_apart_again(editor):
    source, target = make_idea(title="Eine Rutsche"), make_idea(title="Noch eine Rutsche")
    page = f"/de/staff/ideas/{source.id}/merge"
    assert editor.get(page).status_code == 200
    preview = editor.get(f"{page}?into={target.id}").text
    assert "Noch eine Rutsche" in preview
    assert editor.post(f"{page}?into={target.id}", data={"version": source.version}).status_code == 302
    assert session.get_one(Idea, source.id).merged_into_id == target.id
    made = session.scalars(select(Merge)).one()
    assert f"/staff/ideas/merges/{made.id}/undo" in editor.get(f"/de/staff/ideas/{target.id}").text
    editor.post(f"/de/staff/ideas/merges/{made.id}/undo")
    assert session.get_one(Idea, source.id).merged_into_id is None
    assert "Undone on" in editor.get(f"/de/staff/ideas/{source.id}").text


@pytest.mark.parametrize("into", ["999", "x", "99999999999", "²"])
def test_a_number_without_an_idea_is_told(editor, into):
    idea = make_idea()
    shown = editor.get(f"/de/staff/ideas/{idea.id}/merge?into={into}")
    assert "There is no public idea with this number." in shown.text
    assert editor.post(f"/de/staff/ideas/{idea.id}/merge?into={into}", data={"version": 1}).status_code in {200, 422}


def test_an_idea_is_not_joined_with_itself(editor):
    idea = make_idea()
    back = editor.post(f"/de/staff/ideas/{idea.id}/merge?into={idea.id}", data={"version": idea.version})
    assert back.status_code == 422
    assert "cannot be joined with itself" in back.text


def test_nobody_joins_with_an_idea_of_a_foreign_area(app):
    here, elsewhere = make_area("Mitte"), make_area("Süd")
    mine, other = make_idea(areas=[here]), make_idea(areas=[elsewhere])
    client = staff_client(app, "moderator", area_id=here.id)
    client.post(f"/de/staff/ideas/{mine.id}/merge?into={other.id}", data={"version": mine.version})
    assert session.scalar(select(func.count()).select_from(Merge)) == 0


# --- Everything on one page, in any state -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(IdeaState))
@pytest.mark.parametrize("tag", ["de", "ar"])
def test_the_page_of_an_idea_opens_in_every_state(editor, state, tag):
    idea = make_idea(state=state, language="sq")
    make_merge(make_idea(title=""), idea)
    assert editor.get(f"/{tag}/staff/ideas/{idea.id}").status_code == 200
    assert editor.get(f"/{tag}/staff/ideas/{idea.id}/answer").status_code == 200


@pytest.mark.parametrize("status", list(ContributionStatus))
def test_the_page_of_an_idea_opens_whoever_may_read_it(editor, status):
    assert editor.get(f"/de/staff/ideas/{make_idea(status=status).id}").status_code == 200


def test_duties_tell_what_is_late_and_what_is_doubted(app, client):
    person = make_user("moderator")
    due(-2)
    due(3)
    due(30)
    due(4, state=IdeaState.IN_PROGRESS, is_solved=False, outcome=make_outcome(Answer.YES))
    with app.test_request_context("/de/staff"):
        found = {str(one.title): (one.count, one.due_on) for one in duties(person)}
        assert duties(make_user("analyst")) == []
    today = clock.today()
    assert found == {
        "Ideas whose answer is overdue": (1, today - timedelta(days=2)),
        "Ideas that are not solved, as their authors say": (1, today + timedelta(days=4)),
        "Ideas whose answer is due within seven days": (2, today + timedelta(days=3)),
    }
    sign_in(client, person)


def test_visitors_and_other_staff_are_turned_away(app, client):
    idea = make_idea()
    assert client.get(f"/de/staff/ideas/{idea.id}").status_code == 401
    assert staff_client(app, "analyst").get(f"/de/staff/ideas/{idea.id}/answer").status_code == 403
