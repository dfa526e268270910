"""Preparing calls for ideas, their questions and categories."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas import operations
from participation.ideas.models import Call, Category, IdeaState, Phase
from participation.ideas.readiness import readiness
from participation.questionnaires import asking
from participation.questionnaires.models import Questionnaire
from participation.rich_text import LocalizedRichText, RichText
from tests.ideas.makers import make_call, make_category, make_idea, make_letter_box
from tests.surveys.makers import make_definition, page, question

RULES = LocalizedRichText(de=RichText.from_plain("Ideen für den Park."))


def draft(**facts: object) -> Call:
    return make_call(published=False, **{"house_rules": RULES, **facts})


def test_a_call_goes_from_draft_to_answered(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    call = draft(opens_at=datetime(2026, 4, 2, tzinfo=UTC))
    phases = [call.phase]
    operations.publish(call)
    phases.append(call.phase)
    stop_clock(2026, 4, 3, 12)
    phases.append(call.phase)
    operations.close(call)
    phases.append(call.phase)
    operations.mark_answered(call, 0)
    assert [*phases, call.phase] == [
        Phase.DRAFT,
        Phase.SCHEDULED,
        Phase.COLLECTING,
        Phase.EXAMINING,
        Phase.ANSWERED,
    ]


@pytest.mark.parametrize("missing", ["purpose", "legal_basis", "person_in_charge", "house_rules"])
def test_without_its_duties_a_call_is_not_published_d2(app, missing):
    empty = {"person_in_charge": " ", "house_rules": LocalizedRichText()}.get(missing, LocalizedText())
    call = draft(**{missing: empty})
    assert len(readiness(call).missing) == 1
    with pytest.raises(operations.NotReady):
        operations.publish(call)


def test_a_call_whose_end_is_past_is_not_published(app):
    call = draft(closes_at=clock.now() - timedelta(days=1))
    with pytest.raises(operations.NotReady):
        operations.publish(call)


def test_nobody_publishes_twice(app):
    call = draft()
    operations.publish(call)
    with pytest.raises(operations.AlreadyPublished):
        operations.publish(call)


def test_a_call_is_marked_as_answered_only_by_whoever_knows_what_is_open(app):
    call = make_call()
    make_idea(call)
    make_idea(call, state=IdeaState.ANSWERED)
    with pytest.raises(operations.NotExamining):
        operations.mark_answered(call, 1)
    operations.close(call)
    with pytest.raises(operations.StillOpenIdeas):
        operations.mark_answered(call, 0)
    operations.mark_answered(call, 1)
    assert call.phase is Phase.ANSWERED


def test_there_is_one_letter_box_and_it_never_closes(app):
    box = operations.letter_box()
    assert operations.letter_box() is box
    assert box.phase is Phase.DRAFT
    with pytest.raises(operations.LetterBoxStaysOpen):
        operations.close(box)
    with pytest.raises(operations.LetterBoxStaysOpen):
        operations.change_call(box, closes_at=clock.now())


@pytest.mark.databases
def test_the_database_itself_knows_one_letter_box(app):
    make_letter_box()
    with pytest.raises(IntegrityError):
        make_letter_box(slug="another")
    session.rollback()


def test_the_promise_about_addresses_only_becomes_shorter(app):
    call = make_call(retention_days=100)
    operations.change_call(call, retention_days=50)
    with pytest.raises(operations.PromiseGiven):
        operations.change_call(call, retention_days=51)
    operations.change_call(draft(), retention_days=3000)


def test_short_names_are_made_of_titles_and_never_given_twice(app):
    titles = ["Grüne Plätze!", "Grüne Plätze!", "Площадка"]
    slugs = [operations.create_call(LocalizedText(de=title)).slug for title in titles]
    assert slugs == ["gruene-plaetze", "gruene-plaetze-2", "call"]


def test_only_drafts_without_ideas_are_deleted(app):
    with pytest.raises(operations.NotADraft):
        operations.delete_draft(make_call())
    with_idea = draft()
    make_idea(with_idea)
    with pytest.raises(operations.NotADraft):
        operations.delete_draft(with_idea)
    call = draft()
    make_category(call)
    operations.ask_questions(call, make_definition())
    operations.delete_draft(call)
    assert session.scalar(select(func.count()).select_from(Questionnaire)) == 0
    assert session.scalar(select(func.count()).select_from(Category)) == 0


def test_questions_are_fixed_with_the_call_and_replaced_beside_the_old_ones(app):
    call = draft()
    first = operations.ask_questions(call, make_definition())
    assert first.published_at is None
    operations.publish(call)
    assert first.published_at is not None
    second = operations.ask_questions(call, make_definition(page("p", question("age", "whole_number"))))
    assert (second.number, second.published_at is not None, call.version) == (2, True, second)
    operations.stop_asking(call)
    assert call.version is None


def test_a_call_asks_no_repeated_pages(app):
    repeated = page("children", question("age"), repeat={"name": "child"})
    with pytest.raises(asking.RepeatedPages):
        operations.ask_questions(draft(), make_definition(repeated))


def test_categories_have_an_order_and_stay_while_ideas_are_in_them(app):
    call = make_call()
    first, second, third = (operations.add_category(call, LocalizedText(de=name)) for name in ("A", "B", "C"))
    operations.move_category(third)
    operations.move_category(first)
    assert [one.name["de"] for one in call.categories] == ["A", "C", "B"]
    make_idea(call, category=second)
    with pytest.raises(operations.CategoryInUse):
        operations.delete_category(second)
    operations.delete_category(third)
    session.expire(call)
    assert call.categories == [first, second]
