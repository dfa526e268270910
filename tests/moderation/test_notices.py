"""Anyone may tell us that a text is unlawful, and hears what was decided and why."""

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.audit import AuditEntry
from participation.contributions import operations as contributions
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import ChangedMeanwhile
from participation.db import Base, engine, session
from participation.i18n import LocalizedText
from participation.limits import limiter
from participation.mail import Mail
from participation.moderation import noticing, operations
from participation.moderation.models import Action, Decision, Notice, NoticeState
from participation.moderation.noticing import NotPublic, StillReadable
from participation.receipts import operations as receipts
from participation.settings import Settings
from tests.accounts.makers import make_user, sign_in
from tests.conftest import make_house
from tests.contributions.makers import make_contact
from tests.districts.makers import make_area
from tests.ideas.makers import make_idea
from tests.moderation.fair_makers import come_back, make_authored, make_notice
from tests.moderation.makers import make_decision, make_rule, make_waiting
from tests.test_hostile import SCRIPT, TYPED

SENT = {"reason": "insult", "explanation": "Der zweite Satz beleidigt jemanden.", "good_faith": "y"}


def page_of(contribution, **more):
    return {"path": "/en/notices/new", "query_string": {"contribution": contribution.id, **more}}


def only_notice():
    session.expire_all()
    return session.scalars(select(Notice)).one()


def letters():
    return [mail.wording for mail in session.scalars(select(Mail).order_by(Mail.id))]


# --- Reporting --------------------------------------------------------------------------------------------------------


def test_m3_anyone_reports_a_public_text_and_gets_a_receipt_at_once(client):
    idea = make_idea(title="Schaukel")
    page = client.get(**page_of(idea)).text
    assert "Schaukel" in page
    assert f"/ideas/{idea.id}" in page  # the exact address is filled in
    answer = client.post(**page_of(idea), data=SENT)
    assert answer.location == "/en/receipt/new"
    notice = only_notice()
    assert (notice.state, notice.rule.slug, notice.language) == (NoticeState.OPEN, "insult", "en")
    assert "We have received your report" in client.get("/en/receipt/matter").text


def test_a_notice_puts_the_text_into_the_queue_and_hides_nothing(app):
    idea = make_idea()
    assert idea.waiting_since is None
    make_notice(idea)
    assert idea.waiting_since is not None
    assert idea.is_public


