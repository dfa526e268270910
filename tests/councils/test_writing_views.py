"""The pages on which minutes are written, with and without the script."""

import pytest
from sqlalchemy import select

from participation.councils import promising, writing
from participation.councils.meeting_models import Answer, Attendance, Presence
from participation.councils.minutes_models import Choice, Minutes, MinutesEntry, Result, VoteKind
from participation.councils.models import Role
from participation.councils.resolution_models import Task
from participation.db import session
from participation.i18n import LocalizedText
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.councils.makers import (
    make_attendance,
    make_council,
    make_item,
    make_meeting,
    make_membership,
    make_minutes,
    make_session,
)
from tests.districts.makers import make_area
from tests.statements import counted_statements

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def held(app):
    """A meeting with three members who are there, and a draft with one item."""
    return make_session()


@pytest.fixture
def secretary(app):
    return staff_client(app, "council_secretary")


def typed(entry: MinutesEntry, **said: str) -> dict[str, str]:
    """The form of an item as a browser sends it."""
    return {"version": str(entry.version), **{f"e{entry.id}-{name}": value for name, value in said.items()}}


def address(entry: MinutesEntry) -> str:
    return f"/de/staff/minutes/entries/{entry.id}"


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_minutes_begin_with_a_button(secretary):
    meeting = make_meeting()
    make_item(meeting)
    page = secretary.get(f"/de/staff/minutes/write/{meeting.id}")
    assert "Begin the minutes" in page.text
    assert session.scalars(select(Minutes)).all() == []
    assert secretary.post(f"/de/staff/minutes/begin/{meeting.id}").status_code == 302
    assert "Beleuchtung im Park" in secretary.get(f"/de/staff/minutes/write/{meeting.id}").text


def test_the_page_says_whether_the_council_can_decide(secretary, held):
    minutes, _entry = held
    page = secretary.get(f"/de/staff/minutes/write/{minutes.meeting_id}").text
    assert "Present with a vote: 3. Needed: 2. The council can decide." in page


def test_secretaries_write_only_for_councils_of_their_areas(app, client):
    mine, other = make_area("Nord"), make_area("Süd")
    minutes, entry = make_session(make_council(areas=[other]))
    sign_in(client, make_user("council_secretary", area_id=mine.id))
    for path in (f"/de/staff/minutes/write/{minutes.meeting_id}", address(entry), f"{address(entry)}/votes"):
        assert client.get(path).status_code == 403
    assert client.post(address(entry), data=typed(entry, discussion="Fremd")).status_code == 403
    assert app.test_client().get(address(entry)).status_code == 401


@pytest.mark.parametrize("path", ["write", "attendance"])
def test_a_long_agenda_costs_as_many_statements_as_a_short_one(app, secretary, held, path):
    minutes, _entry = held
    address = f"/de/staff/minutes/{path}/{minutes.meeting_id}"
    counts = []
    secretary.get(address)  # the first visit also writes down when it was
    for _round in range(2):
        with counted_statements(app) as statements:
            assert secretary.get(address).status_code == 200
        counts.append(len(statements))
        for number in range(10):
            entry = writing.add_item(minutes, LocalizedText(de=f"Punkt {number}"))
            member = make_membership(minutes.meeting.council)
            make_attendance(minutes.meeting, member)
            make_membership(minutes.meeting.council, role=Role.DEPUTY, deputy_for=member)
            promising.add_task(entry, "Angebot holen", member_id=member.id)
            writing.save_entry(entry, 1, vote=VoteKind.BY_NAME)
            writing.record_votes(entry, entry.version, {member.id: Choice.FOR})
    assert counts[0] == counts[1] <= 10


# --- Without the script -----------------------------------------------------------------------------------------------


