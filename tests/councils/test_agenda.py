"""Agendas: their numbers, what is marked once they are published, and what everybody reads of them."""

import pytest
from sqlalchemy import select

from participation import clock
from participation.councils import agenda, public_agenda
from participation.councils.meeting_models import AgendaChange, AgendaItem, Change
from participation.councils.minutes_models import Redaction, RedactionReason
from participation.councils.proposal_models import ProposalOutcome
from participation.db import session
from participation.i18n import LocalizedText, speaking
from tests.councils.makers import make_council, make_item, make_meeting, make_minutes, make_paper, make_proposal
from tests.councils.resolution_makers import black_out, make_approved_minutes
from tests.ideas.makers import make_idea

LIGHT, TREES, BENCH = (LocalizedText(de=one) for one in ("Licht im Park", "Bäume", "Eine Bank"))


def changes(meeting):
    return [(one.what, one.item.title) for one in session.scalars(select(AgendaChange).order_by(AgendaChange.id))]


def called(meeting):
    session.expire(meeting, ["items"])
    return [(one.number, str(one.title)) for one in meeting.items]


# --- Numbers and order ------------------------------------------------------------------------------------------------


def test_items_are_counted_and_parts_belong_to_the_item_before_them(app):
    meeting = make_meeting(announced=False)
    agenda.add(meeting, LIGHT)
    agenda.add(meeting, TREES)
    agenda.add(meeting, BENCH, is_part=True)
    assert called(meeting) == [("1", "Licht im Park"), ("2", "Bäume"), ("2.1", "Eine Bank")]


def test_the_first_item_is_a_part_of_nothing(app):
    meeting = make_meeting(announced=False)
    assert agenda.add(meeting, LIGHT, is_part=True).number == "1"


def test_as_long_as_nobody_has_read_it_the_order_can_change(app):
    meeting = make_meeting(announced=False)
    light, trees = agenda.add(meeting, LIGHT), agenda.add(meeting, TREES)
    agenda.move(trees, up=True)
    assert called(meeting) == [("1", "Bäume"), ("2", "Licht im Park")]
    agenda.move(trees, up=True)  # it is the first one already
    agenda.move(trees, up=False)
    agenda.delete(light)
    assert called(meeting) == [("1", "Bäume")]


def test_the_order_of_a_published_agenda_stays(app):
    """A published agenda is frozen."""
    meeting = make_meeting()
    item, _other = make_item(meeting), make_item(meeting)
    for change in (lambda: agenda.move(item, up=False), lambda: agenda.delete(item)):
        with pytest.raises(agenda.OrderIsPublished):
            change()
    with pytest.raises(agenda.OrderIsPublished):
        agenda.change(item, is_part=True)


def test_an_item_without_a_title_is_refused(app):
    with pytest.raises(agenda.TitleMissing):
        agenda.add(make_meeting(), LocalizedText())


def test_what_somebody_waits_for_is_not_deleted(app):
    """A proposal that was taken points to its item; so do minutes."""
    meeting = make_meeting(announced=False)
    item = make_item(meeting)
    proposal = make_proposal(meeting.council)
    proposal.outcome, proposal.item, proposal.decided_at = ProposalOutcome.TAKEN, item, clock.now()
    session.flush()
    with pytest.raises(agenda.StaysOnAgenda):
        agenda.delete(item)
    other = make_meeting(announced=False)
    written_about = make_item(other)
    make_minutes(other)
    with pytest.raises(agenda.StaysOnAgenda):
        agenda.delete(written_about)


# --- After it was published -------------------------------------------------------------------------------------------


def test_later_changes_of_a_published_agenda_are_marked(app):
    meeting = make_meeting()
    light = make_item(meeting, "Licht im Park")
    agenda.change(light, title=LocalizedText(de="Licht im ganzen Park"))
    trees = agenda.add(meeting, TREES)
    agenda.withdraw(light)
    agenda.withdraw(light)
    assert [what for what, _title in changes(meeting)] == [Change.CHANGED, Change.ADDED, Change.WITHDRAWN]
    assert session.scalars(select(AgendaChange.before)).first() == LocalizedText(de="Licht im Park")
    assert trees.added_at is not None
    assert trees.number == "2"
    shown = public_agenda.public_items(meeting)
    assert [(one.number, one.is_withdrawn, one.is_added) for one in shown] == [("1", True, False), ("2", False, True)]


def test_changes_before_publication_are_nobodys_business(app):
    meeting = make_meeting(announced=False)
    item = agenda.add(meeting, LIGHT)
    agenda.change(item, title=TREES)
    agenda.withdraw(item)
    assert changes(meeting) == []
    assert item.added_at is None


