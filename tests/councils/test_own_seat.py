"""A member's own page, with the receipt at hand or from a letter."""

import io
import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from participation import clock
from participation.councils import agreements, inviting, own_links, seats_and_terms
from participation.councils.meeting_models import Answer, Attendance, Consultation, Paper
from participation.councils.minutes_models import MinutesObjection, MinutesStatus, Result, VoteKind
from participation.councils.models import ConsentPurpose, Council, CouncilPerson, Membership, Role
from participation.councils.resolution_models import Task
from participation.db import session
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.media.models import Document
from tests.accounts.makers import staff_client
from tests.councils.makers import (
    come_back,
    make_attendance,
    make_council,
    make_item,
    make_meeting,
    make_membership,
    make_minutes,
    make_person,
)
from tests.districts.makers import make_area

DAY = timedelta(days=1)


@pytest.fixture
def council(app) -> Council:
    return make_council()


@pytest.fixture
def seat(council) -> Membership:
    return make_membership(council, make_person("Ali Demir", email="ali@example.org"))


@pytest.fixture
def member(client, seat) -> FlaskClient:
    """The browser of somebody with a member's receipt at hand."""
    come_back(client, seat.person.receipt)
    return client


def link_in(letter: Mail) -> str:
    return (
        next(line for line in letter.text.splitlines() if "/own-seat/letters/" in line)
        .partition("//")[2]
        .partition("/")[2]
    )


# --- Coming in --------------------------------------------------------------------------------------------------------


def test_the_receipt_leads_to_the_own_page(member, council):
    page = member.get("/de/receipt/matter").text
    assert "Your seat in a council" in page
    assert "/de/own-seat" in page
    own = member.get("/de/own-seat").text
    assert "Ali Demir" in own
    assert str(council.name) in own


def test_v21_the_token_of_a_letter_leaves_the_address_and_only_a_button_opens_the_page(client, seat):
    inviting.invite(make_meeting(seat.council))
    letter = session.scalars(select(Mail)).one()
    opened = client.get(f"/{link_in(letter)}")
    assert opened.location == "/de/own-seat/letters"
    assert client.get("/de/own-seat").location == "/de/receipt"  # looking is not enough
    assert seat.person.contact is not None
    assert seat.person.contact.confirmed_at is None
    assert client.get("/de/own-seat/letters").status_code == 200
    assert client.post("/de/own-seat/letters").location == "/de/own-seat"
    assert "Ali Demir" in client.get("/de/own-seat").text
    assert seat.person.contact.confirmed_at is not None


def test_a_forged_or_old_link_opens_nothing(client, seat):
    token = own_links.token_of(seat.person)
    assert own_links.behind(token) == seat.person
    assert own_links.behind(f"{token}x") is None
    client.get(f"/de/own-seat/letters/{token}x")
    assert client.get("/de/own-seat/letters").status_code == 409
    seat.person.contact = None
    session.flush()
    assert own_links.behind(token) is None


def test_v18_without_a_members_receipt_there_is_no_own_page(app, client):
    for page in ("", "/agreements", "/data", "/data/file", "/meetings/1", "/minutes/1"):
        assert client.get(f"/de/own-seat{page}").location == "/de/receipt"


def test_d12_who_only_reads_a_page_of_proposals_gets_no_cookie(client, council):
    assert "Set-Cookie" not in client.get(f"/de/proposals/of/{council.slug}").headers


# --- Meetings ---------------------------------------------------------------------------------------------------------


def test_an_invitation_is_answered_and_can_be_answered_anew(member, seat):
    meeting = make_meeting(seat.council)
    make_item(meeting)
    address = f"/de/own-seat/meetings/{meeting.id}"
    assert "Answer the invitation" in member.get("/de/own-seat").text
    page = member.get(address).text
    assert 'value="coming"' in page
    assert 'value="deputy"' not in page  # nobody stands in for this seat
    assert member.post(address, data={"answer": "not_coming", "note": "Urlaub"}).location == "/de/own-seat"
    kept = session.scalars(select(Attendance)).one()
    assert (kept.answer, kept.note) == (Answer.NOT_COMING, "Urlaub")
    assert "is not coming" in member.get("/de/own-seat").text
    assert "Urlaub" in member.get(address).text


def test_whoever_has_a_deputy_can_send_them(member, seat):
    deputy = make_person("Eva Klein", email="eva@example.org")
    make_membership(seat.council, deputy, role=Role.DEPUTY, deputy_for_id=seat.id)
    meeting = make_meeting(seat.council)
    member.post(f"/de/own-seat/meetings/{meeting.id}", data={"answer": "deputy"})
    assert [one.recipient for one in session.scalars(select(Mail))] == ["eva@example.org"]


