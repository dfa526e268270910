"""What the city makes of an idea: every step, every refusal, and who hears of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.accounts.models import User
from participation.audit import AuditEntry
from participation.contacts import operations as contacts
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import ChangedMeanwhile, show
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas import processing
from participation.ideas.models import Answer, Idea, IdeaState, IdeaStep, Remark
from participation.mail import Mail
from tests.accounts.makers import make_user
from tests.contacts.makers import mails_to, token_in
from tests.contributions.makers import make_contact
from tests.ideas.makers import make_call, make_idea, make_merge, make_office, make_outcome, make_support


@pytest.fixture
def staff(app) -> User:
    return make_user("editor", name="Frau Amt")


def mails(recipient: str | None = None) -> list[Mail]:
    wanted = select(Mail).where(Mail.recipient == recipient) if recipient else select(Mail)
    return list(session.scalars(wanted.order_by(Mail.id)))


def answer(idea: Idea, staff: User, given: Answer = Answer.YES, **facts: Any) -> None:
    facts = {"reason": LocalizedText({idea.language: "Wir bauen sie im Herbst."}), **facts}
    processing.answer(idea, staff, answer=given, office=facts.pop("office", None) or make_office(), **facts)


# --- Taking on --------------------------------------------------------------------------------------------------------


def test_publishing_promises_an_answer_within_the_days_of_the_call(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    idea = make_idea(make_call(answer_within_days=14), status=ContributionStatus.WAITING)
    show(idea)
    assert idea.due_on == date(2026, 4, 15)


def test_an_office_that_gets_an_idea_is_told_once_in_german(staff):
    idea, office = make_idea(language="ro"), make_office("Parkamt", email="park@city.example")
    due = clock.today() + timedelta(days=9)
    processing.take_on(idea, office, due)
    processing.take_on(idea, office, due + timedelta(days=1))
    (mail,) = mails("park@city.example")
    assert (mail.wording, mail.language) == ("ideas/assigned", "de")
    assert idea.title in mail.subject
    assert f"/de/staff/ideas/{idea.id}" in mail.text
    assert (idea.office, idea.due_on) == (office, due + timedelta(days=1))


def test_what_is_answered_gets_no_new_day(staff):
    with pytest.raises(processing.NotWaiting):
        processing.take_on(make_idea(state=IdeaState.ANSWERED), None, clock.today())


def test_examining_is_one_public_step(staff):
    idea = make_idea()
    processing.examine(idea, staff)
    (step,) = session.scalars(select(IdeaStep))
    assert (step.before, step.after, step.by) == (IdeaState.RECEIVED, IdeaState.EXAMINATION, "Frau Amt")
    with pytest.raises(processing.ExaminedAlready):
        processing.examine(idea, staff)


# --- Answering --------------------------------------------------------------------------------------------------------


def test_everyone_who_waits_hears_the_answer_once_in_their_language(staff):
    idea = make_idea(language="ro", contact=make_contact("ana@example.org", language="ro"), title="Un leagăn")
    make_support(idea, contact=make_contact("mehmet@example.org", language="tr"))
    make_support(idea, contact=make_contact("Ana@example.org", language="de"))  # the author again
    make_support(idea, contact=make_contact("quiet@example.org", confirmed=False))
    make_support(idea)
    source = make_idea(contact=make_contact("bernd@example.org"))
    make_support(source, contact=make_contact("ayse@example.org", language="tr"))
    make_merge(source, idea)
    reason = LocalizedText(ro="Îl construim toamna.", de="Wir bauen sie im Herbst.")
    answer(idea, staff, reason=reason)
    told = {mail.recipient: mail for mail in mails()}
    assert sorted(told) == ["ana@example.org", "ayse@example.org", "bernd@example.org", "mehmet@example.org"]
    assert len(mails()) == 4
    assert "Îl construim toamna." in told["ana@example.org"].text
    assert "Wir bauen sie im Herbst." in told["bernd@example.org"].text
    assert "Îl construim toamna." in told["mehmet@example.org"].text  # no Turkish reason: the idea's own language
    assert f"/tr/ideas/{idea.id}" in told["mehmet@example.org"].text
    assert "Yes, this will be done." in told["ana@example.org"].text


def test_a_reader_of_easy_german_gets_the_german_reason_rather_than_a_foreign_one(staff):
    idea = make_idea(language="ro", contact=make_contact("leicht@example.org", language="de-simple"))
    answer(idea, staff, reason=LocalizedText(ro="Da.", de="Ja."))
    assert "\nJa.\n" in mails("leicht@example.org")[0].text


def test_an_answer_ends_the_waiting_and_is_written_down(staff):
    idea = make_idea(due_on=clock.today() - timedelta(days=1))
    assert idea.is_overdue
    answer(idea, staff, Answer.PARTLY)
    assert (idea.state, idea.due_on, idea.is_overdue) == (IdeaState.ANSWERED, None, False)
    (step,) = session.scalars(select(IdeaStep))
    assert step.outcome is idea.outcome
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "idea.answered")).one()
    assert entry.details["answer"] == "partly"
    assert "Herbst" not in str(entry.details)


def test_no_answer_without_a_reason_in_the_language_of_the_idea(staff):
    idea = make_idea(language="ar")
    with pytest.raises(processing.ReasonMissing):
        answer(idea, staff, reason=LocalizedText(de="Wir bauen sie."))
    assert idea.state is IdeaState.RECEIVED
    assert mails() == []


@pytest.mark.databases
def test_the_database_itself_refuses_an_answered_state_without_an_outcome(app):
    idea = make_idea()
    idea.state = IdeaState.ANSWERED
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.databases
def test_the_database_itself_refuses_an_empty_reason(app):
    with pytest.raises(IntegrityError):
        make_outcome(reason="")
    session.rollback()


def test_whoever_is_sent_elsewhere_learns_where_to(staff):
    idea = make_idea(contact=make_contact("ana@example.org"))
    with pytest.raises(processing.ResponsibleMissing):
        answer(idea, staff, Answer.NOT_OURS)
    answer(idea, staff, Answer.NOT_OURS, responsible="Land NRW")
    (mail,) = mails("ana@example.org")
    assert mail.wording == "ideas/answered_elsewhere"
    assert "Responsible is: Land NRW" in mail.text


def test_a_later_answer_replaces_the_first_and_is_told_again(staff):
    idea = make_idea(contact=make_contact("ana@example.org"))
    answer(idea, staff, Answer.NO)
    first = idea.outcome
    answer(idea, staff, Answer.YES)
    assert idea.outcome is not first
    assert [step.outcome for step in session.scalars(select(IdeaStep).order_by(IdeaStep.id))] == [first, idea.outcome]
    assert len(mails("ana@example.org")) == 2


@pytest.mark.parametrize("status", [ContributionStatus.WAITING, ContributionStatus.HIDDEN, ContributionStatus.REFUSED])
def test_what_nobody_can_read_is_not_answered(staff, status):
    with pytest.raises(processing.NotPublic):
        answer(make_idea(status=status), staff)


def test_a_merged_idea_is_answered_where_it_stands(staff):
    source, target = make_idea(), make_idea()
    make_merge(source, target)
    with pytest.raises(processing.StandsElsewhere):
        answer(source, staff)


def test_two_colleagues_do_not_answer_over_each_other(staff):
    idea = make_idea()
    seen = idea.version
    answer(idea, staff, Answer.NO, version=seen)
    with pytest.raises(ChangedMeanwhile):
        answer(idea, staff, Answer.YES, version=seen)
    assert idea.outcome is not None
    assert idea.outcome.answer is Answer.NO


# --- Carrying out -----------------------------------------------------------------------------------------------------


def test_the_first_news_put_an_idea_in_progress_and_are_told(staff):
    idea = make_idea(state=IdeaState.ANSWERED, language="tr", contact=make_contact("ana@example.org", language="tr"))
    news = LocalizedText(tr="Kum geldi.", de="Der Sand ist da.")
    processing.report_progress(idea, staff, happened_on=date(2026, 4, 3), text=news)
    assert idea.state is IdeaState.IN_PROGRESS
    (mail,) = mails("ana@example.org")
    assert "Kum geldi." in mail.text


def test_there_are_no_news_of_what_was_not_promised(staff):
    idea = make_idea(state=IdeaState.ANSWERED, outcome=make_outcome(Answer.NO))
    with pytest.raises(processing.NotPromised):
        processing.report_progress(idea, staff, happened_on=clock.today(), text=LocalizedText(de="Doch."))
    with pytest.raises(processing.NotPromised):
        processing.finish(idea, staff)


def test_when_it_is_done_the_author_is_asked_and_the_others_are_told(staff):
    idea = make_idea(state=IdeaState.IN_PROGRESS, contact=make_contact("ana@example.org"))
    make_support(idea, contact=make_contact("bernd@example.org"))
    processing.finish(idea, staff)
    assert idea.state is IdeaState.DONE
    assert mails("ana@example.org")[0].wording == "ideas/solved"
    assert "/de/receipt" in mails("ana@example.org")[0].text
    assert mails("bernd@example.org")[0].wording == "ideas/done"
    with pytest.raises(processing.NotPromised):
        processing.finish(idea, staff)


def test_an_author_who_is_not_content_brings_it_back_to_the_office(staff):
    office = make_office(email="park@city.example")
    idea = make_idea(make_call(answer_within_days=10), state=IdeaState.IN_PROGRESS, office=office)
    with pytest.raises(processing.NotAsked):
        processing.not_solved(idea, "Nein")
    processing.finish(idea, staff)
    processing.not_solved(idea, "Die Schaukel quietscht.")
    assert (idea.state, idea.is_solved, idea.is_reopened) == (IdeaState.IN_PROGRESS, False, True)
    assert idea.due_on == clock.today() + timedelta(days=10)
    remark = session.scalars(select(Remark)).one()
    assert (remark.text, remark.written_by) == ("Die Schaukel quietscht.", "")
    (mail,) = mails("park@city.example")
    assert mail.wording == "ideas/not_solved"
    assert "quietscht" not in mail.text  # what residents write stays in the house


def test_a_second_end_asks_again_and_a_yes_closes_it(staff):
    idea = make_idea(state=IdeaState.IN_PROGRESS)
    processing.finish(idea, staff)
    processing.not_solved(idea, "Nein.")
    processing.finish(idea, staff)
    assert idea.is_solved is None
    assert not idea.is_reopened
    processing.confirm_solved(idea)
    assert idea.is_solved is True
    assert idea.due_on is None


def test_a_remark_is_for_colleagues_and_never_empty(staff):
    idea = make_idea()
    processing.remark(idea, staff, " Bitte anrufen ")
    assert session.scalars(select(Remark)).one().text == "Bitte anrufen"
    with pytest.raises(processing.EmptyRemark):
        processing.remark(idea, staff, "  ")


# --- Whoever confirms the address later -------------------------------------------------------------------------------


@pytest.mark.databases
def test_whoever_confirms_the_address_after_the_answer_gets_it_all_the_same(staff):
    """Once, in their language: the author, whoever supports, and whoever stands in it with an idea of their own."""
    idea = make_idea()
    late = {name: contacts.give(f"{name}@example.org") for name in ("author", "supporter", "merged", "twice")}
    source = make_idea(contact=late["merged"])
    make_merge(source, idea)
    idea.contact = late["author"]
    for name in ("supporter", "twice"):
        make_support(idea, contact=late[name])
    make_support(source, contact=make_contact("twice@example.org"))
    late["supporter"].language = "tr"
    answer(idea, staff)
    assert [mail.recipient for mail in mails() if mail.wording == "ideas/answered"] == ["twice@example.org"]
    for name in late:
        contacts.confirm(token_in(mails_to(f"{name}@example.org")[0]))
        told = [mail for mail in mails(f"{name}@example.org") if mail.wording == "ideas/answered"]
        assert len(told) == 1, name
    (letter,) = [mail for mail in mails("supporter@example.org") if mail.wording == "ideas/answered"]
    assert letter.language == "tr"
    assert "Wir bauen sie im Herbst." in letter.text


def test_whoever_gives_an_address_days_after_the_answer_has_read_it(staff, stop_clock):
    stop_clock(2026, 4, 1, 12)
    idea = make_idea()
    answer(idea, staff)
    stop_clock(2026, 4, 2, 12)
    make_support(idea, contact=contacts.give("new@example.org"))
    contacts.confirm(token_in(mails_to("new@example.org")[0]))
    assert [mail.wording for mail in mails("new@example.org")] == ["contacts/confirm"]
