"""Two people at the same moment, on both databases: each contribution is decided once, nobody overwrites anybody."""

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from participation.contributions import operations as contributions
from participation.contributions.models import Contribution
from participation.contributions.models import ContributionStatus as Status
from participation.db import session
from participation.moderation.models import Decision
from tests.accounts.makers import staff_client
from tests.ideas.makers import make_call
from tests.moderation.makers import make_rule, make_waiting

DESK = "/en/staff/moderation"


def at_once(*clicks: Callable[[], object]) -> list[object]:
    """All of them at the same moment."""
    gate = threading.Barrier(len(clicks))

    def go(click: Callable[[], object]) -> object:
        gate.wait()
        return click()

    session.commit()
    with ThreadPoolExecutor(len(clicks)) as people:
        waiting = [people.submit(contextvars.Context().run, go, click) for click in clicks]
        return [one.result() for one in waiting]


def test_moderators_who_ask_for_the_next_one_get_different_ones(busy_app):
    call = make_call()
    ideas = [make_waiting(call=call).id for _ in range(4)]
    people = [staff_client(busy_app, "moderator") for _ in range(4)]
    opened = at_once(*(lambda one=one: one.post(f"{DESK}/next").location for one in people))
    assert sorted(opened) == [f"{DESK}/{number}" for number in ideas]


def test_one_contribution_is_opened_by_one_person(busy_app):
    idea = make_waiting()
    number = idea.id
    people = [staff_client(busy_app, "moderator") for _ in range(4)]
    opened = at_once(*(lambda one=one: one.post(f"{DESK}/{number}/open").location for one in people))
    assert sorted(opened) == [DESK] * 3 + [f"{DESK}/{number}"]


def test_one_contribution_is_decided_once(busy_app):
    idea, rule = make_waiting(), make_rule().slug
    number, version = idea.id, idea.version
    people = [staff_client(busy_app, "moderator") for _ in range(4)]
    refusal = {"version": version, "rule": rule, "facts": "Werbung.", "facts_language": "de"}
    actions = ["publish", "refuse", "publish", "refuse"]
    answers = at_once(
        *(
            lambda one=one, action=action: one.post(f"{DESK}/{number}", data={**refusal, "action": action}).status_code
            for one, action in zip(people, actions, strict=True)
        )
    )
    assert sorted(answers) == [302, 409, 409, 409]
    session.expire_all()
    (decision,) = session.scalars(select(Decision)).all()
    assert idea.status is decision.after


def test_an_author_who_changes_and_a_moderator_who_publishes_never_pass_each_other(busy_app):
    idea = make_waiting()
    number, version = idea.id, idea.version
    moderator = staff_client(busy_app, "moderator")

    def change() -> str:
        with busy_app.app_context():
            try:
                with session.begin():
                    mine = session.get_one(Contribution, number)
                    contributions.change(mine, version, title="Neu", text="Ungeprüft.", language="de")
            except contributions.ChangedMeanwhile:
                return "refused"
            return "changed"

    def publish() -> int:
        return moderator.post(f"{DESK}/{number}", data={"version": version, "action": "publish"}).status_code

    changed, published = at_once(change, publish)
    session.expire_all()
    assert (changed, published) in {("changed", 409), ("refused", 302)}
    assert idea.is_public is (published == 302)
    assert (idea.text == "Ungeprüft.") is (changed == "changed")
    assert idea.status in {Status.WAITING, Status.PUBLISHED}


def test_the_same_ticks_by_two_people_are_decided_once_each(busy_app):
    call = make_call()
    chosen = [f"{one.id}-{one.version}" for one in (make_waiting(call=call) for _ in range(6))]
    people = [staff_client(busy_app, "moderator") for _ in range(2)]
    orders = [chosen, chosen[::-1]]
    answers = at_once(
        *(
            lambda one=one, order=order: one.post(DESK, data={"action": "publish", "chosen": order}).status_code
            for one, order in zip(people, orders, strict=True)
        )
    )
    assert answers == [302, 302]
    decided = list(session.scalars(select(Decision.contribution_id)))
    assert len(decided) == len(set(decided)) == 6
