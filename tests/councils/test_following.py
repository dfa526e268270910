"""Following resolutions and tasks, cards in other languages, and papers for committees."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from participation import clock
from participation.contributions.operations import ChangedMeanwhile
from participation.councils import following, hand_overs, tasks
from participation.councils.following import BlackedOutWords, NothingDecided
from participation.councils.hand_overs import AlreadyAnswered, NotAccepted, NotItsPaper, NotYet, StillWaiting
from participation.councils.meeting_models import AgendaLink, Paper
from participation.councils.mentioning import PROPOSAL, mentions
from participation.councils.resolution_labels import COMMITTEE_ANSWERS
from participation.councils.resolution_models import CommitteeAnswer, ResolutionState, ResolutionStep, TaskState
from participation.councils.tasks import AlreadyEnded
from participation.db import session
from participation.i18n import LocalizedText
from tests.accounts.makers import make_user
from tests.councils.makers import make_item, make_meeting, make_membership
from tests.councils.resolution_makers import black_out, make_hand_over, make_resolution, make_task


def make_paper(council, title="Lageplan", number="2026/014") -> Paper:
    paper = Paper(council=council, reference=number, title=LocalizedText(de=title), dated_on=clock.today())
    session.add(paper)
    session.flush()
    return paper


def test_each_step_is_written_down_with_the_state_it_led_to(app):
    resolution = make_resolution()
    following.step(resolution, ResolutionState.IN_PROGRESS, "Die Laterne ist bestellt.")
    following.step(resolution, ResolutionState.DONE, "Sie steht.")
    assert [one.state.value for one in resolution.steps] == ["open", "in_progress", "done"]
    assert resolution.state is ResolutionState.DONE


@pytest.mark.databases
def test_the_history_of_a_resolution_cannot_be_changed(app):
    resolution = make_resolution()
    with pytest.raises(DatabaseError):
        session.execute(text("UPDATE resolution_steps SET note = 'anders'"))
    session.rollback()
    assert resolution is not None


def test_who_looked_at_an_older_step_looks_again_first(app):
    resolution = make_resolution()
    seen = following.last_step(resolution)
    following.step(resolution, ResolutionState.IN_PROGRESS, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        following.step(resolution, ResolutionState.DONE, seen=seen)


def test_what_is_blacked_out_does_not_come_back_by_another_door(app):
    resolution = make_resolution()
    black_out(resolution.minutes, "Frau Yılmaz")
    task = make_task(resolution.item)
    with pytest.raises(BlackedOutWords):
        following.step(resolution, ResolutionState.DONE, "frau  yılmaz ist zufrieden")
    with pytest.raises(BlackedOutWords):
        following.plan(resolution, "Frau Yılmaz", None)
    with pytest.raises(BlackedOutWords):
        following.write_card(resolution, "tr", "Lamba", "Frau Yılmaz istedi")
    with pytest.raises(BlackedOutWords):
        tasks.end(task, TaskState.DONE, "Frau Yılmaz hat angerufen")


def test_what_was_not_decided_after_all_is_not_followed(app):
    resolution = make_resolution(withdrawn_on=clock.today())
    with pytest.raises(NothingDecided):
        following.step(resolution, ResolutionState.DONE)


def test_a_resolution_is_overdue_the_day_after_its_day(app, stop_clock):
    stop_clock(2026, 4, 1)
    resolution = make_resolution(due_on=clock.today())
    assert not resolution.is_overdue
    stop_clock(2026, 4, 2)
    assert resolution.is_overdue
    following.step(resolution, ResolutionState.DONE)
    assert not resolution.is_overdue


# --- Cards ------------------------------------------------------------------------------------------------------------


def test_new_words_of_a_card_have_to_be_released_anew(app):
    resolution, editor = make_resolution(), make_user()
    card = following.write_card(resolution, "tr", "Lamba", "Parka lamba konacak.")
    following.release_card(card, editor, following.print_of(card))
    assert card.released_at is not None
    assert card.released_by_id == editor.id
    following.write_card(resolution, "tr", "Lamba", "Parka lamba konacak.")
    assert card.released_at is not None
    following.write_card(resolution, "tr", "Lamba", "Parka iki lamba konacak.")
    assert card.released_at is None


def test_only_words_that_were_read_are_released(app):
    resolution, editor = make_resolution(), make_user()
    card = following.write_card(resolution, "tr", "Lamba", "Parka lamba konacak.")
    seen = following.print_of(card)
    following.write_card(resolution, "tr", "Lamba", "Parka bank konacak.")
    with pytest.raises(ChangedMeanwhile):
        following.release_card(card, editor, seen)


# --- Tasks ------------------------------------------------------------------------------------------------------------


def test_a_task_ends_once_and_can_be_opened_again(app):
    task = make_task(make_item(make_meeting()))
    tasks.end(task, TaskState.DONE, "Erledigt")
    with pytest.raises(AlreadyEnded):
        tasks.end(task, TaskState.DROPPED, "Doch nicht")
    assert (task.ended_on, task.outcome) == (clock.today(), "Erledigt")
    tasks.reopen(task)
    assert task.is_open
    assert task.ended_on is None


def test_d3_a_member_who_is_named_for_a_task_is_not_named_in_public_words(app):
    task = make_task(make_item(make_meeting()), responsible="Grünflächenamt")
    member = make_membership(task.council)
    tasks.plan(task, "Ayşe", member.id, None)
    assert task.public_responsible == ""
    tasks.plan(task, "Tiefbauamt", None, None)
    assert task.public_responsible == "Tiefbauamt"


# --- Committees -------------------------------------------------------------------------------------------------------


def test_annexes_are_numbered_in_their_order(app):
    resolution = make_resolution()
    paper = make_paper(resolution.council)
    handed = hand_overs.hand_over(
        resolution, "Bezirksvertretung I", annexes=[("Lageplan", paper.id), ("Unterschriften", None)]
    )
    assert [(one.number, one.title) for one in handed.annexes] == [(1, "Lageplan"), (2, "Unterschriften")]
    assert resolution.state is ResolutionState.HANDED_OVER
    facts = {"committee_on": None, "top": "5.1", "reference": "1/2026", "proposal": "Bitte", "reasons": ""}
    hand_overs.change(handed, "Bezirksvertretung I", annexes=[("Unterschriften", None)], **facts)
    assert [(one.number, one.title) for one in handed.annexes] == [(1, "Unterschriften")]
    assert handed.top == "5.1"


def test_papers_of_other_councils_do_not_go_along(app):
    foreign = make_paper(make_meeting().council)
    with pytest.raises(NotItsPaper):
        hand_overs.hand_over(make_resolution(), "Bezirksvertretung I", annexes=[("Lageplan", foreign.id)])


def test_what_was_rejected_is_not_handed_over(app):
    with pytest.raises(NotAccepted):
        hand_overs.hand_over(make_resolution(is_accepted=False), "Bezirksvertretung I")


def test_two_clicks_hand_over_once(app):
    resolution = make_resolution()
    hand_overs.hand_over(resolution, "Bezirksvertretung I")
    with pytest.raises(StillWaiting):
        hand_overs.hand_over(resolution, "Bezirksvertretung I")
    hand_overs.hand_over(resolution, "Jugendhilfeausschuss")


def test_an_answer_comes_after_the_paper_and_not_from_the_future(app):
    handed = hand_overs.hand_over(make_resolution(), "Bezirksvertretung I")
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(NotYet):
            hand_overs.record_answer(handed, CommitteeAnswer.ACCEPTED, "Ja", day)


def test_a_committee_that_answers_later_can_answer_again(app):
    handed = hand_overs.hand_over(make_resolution(), "Bezirksvertretung I")
    hand_overs.record_answer(handed, CommitteeAnswer.POSTPONED, "Im Mai", clock.today())
    assert handed.resolution.state is ResolutionState.HANDED_OVER
    hand_overs.record_answer(handed, CommitteeAnswer.ACCEPTED, "Ja", clock.today())
    assert handed.resolution.state is ResolutionState.IN_PROGRESS
    with pytest.raises(AlreadyAnswered):
        hand_overs.record_answer(handed, CommitteeAnswer.REJECTED, "Nein", clock.today())


# --- Where it began ---------------------------------------------------------------------------------------------------


def link(item, kind="idea", ref_id=7) -> None:
    item.links.append(AgendaLink(kind=kind, ref_id=ref_id))
    session.flush()


def test_the_answer_of_a_committee_is_shown_where_it_began(app):
    resolution = make_resolution()
    link(resolution.item)
    handed = make_hand_over(resolution)
    with app.test_request_context("/de/"):
        (before,) = mentions("idea", 7)
        hand_overs.record_answer(handed, CommitteeAnswer.ACCEPTED, "Die Laterne kommt im Mai.", clock.today())
        (after,) = mentions("idea", 7)
    assert str(before.title) == "Beleuchtung im Park"
    assert str(after.state) == str(COMMITTEE_ANSWERS[CommitteeAnswer.ACCEPTED])
    assert str(after.text) == "Die Laterne kommt im Mai."


def test_o10_agendas_speak_of_a_thing_only_in_public(app):
    for facts in ({"announced": False}, {"cancelled_at": clock.now()}):
        link(make_item(make_meeting(**facts)))
    link(make_item(make_meeting(), is_public=False))
    link(make_item(make_meeting(), withdrawn_at=clock.now()))
    hidden = make_resolution(is_confidential=True)
    hidden.item.is_public = False
    link(hidden.item)
    with app.test_request_context("/de/"):
        assert mentions("idea", 7) == []
        link(make_item(make_meeting(), "Neue Lampen"))
        assert [str(one.title) for one in mentions("idea", 7)] == ["Neue Lampen"]
        assert mentions("idea", 8) == mentions("survey", 7) == mentions(PROPOSAL, 1) == []


def test_steps_are_kept_with_their_resolution(app):
    resolution = make_resolution()
    assert session.get(ResolutionStep, resolution.steps[0].id) is resolution.steps[0]