def test_saving_the_same_again_is_no_change(app):
    item = make_item(make_meeting())
    agenda.change(item, title=item.title, brought_by="")
    assert changes(item.meeting) == []


def test_with_approved_minutes_the_agenda_is_history_until_they_are_corrected(app):
    meeting = make_meeting()
    item = make_item(meeting)
    make_approved_minutes(meeting)
    with pytest.raises(agenda.AgendaClosed):
        agenda.change(item, title=TREES)
    with pytest.raises(agenda.AgendaClosed):
        agenda.add(meeting, TREES)
    make_minutes(meeting, number=2, reason="Ein Fehler.")
    agenda.change(item, title=TREES)
    assert item.title == TREES


def test_the_agenda_of_a_cancelled_meeting_does_not_change(app):
    meeting = make_meeting(cancelled_at=clock.now())
    with pytest.raises(agenda.MeetingCancelled):
        agenda.add(meeting, LIGHT)


# --- What everybody reads ---------------------------------------------------------------------------------------------


def test_before_publication_nobody_outside_reads_anything_of_an_agenda(app):
    meeting = make_meeting(announced=False)
    make_item(meeting)
    assert public_agenda.public_items(meeting) == []


def test_of_a_confidential_item_only_number_and_neutral_title_are_left(app):
    """O10: nothing else of it reaches anybody."""
    meeting = make_meeting()
    item = make_item(
        meeting,
        "Streit mit Herrn Muster",
        text=LocalizedText(de="Er wohnt nebenan."),
        brought_by="Frau Beispiel",
        is_public=False,
    )
    make_paper(item)
    shown = public_agenda.public_view(item)
    assert (shown.number, shown.is_confidential) == ("1", True)
    assert shown.title == LocalizedText(de="Nichtöffentlicher Tagesordnungspunkt")
    assert (shown.text, shown.brought_by, shown.papers, shown.links) == (LocalizedText(), "", (), ())
    item.public_title = LocalizedText(de="Grundstückssache")
    assert public_agenda.public_view(item).title == LocalizedText(de="Grundstückssache")


def test_the_earlier_title_of_what_is_confidential_by_now_is_not_kept(app):
    item = make_item(make_meeting(), "Streit mit Herrn Muster")
    agenda.change(item, is_public=False, title=LocalizedText(de="Nachbarschaft"))
    assert session.scalars(select(AgendaChange.before)).all() == [LocalizedText()]


def test_what_is_blacked_out_in_minutes_is_so_on_the_agenda_and_where_it_was_postponed_to(app):
    """D17: without a trace of the words."""
    meeting = make_meeting()
    item = make_item(meeting, "Antrag von Herrn Muster", brought_by="Herr Muster")
    black_out(make_approved_minutes(meeting), "Herrn Muster")
    session.add(Redaction(minutes_id=1, passage="Herr Muster", reason=RedactionReason.PERSONAL))
    session.flush()
    later = make_meeting(meeting.council)
    again = make_item(later, "Antrag von Herrn Muster", postponed_from=item)
    for one in (item, again):
        shown = public_agenda.public_view(one)
        assert "Muster" not in f"{shown.title} {shown.brought_by}"
        assert "[[" not in str(shown.title)
    with speaking("de"):
        assert str(public_agenda.public_view(again).title).startswith("Antrag von [")


def test_a_paper_that_is_not_public_is_not_shown_with_its_item(app):
    item = make_item(make_meeting())
    make_paper(item, is_public=False)
    public = make_paper(item)
    session.expire(item)
    assert public_agenda.public_view(item).papers == (public,)


# --- Links ------------------------------------------------------------------------------------------------------------


def test_an_item_is_linked_once_to_what_everybody_can_read(app):
    item, idea = make_item(make_meeting()), make_idea()
    with app.test_request_context("/de/"):
        first = agenda.link(item, "idea", idea.id)
        assert agenda.link(item, "idea", idea.id) is first
    agenda.unlink(item, first)
    assert item.links == []


@pytest.mark.parametrize("kind", ["idea", "nothing", ""])
def test_what_is_not_public_is_not_linked(app, kind):
    with pytest.raises(agenda.NotPublic):
        agenda.link(make_item(make_meeting()), kind, 4711)


@pytest.mark.databases
def test_the_agenda_keeps_its_order_on_both_databases(app):
    council = make_council()
    meeting = make_meeting(council, announced=False)
    for title in (LIGHT, TREES, BENCH):
        agenda.add(meeting, title)
    agenda.add(meeting, LocalizedText(de="Ganz vorn"), after=meeting.items[0])
    session.commit()
    kept = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position))
    assert [one.number for one in kept] == ["1", "2", "3", "4"]
    assert called(meeting)[1] == ("2", "Ganz vorn")
