"""What the ideas room does by night: mixing, reminding, and forgetting (D14)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.contacts.models import Contact
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.ideas import housekeeping
from participation.ideas.models import Idea, IdeaState, IdeaStep
from participation.mail import Mail
from participation.receipts.models import Receipt
from tests.contributions.makers import make_contact
from tests.ideas.makers import make_call, make_idea, make_merge, make_office, make_support


def ended(idea: Idea, days_ago: int, **facts: Any) -> Idea:
    """Its last step was so many days ago."""
    moment = clock.now() - timedelta(days=days_ago)
    session.add(IdeaStep(idea_id=idea.id, before=IdeaState.RECEIVED, after=idea.state, happened_at=moment, **facts))
    session.flush()
    return idea


def left() -> tuple[int, int]:
    """How many contacts and receipts there are."""
    counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Contact, Receipt)]
    return counts[0], counts[1]


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


@pytest.mark.databases
def test_addresses_and_receipts_go_when_their_promised_time_is_over_d14(app):
    call = make_call(retention_days=100)
    old = ended(make_idea(call, state=IdeaState.DONE, with_receipt=True, contact=make_contact()), 101)
    make_support(old, contact=make_contact())
    source = make_idea(call, contact=make_contact(), with_receipt=True)
    make_merge(source, old)
    young = ended(make_idea(call, state=IdeaState.ANSWERED, with_receipt=True, contact=make_contact()), 99)
    working = ended(make_idea(call, state=IdeaState.IN_PROGRESS, contact=make_contact()), 500)
    waiting = make_idea(call, contact=make_contact(), created_at=clock.now() - timedelta(days=900))
    assert housekeeping.delete_contacts() == {"contacts": 3, "receipts": 2}
    session.expire_all()
    assert left() == (3, 1)
    assert [one.contact_id is None for one in (old, source, young, working, waiting)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert old.title
    assert housekeeping.delete_contacts() == {"contacts": 0, "receipts": 0}


def test_whoever_was_refused_keeps_the_way_to_object_m6(app):
    call = make_call(retention_days=1)
    long_ago = clock.now() - timedelta(days=200)
    recent = clock.now() - timedelta(days=180)
    for moment in (long_ago, recent):
        make_idea(call, status=ContributionStatus.REFUSED, contact=make_contact(), with_receipt=True, created_at=moment)
    assert housekeeping.delete_contacts() == {"contacts": 1, "receipts": 1}


def test_a_night_is_told_in_numbers(app):
    source, target = make_idea(), make_idea()
    make_merge(source, target)
    target.status, target.listed_at = ContributionStatus.REMOVED, None
    session.flush()
    done = housekeeping.housekeeping()
    assert done == {"released_ideas": 1, "reminders": 0, "contacts": 0, "receipts": 0}
