"""Author and reporter may object for six months, and another person decides (DSA Art. 20, M6)."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.audit import AuditEntry
from participation.contributions import operations as contributions
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.mail import Mail
from participation.moderation import objecting, queries
from participation.moderation.models import Action, Decision, NoticeState, Objection, ObjectionState, Party
from participation.moderation.objecting import AlreadyDecided, AlreadyObjected, ReasonsNeeded, TooLate
from participation.moderation.operations import SamePerson
from participation.moderation.queries import Filters
from tests.accounts.makers import make_user, sign_in
from tests.contributions.makers import make_contact
from tests.districts.makers import make_area
from tests.ideas.makers import make_idea
from tests.moderation.fair_makers import come_back, make_authored, make_notice, make_objection
from tests.moderation.makers import make_decision, make_rule

REASONS = {"reasons": "Das ist eine Meinung und erlaubt.", "language": "de"}


@pytest.fixture
def refused(app):
    """A refused idea, its decision, and the code of its author."""
    idea, code = make_authored(ContributionStatus.WAITING, title="Schaukel")
    return idea, make_decision(idea), code


def letters():
    return [(mail.recipient, mail.wording) for mail in session.scalars(select(Mail).order_by(Mail.id))]


# --- Objecting --------------------------------------------------------------------------------------------------------


def test_m6_the_author_objects_with_the_receipt_and_sees_it_there(client, refused):
    _idea, decision, code = refused
    assert f"/en/objections/decisions/{decision.id}" in come_back(client, code)
    assert "Schaukel" in client.get(f"/en/objections/decisions/{decision.id}").text
    answer = client.post(f"/en/objections/decisions/{decision.id}", data={"text": "Das stimmt nicht."})
    assert answer.location == "/en/receipt/matter"
    objection = session.scalars(select(Objection)).one()
    assert (objection.party, objection.text, objection.language) == (Party.AUTHOR, "Das stimmt nicht.", "en")
    page = client.get("/en/receipt/matter").text
    assert "Das stimmt nicht." in page
    assert "Somebody else looks at it now." in page
    assert "Object to this decision" not in page


def test_m6_so_does_whoever_reported_with_the_receipt_of_the_report(client):
    idea = make_idea()
    notice, code = make_notice(idea)
    decision = make_decision(idea, None, Action.KEEP, facts="Nein.")
    come_back(client, code)
    client.post(f"/en/objections/decisions/{decision.id}", data={"text": "Doch."})
    objection = session.scalars(select(Objection)).one()
    assert (objection.party, objection.notice_id) == (Party.REPORTER, notice.id)


def test_each_of_those_who_reported_may_object(app):
    idea = make_idea()
    notices = [make_notice(idea)[0] for _one in range(2)]
    decision = make_decision(idea, None, Action.KEEP, facts="Nein.")
    for notice in notices:
        objecting.send(decision, Party.REPORTER, notice, "Doch.")
    assert session.query(Objection).count() == 2


def test_receipts_of_others_open_nothing(client, refused):
    _idea, decision, _code = refused
    address = f"/en/objections/decisions/{decision.id}"
    assert client.get(address).status_code == 404  # without any receipt
    strangers = [make_authored()[1], make_notice()[1]]
    for code in strangers:
        come_back(client, code)
        assert client.get(address).status_code == 404
        assert client.post(address, data={"text": "x"}).status_code == 404
    assert session.query(Objection).count() == 0


def test_whoever_reported_another_text_has_no_say_in_this_one(client):
    idea = make_idea()
    _notice, code = make_notice(idea)
    make_decision(idea, None, Action.KEEP, facts="Nein.")
    later = make_decision(idea, None, Action.HIDE)
    come_back(client, code)
    assert client.get(f"/en/objections/decisions/{later.id}").status_code == 404


def test_nobody_objects_to_a_decision_for_the_text(client):
    idea, code = make_authored(ContributionStatus.WAITING)
    decision = make_decision(idea, None, Action.PUBLISH)
    come_back(client, code)
    assert client.get(f"/en/objections/decisions/{decision.id}").status_code == 404


def test_an_objection_needs_words(client, refused):
    _idea, decision, code = refused
    come_back(client, code)
    assert client.post(f"/en/objections/decisions/{decision.id}", data={"text": " "}).status_code == 422


def test_m6_one_can_object_for_six_months_to_the_day(client, stop_clock):
    stop_clock(2026, 4, 10, 12)
    idea, code = make_authored(ContributionStatus.WAITING)
    decision = make_decision(idea)
    stop_clock(2026, 10, 10, 21)  # eleven at night in Germany
    come_back(client, code)
    assert client.get(f"/en/objections/decisions/{decision.id}").status_code == 200
    stop_clock(2026, 10, 10, 23)  # and there it is the next day now
    answer = client.get(f"/en/objections/decisions/{decision.id}")
    assert answer.status_code == 409
    assert "It ended six months after the decision." in answer.text
    assert "Object to this decision" not in client.get("/en/receipt/matter").text
    with pytest.raises(TooLate):
        objecting.send(decision, Party.AUTHOR, None, "x")


@pytest.mark.databases
def test_one_objects_once(app):
    objection = make_objection()
    with pytest.raises(AlreadyObjected):
        objecting.send(objection.decision, Party.AUTHOR, None, "Noch einmal")
    again = Objection(
        decision_id=objection.decision_id, party=Party.AUTHOR, text="x", language="de", first_decided_by_id=1
    )
    session.add(again)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


# --- Deciding ---------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_m6_whoever_decided_first_is_refused_by_the_house_and_by_the_database(app):
    first = make_user("moderator")
    objection = make_objection(make_decision(make_authored(ContributionStatus.WAITING)[0], first))
    with pytest.raises(SamePerson):
        objecting.reject(objection, first, **REASONS)
    with pytest.raises(SamePerson):
        objecting.uphold(objection, first, Action.PUBLISH, version=objection.decision.contribution.version, **REASONS)
    objection.state, objection.reasons, objection.decided_at = ObjectionState.REJECTED, "x", clock.now()
    objection.decided_by_id = first.id
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_m6_the_page_tells_the_first_one_clearly(client):
    first = make_user("moderator")
    objection = make_objection(make_decision(make_authored(ContributionStatus.WAITING)[0], first))
    sign_in(client, first)
    page = client.get(f"/en/staff/objections/{objection.id}")
    assert "You made the first decision, so you cannot decide about the objection." in page.text
    assert "Save decision" not in page.text
    sent = {"outcome": "rejected", "rule": "", "version": "1", **REASONS}
    answer = client.post(f"/en/staff/objections/{objection.id}", data=sent)
    assert answer.status_code == 409
    assert "You made the first decision" in answer.text
    session.expire_all()
    assert objection.state is ObjectionState.OPEN


@pytest.mark.databases
def test_m6_an_objection_that_is_right_shows_the_text_again_by_a_second_decision(app):
    objection = make_objection()
    contribution, second = objection.decision.contribution, make_user("moderator")
    objecting.uphold(objection, second, Action.PUBLISH, version=contribution.version, **REASONS)
    session.commit()
    assert contribution.is_public
    assert (objection.state, objection.decided_by) == (ObjectionState.UPHELD, second.name)
    assert session.get(Decision, objection.second_decision_id).action is Action.PUBLISH
    audited = select(AuditEntry).where(AuditEntry.action == "objection.decided")
    assert session.scalars(audited).one().details == {"outcome": "upheld"}


def test_blacked_out_words_come_back_when_the_objection_is_right(app):
    idea, _code = make_authored(text="Frau Öztürk hat recht.")
    decision = make_decision(idea, None, Action.REDACT, passages=["Öztürk"])
    objection = make_objection(decision)
    objecting.uphold(objection, make_user("moderator"), Action.PUBLISH, version=idea.version, **REASONS)
    assert (idea.text, idea.is_redacted) == ("Frau Öztürk hat recht.", False)


def test_an_objection_that_is_not_right_changes_nothing(app):
    objection = make_objection()
    objecting.reject(objection, make_user("moderator"), **REASONS)
    assert objection.state is ObjectionState.REJECTED
    assert objection.decision.contribution.status is ContributionStatus.REFUSED
    assert session.query(Decision).count() == 1
    with pytest.raises(AlreadyDecided):
        objecting.reject(objection, make_user("moderator"), **REASONS)


def test_a_text_that_was_taken_back_meanwhile_needs_no_second_decision(app):
    objection = make_objection()
    idea = objection.decision.contribution
    contributions.withdraw(idea)
    objecting.uphold(objection, make_user("moderator"), Action.KEEP, version=idea.version, **REASONS)
    assert (objection.state, objection.second_decision_id) == (ObjectionState.UPHELD, None)


def test_nobody_decides_without_reasons(app):
    with pytest.raises(ReasonsNeeded):
        objecting.reject(make_objection(), make_user("moderator"), reasons=" ", language="de")


def test_m6_the_author_hears_by_mail_and_on_the_receipt_page(client, refused):
    idea, decision, code = refused
    idea.contact = make_contact("me@example.org", language="tr")
    objection = make_objection(decision)
    objecting.reject(objection, make_user("moderator"), **REASONS)
    assert letters() == [("me@example.org", "moderation/objection-decided")]
    page = come_back(client, code)
    assert "The first decision was right. It stays." in page
    assert '<span lang="de" dir="ltr">Das ist eine Meinung und erlaubt.</span>' in page


def test_m6_when_the_author_was_right_those_who_reported_hear_it_too(app):
    idea, _code = make_authored()
    notice, _reporter = make_notice(idea)
    notice.contact = make_contact("reporter@example.org")
    decision = make_decision(idea, None, Action.HIDE)
    objecting.uphold(make_objection(decision), make_user("moderator"), Action.PUBLISH, version=idea.version, **REASONS)
    assert letters() == [
        ("reporter@example.org", "moderation/notice-decided"),
        ("reporter@example.org", "moderation/other-objected"),
    ]


def test_m6_when_a_reporter_was_right_the_text_goes_and_its_author_gets_a_statement(app):
    idea, _code = make_authored()
    idea.contact = make_contact("author@example.org")
    notice, _reporter = make_notice(idea)
    notice.contact = make_contact("reporter@example.org")
    decision = make_decision(idea, None, Action.KEEP, facts="Nein.")
    assert notice.state is NoticeState.REJECTED
    objection = objecting.send(decision, Party.REPORTER, notice, "Doch.")
    objecting.uphold(objection, make_user("moderator"), Action.HIDE, version=idea.version, rule=make_rule(), **REASONS)
    assert idea.status is ContributionStatus.HIDDEN
    assert letters()[1:] == [
        ("author@example.org", "moderation/statement"),
        ("reporter@example.org", "moderation/objection-decided"),
    ]


# --- The desk ---------------------------------------------------------------------------------------------------------


def test_another_moderator_decides_on_one_page(client, refused):
    idea, decision, code = refused
    objection = make_objection(decision, "Das war nicht so gemeint.")
    second = make_user("moderator", name="Zweite Person")
    sign_in(client, second)
    assert "Schaukel" in client.get("/en/staff/objections").text
    page = client.get(f"/en/staff/objections/{objection.id}").text
    for part in ("Das war nicht so gemeint.", "Der Text nennt Namen.", decision.staff_name):
        assert part in page
    sent = {"outcome": "publish", "rule": "", "version": idea.version, **REASONS}
    assert client.post(f"/en/staff/objections/{objection.id}", data=sent).status_code == 302
    assert idea.is_public
    assert "Zweite Person" in client.get(f"/en/staff/objections/{objection.id}").text
    assert "The text can be read by everybody again." in come_back(client, code)


def test_only_what_fits_the_objection_can_be_decided(client, refused):
    idea, decision, _code = refused
    objection = make_objection(decision)
    sign_in(client, make_user("moderator"))
    sent = {"outcome": "remove", "rule": "insult", "version": idea.version, **REASONS}
    assert client.post(f"/en/staff/objections/{objection.id}", data=sent).status_code == 422
    sent = {"outcome": "publish", "rule": "", "version": "nonsense", **REASONS}
    assert client.post(f"/en/staff/objections/{objection.id}", data=sent).status_code == 409


def test_taking_a_text_away_after_an_objection_needs_a_rule(client):
    idea = make_idea()
    notice, _code = make_notice(idea)
    decision = make_decision(idea, None, Action.KEEP, facts="Nein.")
    objection = objecting.send(decision, Party.REPORTER, notice, "Doch.")
    sign_in(client, make_user("moderator"))
    sent = {"outcome": "hide", "rule": "", "version": idea.version, **REASONS}
    answer = client.post(f"/en/staff/objections/{objection.id}", data=sent)
    assert answer.status_code == 422
    assert "Please choose the rule that the decision relies on." in answer.text


def test_a_moderator_of_another_district_does_not_decide(client):
    area, other = make_area("Nord"), make_area("Süd")
    idea, _code = make_authored(ContributionStatus.WAITING, areas=[area], title="Im Norden")
    objection = make_objection(make_decision(idea))
    sign_in(client, make_user("moderator", area_id=other.id))
    assert "Im Norden" not in client.get("/en/staff/objections").text
    assert client.get(f"/en/staff/objections/{objection.id}").status_code == 403


def test_d14_a_year_after_the_second_decision_the_words_of_the_objection_are_gone(refused, stop_clock):
    _idea, decision, _code = refused
    stop_clock(2026, 3, 1, 12)
    objection = make_objection(decision)
    objecting.reject(objection, make_user("moderator"), **REASONS)
    stop_clock(2027, 2, 28, 12)
    assert objecting.forget_old() == 0
    stop_clock(2027, 3, 2, 12)
    assert objecting.forget_old() == 1
    assert objection.text == "–"
    assert objecting.forget_old() == 0


@pytest.mark.databases
def test_m6_nor_by_the_side_door_of_the_queue(app):
    first = make_user("moderator")
    idea = make_authored(ContributionStatus.WAITING)[0]
    make_objection(make_decision(idea, first))
    for action in (Action.PUBLISH, Action.KEEP, Action.REDACT):
        with pytest.raises(SamePerson):
            make_decision(idea, first, action, passages=["Schaukel"])
    contributions.change(idea, idea.version, title="Neu", text="Anders gesagt", language="de")
    assert queries.oldest_free(first, Filters()) is None, "it is not put into their hands either"
    other = make_user("moderator")
    assert queries.oldest_free(other, Filters()) == idea.id
    assert make_decision(idea, other, Action.PUBLISH).after is ContributionStatus.PUBLISHED


def test_a_stale_form_about_an_objection_loses_nothing(client, refused):
    idea, decision, _code = refused
    objection, seen = make_objection(decision), idea.version
    contributions.change(idea, seen, title="Neu", text="Anders gesagt", language="de")
    sign_in(client, make_user("moderator"))
    answer = client.post(
        f"/en/staff/objections/{objection.id}", data={"outcome": "publish", "rule": "", "version": seen, **REASONS}
    )
    assert answer.status_code == 409
    for part in ("Somebody else has changed this text", "Anders gesagt", REASONS["reasons"], f'value="{idea.version}"'):
        assert part in answer.text
    assert objection.state is ObjectionState.OPEN
