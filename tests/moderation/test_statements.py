"""Whoever was moderated hears what was decided, why, on which rule, and how to object (DSA Art. 17, M5)."""

from datetime import date

import pytest
from sqlalchemy import select

from participation import clock
from participation.contacts import operations as contacts
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.moderation import statements
from participation.moderation.models import Action, RuleKind
from tests.contacts.makers import mails_to, token_in
from tests.contributions.makers import make_contact
from tests.ideas.makers import make_idea
from tests.moderation.fair_makers import come_back, make_authored, make_notice
from tests.moderation.makers import make_decision, make_rule, make_waiting


def letters(wording="moderation/statement"):
    return session.scalars(select(Mail).where(Mail.wording == wording)).all()


def test_m5_a_statement_says_what_why_on_which_rule_that_no_software_decided_and_how_to_object(app, stop_clock):
    stop_clock(2026, 4, 10, 12)
    rule = make_rule("Beleidigung", RuleKind.LAW, reference="§ 185 StGB", text=LocalizedText(de="Verboten."))
    idea = make_waiting(title="Schaukel", created_at=clock.now())
    decision = make_decision(idea, None, Action.REFUSE, rule=rule, facts="Im zweiten Satz.")
    text = statements.statement_for(decision, "en").text
    for part in (
        "you sent us a text on April 10, 2026: Schaukel",
        "We have not published your text. If you change it, we look at it again.",
        "Im zweiten Satz.",
        "We think that your text is against the law:",
        "Beleidigung (§ 185 StGB)\nVerboten.",
        "Nobody had reported your text: we check texts ourselves.",
        "A person made this decision. No software took part in it.",
        "You can object until October 10, 2026. It costs nothing. Somebody else will decide then.",
        "/en/receipt",
        "out-of-court dispute settlement body, or go to court",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (Action.HIDE, "Others cannot read it until you change it"),
        (Action.REMOVE, "It will not be shown again."),
    ],
)
def test_m5_it_says_for_how_long(app, action, sentence):
    assert sentence in statements.statement_for(make_decision(make_idea(), None, action), "en").text


def test_a_house_rule_is_called_a_house_rule_and_a_report_is_named(app):
    idea = make_idea()
    notice, _code = make_notice(idea)
    decision = make_decision(idea, None, Action.HIDE, rule=make_rule(kind=RuleKind.HOUSE), notice=notice)
    text = statements.statement_for(decision, "en").text
    assert "Your text is against this rule of our house:" in text
    assert "Somebody had reported your text to us." in text


def test_a_report_is_named_too_when_the_decision_was_made_in_the_queue(app):
    idea = make_idea()
    make_notice(idea)
    text = statements.statement_for(make_decision(idea, None, Action.HIDE), "en").text
    assert "Somebody had reported your text to us." in text


def test_m5_it_is_mailed_to_a_confirmed_contact_in_the_authors_language(app):
    contact = make_contact("me@example.org", language="tr")
    make_decision(make_waiting(language="ro", contact=contact), None, Action.REFUSE)
    letter = letters()[0]
    assert (letter.recipient, letter.language) == ("me@example.org", "tr")
    assert "/tr/receipt" in letter.text


def test_without_a_confirmed_contact_nothing_is_mailed(app):
    make_decision(make_waiting(contact=make_contact(confirmed=False)), None, Action.REFUSE)
    make_decision(make_waiting(), None, Action.REFUSE)
    assert letters() == []


def test_what_is_no_restriction_needs_no_statement(app):
    for action in (Action.RETURN, Action.KEEP):
        make_decision(make_waiting(contact=make_contact()), None, action)
    assert letters() == []


def test_m5_the_receipt_page_always_shows_it_with_the_marks_of_its_languages(client):
    idea, code = make_authored(ContributionStatus.WAITING, title="Leagăn", language="ro")
    make_decision(idea, None, Action.REFUSE, rule=make_rule("Höflich"), facts="Im zweiten <b>Satz</b>.")
    page = come_back(client, code)
    assert "Our decisions about your text" in page
    assert '<span lang="ro" dir="ltr">Leagăn</span>' in page
    assert '<span lang="de" dir="ltr">Im zweiten &lt;b&gt;Satz&lt;/b&gt;.</span>' in page
    assert '<span lang="de" dir="ltr">Höflich</span>' in page
    assert "Object to this decision" in page


def test_a_question_stands_on_the_receipt_page(client):
    idea, code = make_authored(ContributionStatus.WAITING)
    make_decision(idea, None, Action.RETURN, facts="Welcher Platz?")
    page = come_back(client, code)
    assert "Welcher Platz?" in page
    assert "Object to this decision" not in page


def test_the_receipt_page_tells_nothing_where_nothing_was_decided_against_the_text(client):
    idea, code = make_authored(ContributionStatus.WAITING)
    make_decision(idea, None, Action.PUBLISH)
    assert "Our decisions about your text" not in come_back(client, code)


def test_an_older_decision_is_no_longer_called_the_state_of_the_text(client):
    idea, code = make_authored(ContributionStatus.WAITING)
    make_decision(idea, None, Action.REFUSE)
    make_decision(idea, None, Action.PUBLISH)
    page = come_back(client, code)
    assert "Much has happened since our last decision." in page
    assert "We have not published your text." in page  # and what was decided then can still be read


@pytest.mark.parametrize(
    ("decided", "last_day"),
    [
        ((2026, 4, 10, 12), date(2026, 10, 10)),
        ((2026, 8, 31, 12), date(2027, 2, 28)),
        ((2027, 8, 31, 12), date(2028, 2, 29)),
        ((2026, 7, 1, 12), date(2027, 1, 1)),
        ((2026, 12, 31, 23, 30), date(2027, 7, 1)),  # in Germany it is the new year already
    ],
)
def test_m6_six_calendar_months_end_on_the_same_day_or_the_last_of_the_month(app, stop_clock, decided, last_day):
    stop_clock(*decided)
    assert statements.last_day_to_object(make_decision()) == last_day


@pytest.mark.databases
def test_m5_whoever_confirms_the_address_after_the_decision_gets_the_statement_all_the_same(app):
    """A moderator may be quicker than the author's mailbox."""
    contact = contacts.give("late@example.org")
    idea = make_waiting(contact=contact)
    make_decision(idea)
    assert [mail.wording for mail in mails_to("late@example.org")] == ["contacts/confirm"]
    contacts.confirm(token_in(mails_to("late@example.org")[0]))
    _asked, letter = mails_to("late@example.org")
    assert letter.wording == "moderation/statement"
    assert "Der Text nennt Namen." in letter.text


def test_m4_so_does_whoever_reported(app):
    idea = make_idea()
    notice, _code = make_notice(idea, name="Olena", email="late@example.org")
    make_decision(idea, action=Action.KEEP, facts="Eine Meinung.")
    contacts.confirm(token_in(mails_to("late@example.org")[0]))
    assert [mail.wording for mail in mails_to("late@example.org")] == ["contacts/confirm", "moderation/notice-decided"]
    assert notice.contact.is_confirmed
