"""What the ideas room does by night: mixing, reminding, and forgetting (D14)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.ideas import housekeeping
from participation.mail import Mail
from tests.ideas.makers import make_idea, make_merge, make_office


@pytest.mark.databases
def test_the_night_mixes_the_list_anew(app):
    ideas = [make_idea() for _ in range(8)]
    hidden = make_idea(status=ContributionStatus.HIDDEN, shuffle=5)
    versions = [one.version for one in ideas]
    housekeeping.reshuffle()
    session.expire_all()
    first = [one.shuffle for one in ideas]
    assert len(set(first)) == len(ideas)
    assert all(0 <= place < 2**53 for place in first)
    assert hidden.shuffle == 5
    assert [one.version for one in ideas] == versions
    housekeeping.reshuffle()
    session.expire_all()
    assert [one.shuffle for one in ideas] != first


def test_ideas_are_mixed_in_the_first_hour_of_the_night_and_at_no_other_time(app, stop_clock):
    ideas = [make_idea(shuffle=7) for _ in range(4)]
    stop_clock(2026, 7, 1, 12)
    assert housekeeping.mix_by_night() == {"mixed_ideas": 0}
    mixed = 0
    for minute in range(60):
        stop_clock(2026, 7, 2, 1, minute)  # three o'clock in Germany
        mixed += housekeeping.mix_by_night()["mixed_ideas"]
    session.expire_all()
    assert mixed == len(ideas)
    assert all(one.shuffle != 7 for one in ideas)


def test_an_office_is_reminded_when_the_day_is_near_when_it_is_over_and_then_weekly(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    office = make_office("Parkamt", email="park@city.example")
    make_idea(office=office, due_on=datetime(2026, 4, 10, tzinfo=UTC).date(), title="Eine Rutsche")
    sent = []
    for day in range(1, 30):
        stop_clock(2026, 4, day, 12)
        if housekeeping.remind_offices():
            sent.append(day)
    assert sent == [7, 11, 18, 25]
    mail = session.scalars(select(Mail)).first()
    assert mail is not None
    assert (mail.recipient, mail.language) == ("park@city.example", "de")
    assert "Eine Rutsche" in mail.text


def test_one_letter_per_office_names_all_its_ideas(app):
    office, other = make_office(email="a@city.example"), make_office(email="b@city.example")
    tomorrow = clock.today() + timedelta(days=1)
    for title in ("Rutsche", "Bank"):
        make_idea(office=office, due_on=tomorrow, title=title)
    make_idea(office=other, due_on=tomorrow)
    make_idea(office=make_office(), due_on=tomorrow)  # without an address
    make_idea(due_on=tomorrow)
    make_idea(office=office, due_on=tomorrow, status=ContributionStatus.HIDDEN, title="Versteckt")
    assert housekeeping.remind_offices() == 2
    first, _second = session.scalars(select(Mail).order_by(Mail.recipient))
    assert [name in first.text for name in ("Rutsche", "Bank", "Versteckt")] == [True, True, False]


def test_a_night_is_told_in_numbers(app):
    source, target = make_idea(), make_idea()
    make_merge(source, target)
    target.status, target.listed_at = ContributionStatus.REMOVED, None
    session.flush()
    done = housekeeping.housekeeping()
    assert done == {"released_ideas": 1, "reminders": 0, "contacts": 0, "receipts": 0, "answers": 0, "texts": 0}
