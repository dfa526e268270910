"""The minutes' way: sent to those present, objected to, decided, approved and locked, corrected."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.audit import AuditEntry
from participation.councils import approving
from participation.councils.minutes_models import MinutesStatus, ObjectionDecision
from participation.councils.resolution_models import Resolution
from participation.db import session
from participation.mail import Mail
from tests.councils.makers import make_item, make_meeting, make_membership, make_minutes
from tests.councils.minutes_makers import (
    WORDS,
    make_approved,
    make_checked_minutes,
    make_published,
    make_written_minutes,
    member_of,
)

pytestmark = pytest.mark.usefixtures("app")


def letters() -> list[Mail]:
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def circulated():
    minutes = make_written_minutes()
    approving.circulate(minutes)
    return minutes


def test_those_present_get_the_minutes_to_check_in_their_language():
    minutes = make_written_minutes()
    absent = make_membership(minutes.meeting.council)
    assert approving.circulate(minutes) == 2
    assert minutes.status is MinutesStatus.CIRCULATED
    assert minutes.objections_until == clock.today() + timedelta(days=minutes.meeting.council.objection_days)
    assert {(one.recipient, one.language) for one in letters()} == {
        ("fatma@example.org", "de"),
        ("bernd@example.org", "tr"),
    }
    assert all("/own-seat/letters/" in one.text for one in letters())
    assert absent.person.contact is None


def test_minutes_of_a_meeting_to_come_are_not_sent():
    meeting = make_meeting()
    make_item(meeting)
    with pytest.raises(approving.NotOverYet):
        approving.circulate(make_minutes(meeting))


def test_the_last_day_for_objections_lies_in_the_future():
    with pytest.raises(approving.DayIsOver):
        approving.circulate(make_written_minutes(), clock.today())


def test_a_member_objects_and_the_office_decides_with_its_reasons():
    minutes = circulated()
    objection = approving.object_to(minutes, member_of(minutes), "Es waren zwei Laternen.", minutes.entries[0].item)
    assert approving.open_objections(minutes) == 1
    approving.decide_objection(objection, ObjectionDecision.ACCEPTED, "Das stimmt.")
    assert (objection.decision, objection.reason) == (ObjectionDecision.ACCEPTED, "Das stimmt.")
    told = letters()[-1]
    assert told.recipient == "bernd@example.org"
    assert "Das stimmt." in told.text
    assert "Es waren zwei Laternen." in told.text
    with pytest.raises(approving.DecidedAlready):
        approving.decide_objection(objection, ObjectionDecision.REJECTED, "Doch nicht.")


def test_who_was_written_down_as_absent_can_object_too():
    minutes = circulated()
    absent = make_membership(minutes.meeting.council)
    assert approving.object_to(minutes, absent, "Ich war da.").membership is absent


def test_who_is_no_member_cannot_object():
    minutes = circulated()
    stranger = make_membership(make_meeting().council)
    former = make_membership(
        minutes.meeting.council,
        starts_on=clock.today() - timedelta(days=900),
        ends_on=clock.today() - timedelta(days=400),
    )
    for one in (stranger, former):
        with pytest.raises(approving.NotAMember):
            approving.object_to(minutes, one, "Das ist falsch.")


def test_an_objection_names_an_item_of_the_meeting():
    minutes = circulated()
    with pytest.raises(approving.NotInTheseMinutes):
        approving.object_to(minutes, member_of(minutes), "Falsch.", make_item(make_meeting()))


def test_nobody_floods_the_office_with_objections():
    minutes = circulated()
    for _number in range(approving.MOST_OBJECTIONS):
        approving.object_to(minutes, member_of(minutes), "Falsch.")
    with pytest.raises(approving.TooManyObjections):
        approving.object_to(minutes, member_of(minutes), "Falsch.")


def test_when_the_time_is_over_nobody_objects():
    minutes = make_checked_minutes()
    with pytest.raises(approving.TooLate):
        approving.object_to(minutes, member_of(minutes), "Falsch.")


def test_minutes_are_not_approved_while_members_can_still_object():
    with pytest.raises(approving.StillTimeToObject):
        approving.approve(circulated(), "Der Rat")


def test_minutes_are_not_approved_while_an_objection_is_open(stop_clock):
    minutes = circulated()
    objection = approving.object_to(minutes, member_of(minutes), "Falsch.")
    later = clock.now() + timedelta(days=40)
    stop_clock(later.year, later.month, later.day)
    with pytest.raises(approving.ObjectionOpen):
        approving.approve(minutes, "Der Rat")
    assert minutes.status is MinutesStatus.CIRCULATED
    approving.decide_objection(objection, ObjectionDecision.REJECTED, "So war es.")
    approving.approve(minutes, "Der Rat")
    assert minutes.status is MinutesStatus.APPROVED


def test_a_draft_is_not_approved_unseen():
    with pytest.raises(approving.NotCirculated):
        approving.approve(make_written_minutes(), "Der Rat")


def test_approved_minutes_keep_every_word_with_a_hash_and_the_register_knows_what_was_decided():
    minutes = make_approved()
    assert minutes.content["items"][0]["resolution"] == WORDS
    assert len(minutes.digest) == len(minutes.seal) == 64
    assert all(entry.is_locked for entry in minutes.entries)
    assert [one.text for one in session.scalars(select(Resolution))] == [WORDS]
    assert "minutes.approved" in set(session.scalars(select(AuditEntry.action)))
    with pytest.raises(approving.IsLocked):
        approving.approve(minutes, "Noch einmal")
    with pytest.raises(approving.IsLocked):
        approving.circulate(minutes)


@pytest.mark.databases
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE minutes SET remarks = 'anders'",
        "UPDATE minutes SET digest = 'anders'",
        "UPDATE minutes_entries SET discussion = 'anders'",
        "UPDATE minutes_entries SET votes_for = 9 WHERE vote IS NOT NULL",
        "DELETE FROM minutes_entries",
        "DELETE FROM minutes",
    ],
)
def test_the_database_itself_refuses_to_change_approved_minutes(change):
    make_approved()
    session.commit()
    with pytest.raises(IntegrityError):
        session.execute(text(change))


def test_a_correction_is_a_new_revision_with_its_reason_that_begins_with_the_approved_words():
    minutes = make_published()
    corrected = approving.correct(minutes, "Es waren zwei Laternen.")
    assert (corrected.number, corrected.reason) == (2, "Es waren zwei Laternen.")
    assert corrected.status is MinutesStatus.DRAFT
    assert [one.discussion for one in corrected.entries] == [one.discussion for one in minutes.entries]
    assert not any(one.is_locked for one in corrected.entries)
    assert minutes.status is MinutesStatus.PUBLISHED
    with pytest.raises(approving.NotTheNewest):
        approving.correct(minutes, "Noch eine")
    with pytest.raises(approving.NotApproved):
        approving.correct(corrected, "Noch eine")
