"""Inviting members, their answers, and whether enough will be there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.councils import answering, inviting, letter_facts, quorum
from participation.councils.answering import AnswersClosed, NoDeputy, NotInOffice
from participation.councils.inviting import (
    AgendaNotPublished,
    EverybodyInvited,
    InvitationLate,
    NobodyToInvite,
    NothingToInviteTo,
)
from participation.councils.meeting_models import Answer, Attendance, Meeting
from participation.councils.models import Council, Membership, Role
from participation.db import session
from participation.i18n import LocalizedText, speaking
from participation.mail import Mail
from tests.councils.makers import make_council, make_item, make_meeting, make_membership, make_person

DAY = timedelta(days=1)


@pytest.fixture
def council(app) -> Council:
    return make_council()


def member(council: Council, name: str = "", *, email: str = "", language: str = "de", **facts: object) -> Membership:
    person = make_person(name, email=email, language=language) if email else make_person(name)
    return make_membership(council, person, **facts)


def deputy_of(one: Membership, *, email: str = "") -> Membership:
    return member(one.council, email=email, role=Role.DEPUTY, deputy_for_id=one.id)


def mails(wording: str = "") -> list[Mail]:
    rows = session.scalars(select(Mail).order_by(Mail.id)).all()
    return [one for one in rows if one.wording == wording] if wording else list(rows)


# --- The invitation ---------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_everybody_in_office_is_invited_in_their_language_with_agenda_and_calendar(council):
    for number, language in enumerate(("de", "tr", "ar")):
        member(council, email=f"m{number}@example.org", language=language)
    meeting = make_meeting(council)
    make_item(meeting, "Beleuchtung im Park")
    assert inviting.invite(meeting) == 3
    letters = mails("councils/invited")
    assert sorted(one.language for one in letters) == ["ar", "de", "tr"]
    for one in letters:
        assert "1. " in one.text
        assert "Beleuchtung im Park" in one.text
        assert f"/{one.language}/own-seat/letters/" in one.text
        assert f"/{one.language}/meetings/{meeting.id}" in one.text
        assert f"UID:{meeting.uid}" in one.calendar
    assert meeting.invited_at is not None
    assert len({one.text for one in letters if one.language == "de"}) == 1


def test_each_letter_has_a_link_of_its_own(council):
    for number in range(2):
        member(council, email=f"m{number}@example.org")
    inviting.invite(make_meeting(council))
    links = {line for one in mails() for line in one.text.splitlines() if "/own-seat/letters/" in line}
    assert len(links) == 2


def test_an_invitation_needs_a_published_agenda(council):
    member(council, email="a@example.org")
    with pytest.raises(AgendaNotPublished):
        inviting.invite(make_meeting(council, announced=False))
    assert mails() == []


@pytest.mark.parametrize("state", ["over", "cancelled"])
def test_nobody_is_invited_to_what_is_over_or_cancelled(council, state):
    member(council, email="a@example.org")
    facts = {"starts_at": clock.now() - DAY} if state == "over" else {"cancelled_at": clock.now()}
    with pytest.raises(NothingToInviteTo):
        inviting.invite(make_meeting(council, **facts))


def test_whoever_is_not_in_office_on_that_day_is_not_invited(council):
    member(council, email="gone@example.org", ends_on=clock.today() + DAY)
    member(council, email="later@example.org", starts_on=clock.today() + 40 * DAY)
    with pytest.raises(NobodyToInvite):
        inviting.invite(make_meeting(council))


def test_a_late_invitation_needs_a_tick_and_says_that_it_is_late(council):
    member(council, email="a@example.org")
    meeting = make_meeting(council, starts_at=clock.now() + 5 * DAY)  # the notice period is 14 days
    assert inviting.is_late(meeting)
    with pytest.raises(InvitationLate):
        inviting.invite(meeting)
    assert inviting.invite(meeting, although_late=True) == 1
    assert "This invitation comes later than our rules of procedure say." in mails()[0].text


def test_an_invitation_on_the_last_day_is_in_time(council, stop_clock):
    stop_clock(2026, 4, 1, 20)
    meeting = make_meeting(council, starts_at=clock.now() + 14 * DAY)
    assert not inviting.is_late(meeting)
    stop_clock(2026, 4, 2, 5)
    assert inviting.is_late(meeting)


@pytest.mark.databases
def test_invited_twice_is_invited_once_and_who_came_later_is_invited_alone(council):
    member(council, email="a@example.org")
    meeting = make_meeting(council)
    inviting.invite(meeting)
    with pytest.raises(EverybodyInvited):
        inviting.invite(meeting)
    member(council, email="new@example.org")
    assert inviting.invite(meeting) == 1
    assert [one.recipient for one in mails()] == ["a@example.org", "new@example.org"]


def test_whoever_has_no_address_is_on_the_list_for_paper(council):
    member(council, email="a@example.org")
    unreached = member(council, "Ali Demir")
    meeting = make_meeting(council)
    assert inviting.invite(meeting) == 1
    assert [one.id for one in inviting.on_paper(meeting)] == [unreached.id]


def test_a_deputy_reads_whom_they_stand_in_for(council):
    one = member(council, "Ali Demir", email="a@example.org")
    deputy_of(one, email="d@example.org")
    inviting.invite(make_meeting(council))
    (letter,) = mails("councils/invited_deputy")
    assert letter.recipient == "d@example.org"
    assert "You stand in for Ali Demir." in letter.text


def test_o10_a_letter_does_not_name_what_is_confidential(council):
    member(council, email="a@example.org")
    meeting = make_meeting(council)
    make_item(meeting, "Mietstreit in der Ahornstraße 5", is_public=False, text=LocalizedText(de="Familie Meier"))
    inviting.invite(meeting)
    (letter,) = mails()
    assert "Ahornstraße" not in letter.text + letter.calendar
    assert "1. " in letter.text


def test_members_hear_that_an_invited_meeting_is_cancelled_or_moved(council):
    member(council, email="a@example.org")
    meeting = make_meeting(council)
    assert inviting.tell_changed(meeting) == 0  # nobody knows of it yet
    inviting.invite(meeting)
    assert inviting.tell_changed(meeting) == 1
    assert inviting.tell_cancelled(meeting, LocalizedText(de="Der Saal ist zu.")) == 1
    assert "Der Saal ist zu." in mails("councils/meeting_cancelled")[0].text


def test_l10_the_letter_tells_the_time_of_germany(council, stop_clock):
    stop_clock(2026, 4, 1, 12)
    meeting = make_meeting(council, starts_at=clock.now() + 21 * DAY)
    with speaking("de"):
        assert letter_facts.when(meeting) == "Mittwoch, 22. April 2026, from 14:00 to 16:00"


# --- Reminders --------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_three_days_before_whoever_has_not_answered_is_asked_once_more_and_only_once(council, stop_clock):
    stop_clock(2026, 4, 1, 12)
    silent, said = (member(council, email=f"{name}@example.org") for name in ("silent", "said"))
    deputy_of(silent, email="deputy@example.org")
    meeting = make_meeting(council, starts_at=clock.now() + 21 * DAY)
    inviting.invite(meeting)
    answering.answer(meeting, said, Answer.NOT_COMING)
    stop_clock(2026, 4, 18, 3)
    assert inviting.remind() == 0
    stop_clock(2026, 4, 20, 3)
    assert inviting.remind() == 1
    assert [one.recipient for one in mails("councils/reminder")] == ["silent@example.org"]
    assert inviting.remind() == 0


def test_a_deputy_who_was_asked_to_come_is_reminded(council, stop_clock):
    stop_clock(2026, 4, 1, 12)
    one = member(council, email="a@example.org")
    deputy_of(one, email="deputy@example.org")
    meeting = make_meeting(council, starts_at=clock.now() + 21 * DAY)
    inviting.invite(meeting)
    answering.answer(meeting, one, Answer.DEPUTY)
    stop_clock(2026, 4, 20, 3)
    inviting.remind()
    assert [one.recipient for one in mails("councils/reminder")] == ["deputy@example.org"]


def test_nobody_is_reminded_of_a_cancelled_meeting_or_right_after_a_late_invitation(council):
    member(council, email="a@example.org")
    cancelled = make_meeting(council, starts_at=clock.now() + 2 * DAY, invited_at=clock.now())
    cancelled.cancelled_at = clock.now()
    late = make_meeting(council, starts_at=clock.now() + 2 * DAY)
    inviting.invite(late, although_late=True)
    assert inviting.remind() == 0


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_a_later_answer_replaces_the_earlier_one(council):
    one = member(council)
    meeting = make_meeting(council)
    answering.answer(meeting, one, Answer.COMING, "Ich komme später.")
    answering.answer(meeting, one, Answer.NOT_COMING)
    (kept,) = session.scalars(select(Attendance)).all()
    assert (kept.answer, kept.note) == (Answer.NOT_COMING, "")


def test_a_deputy_can_only_be_sent_where_there_is_one(council):
    one = member(council)
    meeting = make_meeting(council)
    with pytest.raises(NoDeputy):
        answering.answer(meeting, one, Answer.DEPUTY)
    stands_in = deputy_of(one)
    answering.answer(meeting, one, Answer.DEPUTY)
    with pytest.raises(NoDeputy):
        answering.answer(meeting, stands_in, Answer.DEPUTY)


def test_a_deputy_hears_that_they_are_needed_and_that_they_are_not(council):
    one = member(council, "Ali Demir", email="a@example.org")
    deputy_of(one, email="d@example.org")
    meeting = make_meeting(council)
    for said in (Answer.DEPUTY, Answer.DEPUTY, Answer.COMING, Answer.NOT_COMING):
        answering.answer(meeting, one, said)
    assert [(one.recipient, one.wording) for one in mails()] == [
        ("d@example.org", "councils/deputy_asked"),
        ("d@example.org", "councils/deputy_not_needed"),
    ]


@pytest.mark.parametrize(
    "facts", [{"announced": False}, {"cancelled_at": clock.now()}, {"starts_at": clock.now() - DAY}]
)
def test_answers_are_taken_from_the_published_agenda_until_the_beginning(council, facts):
    with pytest.raises(AnswersClosed):
        answering.answer(make_meeting(council, **facts), member(council), Answer.COMING)


def test_whose_term_ends_before_the_meeting_cannot_answer(council):
    one = member(council, ends_on=clock.today() + DAY)
    with pytest.raises(NotInOffice):
        answering.answer(make_meeting(council), one, Answer.COMING)
    with pytest.raises(NotInOffice):
        answering.answer(make_meeting(), member(council), Answer.COMING)  # of another council


# --- The quorum -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "percent", "needed"),
    [(9, 50, 5), (10, 50, 6), (1, 50, 1), (0, 50, 0), (10, 33, 4), (10, 100, 10), (3, 1, 1), (9, 66, 6)],
)
def test_the_quorum_is_counted_from_the_votes_that_are_filled(votes, percent, needed):
    assert quorum.votes_needed(votes, percent) == needed


def answered(meeting: Meeting, *said: tuple[Membership, Answer]) -> quorum.Forecast:
    for one, answer in said:
        answering.answer(meeting, one, answer)
    return quorum.forecast(meeting)


def test_the_forecast_counts_votes_and_not_heads(council):
    first, second, third, fourth = (member(council) for _number in range(4))
    adviser = member(council, role=Role.ADVISER, has_vote=False)
    deputy_of(second)
    meeting = make_meeting(council)
    told = answered(
        meeting,
        (first, Answer.COMING),
        (second, Answer.DEPUTY),
        (third, Answer.NOT_COMING),
        (adviser, Answer.COMING),
    )
    assert (told.coming, told.deputies, told.not_coming, told.unknown, told.needed) == (1, 1, 1, 1, 3)
    assert not told.is_enough
    assert told.is_possible
    assert answered(meeting, (fourth, Answer.COMING)).is_enough


def test_a_deputy_who_cannot_come_either_does_not_count(council):
    one = member(council)
    stands_in = deputy_of(one)
    told = answered(make_meeting(council), (one, Answer.DEPUTY), (stands_in, Answer.NOT_COMING))
    assert (told.deputies, told.not_coming, told.is_enough, told.is_possible) == (0, 1, False, False)


def test_a_deputy_who_comes_counts_where_the_member_does_not(council):
    one = member(council)
    stands_in = deputy_of(one)
    meeting = make_meeting(council)
    assert answered(meeting, (one, Answer.NOT_COMING), (stands_in, Answer.COMING)).deputies == 1
    assert answered(meeting, (one, Answer.COMING)).expected == 1  # the vote is there once
