"""One catalogue of house rules and law, in plain words, dated, and never rewritten under a decision (M1, M2)."""

import pytest
from sqlalchemy import func, select

from participation.audit import AuditEntry
from participation.db import session
from participation.i18n import LocalizedText
from participation.moderation import catalogue
from participation.moderation.catalogue import LastRule
from participation.moderation.feature import feature
from participation.moderation.models import Rule, RuleKind
from tests.accounts.makers import make_user, sign_in
from tests.moderation.makers import make_decision, make_rule

WORDS = {"title": LocalizedText(de="Neu"), "text": LocalizedText(de="Neuer Text."), "reference": "", "position": 1}
FORM = {"title-de": "Neu", "text-de": "Neuer Text.", "title-en": "New", "reference": "", "position": "1"}


def count():
    return session.scalar(select(func.count()).select_from(Rule))


def test_the_house_begins_with_rules_and_law_that_reading_does_not_save(client):
    page = client.get("/de/rules").text
    for part in ("Wir gehen freundlich miteinander um", "§ 185 StGB", "§ 130 StGB", "§ 106 UrhG", "§§ 22, 33 KUG"):
        assert part in page
    assert count() == 0


def test_m2_the_page_tells_how_we_decide_and_m1_where_to_turn(client):
    page = client.get("/en/rules").text
    for part in (
        "No software decides about your text.",
        "Software only helps to sort",
        "You can report it: the link stands with each idea and each comment.",
        "You have 6 months to object.",
        "Another person decides then.",
        "/en/pages/contact",
        "/en/pages/imprint",
        "/en/transparency",
    ):
        assert part in page


def test_m2_the_page_is_dated_once_a_rule_has_changed(client, stop_clock):
    stop_clock(2026, 4, 10, 12)
    assert "Last changed" not in client.get("/en/rules").text
    catalogue.change("respect", **WORDS, is_active=True)
    assert "Last changed: April 10, 2026" in client.get("/en/rules").text


def test_m2_after_the_first_night_the_starting_rules_bear_a_date(client, stop_clock):
    stop_clock(2026, 4, 10, 12)
    feature.housekeeping()
    assert "Last changed: April 10, 2026" in client.get("/en/rules").text


def test_the_first_use_saves_them_once(app):
    rule = catalogue.rule("insult")
    assert (rule.kind, rule.reference, rule.id is not None) == (RuleKind.LAW, "§ 185 StGB", True)
    many = count()
    catalogue.rule("respect")
    catalogue.fill()
    assert count() == many > 15
    assert catalogue.in_force()[0].slug == "respect"


def test_a_rule_nobody_relies_on_is_reworded_in_its_place(app):
    catalogue.fill()
    many = count()
    changed = catalogue.change("respect", **WORDS, is_active=True)
    assert (count(), str(changed.title)) == (many, "Neu")


def test_a_wording_that_decisions_rely_on_stays_as_it_was(app):
    old = make_rule("Alt", slug="respect", text=LocalizedText(de="Alter Text."))
    make_rule()
    decision = make_decision(rule=old)
    changed = catalogue.change("respect", **WORDS, is_active=True)
    assert changed.id != old.id
    assert (str(decision.rule.text), old.is_active) == ("Alter Text.", False)
    assert catalogue.rule("respect") is changed
    assert old not in catalogue.in_force()


def test_another_place_or_no_longer_in_force_is_no_new_wording(app):
    old = make_rule("Alt", slug="respect")
    make_rule()
    make_decision(rule=old)
    same = {"title": old.title, "text": old.text, "reference": old.reference}
    assert catalogue.change("respect", **same, position=9, is_active=False) is old
    assert (old.position, old.is_active) == (9, False)


def test_one_rule_stays_in_force(app):
    make_rule("Einzige", slug="only")
    with pytest.raises(LastRule):
        catalogue.change("only", **WORDS, is_active=False)


@pytest.mark.parametrize(
    ("role", "status"), [("moderator", 403), ("analyst", 403), ("editor", 200), ("administrator", 200)]
)
def test_editors_and_administrators_word_the_rules(client, role, status):
    sign_in(client, make_user(role))
    for address in ("/en/staff/rules", "/en/staff/rules/new", "/en/staff/rules/respect"):
        assert client.get(address).status_code == status


def test_a_changed_rule_is_public_at_once_and_logged(client):
    sign_in(client, make_user("editor", name="Aylin Yıldız"))
    assert client.post("/en/staff/rules/respect", data={**FORM, "is_active": "y"}).location == "/en/staff/rules"
    assert "New" in client.get("/en/rules").text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "rule.changed")).one()
    assert entry.staff_name == "Aylin Yıldız"


def test_a_rule_out_of_force_is_no_longer_shown_to_residents(client):
    sign_in(client, make_user("editor"))
    client.post("/en/staff/rules/respect", data=FORM)
    assert "New" not in client.get("/en/rules").text
    assert "No longer in force" in client.get("/en/staff/rules").text


def test_a_rule_can_be_added(client):
    sign_in(client, make_user("editor"))
    assert client.post("/en/staff/rules/new", data={**FORM, "kind": "house", "is_active": "y"}).status_code == 302
    assert [str(rule.title) for rule in catalogue.in_force()].count("Neu") == 1


@pytest.mark.parametrize(
    "spoilt", [{"title-de": ""}, {"text-de": ""}, {"position": "x"}, {"text-tr": "x" * 2_001}, {"reference": "x" * 201}]
)
def test_a_rule_that_cannot_be_saved_comes_back_as_it_was(client, spoilt):
    sign_in(client, make_user("editor"))
    answer = client.post("/en/staff/rules/respect", data={**FORM, **spoilt})
    assert answer.status_code == 422
    assert 'value="New"' in answer.text


def test_there_is_no_such_rule(client):
    sign_in(client, make_user("editor"))
    assert client.get("/en/staff/rules/nothing").status_code == 404
    assert client.post("/en/staff/rules/nothing", data=FORM).status_code == 404
