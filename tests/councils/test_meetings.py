"""Meetings: planned, changed, published, called off; and what was left open comes back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.councils import agenda, meetings, returning
from participation.councils.meeting_models import AgendaItem, MeetingState
from participation.councils.minutes_models import Result
from participation.councils.resolution_models import TaskState
from participation.db import session
from participation.i18n import LocalizedText
from tests.councils.makers import make_council, make_item, make_meeting, make_minutes
from tests.councils.resolution_makers import decide, make_approved_minutes, make_task
from tests.events.makers import make_place

BECAUSE = LocalizedText(de="Der Saal ist gesperrt.")


def in_days(days, hours=0):
    return clock.now() + timedelta(days=days, hours=hours)


def plan(council, days=30, **facts):
    return meetings.plan(council, in_days(days), in_days(days, 2), **facts)


def past_meeting(council, days=40):
    return make_meeting(council, starts_at=in_days(-days), number=1000 - days)


def titles(meeting):
    session.expire(meeting, ["items"])
    return [str(item.title) for item in meeting.items]


# --- Planning and changing --------------------------------------------------------------------------------------------


def test_meetings_of_a_council_are_counted_and_follow_its_rules(app, stop_clock):
    stop_clock(2026, 3, 1, 12)
    council = make_council(proposal_days=21, meetings_are_public=False)
    first = meetings.plan(council, datetime(2026, 5, 4, 16, tzinfo=UTC), datetime(2026, 5, 4, 18, tzinfo=UTC))
    second = plan(council, 90)
    assert (first.number, second.number) == (1, 2)
    assert first.proposals_until.isoformat() == "2026-04-13"
    assert not first.is_public
    assert first.state is MeetingState.PLANNED


@pytest.mark.parametrize("hours", [0, -1, 25])
def test_a_meeting_ends_after_it_has_begun_and_within_a_day(app, hours):
    begins = in_days(30)
    with pytest.raises((meetings.EndsBeforeItBegins, meetings.TooLong)):
        meetings.plan(make_council(), begins, begins + timedelta(hours=hours))


def test_a_dissolved_council_does_not_meet(app):
    with pytest.raises(meetings.CouncilDissolved):
        plan(make_council(dissolved_on=clock.today()))


def test_whoever_knows_the_agenda_sees_that_the_time_is_a_new_one(app):
    """F1: calendars hear of it, too."""
    meeting = make_meeting()
    before, sequence = meeting.starts_at, meeting.sequence
    meetings.change(meeting, starts_at=in_days(28), ends_at=in_days(28, 2))
    assert (meeting.moved_from_at, meeting.sequence) == (before, sequence + 1)
    meetings.change(meeting, proposals_until=None)
    meetings.change(meeting, proposals_until=None)
    assert meeting.sequence == sequence + 1


def test_what_was_held_and_written_down_is_not_moved(app):
    meeting = make_meeting()
    make_approved_minutes(meeting)
    with pytest.raises(agenda.AgendaClosed):
        meetings.change(meeting, online_address="https://example.org")


# --- Publishing the agenda --------------------------------------------------------------------------------------------


def test_an_agenda_is_published_once_with_items_and_a_place(app):
    meeting = make_meeting(announced=False)
    with pytest.raises(meetings.NotReady):
        meetings.publish_agenda(meeting)
    make_item(meeting)
    meeting.place = make_place()
    assert meetings.missing(meeting) == []
    meetings.publish_agenda(meeting)
    assert meeting.state is MeetingState.INVITED
    with pytest.raises(meetings.AgendaIsPublished):
        meetings.publish_agenda(meeting)


def test_nothing_of_a_council_that_nobody_knows_is_published(app):
    meeting = make_meeting(make_council(published=False), announced=False, online_address="https://example.org")
    make_item(meeting)
    with pytest.raises(meetings.NotReady):
        meetings.publish_agenda(meeting)


# --- Calling off ------------------------------------------------------------------------------------------------------


def test_a_cancelled_meeting_stays_and_says_why(app):
    meeting = make_meeting()
    meetings.cancel(meeting, BECAUSE)
    assert (meeting.state, meeting.cancel_reason) == (MeetingState.CANCELLED, BECAUSE)
    with pytest.raises(meetings.AlreadyCancelled):
        meetings.cancel(meeting, BECAUSE)
    with pytest.raises(meetings.AlreadyCancelled):
        meetings.change(meeting, online_address="")


def test_what_is_over_is_not_cancelled_and_nothing_without_a_reason(app):
    with pytest.raises(meetings.AlreadyOver):
        meetings.cancel(past_meeting(make_council()), BECAUSE)
    with pytest.raises(meetings.ReasonMissing):
        meetings.cancel(make_meeting(), LocalizedText())


# --- What was left open comes back by itself --------------------------------------------------------------------------


def test_a_postponed_item_comes_back_once_with_all_that_belongs_to_it(app):
    council = make_council()
    earlier = past_meeting(council)
    item = make_item(earlier, "Spielplatz", text=LocalizedText(de="Neue Schaukel"), brought_by="Jugendrat")
    decide(make_approved_minutes(earlier), item, "", result=Result.POSTPONED, vote=None, votes_for=0, votes_against=0)
    meeting = plan(council)
    (again,) = meeting.items
    assert (again.postponed_from, again.text, again.brought_by) == (item, item.text, "Jugendrat")
    assert returning.bring_back(meeting) == 0
    meetings.cancel(meeting, BECAUSE)
    assert titles(plan(council, 60)) == ["Spielplatz"]


def test_only_approved_minutes_say_what_was_postponed(app):
    council = make_council()
    earlier = past_meeting(council)
    item = make_item(earlier)
    make_minutes(earlier).entries[0].result = Result.POSTPONED
    session.flush()
    assert item.title
    assert titles(plan(council)) == []


def test_of_several_revisions_the_newest_counts(app):
    council = make_council()
    earlier = past_meeting(council)
    item = make_item(earlier)
    postponed = {"result": Result.POSTPONED, "vote": None, "votes_for": 0, "votes_against": 0}
    decide(make_approved_minutes(earlier), item, "", **postponed)
    decide(make_approved_minutes(earlier, number=2), item, "Wird gebaut.")
    assert titles(plan(council)) == []


def test_open_tasks_come_back_as_parts_of_one_item_until_they_are_done(app):
    council = make_council()
    item = make_item(past_meeting(council))
    make_task(item, "Beim Grünflächenamt nachfragen")
    make_task(item, "Plakate aufhängen", state=TaskState.DONE, ended_on=clock.today())
    meeting = plan(council)
    assert titles(meeting) == ["Offene Aufgaben", "Beim Grünflächenamt nachfragen"]
    assert [one.number for one in meeting.items] == ["1", "1.1"]
    agenda.add(meeting, LocalizedText(de="Verschiedenes"))
    make_task(item, "Schlüssel abholen")
    returning.bring_back(meeting)
    assert [one.number for one in meeting.items] == ["1", "1.1", "1.2", "2"]
    assert titles(meeting)[2] == "Schlüssel abholen"


@pytest.mark.parametrize(
    "facts",
    [{"published": False}, {"public_text": "Herrn [[redacted:personal]] anrufen"}],
)
def test_words_of_a_task_that_nobody_may_read_do_not_stand_on_the_agenda(app, facts):
    """D17: unpublished minutes were not looked at yet, and what is blacked out there stays so."""
    council = make_council()
    make_task(make_item(past_meeting(council)), "Herrn Muster anrufen", **facts)
    assert titles(plan(council)) == ["Offene Aufgaben", "Aufgabe aus einer früheren Sitzung"]


def test_a_task_of_a_confidential_item_comes_back_confidential(app):
    council = make_council()
    make_task(make_item(past_meeting(council), is_public=False))
    assert [one.is_public for one in plan(council).items] == [True, False]


def test_what_is_open_waits_for_the_next_meeting_and_comes_by_night(app):
    council = make_council()
    make_task(make_item(past_meeting(council)))
    first, second = plan(council, 30), plan(council, 60)
    assert (len(first.items), len(second.items)) == (2, 0)
    make_task(make_item(past_meeting(council, 20)))
    assert returning.bring_back_to_next() == 1
    assert returning.bring_back_to_next() == 0
    assert (len(titles(first)), len(titles(second))) == (3, 0)


@pytest.mark.databases
def test_nothing_comes_onto_a_published_agenda_by_itself(app):
    council = make_council()
    make_meeting(council)
    make_task(make_item(past_meeting(council)))
    assert returning.bring_back_to_next() == 0
    assert session.scalar(select(func.count()).select_from(AgendaItem)) == 1
