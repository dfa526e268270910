"""Reminders of resolutions and tasks, and what waits on the page "Today"."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.accounts.models import Role
from participation.councils import following, reminding, resolution_duties
from participation.councils.resolution_models import ResolutionState
from participation.db import session
from participation.feature import counted
from participation.mail import Mail
from tests.accounts.makers import make_user, sign_in
from tests.councils.makers import make_council, make_item, make_meeting, make_membership, make_person
from tests.councils.resolution_makers import make_hand_over, make_resolution, make_task
from tests.districts.makers import make_area

pytestmark = pytest.mark.databases


def letters() -> list[Mail]:
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_the_office_is_reminded_a_week_before_on_the_day_after_and_every_second_week(app, stop_clock):
    stop_clock(2026, 4, 1)
    council = make_council(contact="buero@city.example")
    resolution = make_resolution(council, due_on=clock.today() + timedelta(days=7))
    make_resolution(council, due_on=clock.today() + timedelta(days=8))
    days = []
    for day in range(1, 31):
        stop_clock(2026, 4, day)
        if reminding.remind_offices():
            days.append(day)
        following.plan(resolution, "Amt", resolution.due_on)
    assert days == [1, 2, 9, 10, 23, 24]
    assert f"/de/staff/resolutions/{resolution.id}" in letters()[0].text
    assert {one.recipient for one in letters()} == {"buero@city.example"}


def test_an_office_that_has_a_telephone_only_is_reminded_on_its_own_page(app):
    late = clock.today() - timedelta(days=1)
    make_resolution(make_council(contact="0201 12345"), due_on=late)
    make_resolution(make_council(contact="Büro @ Rathaus"), due_on=late)
    assert reminding.remind_offices() == 0
    assert letters() == []


def test_nobody_is_reminded_of_what_is_done_or_was_rejected(app):
    council, late = make_council(contact="buero@city.example"), clock.today() - timedelta(days=1)
    make_resolution(council, due_on=late, state=ResolutionState.DONE)
    make_resolution(council, due_on=late, is_accepted=False)
    assert reminding.remind_offices() == 0


def test_l17_members_are_reminded_of_their_tasks_in_their_language_while_they_are_in_office(app):
    council, today = make_council(), clock.today()
    item = make_item(make_meeting(council))
    member = make_membership(council, make_person(email="ayse@example.org", language="tr"))
    gone = make_membership(council, make_person(email="ali@example.org"), ends_on=today - timedelta(days=1))
    for text in ("Nachfragen", "Plakate holen"):
        make_task(item, text, membership=member, due_on=today + timedelta(days=3))
    make_task(item, membership=gone, due_on=today)
    assert reminding.remind_members() == 1
    (letter,) = letters()
    assert (letter.recipient, letter.language) == ("ayse@example.org", "tr")
    assert "Nachfragen" in letter.text
    assert "Plakate holen" in letter.text
    assert reminding.remind_members() == 0


def test_today_shows_what_waits_at_the_register(app):
    late = clock.today() - timedelta(days=1)
    resolution = make_resolution(due_on=late)
    make_task(resolution.item, due_on=late)
    make_hand_over(resolution, committee_on=late)
    following.write_card(resolution, "tr", "Lamba", "Parka lamba konacak.")
    secretary, editor = make_user(Role.COUNCIL_SECRETARY), make_user(Role.EDITOR)
    nobody, elsewhere = make_user(Role.MODERATOR), make_user(Role.COUNCIL_SECRETARY, area_id=None)
    with app.test_request_context("/de/"):
        assert [one.count for one in counted(resolution_duties.duties(secretary))] == [1, 1, 1, 1]
        assert [one.count for one in counted(resolution_duties.duties(editor))] == [1]
        assert resolution_duties.duties(nobody) == []
        assert len(counted(resolution_duties.duties(elsewhere))) == 4
        assert counted(resolution_duties.duties(make_user(Role.COUNCIL_SECRETARY, area_id=make_area().id))) == []


def test_papers_that_wait_are_listed(client):
    make_hand_over(make_resolution(), "Jugendhilfeausschuss")
    sign_in(client, make_user(Role.COUNCIL_SECRETARY))
    assert "Jugendhilfeausschuss" in client.get("/de/staff/hand-overs").text
