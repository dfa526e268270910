"""The register in the browser: what residents and the office see, and how they are turned away."""

import csv
import io
import re
import zipfile

import pikepdf
import pytest
from sqlalchemy import select

from participation import clock
from participation.accounts.models import Role
from participation.councils import following, hand_over_files, hand_overs
from participation.councils.meeting_models import AgendaLink
from participation.councils.resolution_models import (
    HandOver,
    Resolution,
    ResolutionCard,
    ResolutionState,
    Task,
    TaskState,
)
from participation.db import session
from participation.i18n import LocalizedText
from participation.pdf import printer
from tests.accounts.makers import make_user, sign_in
from tests.councils.makers import make_council, make_item, make_meeting, make_membership
from tests.councils.resolution_makers import black_out, make_hand_over, make_resolution, make_task
from tests.districts.makers import make_area
from tests.ideas.makers import make_idea


@pytest.fixture
def office(client):
    """A secretary for the whole city, signed in."""
    sign_in(client, make_user(Role.COUNCIL_SECRETARY))
    return client


def saved(kind):
    return session.scalars(select(kind)).one()


# --- What residents read ----------------------------------------------------------------------------------------------


def test_residents_find_resolutions_of_all_councils(client):
    first, second = make_resolution(title="Laterne"), make_resolution(title="Sitzbank", is_accepted=False)
    make_resolution(title="Noch geheim", published=False)
    make_resolution(title="Vertraulich", is_confidential=True)
    make_resolution(make_council(published=False), title="Im Entwurf")
    page = client.get("/de/resolutions/").text
    assert f"/de/resolutions/{first.id}" in page
    assert f"/de/resolutions/{second.id}" in page
    assert not re.search("Noch geheim|Vertraulich|Im Entwurf", page)


def test_the_register_can_be_narrowed_down(client, stop_clock):
    stop_clock(2026, 4, 1)
    late = make_resolution(title="Laterne", due_on=clock.today().replace(day=1, month=3))
    done = make_resolution(title="Sitzbank", state=ResolutionState.DONE)
    pages = {
        query: client.get(f"/de/resolutions/?{query}").text
        for query in (
            "overdue=1",
            "state=done",
            f"council={done.council_id}",
            "year=2026",
            "year=2025&state=x&council=y",
        )
    }
    assert "Laterne" in pages["overdue=1"]
    assert "Sitzbank" not in pages["overdue=1"]
    assert "Sitzbank" in pages["state=done"]
    assert "Laterne" not in pages["state=done"]
    assert "Laterne" not in pages[f"council={done.council_id}"]
    assert "Laterne" in pages["year=2026"]
    assert "Laterne" not in pages["year=2025&state=x&council=y"]
    assert late.is_overdue


def test_nonsense_in_the_address_of_the_register_breaks_nothing(client):
    for query in ("year=99999999999", "council=999999999999999999999", "page=-1", "page=٣", "state=%00", "overdue=2"):
        assert client.get(f"/de/resolutions/?{query}").status_code < 500


def test_what_is_not_public_is_not_there(client):
    for one in (make_resolution(published=False), make_resolution(is_confidential=True)):
        assert client.get(f"/de/resolutions/{one.id}").status_code == 404


def test_l3_the_card_in_the_readers_language_stands_first_once_it_is_released(client):
    resolution, editor = make_resolution(), make_user()
    card = following.write_card(resolution, "tr", "Parkta ışık", "Parka lamba konacak.")
    assert "Parkta ışık" not in client.get(f"/tr/resolutions/{resolution.id}").text
    following.release_card(session.merge(card), editor, following.print_of(card))
    page = client.get(f"/tr/resolutions/{resolution.id}").text
    assert "<h1>Parkta ışık</h1>" in page
    assert 'lang="de"' in page
    assert "Parkta ışık" in client.get("/tr/resolutions/").text
    assert "Parkta ışık" not in client.get("/de/resolutions/").text


def test_d17_words_that_are_blacked_out_leave_a_reason_and_no_trace(client):
    resolution = make_resolution(title="Antrag", text="[[redacted:personal]] bekommt eine Bank.")
    following.step(resolution, ResolutionState.IN_PROGRESS, "Frau Yılmaz freut sich.")
    black_out(resolution.minutes, "Frau Yılmaz")
    page = client.get(f"/de/resolutions/{resolution.id}").text
    assert "Yılmaz" not in page
    assert page.count("blacked out: data about a person") == 2
    assert "redacted" not in page


def test_v2_what_was_pasted_comes_out_as_words(client):
    resolution = make_resolution(text="<script>alert(1)</script> [x](javascript:alert)")
    page = client.get(f"/de/resolutions/{resolution.id}").text
    assert "<script>alert(1)" not in page
    assert 'href="javascript' not in page


