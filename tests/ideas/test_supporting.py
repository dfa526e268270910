"""Support is counted once per browser, exactly, and can be taken back."""

import threading
from contextvars import Context

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.contacts.models import Contact
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import put_away, show, withdraw
from participation.db import Base, engine, session
from participation.ideas import supporting
from participation.ideas.models import Idea, Support
from participation.ideas.supporting import NotSupportable, recount, support, withdraw_support
from tests.conftest import make_house
from tests.contributions.makers import make_comment
from tests.ideas.makers import make_idea, make_merge

MANY = 200


@pytest.mark.databases
def test_each_browser_counts_once(app):
    idea = make_idea()
    version = idea.version
    for supporter in ("anna", "ben", "anna"):
        support(idea, supporter)
    assert idea.support_count == 2
    assert idea.version == version


@pytest.mark.databases
def test_support_can_be_taken_back_with_its_address(app):
    idea = make_idea()
    support(idea, "anna", "anna@example.org")
    support(idea, "ben")
    withdraw_support(idea, "anna")
    withdraw_support(idea, "carla")
    assert idea.support_count == 1
    assert session.scalar(select(func.count(Contact.id))) == 0


def test_an_address_can_be_given_later_and_corrected_until_it_is_confirmed(app):
    idea = make_idea()
    support(idea, "anna")
    support(idea, "anna", "aana@example.org")
    given = support(idea, "anna", "anna@example.org")
    assert session.scalars(select(Contact.email)).all() == [given.contact.email] == ["anna@example.org"]
    given.contact.confirmed_at = clock.now()
    given.contact.token_hash = given.contact.token_expires_at = None
    support(idea, "anna", "other@example.org")
    assert session.scalars(select(Support)).one().contact.email == "anna@example.org"


@pytest.mark.databases
def test_who_supports_two_ideas_that_are_one_counts_once(app):
    """M11: nothing moves, so the number is that of different browsers over both."""
    source, target = make_idea(), make_idea()
    for supporter in ("anna", "ben"):
        support(source, supporter)
    support(target, "anna")
    make_merge(source, target)
    recount(target)
    assert target.support_count == 2
    support(source, "carla")
    support(target, "ben")
    assert target.support_count == 3
    assert source.support_count == 2


def test_taking_back_the_support_of_a_merged_idea_counts_for_both(app):
    source, target = make_idea(), make_idea()
    support(source, "anna")
    support(target, "anna")
    make_merge(source, target)
    withdraw_support(source, "anna")
    assert target.support_count == 0
    assert session.scalar(select(func.count(Support.id))) == 0


@pytest.mark.parametrize("status", [one for one in ContributionStatus if one is not ContributionStatus.PUBLISHED])
def test_what_is_not_public_cannot_be_supported(app, status):
    with pytest.raises(NotSupportable):
        support(make_idea(status=status), "anna")


@pytest.mark.databases
def test_comments_are_counted_while_they_are_public(app):
    source, target = make_idea(), make_idea()
    make_merge(source, target)
    version = target.version
    first, second = (make_comment(on, status=ContributionStatus.WAITING) for on in (source, target))
    for comment in (first, second, second):
        show(comment)
    assert target.comment_count == 2
    put_away(second, ContributionStatus.HIDDEN)
    assert target.comment_count == 1
    withdraw(first)
    assert target.comment_count == 0
    assert target.version == version


def test_only_a_keyed_hash_of_the_number_is_kept(app):
    assert len(supporting.kept_name("123")) == 64
    assert supporting.kept_name("123") == supporting.kept_name("123") != supporting.kept_name("124")
    app.secret_key, before = "another key of the house", app.secret_key
    try:
        other = supporting.kept_name("123")
    finally:
        app.secret_key = before
    assert other != supporting.kept_name("123")


def at_the_same_time(house, idea_id: int, supporters: list[str]) -> None:
    """Each supporter comes in a thread of their own, twice."""

    def come(names: list[str]) -> None:
        for name in names:
            with house.app_context():
                support(session.get_one(Idea, idea_id), name)
                session.commit()

    shares = [supporters[start::10] * 2 for start in range(10)]
    threads = [threading.Thread(target=Context().run, args=(come, share)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("database_of_all", ["sqlite", "postgresql"])
def test_two_hundred_who_come_at_the_same_time_are_all_counted(database_of_all, request, tmp_path):
    """The figure of the promise: the number is exact, whoever presses twice."""
    if database_of_all == "postgresql":
        house = make_house(request.getfixturevalue("postgresql_url"), tmp_path)
    else:
        house = request.getfixturevalue("file_app")
    with house.app_context():
        Base.metadata.create_all(engine())
        idea_id = make_idea().id
        session.commit()
        at_the_same_time(house, idea_id, [f"supporter {number}" for number in range(MANY)])
        session.rollback()
        assert session.get_one(Idea, idea_id, populate_existing=True).support_count == MANY
        assert session.scalar(select(func.count(Support.id)).where(Support.idea_id == idea_id)) == MANY
        session.remove()
        house.extensions["engine"].dispose()
