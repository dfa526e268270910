"""What is deleted when its time is over, and what somebody may still need (D14, M6)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.contacts.models import Contact
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.ideas.forgetting import forget
from participation.ideas.models import Idea, IdeaState, IdeaStep
from participation.media.models import Picture
from participation.moderation.models import Action
from participation.receipts.models import Receipt
from tests.contributions.makers import make_comment, make_contact
from tests.ideas.makers import make_call, make_idea, make_merge, make_support
from tests.media.makers import make_picture
from tests.moderation.fair_makers import make_objection
from tests.moderation.makers import make_decision

NOTHING = {"contacts": 0, "receipts": 0, "answers": 0, "texts": 0}


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
def test_addresses_and_receipts_go_when_their_promised_time_is_over_d14(app):
    call = make_call(retention_days=100)
    old = ended(make_idea(call, state=IdeaState.DONE, with_receipt=True, contact=make_contact()), 101)
    make_support(old, contact=make_contact())
    source = make_idea(call, contact=make_contact(), with_receipt=True)
    make_merge(source, old)
    young = ended(make_idea(call, state=IdeaState.ANSWERED, with_receipt=True, contact=make_contact()), 99)
    working = ended(make_idea(call, state=IdeaState.IN_PROGRESS, contact=make_contact()), 500)
    waiting = make_idea(call, contact=make_contact(), created_at=clock.now() - timedelta(days=900))
    assert forget() == {**NOTHING, "contacts": 3, "receipts": 2}
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
    assert forget() == NOTHING


def test_whoever_was_refused_keeps_the_way_to_object_m6(app):
    call = make_call(retention_days=1)
    long_ago = clock.now() - timedelta(days=200)
    recent = clock.now() - timedelta(days=180)
    for moment in (long_ago, recent):
        make_idea(call, status=ContributionStatus.REFUSED, contact=make_contact(), with_receipt=True, created_at=moment)
    assert forget() == {**NOTHING, "contacts": 1, "receipts": 1, "texts": 1}


@pytest.mark.databases
def test_comments_lose_address_and_receipt_with_the_idea_they_are_about(app):
    call = make_call(retention_days=100)
    idea = ended(make_idea(call, state=IdeaState.ANSWERED), 101)
    long_ago = clock.now() - timedelta(days=300)
    old = make_comment(idea, contact=make_contact(), with_receipt=True, created_at=long_ago)
    new = make_comment(idea, contact=make_contact(), with_receipt=True)
    refused = make_comment(
        make_idea(call), status=ContributionStatus.REFUSED, with_receipt=True, created_at=long_ago, author_name="Ada"
    )
    assert forget() == {**NOTHING, "contacts": 1, "receipts": 2, "texts": 1}
    assert [one.receipt_id is None for one in (old, new, refused)] == [True, False, True]
    assert old.text
    assert (refused.text, refused.author_name) == ("–", "")
    assert forget() == NOTHING


@pytest.mark.databases
def test_words_and_picture_that_nobody_may_read_are_not_kept_for_ever(app):
    picture = make_picture()
    long_ago = clock.now() - timedelta(days=800)
    idea = make_idea(status=ContributionStatus.REMOVED, picture=picture, created_at=long_ago, place="Am Ahornweg 3")
    assert forget() == {**NOTHING, "texts": 1}
    assert (idea.title, idea.text, idea.place, idea.picture_id) == ("", "–", "", None)
    assert session.scalars(select(Picture)).all() == []
    assert idea.status is ContributionStatus.REMOVED


@pytest.mark.databases
def test_m6_what_was_decided_lately_can_be_objected_to_however_old_the_text_is(app, stop_clock):
    stop_clock(2026, 1, 10, 12)
    call = make_call(retention_days=1)
    years_ago = clock.now() - timedelta(days=900)
    idea = make_idea(call, created_at=years_ago, contact=make_contact(), with_receipt=True, published_at=years_ago)
    decision = make_decision(idea, action=Action.REMOVE)
    stop_clock(2026, 7, 9, 12)
    assert forget() == NOTHING
    make_objection(decision)
    stop_clock(2026, 9, 1, 12)
    assert forget() == NOTHING, "the objection is not decided yet"