def test_residents_see_open_tasks_and_who_does_them(client):
    item = make_item(make_meeting())
    make_task(item, "Beim Amt nachfragen", responsible="Grünflächenamt")
    make_task(item, "Noch nicht öffentlich", published=False)
    make_task(item, "Schon getan", state=TaskState.DONE, ended_on=clock.today())
    page = client.get("/de/resolutions/tasks").text
    assert "Beim Amt nachfragen" in page
    assert "Grünflächenamt" in page
    assert not re.search("Noch nicht öffentlich|Schon getan", page)


def test_v5_the_register_can_be_had_as_a_table_without_formulas(client):
    make_resolution(title="=1+1", text="Nur; das [[redacted:safety]]")
    make_resolution(title="Nicht öffentlich", published=False)
    answer = client.get("/de/resolutions/register.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][3] == "'=1+1"
    assert "blacked out: for safety" in rows[1][4]
    assert rows[1][8:12] == ["7", "2", "0", "0"]


def test_the_answer_of_a_committee_is_shown_on_the_page_of_the_idea(client):
    idea, resolution = make_idea(), make_resolution()
    resolution.item.links.append(AgendaLink(kind="idea", ref_id=idea.id))
    make_hand_over(resolution)
    assert "Bezirksvertretung I" in client.get(f"/de/resolutions/{resolution.id}").text
    page = client.get(f"/de/ideas/{idea.id}").text
    assert f"/de/resolutions/{resolution.id}" in page
    hand_overs.record_answer(saved(HandOver), hand_overs.CommitteeAnswer.PARTLY, "Nur eine Laterne.", clock.today())
    page = client.get(f"/de/ideas/{idea.id}").text
    assert "Nur eine Laterne." in page
    assert "The committee has agreed in part." in page


# --- What the office does ---------------------------------------------------------------------------------------------


def test_the_office_follows_a_resolution(office):
    at = f"/de/staff/resolutions/{make_resolution().id}"
    assert office.get(at).status_code == 200
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', office.get(f"{at}/step").text)[1]
    step = {"state": "in_progress", "note": "Bestellt", "language": "de", "seen": seen}
    assert office.post(f"{at}/step", data=step).status_code == 302
    again = office.post(f"{at}/step", data={**step, "note": "Zu spät"})
    assert again.status_code == 422
    assert "Zu spät" in again.text
    plan = {"responsible": "Tiefbauamt", "due_on": "24.12.2030"}
    assert office.post(f"{at}/plan", data=plan).status_code == 302
    assert office.post(f"{at}/plan", data={"due_on": "31.31.2030"}).status_code == 422
    resolution = saved(Resolution)
    assert (resolution.state, resolution.responsible) == (ResolutionState.IN_PROGRESS, "Tiefbauamt")
    assert [one.note for one in resolution.steps] == ["", "Bestellt"]


def test_a_state_that_does_not_exist_is_refused(office):
    at = f"/de/staff/resolutions/{make_resolution().id}/step"
    assert office.post(at, data={"state": "finished", "language": "de"}).status_code == 422
    assert office.post(at, data={"state": "done", "language": "xx"}).status_code == 422


def test_the_communications_team_releases_cards_and_follows_nothing(client):
    resolution = make_resolution()
    following.write_card(resolution, "tr", "Lamba", "Parka lamba konacak.")
    sign_in(client, make_user(Role.EDITOR))
    assert "Lamba" in client.get("/de/staff/resolution-cards").text
    at = f"/de/staff/resolution-cards/{resolution.id}/tr/release"
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', client.get(at).text)[1]
    assert client.post(at, data={"seen": seen}).status_code == 302
    assert saved(ResolutionCard).released_at is not None
    assert client.get(f"/de/staff/resolutions/{saved(Resolution).id}").status_code == 403


def test_cards_are_written_in_languages_of_the_city_only(office):
    at = f"/de/staff/resolution-cards/{make_resolution().id}"
    words = {"title": "Lamba", "text": "Parka lamba konacak."}
    assert office.post(f"{at}/tr", data=words).status_code == 302
    assert office.post(f"{at}/xx", data=words).status_code == 404
    assert office.post(f"{at}/ar", data={"title": "", "text": ""}).status_code == 422
    assert office.post(f"{at}/tr/drop").status_code == 302
    assert session.scalars(select(ResolutionCard)).all() == []


def test_the_office_keeps_tasks(office):
    task = make_task(make_item(make_meeting()))
    member = make_membership(task.council)
    stranger = make_membership(make_council())
    at = f"/de/staff/tasks/{task.id}"
    assert office.get(at).status_code == office.get("/de/staff/tasks?show=all&council=1&meeting=1").status_code == 200
    assert office.post(f"{at}/plan", data={"membership_id": str(stranger.id)}).status_code == 422
    assert office.post(f"{at}/plan", data={"membership_id": str(member.id), "due_on": "1.5.2030"}).status_code == 302
    assert office.post(f"{at}/end", data={"state": "open", "outcome": "x"}).status_code == 422
    assert office.post(f"{at}/end", data={"state": "done", "outcome": "Erledigt"}).status_code == 302
    assert office.post(f"{at}/end", data={"state": "done", "outcome": "Noch einmal"}).status_code == 422
    assert saved(Task).outcome == "Erledigt"
    assert office.post(f"{at}/reopen").status_code == 302
    assert saved(Task).is_open


def test_a_secretary_of_one_area_keeps_out_of_the_others(client):
    area = make_area()
    own, other = make_council(areas=[area]), make_council(areas=[make_area()])
    mine, foreign = make_resolution(own, title="Meins"), make_resolution(other, title="Fremd")
    task = make_task(foreign.item)
    handed = make_hand_over(foreign)
    sign_in(client, make_user(Role.COUNCIL_SECRETARY, area_id=area.id))
    page = client.get("/de/staff/resolutions").text
    assert "Meins" in page
    assert "Fremd" not in page
    assert client.get(f"/de/staff/resolutions/{mine.id}").status_code == 200
    for path in (f"resolutions/{foreign.id}", f"tasks/{task.id}", f"hand-overs/{handed.id}/paper.docx"):
        assert client.get(f"/de/staff/{path}").status_code == 403
    assert client.post(f"/de/staff/tasks/{task.id}/reopen").status_code == 403


def test_the_office_hands_over_and_writes_down_the_answer(office):
    resolution = make_resolution()
    new = f"/de/staff/hand-overs/new/{resolution.id}"
    assert resolution.text in office.get(new).text
    facts = {
        "committee": "Bezirksvertretung I",
        "committee_on": "3.5.2030",
        "proposal": "Bitte zustimmen",
        "more": "A\n\nB",
    }
    assert office.post(new, data={**facts, "committee": ""}).status_code == 422
    assert office.post(new, data={**facts, "more": "\n".join("x" * 30)}).status_code == 422
    assert office.post(new, data=facts).status_code == 302
    assert office.post(new, data=facts).status_code == 422
    at = f"/de/staff/hand-overs/{saved(HandOver).id}"
    assert "A\nB" in office.get(f"{at}/change").text.replace("\r", "")
    assert office.post(f"{at}/change", data={**facts, "top": "5.1", "more": "B"}).status_code == 302
    handed = saved(HandOver)
    assert (handed.top, [one.title for one in handed.annexes]) == ("5.1", ["B"])
    said = {"answer": "rejected", "text": "Kein Geld", "language": "de", "answered_on": clock.today().isoformat()}
    assert office.post(f"{at}/answer", data={**said, "answered_on": "1.1.2099"}).status_code == 422
    assert office.post(f"{at}/answer", data=said).status_code == 302
    assert saved(Resolution).state is ResolutionState.NOT_PURSUED
    assert "Kein Geld" in office.get(at).text


# --- The files --------------------------------------------------------------------------------------------------------


def test_the_paper_has_the_form_that_german_committees_know(app):
    council = make_council(name=LocalizedText(de="Quartiersrat Süd", tr="Güney"))
    resolution = make_resolution(council, abstained=1)
    handed = hand_overs.hand_over(
        resolution,
        "Bezirksvertretung I",
        committee_on=clock.today(),
        top="5.1",
        reference="0815/2026",
        proposal="## Bitte\n- zustimmen\x0b\n[Plan](https://example.org/plan)",
        annexes=[("Lageplan", None)],
    )
    sheet = hand_over_files.sheet(handed)
    assert ("Vorlage-Nr.", "0815/2026") in sheet.facts
    assert ("TOP", "5.1") in sheet.facts
    assert ("Eingebracht von", "Quartiersrat Süd") in sheet.facts
    assert [one.heading for one in sheet.parts] == [
        "Beschlussvorschlag",
        "Beschluss im Wortlaut",
        "Abstimmungsergebnis",
    ]
    assert sheet.parts[-1].text == "7 dafür, 2 dagegen, 1 enthalten, 0 befangen (offene Abstimmung)"
    assert sheet.annexes == ["Anlage 1: Lageplan"]
    words = zipfile.ZipFile(io.BytesIO(hand_over_files.docx(handed))).read("word/document.xml").decode()
    for part in ("0815/2026", "Plan (https://example.org/plan)", "Anlage 1: Lageplan", "Heading1"):
        assert part in words


def test_a27_the_paper_is_a_tagged_pdf(app):
    if printer() is None:
        pytest.skip("WeasyPrint cannot work here")
    data = hand_over_files.pdf(make_hand_over(make_resolution(), proposal="Bitte zustimmen"))
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "de"
        assert str(file.docinfo["/Title"]).startswith("Vorlage: Beleuchtung")


def test_the_files_are_sent_with_a_name_of_ours(office):
    handed = make_hand_over(make_resolution(), proposal="Bitte zustimmen")
    answer = office.get(f"/ar/staff/hand-overs/{handed.id}/paper.docx")
    assert answer.status_code == 200
    assert "attachment; filename=vorlage-" in answer.headers["Content-Disposition"]
