"""What approved minutes put into the register, and what everybody reads of it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from participation.councils import register
from participation.councils.minutes_models import Minutes, MinutesStatus, Result
from participation.councils.models import ConsentPurpose
from participation.councils.resolution_models import Resolution, ResolutionState, TaskState
from participation.councils.tasks import public_responsible
from participation.db import session
from tests.councils.makers import make_council, make_item, make_meeting, make_membership, make_person
from tests.councils.resolution_makers import black_out, decide, make_approved_minutes, make_task

pytestmark = pytest.mark.databases


def approved(council=None, titles=("Beleuchtung im Park",), number=1, meeting=None, **facts) -> Minutes:
    """Approved minutes of a meeting with these items, each of which was resolved."""
    meeting = meeting or make_meeting(council, **facts)
    for title in titles if not meeting.items else ():
        make_item(meeting, title)
    minutes = make_approved_minutes(meeting, number=number)
    for item in meeting.items:
        decide(minutes, item)
    return minutes


def published(minutes: Minutes) -> list[Resolution]:
    register.from_minutes(minutes)
    register.publish(minutes)
    return list(session.scalars(select(Resolution).order_by(Resolution.id)))


def test_resolutions_are_counted_per_council_and_year(app):
    council = make_council()
    first = register.from_minutes(approved(council, ("Licht", "Bank"), starts_at=datetime(2026, 3, 1, 18, tzinfo=UTC)))
    second = register.from_minutes(approved(council, starts_at=datetime(2026, 5, 1, 18, tzinfo=UTC)))
    next_year = register.from_minutes(approved(council, starts_at=datetime(2027, 1, 9, 18, tzinfo=UTC)))
    elsewhere = register.from_minutes(approved(starts_at=datetime(2026, 5, 2, 18, tzinfo=UTC)))
    numbers = [one.number for one in (*first, *second, *next_year, *elsewhere)]
    assert numbers == ["1/2026", "2/2026", "3/2026", "1/2027", "1/2026"]


def test_minutes_that_are_approved_only_show_residents_nothing(app):
    (resolution,) = register.from_minutes(approved())
    assert not resolution.is_public
    assert resolution.state is ResolutionState.OPEN
    assert (resolution.votes_for, resolution.votes_against) == (7, 2)


def test_only_what_was_resolved_or_rejected_stands_in_the_register(app):
    minutes = approved(titles=("Licht", "Bank", "Wiese"))
    minutes.entries[1].result, minutes.entries[2].result = Result.REJECTED, Result.NOTED
    found = published(minutes)
    assert [(one.title, one.is_accepted) for one in found] == [("Licht", True), ("Bank", False)]
    assert [one.state for one in found] == [ResolutionState.OPEN, ResolutionState.NOT_PURSUED]


def test_approving_twice_makes_no_second_row(app):
    minutes = approved()
    register.from_minutes(minutes)
    register.from_minutes(minutes)
    (resolution,) = session.scalars(select(Resolution))
    assert len(resolution.steps) == 1


def test_d17_what_is_blacked_out_in_the_minutes_is_so_in_the_register(app):
    minutes = approved(titles=("Antrag von Frau Yılmaz",))
    decide(minutes, minutes.meeting.items[0], "Frau  Yılmaz, Am Markt 3, bekommt eine Bank.")
    task = make_task(minutes.meeting.items[0], "frau yılmaz anrufen", published=False, responsible="Frau Yılmaz")
    black_out(minutes, "Frau Yılmaz")
    black_out(minutes, "Am Markt 3")
    (resolution,) = published(minutes)
    public = f"{resolution.title} {resolution.text} {task.public_text} {task.public_responsible}".casefold()
    assert "yılmaz" not in public
    assert "markt" not in public
    assert resolution.text.count("[[redacted:personal]]") == 2


def test_o10_a_confidential_item_never_becomes_public(app):
    minutes = approved()
    minutes.meeting.items[0].is_public = False
    task = make_task(minutes.meeting.items[0], published=False)
    (resolution,) = published(minutes)
    assert not resolution.is_public
    assert task.published_at is None
    assert task.public_text == ""


def test_residents_read_the_old_words_until_the_corrected_minutes_are_public(app):
    first = approved()
    published(first)
    first.status = MinutesStatus.PUBLISHED if first.public_content else first.status
    second = approved(meeting=first.meeting, number=2)
    decide(second, first.meeting.items[0], "Es werden zwei Laternen aufgestellt.")
    (resolution,) = register.from_minutes(second)
    assert resolution.text == "Im Park wird eine Laterne aufgestellt."
    register.publish(second)
    assert resolution.text == "Es werden zwei Laternen aufgestellt."
    assert resolution.minutes is second
    assert resolution.number.startswith("1/")


def test_an_older_revision_says_nothing_any_more(app):
    first = approved()
    published(first)
    second = approved(meeting=first.meeting, number=2)
    decide(second, first.meeting.items[0], "Doch nicht.", result=Result.REJECTED)
    (resolution,) = published(second)
    register.publish(first)
    assert (resolution.text, resolution.is_accepted) == ("Doch nicht.", False)
    assert [one.state for one in resolution.steps] == [ResolutionState.OPEN, ResolutionState.NOT_PURSUED]


def test_what_corrected_minutes_do_not_say_any_more_is_no_resolution(app):
    first = approved()
    (resolution,) = published(first)
    second = approved(meeting=first.meeting, number=2)
    second.entries[0].result = Result.POSTPONED
    register.from_minutes(second)
    assert resolution.is_public  # as long as the corrected minutes are not
    register.publish(second)
    assert not resolution.is_public
    assert resolution.state is ResolutionState.NOT_PURSUED
    third = approved(meeting=first.meeting, number=3)
    published(third)
    assert resolution.is_public
    assert [one.state for one in resolution.steps] == [
        ResolutionState.OPEN,
        ResolutionState.NOT_PURSUED,
        ResolutionState.OPEN,
    ]


def test_d3_a_member_is_named_with_a_task_only_while_they_agree_and_sit_there(app, stop_clock):
    council = make_council()
    silent = make_membership(council)
    open_ = make_membership(council, make_person("Ali Kaya", shows=(ConsentPurpose.NAME,)), ends_on=date(2028, 1, 1))
    minutes = approved(council)
    item = minutes.meeting.items[0]
    tasks = [make_task(item, published=False, membership=one, responsible="x") for one in (silent, open_)]
    office = make_task(item, published=False, responsible="Grünflächenamt")
    published(minutes)
    assert [public_responsible(one) for one in (*tasks, office)] == ["", "Ali Kaya", "Grünflächenamt"]
    stop_clock(2028, 1, 2)
    assert public_responsible(tasks[1]) == ""


def test_a_task_stays_what_it_was_when_its_minutes_are_published(app):
    minutes = approved()
    task = make_task(minutes.meeting.items[0], published=False)
    published(minutes)
    assert task.state is TaskState.OPEN
    assert task.public_text == task.text
