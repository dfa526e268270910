"""The desk for meetings: from the plan to the published agenda, and every way to be turned away."""

import io

import pytest
from pikepdf import Dictionary, Name
from sqlalchemy import select

from participation.councils.meeting_models import AgendaItem, Consultation, Meeting, Paper
from participation.councils.models import council_areas
from participation.db import session
from participation.ideas import findables
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.councils.makers import PDF, make_council, make_item, make_meeting, make_paper
from tests.councils.resolution_makers import make_task
from tests.districts.makers import make_area
from tests.events.makers import make_place, make_room
from tests.ideas.makers import make_idea
from tests.media.makers import locked_pdf_file, pdf_file

TIMES = {"starts_at": "24.11.2031 18:00", "ends_at": "24.11.2031 20:00"}


@pytest.fixture
def desk(app):
    return staff_client(app, "council_secretary")


def paper_form(**facts):
    facts = {
        "reference": "2031/001",
        "title-de": "Lichtplan",
        "kind": "report",
        "dated_on": "01.11.2031",
        "language": "de",
        "is_public": "y",
        "file": (io.BytesIO(PDF), "plan.pdf"),
        **facts,
    }
    return {"data": facts, "content_type": "multipart/form-data"}


def test_from_the_plan_to_the_published_agenda(desk, client):
    council, room = make_council(), make_room(make_place())
    where = f"{room.place_id}-{room.id}"
    answer = desk.post(f"/de/staff/meetings/new/{council.id}", data={**TIMES, "where": where, "is_public": "y"})
    meeting = session.scalars(select(Meeting)).one()
    assert answer.location == f"/de/staff/meetings/{meeting.id}"
    assert (meeting.room, meeting.place) == (room, room.place)
    desk.post(f"/de/staff/agenda-items/new/{meeting.id}", data={"title-de": "Licht im Park", "is_public": "y"})
    assert "Licht im Park" in desk.get(f"/de/staff/meetings/{meeting.id}/publish").text
    desk.post(f"/de/staff/meetings/{meeting.id}/publish")
    assert "Licht im Park" in client.get(f"/de/meetings/{meeting.id}").text
    assert "Published on" in desk.get(f"/de/staff/meetings/{meeting.id}").text


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({"ends_at": "24.11.2031 18:00"}, "A meeting ends after it has begun."),
        ({"ends_at": "30.11.2031 18:00"}, "A meeting lasts at most 24 hours."),
        ({"starts_at": "31.02.2031 18:00"}, "starts_at-error"),
        ({"online_address": "javascript:alert(1)"}, "Please enter a web address that begins with https://."),
        ({"proposals_until": "25.11.2031"}, "Items are proposed before the meeting."),
        ({"where": "4711"}, "Please choose one of the options."),
        ({"title-de": "x" * 251}, "This title is too long."),
    ],
)
def test_mistakes_are_told_and_nothing_typed_is_lost(desk, typed, mistake):
    """A10, A11."""
    council = make_council()
    answer = desk.post(f"/de/staff/meetings/new/{council.id}", data={**TIMES, "note-de": "Mit Kaffee", **typed})
    assert answer.status_code == 422
    assert mistake in answer.text
    assert "Mit Kaffee" in answer.text


def test_another_place_without_a_room_is_kept(desk):
    room, place = make_room(make_place()), make_place()
    meeting = make_meeting(place=room.place, room=room)
    desk.post(f"/de/staff/meetings/{meeting.id}/settings", data={**TIMES, "where": str(place.id)})
    session.expire_all()
    assert (meeting.place, meeting.room) == (place, None)


def test_an_item_can_be_changed_moved_and_deleted(desk):
    meeting = make_meeting(announced=False)
    first, second = make_item(meeting, "Eins"), make_item(meeting, "Zwei")
    desk.post(f"/de/staff/agenda-items/{second.id}/up")
    assert [str(item.title) for item in session.get_one(Meeting, meeting.id).items] == ["Zwei", "Eins"]
    desk.post(f"/de/staff/agenda-items/{first.id}", data={"title-de": "Anders", "is_public": "y"})
    assert "Anders" in desk.get(f"/de/staff/agenda-items/{first.id}").text
    desk.post(f"/de/staff/agenda-items/{first.id}/delete")
    assert session.scalars(select(AgendaItem.number)).all() == ["1"]


def test_a_link_that_leads_nowhere_is_refused(desk):
    """V1"""
    item = make_item(make_meeting())
    typed = {"title-de": "Licht", "text-de": "[hier](javascript:alert)"}
    answer = desk.post(f"/de/staff/agenda-items/{item.id}", data=typed)
    assert answer.status_code == 422
    assert "This link leads nowhere: javascript:alert" in answer.text


def test_taking_an_item_off_needs_two_clicks(desk):
    item = make_item(make_meeting())
    address = f"/de/staff/agenda-items/{item.id}/withdraw"
    assert "keeps its number" in desk.get(address).text
    assert item.withdrawn_at is None
    desk.post(address)
    session.refresh(item)
    assert item.withdrawn_at is not None