@pytest.mark.parametrize("answer", ["", "deputy", "perhaps"])
def test_an_answer_that_is_none_is_told(member, seat, answer):
    meeting = make_meeting(seat.council)
    assert member.post(f"/de/own-seat/meetings/{meeting.id}", data={"answer": answer}).status_code == 422
    assert session.scalars(select(Attendance)).all() == []


def test_members_read_confidential_items_and_their_papers_and_nobody_else_does(app, member, seat):
    meeting = make_meeting(seat.council)
    secret = make_item(meeting, "Mietstreit", is_public=False, text=LocalizedText(de="Worum es geht"))
    document = Document(title="Vorlage", language="de", size=4, content=b"%PDF")
    paper = Paper(
        council=seat.council,
        reference="2026/1",
        title=LocalizedText(de="Vorlage"),
        dated_on=clock.today(),
        document=document,
        is_public=False,
    )
    session.add_all([paper, Consultation(item=secret, paper=paper)])
    session.flush()
    page = member.get(f"/de/own-seat/meetings/{meeting.id}").text
    assert "Mietstreit" in page
    assert "Worum es geht" in page
    file = member.get(f"/de/own-seat/papers/{paper.id}.pdf")
    assert file.data == b"%PDF"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in file.headers["Cache-Control"]
    other = app.test_client()
    come_back(other, make_membership(make_council(), make_person()).person.receipt)
    assert other.get(f"/de/own-seat/meetings/{meeting.id}").status_code == 404
    assert other.get(f"/de/own-seat/papers/{paper.id}.pdf").status_code == 404


def test_whose_term_is_over_by_then_and_what_is_not_announced_yet_is_not_shown(app, client, council):
    gone = make_membership(council, make_person(), ends_on=clock.today() + DAY)
    meeting, planned = make_meeting(council), make_meeting(council, announced=False)
    come_back(client, gone.person.receipt)
    for one in (meeting, planned):
        assert client.get(f"/de/own-seat/meetings/{one.id}").status_code == 404


# --- Minutes and tasks ------------------------------------------------------------------------------------------------


def circulated(seat: Membership, **facts: object):
    meeting = make_meeting(seat.council, starts_at=clock.now() - 2 * DAY)
    make_item(meeting, "Spielplatz")
    make_attendance(meeting, seat)
    minutes = make_minutes(meeting)
    entry = minutes.entries[0]
    entry.discussion, entry.result, entry.resolution = "Lange beraten.", Result.RESOLVED, "Wir bauen."
    entry.vote, entry.votes_for = VoteKind.OPEN, 7
    minutes.circulated_at, minutes.status = clock.now(), MinutesStatus.CIRCULATED
    minutes.objections_until = clock.today() + 5 * DAY
    for name, value in facts.items():
        setattr(minutes, name, value)
    session.flush()
    return minutes


def test_minutes_are_read_and_objected_to_while_there_is_time(member, seat):
    minutes = circulated(seat)
    address = f"/de/own-seat/minutes/{minutes.id}"
    assert address in member.get("/de/own-seat").text
    page = member.get(address).text
    for said in ("Spielplatz", "Lange beraten.", "Wir bauen.", "Resolved", "For: 7", "Ali Demir"):
        assert said in page, said
    item = minutes.entries[0].item
    sent = member.post(address, data={"item_id": item.id, "text": "Ich habe dagegen gestimmt.", "language": "de"})
    assert sent.location == address
    objection = session.scalars(select(MinutesObjection)).one()
    assert (objection.membership_id, objection.item_id) == (seat.id, item.id)
    assert "Nobody has decided about it yet." in member.get(address).text


def test_an_objection_without_words_is_told_and_none_is_taken_when_the_time_is_over(member, seat):
    minutes = circulated(seat)
    assert member.post(f"/de/own-seat/minutes/{minutes.id}", data={"text": "", "language": "de"}).status_code == 422
    minutes.objections_until = clock.today() - DAY
    session.flush()
    assert member.get(f"/de/own-seat/minutes/{minutes.id}").status_code == 404
    assert f"/de/own-seat/minutes/{minutes.id}" not in member.get("/de/own-seat").text


def test_v18_minutes_that_are_not_approved_are_for_members_of_that_day_only(app, client, seat):
    minutes = circulated(seat)
    other = make_membership(make_council(), make_person())
    come_back(client, other.person.receipt)
    assert client.get(f"/de/own-seat/minutes/{minutes.id}").status_code == 404
    later = make_membership(seat.council, make_person(), starts_on=clock.today())
    come_back(client, later.person.receipt)
    assert client.get(f"/de/own-seat/minutes/{minutes.id}").status_code == 404