def test_an_item_is_saved_by_its_button(secretary, held):
    """A25"""
    _minutes, entry = held
    said = typed(entry, discussion="## Bericht\r\n- eins", result="resolved", resolution="Drei Lampen", vote="open")
    said |= {f"e{entry.id}-votes_for": "2", f"e{entry.id}-abstained": "١", f"e{entry.id}-voted_at": ""}
    answer = secretary.post(address(entry), data=said)
    assert (answer.status_code, answer.location.endswith(f"#entry-{entry.id}")) == (302, True)
    assert (entry.discussion, entry.result) == ("## Bericht\n- eins", Result.RESOLVED)
    assert (entry.vote, entry.votes_for, entry.abstained) == (VoteKind.OPEN, 2, 1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"result": "resolved"}, "Please write the words that were voted on."),
        ({"vote": "open", "votes_for": "4"}, "Only 3 people who may vote are recorded as present."),
        ({"votes_for": "viele"}, "whole number"),
        ({"vote": "open", "voted_at": "25:70"}, "Please enter a time"),
        ({"result": "nonsense"}, "Please choose one of the options."),
        ({"task_text": "Angebot", "task_member": "999"}, "Please choose one of the options."),
        ({"discussion": "x" * 200_001}, "too long"),
    ],
)
def test_what_does_not_fit_comes_back_with_all_that_was_typed(secretary, held, said, told):
    """A10, A11"""
    _minutes, entry = held
    answer = secretary.post(address(entry), data=typed(entry, **{"discussion": "Frau Kaya berichtet.", **said}))
    assert answer.status_code == 422
    assert told in answer.text
    assert "Frau Kaya berichtet." in answer.text or "discussion" in said
    session.refresh(entry)
    assert (entry.discussion, entry.version) == ("", 1)


def test_of_two_texts_both_are_shown_and_a_person_decides(secretary, held):
    _minutes, entry = held
    first = typed(entry, discussion="Frau Kaya berichtet.", result="noted", task_text="Angebot holen")
    secretary.post(address(entry), data={**first, f"e{entry.id}-task_text": ""})
    second = typed(entry, discussion="Herr Popa fragt nach.", result="noted", task_text="Angebot holen")
    page = secretary.post(address(entry), data={**second, "version": "1"})
    assert page.status_code == 409
    assert "Frau Kaya berichtet." in page.text
    assert "Herr Popa fragt nach." in page.text
    assert 'value="Angebot holen"' in page.text
    session.refresh(entry)
    assert entry.discussion == "Frau Kaya berichtet."
    both = typed(entry, discussion="Frau Kaya berichtet. Herr Popa fragt nach.", result="noted")
    assert secretary.post(address(entry), data=both).status_code == 302
    assert entry.discussion.endswith("fragt nach.")


def test_hostile_text_stays_text(secretary, held):
    """V1"""
    minutes, entry = held
    script = "<script>alert(1)</script>"
    secretary.post(address(entry), data=typed(entry, discussion=script, task_text=script))
    page = secretary.get(f"/de/staff/minutes/write/{minutes.meeting_id}").text
    assert script not in page
    assert "&lt;script&gt;alert(1)" in page


def test_five_megabytes_are_told_to_be_too_much_and_change_nothing(secretary, held):
    _minutes, entry = held
    name = f"e{entry.id}-discussion"
    pasted = "<p class=MsoNormal><script>alert(1)</script>Bericht</p>" * 100_000
    plain = f"version=1&{name}={pasted}", "application/x-www-form-urlencoded"
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    parts = f"{head}{pasted}\r\n--x--\r\n", "multipart/form-data; boundary=x"
    for body, kind in (plain, parts):
        answer = secretary.post(address(entry), data=body.encode(), content_type=kind)
        assert answer.status_code == 413
    session.refresh(entry)
    assert entry.discussion == ""


def test_the_meeting_as_a_whole_is_written_down(secretary, held):
    minutes, _entry = held
    meeting = minutes.meeting
    chair = writing.chairs(meeting)[0]
    begun = meeting.local_start.strftime("%H:%M")
    said = {"version": "1", "m-opened_at": begun, "m-closed_at": "", "m-chair": str(chair.id), "m-guests": "Zwei Gäste"}
    path = f"/de/staff/minutes/frame/{minutes.id}"
    assert secretary.post(path, data=said).status_code == 302
    assert (minutes.guests, meeting.chaired_by_id, minutes.closed_at) == ("Zwei Gäste", chair.id, None)
    assert minutes.opened_at == meeting.starts_at.replace(second=0, microsecond=0)
    assert secretary.post(path, data={**said, "m-guests": "Drei Gäste"}).status_code == 409
    wrong = {**said, "version": str(minutes.version), "m-closed_at": begun}
    assert secretary.post(path, data=wrong).status_code == 422


