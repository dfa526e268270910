"""Deciding: what leads where, what is owed with it, and who may not be overtaken."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from participation.audit import AuditEntry
from participation.contributions.models import ContributionStatus as Status
from participation.db import session
from participation.moderation import claims, operations
from participation.moderation.models import Action, Claim, Decision
from tests.accounts.makers import make_user
from tests.moderation.makers import claimed, make_decision, make_rule, make_waiting

pytestmark = pytest.mark.databases


@pytest.mark.parametrize(
    ("first", "action", "status"),
    [
        (None, Action.PUBLISH, Status.PUBLISHED),
        (None, Action.RETURN, Status.RETURNED),
        (None, Action.REFUSE, Status.REFUSED),
        (Action.PUBLISH, Action.HIDE, Status.HIDDEN),
        (Action.PUBLISH, Action.REMOVE, Status.REMOVED),
        (Action.PUBLISH, Action.KEEP, Status.PUBLISHED),
        (Action.REFUSE, Action.KEEP, Status.REFUSED),
        (Action.REFUSE, Action.PUBLISH, Status.PUBLISHED),
    ],
)
def test_each_decision_leads_where_it_says_and_leaves_one_line(app, first, action, status):
    idea = make_waiting()
    if first:
        make_decision(idea, action=first)
    before = idea.status
    decision = make_decision(idea, action=action)
    assert (idea.status, decision.before, decision.after) == (status, before, status)
    assert idea.waiting_since is None
    assert (idea.listed_at is not None) is (status is Status.PUBLISHED)


def test_whoever_looks_at_what_is_public_already_takes_it_out_of_the_queue(app, stop_clock):
    stop_clock(2026, 4, 1, 8)
    idea = make_waiting()
    operations.contributions.show(idea)
    stop_clock(2026, 4, 1, 9)
    decision = make_decision(idea, action=Action.PUBLISH)
    assert (decision.before, decision.after, decision.waited_seconds) == (Status.PUBLISHED, Status.PUBLISHED, 3600)
    assert idea.waiting_since is None


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (Status.WAITING, Action.HIDE),
        (Status.WAITING, Action.REMOVE),
        (Status.REFUSED, Action.RETURN),
        (Status.PUBLISHED, Action.RETURN),  # that would be hiding it without a rule (M5)
        (Status.REMOVED, Action.HIDE),
        (Status.WITHDRAWN, Action.PUBLISH),
    ],
)
def test_what_makes_no_sense_is_refused(app, status, action):
    idea = make_waiting(status=status)
    with pytest.raises(operations.NotPossible):
        make_decision(idea, action=action)


@pytest.mark.parametrize(
    ("action", "missing", "refusal"),
    [
        (Action.REFUSE, {"rule": None, "facts": "Ein Name."}, operations.RuleNeeded),
        (Action.REFUSE, {"facts": " "}, operations.FactsNeeded),
        (Action.RETURN, {"facts": ""}, operations.QuestionNeeded),
        (Action.REDACT, {"facts": "Ein Name.", "passages": ()}, operations.PassagesNeeded),
    ],
)
def test_a_restriction_is_owed_a_rule_and_facts(app, action, missing, refusal):
    """M5"""
    idea, staff = make_waiting(), make_user("moderator")
    given = {"rule": make_rule(), **missing}
    with pytest.raises(refusal):
        operations.decide(idea, staff, action, version=idea.version, **given)
    assert idea.status is Status.WAITING


def test_a_rule_that_is_no_longer_in_force_is_not_relied_on(app):
    with pytest.raises(operations.RuleNeeded):
        make_decision(rule=make_rule(is_active=False))


def test_a_decision_is_audited_without_what_was_written(app):
    """V24"""
    idea = make_waiting(text="Ruft an: 0171 234567")
    decision = make_decision(idea, facts="Die Nummer 0171 234567")
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "contribution.decided"))
    assert entry.thing == f"contribution {idea.id}"
    assert entry.details == {"decision": decision.id, "decided": "refuse"}


def test_what_was_decided_cannot_be_edited(app):
    """M9"""
    decision = make_decision()
    decision.facts = "Etwas anderes."
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_what_a_colleague_has_open_is_theirs(app, stop_clock):
    stop_clock(2026, 4, 1, 8, 0)
    idea, first, second = make_waiting(), make_user("moderator"), make_user("moderator")
    claimed(idea, first)
    assert not claims.take(idea.id, second)
    with pytest.raises(claims.OpenElsewhere, match=first.name):
        make_decision(idea, second)
    stop_clock(2026, 4, 1, 8, 9)
    assert claims.take(idea.id, first), "renewed"
    stop_clock(2026, 4, 1, 8, 18)
    assert not claims.take(idea.id, second)
    stop_clock(2026, 4, 1, 8, 20)
    assert claims.take(idea.id, second), "ten minutes without anything being done"


def test_deciding_lets_go(app):
    idea, staff = make_waiting(), make_user("moderator")
    claimed(idea, staff)
    make_decision(idea, staff)
    assert session.scalars(select(Claim)).all() == []


def test_whoever_comes_second_hears_who_was_first(app):
    idea, first, second = make_waiting(), make_user("moderator"), make_user("moderator")
    seen = idea.version
    make_decision(idea, first, Action.PUBLISH)
    with pytest.raises(operations.DecidedMeanwhile, match=first.name):
        make_decision(idea, second, version=seen)
    assert len(session.scalars(select(Decision)).all()) == 1


def test_a_text_its_author_changed_meanwhile_is_looked_at_again(app):
    idea = make_waiting()
    seen = idea.version
    operations.contributions.change(idea, seen, title="Neu", text="Ganz anders.", language="de")
    with pytest.raises(operations.ChangedMeanwhile):
        make_decision(idea, action=Action.PUBLISH, version=seen)
    assert idea.status is Status.WAITING


def test_several_at_once_leave_out_what_others_have_open_or_changed(app):
    staff, colleague, rule = make_user("moderator"), make_user("moderator"), make_rule()
    ideas = [make_waiting() for _ in range(4)]
    claimed(ideas[1], colleague)
    chosen = [(idea, idea.version) for idea in ideas[:3]]
    operations.contributions.change(ideas[2], ideas[2].version, title="Neu", text="Anders.", language="de")
    done = operations.decide_many(chosen, staff, Action.REFUSE, rule=rule, facts="Werbung.")
    assert (done.decided, [one.id for one, _reason in done.left_out]) == (1, [ideas[1].id, ideas[2].id])
    assert colleague.name in str(done.left_out[0][1])
    assert [idea.status for idea in ideas] == [Status.REFUSED, *[Status.WAITING] * 3]
