"""Blacking out: what goes, what is kept apart and for how long, and who may look."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from participation import text_words
from participation.audit import AuditEntry
from participation.contributions import operations as contributions
from participation.contributions.models import Checking, Original
from participation.contributions.models import ContributionStatus as Status
from participation.db import Base, session
from participation.moderation import digest, redaction
from participation.moderation.models import Action
from tests.accounts.makers import make_user, staff_client
from tests.contributions.makers import make_checking_rule, make_translation
from tests.districts.makers import make_area
from tests.moderation.makers import make_decision, make_waiting

NUMBER = "0171 234567"


@pytest.mark.databases
def test_the_passages_go_everywhere_and_the_original_is_kept_apart(app):
    idea = make_waiting(title=f"Anruf {NUMBER}", text=f"{NUMBER}, bitte {NUMBER}! Frau Weber weiß es.")
    idea.hints = [{"kind": "phone", "passage": NUMBER}]
    make_translation(idea, "tr", title="", text=f"Arayın: {NUMBER}, Frau Weber")
    make_translation(idea, "ar", title="", text=f"اتصلوا {NUMBER} السيدة ويبر")
    make_decision(idea, action=Action.REDACT, passages=[NUMBER, "Frau Weber"])
    assert (idea.title, idea.text) == ("Anruf █████", "█████, bitte █████! █████ weiß es.")
    assert (idea.status, idea.is_redacted) == (Status.PUBLISHED, True)
    assert NUMBER not in str(idea.hints)
    session.expire_all()
    assert [(one.language, one.text) for one in idea.translations] == [("tr", "Arayın: █████, █████")]
    original = session.get(Original, idea.id)
    assert (original.title, original.text[:11]) == (f"Anruf {NUMBER}", NUMBER)


def test_a_long_passage_hides_the_shorter_one_within_it(app):
    assert redaction.blacked_out("Anna Weber und Anna", ["Anna", "Anna Weber"]) == "█████ und █████"


@pytest.mark.databases
def test_words_that_do_not_stand_there_are_refused_and_nothing_is_done(app):
    idea = make_waiting(text="Ein Text")
    with pytest.raises(redaction.NotInTheText, match="Weber"):
        make_decision(idea, action=Action.REDACT, passages=["Text", "Weber"])
    assert (idea.text, idea.status, session.get(Original, idea.id)) == ("Ein Text", Status.WAITING, None)


@pytest.mark.databases
def test_blacking_out_twice_keeps_the_first_wording(app):
    idea = make_waiting(text="Anna und Berta", title="")
    make_decision(idea, action=Action.REDACT, passages=["Anna"])
    make_decision(idea, action=Action.REDACT, passages=["Berta"])
    assert idea.text == "█████ und █████"
    assert session.get(Original, idea.id).text == "Anna und Berta"


@pytest.mark.databases
def test_the_original_can_be_put_back_after_an_objection(app):
    """M6"""
    idea = make_waiting(text="Anna und Berta")
    make_decision(idea, action=Action.REDACT, passages=["Anna"])
    make_decision(idea, action=Action.PUBLISH, restores_original=True)
    assert (idea.text, idea.is_redacted, session.get(Original, idea.id)) == ("Anna und Berta", False, None)


@pytest.mark.databases
def test_the_original_is_deleted_when_the_time_for_objections_is_over(app, stop_clock):
    """D14"""
    stop_clock(2026, 1, 31, 12)
    idea = make_waiting(text="Anna und Berta")
    make_decision(idea, action=Action.REDACT, passages=["Anna"])
    assert session.get(Original, idea.id).kept_until > date(2026, 7, 31) + timedelta(days=20)
    stop_clock(2026, 8, 1, 3)
    assert digest.housekeeping()["originals"] == 0
    stop_clock(2026, 9, 15, 3)
    assert digest.housekeeping()["originals"] == 1
    with pytest.raises(redaction.NothingKept):
        make_decision(idea, action=Action.PUBLISH, restores_original=True)
    assert idea.text == "█████ und Berta"


def test_each_look_at_the_original_is_written_down(app):
    """D15"""
    here, there = make_area("Mitte"), make_area("Nord")
    idea = make_waiting(text=f"Ruft an: {NUMBER}", areas=[here])
    make_decision(idea, make_user("moderator"), Action.REDACT, passages=[NUMBER])
    address = f"/en/staff/moderation/{idea.id}"
    assert staff_client(app, "editor").post(f"{address}/original").status_code == 403
    assert staff_client(app, "moderator", area_id=there.id).post(f"{address}/original").status_code == 403
    moderator = staff_client(app, "moderator", area_id=here.id)
    assert NUMBER not in moderator.get(address).text
    assert NUMBER not in moderator.get(f"{address}/history").text
    assert NUMBER in moderator.post(f"{address}/original").text
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "contribution.original_seen"))
    assert (entry.is_personal_data, entry.thing) == (True, f"contribution {idea.id}")
    assert entry.details == {"purpose": "deciding about the text again"}


def test_what_is_not_blacked_out_has_no_original(app):
    idea = make_waiting()
    address = f"/en/staff/moderation/{idea.id}/original"
    assert staff_client(app, "moderator").post(address).status_code == 409


def test_blacked_out_words_do_not_come_back_by_an_edit_that_nobody_has_checked(app):
    """Also where the city checks afterwards: the author could just write them again."""
    make_checking_rule(Checking.AFTER)
    idea = make_waiting(text="Frau Öztürk wohnt dort.")
    contributions.show(idea)
    contributions.change(idea, idea.version, title=idea.title, text="Frau Öztürk lebt dort.", language="de")
    assert idea.is_public
    make_decision(idea, action=Action.REDACT, passages=["Öztürk"])
    contributions.change(idea, idea.version, title=idea.title, text="Frau Öztürk wohnt dort.", language="de")
    assert (idea.status, idea.listed_at) == (Status.WAITING, None)


@pytest.mark.databases
@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_what_was_blacked_out_or_taken_back_stands_nowhere_else(app, is_withdrawn):
    """Not in translations, hints, the index, the words of all texts, or any page of visitors."""
    idea = make_waiting(title="Zum Quittenbaum", text="Ruft Frau Quittenbaum an.", latitude=51.3, longitude=6.5)
    make_translation(idea, "tr", "Quittenbaum Hanımı arayın.")
    make_decision(idea, action=Action.PUBLISH)
    text_words.recount()
    assert {"contributions", "contribution_translations", "texts", "text_words"} <= where("quittenbaum")
    if is_withdrawn:
        contributions.withdraw(idea)
    else:
        make_decision(idea, action=Action.REDACT, passages=["Quittenbaum"])
    text_words.recount()
    assert where("quittenbaum") == (set() if is_withdrawn else {"contribution_originals"})
    client = app.test_client()
    for path in (
        "ideas/",
        f"ideas/{idea.id}",
        "ideas/map",
        "ideas/map.json",
        "ideas/?words=Quittenbaum",
        "transparency",
    ):
        page = client.get(f"/en/{path}").text
        assert "quittenbaum" not in page.lower().replace("words=quittenbaum", "").replace('value="quittenbaum"', "")


def where(word: str) -> set[str]:
    """The tables that hold a word in one of their rows."""
    session.flush()
    rows = {table.name: session.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    return {name for name, found in rows.items() if word in str(found).lower()}