def test_something_else_needs_no_rule(client):
    client.post(**page_of(make_idea()), data={**SENT, "reason": "other"})
    assert only_notice().rule is None


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("reason", "Please choose one of the options."),
        ("explanation", "Please fill in this field."),
        ("good_faith", "We need this from you before we may act on your report."),
    ],
)
def test_m3_a_report_without_reason_words_or_good_faith_comes_back_with_what_was_typed(client, missing, sentence):
    idea = make_idea()
    sent = {**SENT, "name": "Frau Öztürk", missing: ""}
    sent = {name: value for name, value in sent.items() if value}
    answer = client.post(**page_of(idea), data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Frau Öztürk" in answer.text
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_m4_an_address_is_asked_to_be_confirmed_and_kept_for_this_matter(client):
    client.post(**page_of(make_idea()), data={**SENT, "name": "Frau Öztürk", "email": "me@Example.ORG"})
    notice = only_notice()
    assert (notice.name, notice.contact.email) == ("Frau Öztürk", "me@example.org")
    assert letters() == ["contacts/confirm"]


def test_m3_whoever_protects_children_is_not_asked_for_a_name(client):
    idea = make_idea()
    page = client.get(**page_of(idea, about="child-abuse")).text
    assert 'name="name"' not in page
    assert 'name="email"' not in page
    sent = {"explanation": "…", "good_faith": "y", "name": "x", "email": "x@example.org"}
    assert client.post(**page_of(idea, about="child-abuse"), data=sent).status_code == 302
    notice = only_notice()
    assert (notice.is_about_child_abuse, notice.name, notice.contact) == (True, "", None)


def test_a_name_typed_beside_that_reason_is_not_kept(client):
    sent = {**SENT, "reason": "child-abuse", "name": "x", "email": "x@example.org"}
    client.post(**page_of(make_idea()), data=sent)
    notice = only_notice()
    assert (notice.is_about_child_abuse, notice.name, notice.contact) == (True, "", None)


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_into_a_report_there_is_a_calm_answer(client, typed):
    """V1: and what was taken down is shown to staff without doing anything."""
    idea = make_idea()
    sent = dict.fromkeys(("reason", "explanation", "name", "email", "good_faith"), typed)
    assert client.post(**page_of(idea), data=sent).status_code in {302, 400, 422}
    answer = client.post(**page_of(idea), data={**SENT, "explanation": typed})
    assert answer.status_code in {302, 400, 422}
    assert SCRIPT not in answer.text
    for notice in session.scalars(select(Notice)):
        sign_in(client, make_user("moderator"))
        assert SCRIPT not in client.get(f"/en/staff/notices/{notice.id}").text


@pytest.fixture
def guarded_house(tmp_path):
    """A house that counts attempts; the house of the other tests does not."""
    house = make_house("sqlite://", tmp_path)
    house.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(house)
    with house.app_context():
        Base.metadata.create_all(engine())
        yield house
        session.remove()
    limiter.reset()
    limiter.enabled = False
    house.extensions["engine"].dispose()


def test_v8_reports_are_limited_per_sender(guarded_house):
    idea = make_idea()
    client = guarded_house.test_client()
    assert [client.post(**page_of(idea), data=SENT).status_code for _one in range(11)] == [302] * 10 + [429]


@pytest.mark.parametrize("asked", ["", "0", "-1", "abc", "9" * 30, "٣", "1.5"])
def test_there_is_nothing_to_report_at_an_address_that_leads_nowhere(client, asked):
    assert client.get("/en/notices/new", query_string={"contribution": asked}).status_code == 404


@pytest.mark.parametrize("status", [status for status in ContributionStatus if status.value != "published"])
def test_what_is_not_public_cannot_be_reported(client, status):
    idea = make_idea(status=status)
    assert client.get(**page_of(idea)).status_code == 404
    assert client.post(**page_of(idea), data=SENT).status_code == 404
    with pytest.raises(NotPublic):
        noticing.send(idea, reason="", explanation="x")


# --- Deciding ---------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_all_open_notices_about_a_text_are_decided_together(app):
    idea, rule = make_idea(), make_rule()
    first, second = make_notice(idea)[0], make_notice(idea)[0]
    other = make_notice()[0]
    decision = make_decision(idea, None, Action.HIDE, rule=rule)
    session.commit()
    assert [one.state for one in (first, second, other)] == [NoticeState.UPHELD, NoticeState.UPHELD, NoticeState.OPEN]
    assert first.decision_id == second.decision_id == decision.id
    assert first.decided_at == decision.decided_at


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.KEEP, NoticeState.REJECTED),
        (Action.PUBLISH, NoticeState.REJECTED),
        (Action.HIDE, NoticeState.UPHELD),
        (Action.REMOVE, NoticeState.UPHELD),
    ],
)
def test_a_notice_is_right_when_something_was_done_about_the_text(app, action, state):
    idea = make_idea()
    notice, _code = make_notice(idea)
    make_decision(idea, None, action)
    assert notice.state is state
    assert idea.waiting_since is None


def test_blacking_words_out_answers_a_notice_too(app):
    idea = make_idea(text="Frau Öztürk wohnt dort.")
    notice, _code = make_notice(idea)
    make_decision(idea, None, Action.REDACT, passages=["Öztürk"])
    assert notice.state is NoticeState.UPHELD


def test_m4_whoever_reported_gets_the_decision_with_reasons_in_their_language(app):
    idea = make_idea(title="Schaukel")
    notice, _code = make_notice(idea)
    notice.contact = make_contact("me@example.org", language="tr")
    make_decision(idea, None, Action.KEEP, facts="Das ist eine Meinung.", facts_language="de")
    letter = session.scalars(select(Mail).where(Mail.wording == "moderation/notice-decided")).one()
    assert (letter.recipient, letter.language) == ("me@example.org", "tr")
    for part in ("Schaukel", "Das ist eine Meinung.", "No software took part", "You can object until", "/tr/receipt"):
        assert part in letter.text


def test_m4_the_receipt_page_always_tells_the_decision(client):
    idea = make_idea(title="Schaukel", language="tr")
    _notice, code = make_notice(idea)
    make_decision(idea, None, Action.KEEP, facts="Das ist eine Meinung.", facts_language="de")
    page = come_back(client, code)
    for part in ("The text stays as it is.", "Das ist eine Meinung.", "No software took part", "You can object until"):
        assert part in page
    assert '<span lang="de" dir="ltr">Das ist eine Meinung.</span>' in page  # L3
    assert '<span lang="tr" dir="ltr">Schaukel</span>' in page