def test_an_item_of_the_meeting_itself_comes_last(secretary, held):
    minutes, _entry = held
    path = f"/de/staff/minutes/items/{minutes.meeting_id}"
    assert secretary.get(path).status_code == 200
    assert secretary.post(path, data={"title-de": ""}).status_code == 422
    assert secretary.post(path, data={"title-de": "Dringlichkeit", "is_confidential": "y"}).status_code == 302
    item = writing.entries(minutes)[-1].item
    assert (str(item.title), item.is_public, item.number) == ("Dringlichkeit", False, "2")


# --- With the script --------------------------------------------------------------------------------------------------


def test_the_script_gets_the_new_version_and_the_time(secretary, held):
    _minutes, entry = held
    answer = secretary.post(address(entry), data=typed(entry, discussion="Bericht"), headers=SCRIPT)
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert answer.json["says"].startswith("Saved at ")
    assert "The council can decide." in answer.json["presence"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_script_gets_what_somebody_else_has_written_and_their_name(app, secretary, held):
    _minutes, entry = held
    colleague = staff_client(app, "council_secretary", name="Frau Nowak")
    colleague.post(address(entry), data=typed(entry, discussion="Ihr Text", result="noted"), headers=SCRIPT)
    mine = {**typed(entry, discussion="Mein Text"), "version": "1"}
    answer = secretary.post(address(entry), data=mine, headers=SCRIPT)
    assert answer.status_code == 409
    assert (answer.json["version"], answer.json["by"]) == (2, "Saved by Frau Nowak")
    assert answer.json["theirs"][f"e{entry.id}-discussion"] == "Ihr Text"
    assert answer.json["theirs"][f"e{entry.id}-result"] == "noted"
    session.refresh(entry)
    assert entry.discussion == "Ihr Text"


def test_the_script_is_told_what_does_not_fit_and_when_it_is_too_late(secretary, held):
    _minutes, entry = held
    wrong = typed(entry, vote="open", votes_for="9")
    answer = secretary.post(address(entry), data=wrong, headers=SCRIPT)
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [f"e{entry.id}-votes_for"]
    entry.is_locked = True
    answer = secretary.post(address(entry), data=typed(entry, discussion="Zu spät"), headers=SCRIPT)
    assert (answer.status_code, answer.json["is_locked"]) == (409, True)
    assert "never change" in secretary.post(address(entry), data=typed(entry, discussion="Zu spät")).text


def test_a_new_token_is_given_to_staff_only(app, secretary):
    assert secretary.get("/de/staff/minutes/token.json").json["token"]
    assert app.test_client().get("/de/staff/minutes/token.json").status_code == 401


# --- Attendance, names, tasks -----------------------------------------------------------------------------------------


def test_attendance_begins_with_what_was_answered_and_nothing_of_it_is_saved(secretary):
    meeting = make_meeting()
    one, other = make_membership(meeting.council), make_membership(meeting.council)
    session.add(Attendance(meeting=meeting, membership=one, answer=Answer.COMING, answered_at=meeting.created_at))
    make_minutes(meeting)
    path = f"/de/staff/minutes/attendance/{meeting.id}"
    page = secretary.get(path).text
    assert 'value="present" checked' in page
    assert session.scalars(select(Attendance.presence)).all() == [None]
    time = meeting.local_start.strftime("%H:%M")
    said = {f"presence-{one.id}": "present", f"came-{one.id}": time, f"presence-{other.id}": "absent"}
    assert secretary.post(path, data=said).status_code == 302
    rows = {row.membership_id: row for row in session.scalars(select(Attendance))}
    assert (rows[one.id].presence, rows[other.id].presence) == (Presence.PRESENT, Presence.ABSENT)
    assert rows[one.id].came_at == meeting.starts_at.replace(second=0, microsecond=0)


def test_an_old_page_of_attendance_is_told_and_can_then_decide(secretary, held):
    meeting = held[0].meeting
    one, other, _third = writing.chairs(meeting)
    path = f"/de/staff/minutes/attendance/{meeting.id}"
    shown = {f"shown-{number}": "present||" for number in (one.id, other.id, _third.id)}
    all_there = {f"presence-{number}": "present" for number in (one.id, other.id, _third.id)}
    secretary.post(path, data={**shown, **all_there, f"presence-{one.id}": "excused"})
    page = secretary.post(path, data={**shown, **all_there, f"presence-{one.id}": "absent"})
    assert page.status_code == 409
    assert one.person.family_name in page.text
    assert f'name="shown-{one.id}" value="excused||"' in page.text
    assert session.scalar(select(Attendance.presence).where(Attendance.membership_id == one.id)) is Presence.EXCUSED
    again = {**shown, **all_there, f"shown-{one.id}": "excused||", f"presence-{one.id}": "absent"}
    assert secretary.post(path, data=again).status_code == 302
    assert session.scalar(select(Attendance.presence).where(Attendance.membership_id == one.id)) is Presence.ABSENT


@pytest.mark.parametrize("time", ["99:99", "morgen", "05:00"])
def test_times_that_cannot_be_are_marked(secretary, held, time):
    meeting = held[0].meeting
    one = writing.chairs(meeting)[0]
    meeting.starts_at = meeting.starts_at.replace(hour=17)
    meeting.ends_at = meeting.starts_at.replace(hour=19)
    said = {f"shown-{one.id}": "present||", f"presence-{one.id}": "present", f"came-{one.id}": time}
    page = secretary.post(f"/de/staff/minutes/attendance/{meeting.id}", data=said)
    if time == "05:00":
        assert page.status_code == 302  # after midnight
    else:
        assert page.status_code == 422
        assert f'aria-describedby="came-{one.id}-error"' in page.text


def test_a_vote_by_name_has_a_page_of_its_own(secretary, held):
    minutes, entry = held
    writing.save_entry(entry, 1, vote=VoteKind.BY_NAME)
    one, other, _third = writing.chairs(minutes.meeting)
    path = f"{address(entry)}/votes"
    assert one.person.family_name in secretary.get(path).text
    said = {"version": str(entry.version), f"choice-{one.id}": "for", f"choice-{other.id}": "against"}
    assert secretary.post(path, data=said).status_code == 302
    assert {cast.membership_id: cast.choice for cast in entry.casts} == {one.id: Choice.FOR, other.id: Choice.AGAINST}
    page = secretary.post(path, data={**said, f"choice-{one.id}": "abstained"})
    assert page.status_code == 409
    assert "Saved: Voted for it" in page.text


def test_who_could_not_vote_is_not_on_the_page_and_not_counted(secretary, held):
    """V6"""
    minutes, entry = held
    gone = make_membership(
        minutes.meeting.council,
        ends_on=minutes.meeting.held_on.replace(year=2020),
        starts_on=minutes.meeting.held_on.replace(year=2019),
    )
    writing.save_entry(entry, 1, vote=VoteKind.BY_NAME)
    path = f"{address(entry)}/votes"
    assert gone.person.family_name not in secretary.get(path).text
    secretary.post(path, data={"version": str(entry.version), f"choice-{gone.id}": "for"})
    assert (entry.votes_for, entry.casts) == (0, [])


def test_a_task_is_written_with_its_item_changed_and_deleted(secretary, held):
    minutes, entry = held
    member = writing.chairs(minutes.meeting)[0]
    said = typed(entry, task_text="Angebot holen", task_member=str(member.id), task_due="24.12.2026")
    answer = secretary.post(address(entry), data=said, headers=SCRIPT)
    task = session.scalars(select(Task)).one()
    assert answer.json["task"] == {"text": "Angebot holen", "url": f"/de/staff/minutes/tasks/{task.id}"}
    assert (task.membership_id, task.due_on.year) == (member.id, 2026)
    path = f"/de/staff/minutes/tasks/{task.id}"
    assert "Angebot holen" in secretary.get(path).text
    assert secretary.post(path, data={"text": ""}).status_code == 422
    assert (
        secretary.post(path, data={"text": "Zwei Angebote", "member": "", "responsible": "Bauamt"}).status_code == 302
    )
    assert (task.text, task.responsible) == ("Zwei Angebote", "Bauamt")
    assert secretary.post(f"{path}/delete").status_code == 302
    assert session.scalars(select(Task)).all() == []