def test_the_desk_sees_which_task_came_back_though_others_do_not(desk, client):
    council = make_council()
    make_task(make_item(make_meeting(council)), "Herrn Geheimrat anrufen", published=False)
    meeting = make_meeting(council, announced=False)
    desk.post(f"/de/staff/meetings/{meeting.id}/bring-back")
    assert "Herrn Geheimrat anrufen" in desk.get(f"/de/staff/meetings/{meeting.id}").text
    meeting.agenda_published_at = meeting.created_at
    assert "Geheimrat" not in client.get(f"/de/meetings/{meeting.id}").text


def test_cancelling_needs_a_reason(desk):
    meeting = make_meeting()
    address = f"/de/staff/meetings/{meeting.id}/cancel"
    assert desk.post(address, data={"reason-tr": "Salon"}).status_code == 422
    assert desk.post(address, data={"reason-de": "Der Saal ist gesperrt."}).status_code == 302
    assert desk.post(address, data={"reason-de": "Noch einmal"}).status_code == 409


# --- Papers -----------------------------------------------------------------------------------------------------------


def test_a_paper_is_added_changed_and_put_away(desk):
    item = make_item(make_meeting())
    assert desk.post(f"/de/staff/papers/new/{item.id}", **paper_form()).status_code == 302
    paper = session.scalars(select(Paper)).one()
    assert "Lichtplan" in desk.get(f"/de/staff/papers/{paper.id}").text
    changed = {**paper_form()["data"], "title-de": "Neuer Plan"}
    del changed["file"]
    assert desk.post(f"/de/staff/papers/{paper.id}", data=changed).status_code == 302
    other = make_item(make_meeting(item.meeting.council))
    desk.post(f"/de/staff/papers/known/{other.id}", data={"paper": str(paper.id), "is_authoritative": "y"})
    assert session.scalars(select(Consultation.is_authoritative)).all() == [False, True]
    desk.post(f"/de/staff/papers/{paper.id}/put-away/{item.id}")
    assert session.scalars(select(Consultation.item_id)).all() == [other.id]
    assert desk.post(f"/de/staff/papers/{paper.id}/put-away/{item.id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b"MZ\x90", "This file is not a PDF document."),
        (PDF[:40], "This document is damaged or not complete."),
        (locked_pdf_file("secret"), "This document is protected by a password."),
        (pdf_file(OpenAction=Dictionary(S=Name.JavaScript)), "This document contains programs"),
    ],
)
def test_files_that_not_everybody_can_open_are_refused_and_leave_nothing(desk, content, mistake):
    """V19"""
    item = make_item(make_meeting())
    answer = desk.post(f"/de/staff/papers/new/{item.id}", **paper_form(file=(io.BytesIO(content), "plan.pdf")))
    assert answer.status_code == 422
    assert mistake in answer.text
    assert "Lichtplan" in answer.text
    assert session.scalars(select(Paper)).all() == []


def test_a_reference_is_given_once(desk):
    item = make_item(make_meeting())
    make_paper(item, reference="2031/001")
    answer = desk.post(f"/de/staff/papers/new/{item.id}", **paper_form())
    assert answer.status_code == 422
    assert "has this reference already" in answer.text


# --- Links ------------------------------------------------------------------------------------------------------------


def test_staff_find_what_an_item_is_about_and_link_it(desk):
    item, idea = make_item(make_meeting()), make_idea(title="Laternen am Kanal")
    findables.index([idea.id])
    address = f"/de/staff/agenda-items/{item.id}/links"
    assert "Laternen am Kanal" in desk.get(f"{address}?q=laternen").text
    assert "Nothing was found." in desk.get(f"{address}?q=quastenflosser").text
    assert desk.post(address, data={"kind": "idea", "ref_id": str(idea.id)}).status_code == 302
    assert "Laternen am Kanal" in desk.get(address).text
    number = session.get_one(AgendaItem, item.id).links[0].id
    desk.post(f"{address}/{number}/remove")
    assert desk.post(f"{address}/{number}/remove").status_code == 404
    assert desk.post(address, data={"kind": "idea", "ref_id": "9" * 30}).status_code == 409


# --- Who may ----------------------------------------------------------------------------------------------------------


def test_secretaries_of_other_areas_stay_outside(app):
    """V18"""
    here, elsewhere = make_area("Nord"), make_area("Süd")
    meeting = make_meeting()
    session.execute(council_areas.insert().values(council_id=meeting.council_id, area_id=here.id))
    item = make_item(meeting)
    client = app.test_client()
    sign_in(client, make_user("council_secretary", area_id=elsewhere.id))
    for address in (
        f"meetings/of/{meeting.council_id}",
        f"meetings/new/{meeting.council_id}",
        f"meetings/{meeting.id}",
        f"agenda-items/{item.id}",
        f"papers/new/{item.id}",
    ):
        assert client.get(f"/de/staff/{address}").status_code == 403, address
