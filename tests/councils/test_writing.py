"""Writing minutes: nothing is overwritten, and no vote is counted that could not be cast."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.audit import AuditEntry
from participation.councils import attending, promising, voting, writing
from participation.councils.attending import Seen, present_voters
from participation.councils.doubts import doubts
from participation.councils.meeting_models import Attendance, Presence
from participation.councils.minutes_models import Choice, Minutes, MinutesEntry, Result, VoteCast, VoteKind
from participation.councils.models import Role
from participation.councils.resolution_models import Task
from participation.db import session
from participation.i18n import LocalizedText
from tests.councils.makers import (
    make_attendance,
    make_council,
    make_item,
    make_meeting,
    make_membership,
    make_person,
    make_session,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def held(app):
    """A meeting with three members who are there, and a draft with one item."""
    return make_session()


# --- Beginning --------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_minutes_begin_with_a_place_for_each_item_but_those_taken_off(app):
    meeting = make_meeting()
    make_item(meeting)
    make_item(meeting, withdrawn_at=clock.now())
    minutes = writing.begin(meeting)
    assert [one.item.number for one in minutes.entries] == ["1"]


def test_beginning_twice_is_one_draft_and_takes_in_what_came_later(app):
    meeting = make_meeting()
    make_item(meeting)
    first = writing.begin(meeting)
    make_item(meeting, "Lärm am Platz")
    again = writing.begin(meeting)
    assert again.id == first.id
    assert [one.item.number for one in writing.entries(again)] == ["1", "2"]


def test_a_cancelled_meeting_has_no_minutes(app):
    with pytest.raises(writing.NothingToWrite):
        writing.begin(make_meeting(cancelled_at=clock.now()))


def test_approved_minutes_are_not_written_again(held):
    minutes, entry = held
    approve(minutes)
    with pytest.raises(writing.Locked):
        writing.begin(minutes.meeting)
    with pytest.raises(writing.Locked):
        writing.save_entry(entry, entry.version, discussion="Anders")
    with pytest.raises(writing.Locked):
        writing.save_frame(minutes, minutes.version, None, guests="Anders")


def approve(minutes: Minutes) -> None:
    minutes.circulated_at = minutes.approved_at = clock.now()
    minutes.content, minutes.digest, minutes.seal = {}, "x", "y"
    minutes.status = writing.MinutesStatus.APPROVED
    session.flush()


def test_an_item_added_in_the_meeting_stands_on_the_agenda_and_in_the_minutes(held):
    minutes, _entry = held
    entry = writing.add_item(minutes, LocalizedText(de="Dringlichkeit"))
    assert entry.item.added_at is not None
    assert entry.item.meeting is minutes.meeting
    assert [one.item_id for one in writing.entries(minutes)][-1] == entry.item_id


# --- Two writers ------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_whoever_saves_second_overwrites_nothing_and_is_told_what_stands_there(held):
    _minutes, entry = held
    seen = entry.version
    writing.save_entry(entry, seen, discussion="Frau Kaya berichtet.")
    with pytest.raises(writing.ChangedMeanwhile) as told:
        writing.save_entry(entry, seen, discussion="Etwas anderes.")
    assert told.value.thing.discussion == "Frau Kaya berichtet."
    session.refresh(entry)
    assert entry.discussion == "Frau Kaya berichtet."
    writing.save_entry(entry, entry.version, discussion="Frau Kaya berichtet. Etwas anderes.")
    assert entry.version == seen + 2


def test_the_same_text_twice_is_no_quarrel(held):
    _minutes, entry = held
    seen = entry.version
    writing.save_entry(entry, seen, discussion="Einmal")
    assert writing.save_entry(entry, seen, discussion="Einmal").version == seen + 1


def test_two_people_can_write_about_two_items(held):
    minutes, first = held
    second = writing.add_item(minutes, LocalizedText(de="Zweiter Punkt"))
    seen = first.version, second.version
    writing.save_entry(first, seen[0], discussion="Eins")
    writing.save_entry(second, seen[1], discussion="Zwei")
    assert [one.discussion for one in writing.entries(minutes)] == ["Eins", "Zwei"]


def test_saving_again_and_again_does_not_fill_the_audit_log(held):
    _minutes, entry = held
    for number in range(5):
        writing.save_entry(entry, entry.version, discussion=f"Satz {number}")
    written = select(func.count()).where(AuditEntry.action == "minutes.entry_written")
    assert session.scalar(written) == 1


def test_the_frame_has_a_version_that_the_chair_is_part_of(held):
    minutes, _entry = held
    meeting = minutes.meeting
    chair = writing.chairs(meeting)[0]
    seen = minutes.version
    writing.save_frame(minutes, seen, chair.id)
    assert (meeting.chaired_by_id, minutes.version) == (chair.id, seen + 1)
    with pytest.raises(writing.ChangedMeanwhile):
        writing.save_frame(minutes, seen, chair.id, guests="Zwei Gäste")
    with pytest.raises(writing.ClosedBeforeOpening):
        writing.save_frame(
            minutes, minutes.version, chair.id, opened_at=meeting.starts_at, closed_at=meeting.starts_at - HOUR
        )


def test_the_chair_was_in_office_that_day(held):
    minutes, _entry = held
    day = minutes.meeting.held_on
    gone = make_membership(minutes.meeting.council, ends_on=day - timedelta(days=1))
    with pytest.raises(attending.NotInOffice):
        writing.save_frame(minutes, minutes.version, gone.id)


# --- Attendance -------------------------------------------------------------------------------------------------------


def test_who_came_later_or_left_earlier_votes_only_in_between(app):
    meeting = make_meeting()
    late, early = make_membership(meeting.council), make_membership(meeting.council)
    record(meeting, late, Seen(Presence.PRESENT, meeting.starts_at + HOUR))
    record(meeting, early, Seen(Presence.PRESENT, None, meeting.starts_at + HOUR / 2))
    assert present_voters(meeting, meeting.starts_at) == [early]
    assert present_voters(meeting, meeting.starts_at + HOUR) == [late]
    assert set(present_voters(meeting)) == {late, early}
    assert attending.roll(meeting).most_voters() == 1


def record(meeting, membership, seen: Seen) -> None:
    shown = attending.roll(meeting).seen(membership)
    attending.record(meeting, {membership.id: seen}, {membership.id: shown})


def test_a_deputy_votes_only_while_the_member_is_not_there(app):
    meeting = make_meeting()
    member = make_membership(meeting.council)
    deputy = make_membership(meeting.council, role=Role.DEPUTY, deputy_for=member)
    make_attendance(meeting, deputy)
    assert present_voters(meeting) == [deputy]
    record(meeting, member, Seen(Presence.PRESENT, meeting.starts_at + HOUR))
    assert present_voters(meeting, meeting.starts_at) == [deputy]
    assert present_voters(meeting, meeting.starts_at + HOUR) == [member]


def test_advisers_and_who_has_no_vote_are_there_and_do_not_vote(app):
    meeting = make_meeting()
    for facts in ({"role": Role.ADVISER}, {"has_vote": False}):
        make_attendance(meeting, make_membership(meeting.council, **facts))
    assert present_voters(meeting) == []


@pytest.mark.databases
def test_two_people_tick_different_members_and_both_are_kept(held):
    """What was left as it was shown is no change, so an older page takes nothing back."""
    meeting = held[0].meeting
    one, other, _third = writing.chairs(meeting)
    shown = {one.id: Seen(Presence.PRESENT), other.id: Seen(Presence.PRESENT)}
    attending.record(meeting, {**shown, one.id: Seen(Presence.EXCUSED)}, shown)
    attending.record(meeting, {**shown, other.id: Seen(Presence.ABSENT)}, shown)
    here = attending.roll(meeting)
    assert (here.seen(one).presence, here.seen(other).presence) == (Presence.EXCUSED, Presence.ABSENT)


def test_two_people_who_tick_the_same_member_differently_are_told(held):
    meeting = held[0].meeting
    one = writing.chairs(meeting)[0]
    shown = {one.id: Seen(Presence.PRESENT)}
    attending.record(meeting, {one.id: Seen(Presence.EXCUSED)}, shown)
    with pytest.raises(attending.AttendanceChanged, match=one.person.family_name):
        attending.record(meeting, {one.id: Seen(Presence.ABSENT)}, shown)


def test_nobody_leaves_before_they_came_and_only_members_are_recorded(held):
    meeting = held[0].meeting
    one = writing.chairs(meeting)[0]
    with pytest.raises(attending.LeftBeforeComing):
        record(meeting, one, Seen(Presence.PRESENT, meeting.ends_at, meeting.starts_at))
    with pytest.raises(attending.NotInOffice):
        attending.record(meeting, {make_membership(make_council()).id: Seen(Presence.PRESENT)}, {})
    assert session.scalar(select(func.count()).select_from(Attendance)) == 3


# --- Votes ------------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_there_are_never_more_votes_than_people_who_may_vote(held):
    _minutes, entry = held
    with pytest.raises(voting.TooManyVotes):
        writing.save_entry(entry, entry.version, vote=VoteKind.OPEN, votes_for=3, votes_against=1)
    session.refresh(entry)
    assert (entry.vote, entry.votes_for) == (None, 0)
    writing.save_entry(entry, entry.version, vote=VoteKind.OPEN, votes_for=2, abstained=1)
    with pytest.raises(voting.TooManyVotes):
        writing.save_entry(entry, entry.version, recused=1)


def test_who_has_left_by_the_time_of_the_vote_does_not_count(held):
    minutes, entry = held
    meeting = minutes.meeting
    one = writing.chairs(meeting)[0]
    record(meeting, one, Seen(Presence.PRESENT, None, meeting.starts_at + HOUR))
    late = meeting.starts_at + HOUR * 1.5
    with pytest.raises(voting.TooManyVotes):
        writing.save_entry(entry, entry.version, vote=VoteKind.SECRET, votes_for=3, voted_at=late)
    writing.save_entry(entry, entry.version, vote=VoteKind.SECRET, votes_for=3, voted_at=meeting.starts_at)
    assert entry.votes_for == 3


def test_a_text_can_be_saved_though_the_votes_do_not_fit_any_more(held):
    minutes, entry = held
    writing.save_entry(entry, entry.version, vote=VoteKind.OPEN, votes_for=3)
    record(minutes.meeting, writing.chairs(minutes.meeting)[0], Seen(Presence.EXCUSED))
    writing.save_entry(entry, entry.version, discussion="Weiter")
    assert "More votes" in " ".join(str(one.says) for one in doubts(minutes))


def test_a_resolution_needs_its_words(held):
    _minutes, entry = held
    for result in (Result.RESOLVED, Result.REJECTED):
        with pytest.raises(writing.WordsMissing):
            writing.save_entry(entry, entry.version, result=result)
    writing.save_entry(entry, entry.version, result=Result.RESOLVED, resolution="Drei Lampen.")
    assert entry.result is Result.RESOLVED


@pytest.mark.databases
def test_a_vote_by_name_is_counted_from_the_names(held):
    minutes, entry = held
    one, other, third = writing.chairs(minutes.meeting)
    writing.save_entry(entry, entry.version, vote=VoteKind.BY_NAME, votes_for=99)
    assert entry.votes_for == 0
    seen = entry.version
    writing.record_votes(entry, seen, {one.id: Choice.FOR, other.id: Choice.AGAINST, third.id: Choice.RECUSED})
    assert (entry.votes_for, entry.votes_against, entry.abstained, entry.recused) == (1, 1, 0, 1)
    with pytest.raises(writing.ChangedMeanwhile):
        writing.record_votes(entry, seen, {one.id: Choice.AGAINST})
    writing.record_votes(entry, entry.version, {one.id: Choice.FOR})
    assert [(cast.membership_id, cast.choice) for cast in entry.casts] == [(one.id, Choice.FOR)]
    assert session.scalar(select(func.count()).select_from(VoteCast)) == 1


@pytest.mark.databases
def test_a_member_whose_term_has_ended_does_not_vote(held):
    minutes, entry = held
    meeting = minutes.meeting
    gone = make_membership(meeting.council, ends_on=meeting.held_on - timedelta(days=1))
    make_attendance(meeting, gone)
    writing.save_entry(entry, entry.version, vote=VoteKind.BY_NAME)
    with pytest.raises(voting.MayNotVote):
        writing.record_votes(entry, entry.version, {gone.id: Choice.FOR})
    session.refresh(entry)
    assert (entry.votes_for, entry.casts) == (0, [])
    assert gone not in present_voters(meeting)


def test_the_last_day_of_a_term_still_counts(held):
    meeting = held[0].meeting
    last = make_membership(meeting.council, ends_on=meeting.held_on)
    make_attendance(meeting, last)
    assert last in present_voters(meeting)


def test_who_is_not_there_is_not_named(held):
    minutes, entry = held
    away = make_membership(minutes.meeting.council, make_person("Olena Koval"))
    writing.save_entry(entry, entry.version, vote=VoteKind.BY_NAME)
    with pytest.raises(voting.MayNotVote, match="Olena Koval"):
        writing.record_votes(entry, entry.version, {away.id: Choice.FOR})


def test_a_secret_vote_names_nobody_but_who_was_recused(held):
    minutes, entry = held
    one, other, _third = writing.chairs(minutes.meeting)
    writing.save_entry(entry, entry.version, vote=VoteKind.BY_NAME)
    writing.record_votes(entry, entry.version, {one.id: Choice.FOR, other.id: Choice.RECUSED})
    writing.save_entry(entry, entry.version, vote=VoteKind.SECRET, votes_for=2, recused=1)
    assert [cast.membership_id for cast in entry.casts] == [other.id]
    with pytest.raises(voting.OnlyRecused):
        writing.record_votes(entry, entry.version, {one.id: Choice.FOR})
    with pytest.raises(voting.FewerThanNamed):
        writing.save_entry(entry, entry.version, recused=0)


def test_without_a_vote_there_are_no_numbers_and_no_names(held):
    minutes, entry = held
    one = writing.chairs(minutes.meeting)[0]
    with pytest.raises(voting.NoVote):
        writing.record_votes(entry, entry.version, {one.id: Choice.FOR})
    writing.save_entry(entry, entry.version, vote=VoteKind.OPEN, votes_for=1)
    writing.record_votes(entry, entry.version, {one.id: Choice.RECUSED})
    assert (entry.votes_for, entry.recused) == (1, 1)
    writing.save_entry(entry, entry.version, vote=None)
    assert (entry.votes_for, entry.recused, entry.casts) == (0, 0, [])


# --- Tasks and doubts -------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_a_task_is_written_down_once_though_its_click_comes_twice(held):
    minutes, entry = held
    member = writing.chairs(minutes.meeting)[0]
    for _click in range(2):
        promising.add_task(entry, "Angebot holen", member_id=member.id, due_on=clock.today())
    task = session.scalars(select(Task)).one()
    assert (task.council_id, task.item_id, task.membership_id) == (
        minutes.meeting.council_id,
        entry.item_id,
        member.id,
    )
    promising.change_task(task, "Zwei Angebote holen", responsible="Bauamt", member_id=None, due_on=None)
    assert (task.text, task.responsible, task.membership_id) == ("Zwei Angebote holen", "Bauamt", None)
    promising.delete_task(task)
    assert session.scalars(select(Task)).all() == []


def test_only_members_of_this_council_promise_something_there(held):
    _minutes, entry = held
    with pytest.raises(attending.NotInOffice):
        promising.add_task(entry, "Angebot holen", member_id=make_membership(make_council()).id)


def test_a_task_that_residents_know_is_not_deleted(held):
    _minutes, entry = held
    task = promising.add_task(entry, "Angebot holen")
    task.published_at = clock.now()
    with pytest.raises(promising.AlreadyPublic):
        promising.delete_task(task)


def test_tasks_of_approved_minutes_are_not_rewritten(held):
    minutes, entry = held
    task = promising.add_task(entry, "Angebot holen")
    approve(minutes)
    with pytest.raises(promising.NotInWork):
        promising.change_task(task, "Anders", responsible="", member_id=None, due_on=None)
    with pytest.raises(writing.Locked):
        promising.add_task(entry, "Noch etwas")


def test_what_does_not_fit_is_told_and_forbids_nothing(held):
    minutes, entry = held
    said = {str(one.says) for one in doubts(minutes)}
    assert "The result is missing." in said
    assert "The beginning or the end of the meeting is missing." in said
    words = {"result": Result.RESOLVED, "resolution": "Drei Lampen", "vote": VoteKind.OPEN}
    writing.save_entry(entry, entry.version, **words, votes_against=2, votes_for=1)
    said = {str(one.says) for one in doubts(minutes)}
    assert "It was resolved, although there were not more votes for it than against it." in said
    assert "The result is missing." not in said


def test_minutes_of_many_items_are_read_in_few_statements(app):
    meeting = make_meeting()
    for number in range(12):
        make_item(meeting, f"Punkt {number}")
    minutes = writing.begin(meeting)
    assert [one.item.number for one in writing.entries(minutes)] == [str(number) for number in range(1, 13)]
    assert all(isinstance(one, MinutesEntry) for one in minutes.entries)
