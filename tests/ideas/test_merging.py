"""Joining ideas and taking them apart: what was, is again (M11)."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.accounts.models import User
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import put_away
from participation.db import session
from participation.ideas import merging
from participation.ideas.models import Idea, Merge
from participation.mail import Mail
from tests.accounts.makers import make_user
from tests.contributions.makers import make_contact
from tests.ideas.makers import make_idea, make_merge, make_support


@pytest.fixture
def staff(app) -> User:
    return make_user("moderator", name="Frau Moderation")


def state(*ideas: Idea) -> list[tuple[object, ...]]:
    session.expire_all()
    return [(one.merged_into_id, one.listed_at, one.support_count, one.text, one.status) for one in ideas]


@pytest.mark.databases
def test_a_merged_idea_leaves_the_list_and_each_supporter_counts_once_m11(app):
    staff = make_user("moderator")
    source, target = make_idea(), make_idea()
    for idea in (source, target):
        make_support(idea, "same browser")
    make_support(source)
    merging.merge(source, target, staff)
    assert source.merged_into is target
    assert source.listed_at is None
    assert source.is_public
    assert target.support_count == 2


@pytest.mark.databases
def test_undoing_restores_exactly_m11(app):
    staff = make_user("moderator")
    child, source, target = make_idea(), make_idea(), make_idea()
    for idea in (child, source, target):
        make_support(idea, "same browser")
        make_support(idea)
    merging.merge(child, source, staff)
    before = state(child, source, target)
    made = merging.merge(source, target, staff)
    assert [child.merged_into_id, source.merged_into_id] == [target.id, target.id]
    assert target.support_count == 4
    merging.undo(made, staff)
    assert state(child, source, target) == before
    assert (made.undone_by, made.undone_at is not None) == (staff.name, True)


def test_the_author_of_the_source_hears_where_it_stands_now(staff):
    source = make_idea(contact=make_contact("ana@example.org", language="ro"))
    target = make_idea(contact=make_contact("bernd@example.org"))
    merging.merge(source, target, staff)
    (mail,) = session.scalars(select(Mail))
    assert (mail.recipient, mail.wording, mail.language) == ("ana@example.org", "ideas/merged", "ro")
    assert f"/ro/ideas/{target.id}" in mail.text


def test_merging_into_a_merged_idea_leads_to_where_that_one_stands(staff):
    first, second, third = make_idea(), make_idea(), make_idea()
    merging.merge(second, third, staff)
    merging.merge(first, second, staff)
    assert first.merged_into_id == third.id


def test_taking_apart_the_middle_of_a_chain_takes_along_what_stood_there_before(staff):
    child, middle, end, later = make_idea(), make_idea(), make_idea(), make_idea()
    into_middle = merging.merge(child, middle, staff)
    into_end = merging.merge(middle, end, staff)
    merging.merge(later, middle, staff)  # stands in the end itself
    merging.undo(into_end, staff)
    assert [one.merged_into_id for one in (child, middle, later)] == [middle.id, None, end.id]
    merging.undo(into_middle, staff)
    assert child.merged_into_id is None
    assert child.listed_at == child.published_at


def test_a_circle_a_second_merge_and_the_idea_itself_are_refused(staff):
    source, target = make_idea(), make_idea()
    with pytest.raises(merging.SameIdea):
        merging.merge(source, source, staff)
    made = merging.merge(source, target, staff)
    with pytest.raises(merging.AlreadyMerged):
        merging.merge(source, make_idea(), staff)
    with pytest.raises(merging.InsideAlready):
        merging.merge(target, source, staff)
    merging.undo(made, staff)
    with pytest.raises(merging.AlreadyUndone):
        merging.undo(made, staff)


@pytest.mark.parametrize("hidden", ["source", "target"])
def test_only_public_ideas_are_joined(staff, hidden):
    ideas = {
        name: make_idea(status=ContributionStatus.HIDDEN if name == hidden else ContributionStatus.PUBLISHED)
        for name in ("source", "target")
    }
    with pytest.raises(merging.NotPublic):
        merging.merge(ideas["source"], ideas["target"], staff)


def test_when_the_target_is_gone_for_good_the_others_come_back(staff):
    source, target, other = make_idea(), make_idea(), make_idea()
    merging.merge(source, target, staff)
    merging.merge(other, source, staff)
    put_away(target, ContributionStatus.REMOVED)
    assert merging.release_from_gone_ideas() == 2
    assert [one.merged_into_id for one in (source, other)] == [None, None]
    assert source.listed_at is not None
    assert merging.release_from_gone_ideas() == 0


@pytest.mark.databases
def test_the_database_itself_lets_an_idea_stand_in_one_other_only(app):
    source = make_idea()
    make_merge(source, make_idea())
    with pytest.raises(IntegrityError):
        make_merge(source, make_idea())
    session.rollback()


@pytest.mark.databases
def test_the_database_itself_refuses_an_undoing_by_nobody(app):
    made = make_merge(make_idea(), make_idea())
    made.undone_at = clock.now()
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    assert session.scalar(select(Merge)) is None