def test_promised_tasks_stand_there_and_overdue_ones_say_so(member, seat):
    task = {"council_id": seat.council_id, "membership_id": seat.id}
    session.add(Task(text="Angebot einholen", due_on=clock.today() - DAY, **task))
    session.flush()
    page = member.get("/de/own-seat").text
    assert "Angebot einholen" in page
    assert "overdue" in page


# --- What is shown, and what is known ---------------------------------------------------------------------------------


def test_d3_a_yes_is_given_with_a_tick_and_taken_back_with_the_same(member, seat):
    page = member.get("/de/own-seat/agreements").text
    assert str(agreements.TEXTS[ConsentPurpose.NAME]) in page
    assert " checked" not in page
    assert 'name="portrait"' not in page  # there is no picture to agree to
    member.post("/de/own-seat/agreements", data={"name": "y"})
    assert person_of(seat).agrees_to(ConsentPurpose.NAME)
    member.post("/de/own-seat/agreements", data={"csrf_token": "as every form sends it"})
    assert not person_of(seat).agrees_to(ConsentPurpose.NAME)
    (consent,) = person_of(seat).consents
    assert consent.version == agreements.VERSION
    assert consent.withdrawn_at is not None


def person_of(seat: Membership) -> CouncilPerson:
    session.expire_all()
    return seat.person


def test_d7_everything_that_is_kept_can_be_read_and_taken_along(member, seat):
    circulated(seat)
    assert "ali@example.org" in member.get("/de/own-seat/data").text
    file = member.get("/de/own-seat/data/file")
    assert file.headers["Content-Disposition"].startswith("attachment")
    told = json.load(io.BytesIO(file.data))
    assert told["person"]["family_name"] == "Demir"
    assert told["meetings"][0]["presence"] == "present"
    assert told["duties"][0]["purpose"] == "Arbeit des Quartiersrats"


# --- The office -------------------------------------------------------------------------------------------------------


def test_the_office_invites_sees_answers_and_enters_those_by_telephone(app, seat):
    meeting = make_meeting(seat.council)
    make_item(meeting)
    by_phone = make_membership(seat.council, make_person("Eva Klein"))
    office = staff_client(app, "council_secretary")
    address = f"/de/staff/invitations/{meeting.id}"
    assert "Nobody is invited yet." in office.get(address).text
    assert office.post(f"{address}/invite").location == address
    page = office.get(address).text
    assert "1 invitation was sent by mail." in page
    assert "Eva Klein" in page
    office.post(f"{address}/answers/{by_phone.id}", data={"answer": "coming", "note": "am Telefon"})
    page = office.get(address).text
    assert "is coming" in page
    assert "am Telefon" in page


def test_the_office_ticks_that_a_late_invitation_goes_out_all_the_same(app, seat):
    meeting = make_meeting(seat.council, starts_at=clock.now() + 3 * DAY)
    office = staff_client(app, "council_secretary")
    address = f"/de/staff/invitations/{meeting.id}"
    assert 'name="although_late"' in office.get(address).text
    assert office.post(f"{address}/invite").status_code == 409
    assert session.scalars(select(Mail)).all() == []
    assert office.post(f"{address}/invite", data={"although_late": "y"}).status_code == 302
    assert len(session.scalars(select(Mail)).all()) == 1


def test_invitations_on_paper_are_for_those_without_an_address(app, seat):
    make_membership(seat.council, make_person("Eva Klein"))
    meeting = make_meeting(seat.council)
    make_item(meeting, "Spielplatz")
    page = staff_client(app, "council_secretary").post(f"/de/staff/invitations/{meeting.id}/paper").text
    assert "Eva Klein" in page
    assert "Spielplatz" in page
    assert "Ali Demir" not in page


def test_v18_invitations_are_for_secretaries_of_that_council(app, council):
    here, there = make_area(), make_area()
    meeting = make_meeting(make_council(areas=[here]))
    office = staff_client(app, "council_secretary", area_id=there.id)
    assert office.get(f"/de/staff/invitations/{meeting.id}").status_code == 403
    assert office.post(f"/de/staff/invitations/{meeting.id}/invite").status_code == 403
    assert staff_client(app, "moderator").get(f"/de/staff/invitations/{meeting.id}").status_code == 403


def test_whoever_takes_a_seat_gets_the_link_to_their_own_page(app, council):
    person = make_person(email="ali@example.org", language="tr")
    seats_and_terms.appoint(person, council, council.groups[0], Role.MEMBER, clock.today())
    other = make_council()
    seats_and_terms.appoint(person, other, other.groups[0], Role.MEMBER, clock.today() - 9 * DAY, clock.today() - DAY)
    letter = session.scalars(select(Mail)).one()
    assert (letter.wording, letter.language) == ("councils/welcome", "tr")
    assert "/tr/own-seat/letters/" in letter.text