def test_a_question_to_the_author_is_not_told_to_whoever_reported(client):
    idea = make_idea()
    _notice, code = make_notice(idea)
    contributions.put_away(idea, ContributionStatus.WAITING)  # as when its author changes it meanwhile
    make_decision(idea, None, Action.RETURN, facts="Wie heißen Sie wirklich?")
    page = come_back(client, code)
    assert "Wie heißen Sie wirklich?" not in page
    assert "We have asked the author a question" in page


def test_a_moderator_who_has_not_seen_a_notice_looks_again(app):
    idea = make_idea()
    seen = idea.version
    make_notice(idea)
    with pytest.raises(ChangedMeanwhile):
        operations.decide(idea, make_user("moderator"), Action.KEEP, version=seen)
    seen = idea.version
    make_notice(idea)  # and a second one is news as well
    with pytest.raises(ChangedMeanwhile):
        operations.decide(idea, make_user("moderator"), Action.KEEP, version=seen)


def test_a_text_that_its_author_took_back_leaves_a_notice_to_close(app):
    idea = make_idea()
    notice, _code = make_notice(idea)
    staff = make_user("moderator")
    with pytest.raises(StillReadable):
        noticing.close_withdrawn(idea, staff)
    contributions.withdraw(idea)
    noticing.close_withdrawn(idea, staff)
    assert notice.state is NoticeState.UPHELD
    assert "The author has taken the text back" in noticing.decided_values(notice)["outcome"]


# --- Taking back and forgetting ---------------------------------------------------------------------------------------


def test_an_open_notice_can_be_taken_back_with_its_receipt(client):
    idea = make_idea()
    _notice, code = make_notice(idea, name="Frau Öztürk")
    come_back(client, code)
    assert client.get("/en/notices/withdraw").status_code == 200
    client.post("/en/notices/withdraw")
    assert session.scalars(select(Notice)).all() == []
    assert receipts.find(code) is None


def test_of_a_decided_notice_only_the_number_stays(client):
    idea = make_idea()
    _notice, code = make_notice(idea, name="Frau Öztürk", email="x@example.org")
    make_decision(idea, None, Action.KEEP, facts="Nein.")
    come_back(client, code)
    client.post("/en/notices/withdraw")
    notice = only_notice()
    assert (notice.name, notice.contact, notice.receipt, notice.state) == ("", None, None, NoticeState.REJECTED)


def test_other_receipts_take_no_notice_back(client):
    make_notice()
    assert client.post("/en/notices/withdraw").status_code == 404
    come_back(client, make_authored()[1])
    assert client.post("/en/notices/withdraw").status_code == 404
    assert only_notice().state is NoticeState.OPEN


def test_d14_a_year_after_the_decision_nothing_tells_who_reported(app, stop_clock):
    stop_clock(2026, 1, 10, 12)
    idea = make_idea()
    notice, _code = make_notice(idea, name="Frau Öztürk", email="x@example.org")
    open_one, _other = make_notice(name="Herr Kaya")
    make_decision(idea, None, Action.KEEP, facts="Nein.")
    stop_clock(2027, 1, 9, 12)
    assert noticing.forget_old() == 0
    stop_clock(2027, 1, 11, 12)
    assert noticing.forget_old() == 1
    assert (notice.name, notice.contact, notice.receipt) == ("", None, None)
    assert open_one.name == "Herr Kaya"
    assert noticing.forget_old() == 0


# --- The desk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def moderator(client):
    user = make_user("moderator", name="Aylin Yıldız")
    sign_in(client, user)
    return user


def test_notices_are_listed_open_ones_first(client, moderator, stop_clock):
    stop_clock(2026, 1, 10, 12)
    sign_in(client, moderator)
    late, done = make_idea(title="Offen"), make_idea(title="Entschieden")
    make_notice(done)
    make_decision(done, None, Action.KEEP)
    make_notice(late)
    page = client.get("/en/staff/notices").text
    assert page.index("Offen") < page.index("Entschieden")
    assert "Jan 17, 2026" in page  # to be decided within a week


def test_a_decision_on_the_notice_page_is_told_to_both(client, moderator):
    idea, _code = make_authored(title="Schaukel")
    notice, code = make_notice(idea)
    page = client.get(f"/en/staff/notices/{notice.id}").text
    assert "Das beleidigt meine Nachbarin." in page
    sent = {
        "version": idea.version,
        "action": "hide",
        "rule": "insult",
        "reasons": "Eine Beleidigung.",
        "language": "de",
    }
    answer = client.post(f"/en/staff/notices/{notice.id}", data=sent)
    assert answer.status_code == 302
    decision = session.scalars(select(Decision)).one()
    assert (decision.staff_name, decision.notice_id, decision.action) == ("Aylin Yıldız", notice.id, Action.HIDE)
    assert idea.status is ContributionStatus.HIDDEN
    assert "Your report was right. We have hidden the text." in come_back(client, code)
    assert "What was decided" in client.get(f"/en/staff/notices/{notice.id}").text


def test_nothing_is_taken_away_without_a_rule_and_reasons(client, moderator):
    idea = make_idea()
    notice, _code = make_notice(idea)
    sent = {"version": idea.version, "action": "hide", "rule": "", "reasons": "", "language": "de"}
    answer = client.post(f"/en/staff/notices/{notice.id}", data=sent)
    assert answer.status_code == 422
    assert "Please choose the rule that the decision relies on." in answer.text
    assert session.scalars(select(Decision)).all() == []


def test_d15_a_look_at_who_reported_is_logged(client, moderator):
    notice, _code = make_notice(name="Frau Öztürk", email="x@example.org")
    assert "Frau Öztürk" not in client.get(f"/en/staff/notices/{notice.id}").text
    assert "Frau Öztürk" in client.post(f"/en/staff/notices/{notice.id}/contact").text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "notice.contact_seen")).one()
    assert entry.is_personal_data
    assert entry.details == {"purpose": "deciding about the report"}


def test_a_moderator_of_another_district_neither_sees_nor_decides(client):
    area, other = make_area("Nord"), make_area("Süd")
    notice, _code = make_notice(make_idea(title="Im Norden", areas=[area]))
    sign_in(client, make_user("moderator", area_id=other.id))
    assert "Im Norden" not in client.get("/en/staff/notices").text
    assert client.get(f"/en/staff/notices/{notice.id}").status_code == 403


# --- Danger -----------------------------------------------------------------------------------------------------------


def test_m7_one_press_writes_to_the_police_contact_and_is_logged(app, client, moderator, monkeypatch):
    settings = Settings(secret_key="x" * 40, police_contact="wache@police.example", testing=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    idea = make_idea(text="Ich tue ihm etwas an.")
    client.post(f"/en/staff/notices/danger/{idea.id}")
    letter = session.scalars(select(Mail)).one()
    assert (letter.recipient, letter.wording) == ("wache@police.example", "moderation/danger")
    assert "Ich tue ihm etwas an." in letter.text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "contribution.escalated")).one()
    assert (entry.staff_name, entry.details) == ("Aylin Yıldız", {"was_written": True})
    assert "The police contact was written to." in client.get(f"/en/staff/notices/danger/{idea.id}").text


def test_m7_without_a_police_contact_the_page_says_to_telephone_and_logs(client, moderator):
    idea = make_waiting()
    assert "110" in client.get(f"/en/staff/notices/danger/{idea.id}").text
    client.post(f"/en/staff/notices/danger/{idea.id}")
    assert session.scalars(select(Mail)).all() == []
    assert "The police was called." in client.get(f"/en/staff/notices/danger/{idea.id}").text


def test_the_database_keeps_no_name_of_whoever_protects_children(app):
    notice, _code = make_notice(reason="child-abuse")
    notice.name = "x"
    with pytest.raises(Exception, match="no_name_asked"):
        session.flush()
    session.rollback()


def test_rules_that_staff_have_renamed_are_offered_in_the_readers_language(client):
    make_rule(title="Nur Höfliches", slug="polite").title = LocalizedText(de="Nur Höfliches", en="Be polite")
    assert "Be polite" in client.get(**page_of(make_idea())).text
    assert clock.today()


def test_a_stale_form_about_a_report_loses_nothing(client):
    idea = make_idea()
    notice, _code = make_notice(idea)
    sign_in(client, make_user("moderator"))
    sent = {"action": "keep", "rule": "", "reasons": "Eine Meinung.", "language": "de", "version": idea.version - 1}
    answer = client.post(f"/en/staff/notices/{notice.id}", data=sent)
    assert answer.status_code == 409
    assert "Eine Meinung." in answer.text
    assert f'name="version" value="{idea.version}"' in answer.text
    assert notice.state is NoticeState.OPEN
