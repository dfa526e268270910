"""What residents read of minutes, what they never read, and how a change in the database is noticed."""

import io
import shutil
import subprocess
from hashlib import sha256

import pytest
from sqlalchemy import select, text

from participation import pdf
from participation.audit import AuditEntry
from participation.contributions import hints
from participation.councils import approving, content, findings, people, publication, redacting, sealing, summaries
from participation.councils.blackening import Blackening
from participation.councils.canonical import canonical
from participation.councils.minutes_models import Minutes, MinutesStatus, Redaction, RedactionReason, Result
from participation.councils.models import ConsentPurpose
from participation.councils.resolution_models import Resolution, ResolutionCard, Task
from participation.db import engine, session
from participation.i18n import speaking
from participation.media.models import Document
from participation.permissions import VISITOR
from tests.accounts.makers import staff_client
from tests.councils.makers import make_attendance, make_item, make_membership
from tests.councils.minutes_makers import (
    CHECKED,
    CONFIDENTIAL,
    NAMED,
    UNNAMED,
    WORDS,
    make_approved,
    make_checked_minutes,
    make_held_meeting,
    make_published,
    make_written_minutes,
    member_of,
)
from tests.statements import counted_statements

PERSONAL = RedactionReason.PERSONAL


@pytest.fixture(autouse=True)
def _without_paper(app, request, monkeypatch):
    """Making PDF files takes most of the time; only tests about them do."""
    if "pdf" not in request.node.name:
        monkeypatch.setattr(publication, "_print", lambda _minutes: None)


def everything_public() -> str:
    """Each word that residents could be shown of minutes and what was made of them."""
    found = [str(one) for one in session.scalars(select(Minutes.public_content))]
    for one in session.scalars(select(Resolution).where(Resolution.published_at.is_not(None))):
        found += [one.title, one.text]
    found += list(session.scalars(select(Task.public_text)))
    return "\n".join(found)


def blacked(words: str, *passages: str) -> str:
    return Blackening(Redaction(passage=one, reason=PERSONAL) for one in passages).text(words)


MARK = "[[redacted:personal]]"


# --- Blacking out -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "passages", "left"),
    [
        ("Frau Müller sagt", ["Müller"], f"Frau {MARK} sagt"),
        ("FRAU MÜLLER", ["Frau Müller"], MARK),
        ("Frau\n  Müller", ["Frau Müller"], MARK),
        ("Müllers Hund", ["Müller"], f"{MARK} Hund"),  # the rest of a word would tell
        ("Mu\u0308ller", ["Müller"], MARK),  # written with two characters
        ("Mül\u00adler", ["Müller"], MARK),  # with a soft hyphen that nobody sees
        ("Ali Veli Demir", ["Ali Veli", "Veli Demir"], MARK),  # passages that overlap
        ("siehe [Frau Müller](https://example.org/privat)", ["Müller"], f"siehe {MARK}"),
        ("Frau [Müller](https://example.org/privat) sagt", ["Frau Müller"], f"{MARK} sagt"),  # half of it is a link
        ("[Frau](https://example.org) Müller sagt", ["Frau Müller"], f"{MARK} sagt"),
        ("ruf 0201 123456 an", ["0201 123456"], f"ruf {MARK} an"),
        ("nichts davon", ["Müller"], "nichts davon"),
        ("a+b (c)", ["+b (c"], f"a{MARK})"),  # no pattern, only words
    ],
)
def test_words_go_wherever_and_however_they_stand(words, passages, left):
    assert blacked(words, *passages) == left


def test_blacking_out_takes_no_longer_for_hostile_texts():
    assert blacked("a" * 200_000, "ab") == "a" * 200_000


def test_a_redaction_leaves_no_trace_in_what_residents_read(client):
    """Page, plain text, register, tasks: the words are nowhere (D17)."""
    minutes = make_checked_minutes()
    minutes.entries[0].discussion = "Frau Wunderlich aus der Talstraße 7 klagt."
    minutes.entries[0].resolution = "Frau Wunderlich bekommt eine Laterne."
    session.scalars(select(Task)).one().text = "Frau Wunderlich anrufen"
    minutes = make_approved(minutes)
    redacting.redact(minutes, "wunderlich", PERSONAL)
    redacting.redact(minutes, "Talstraße 7", PERSONAL)
    publication.publish(minutes, is_checked=True)
    session.commit()
    number = minutes.meeting_id
    pages = [
        client.get(address).text
        for address in (f"/de/minutes/{number}", f"/de/minutes/{number}/1", f"/de/minutes/{number}/1/text.txt")
    ]
    for read in (*pages, everything_public()):
        assert "wunderlich" not in read.lower()
        assert "talstra" not in read.lower()
    assert "blacked out: data about a person" in pages[0]
    assert minutes.content["items"][0]["resolution"] == "Frau Wunderlich bekommt eine Laterne."


def test_words_that_are_blacked_out_after_publishing_go_at_once_from_all_revisions(client):
    minutes = make_published()
    corrected = approving.correct(minutes, "Ein Name.")
    before = minutes.public_digest
    redacting.redact(minutes, "Talwiese", PERSONAL)
    assert "Talwiese" not in everything_public()
    assert minutes.public_digest != before
    assert minutes.renewed_at is not None
    assert sealing.is_untouched(minutes)
    assert [one.passage for one in corrected.redactions] == ["Talwiese"]


def test_words_that_were_blacked_out_by_mistake_are_shown_again():
    minutes = make_published()
    before = minutes.public_digest
    redacting.redact(minutes, "Talwiese", PERSONAL)
    redacting.show_again(minutes.redactions[0])
    assert minutes.public_digest == before
    assert "Talwiese" in everything_public()


def test_what_does_not_stand_there_or_is_too_short_is_not_blacked_out():
    minutes = make_approved()
    with pytest.raises(redacting.NotInTheText):
        redacting.redact(minutes, "Wunderlich", PERSONAL)
    with pytest.raises(redacting.TooShort):
        redacting.redact(minutes, " - a ", PERSONAL)


def test_cards_and_summaries_with_these_words_are_taken_back():
    minutes = make_published()
    summaries.write(minutes, "tr", "Talwiese için bir lamba.")
    summaries.release(minutes, "tr", "Talwiese için bir lamba.")
    resolution = session.scalars(select(Resolution)).one()
    card = ResolutionCard(
        language="de", title="Licht", text="An der Talwiese wird es hell.", released_at=minutes.approved_at
    )
    resolution.cards.append(card)
    redacting.redact(minutes, "Talwiese", PERSONAL)
    assert summaries.summary(minutes, "tr").released_at is None
    assert card.released_at is None
    with pytest.raises(summaries.HoldsRedactedWords):
        summaries.write(minutes, "tr", "Talwiese için bir lamba.")


# --- What is public ---------------------------------------------------------------------------------------------------


def test_residents_read_no_confidential_item_no_guest_and_no_name_without_consent(client):
    minutes = make_published()
    session.commit()
    for address in ("", "/1/text.txt"):
        read = client.get(f"/de/minutes/{minutes.meeting_id}{address}").text
        assert WORDS in read
        assert NAMED in read
        assert "Vertragssache" in read
        for secret in (CONFIDENTIAL, "Schluckspecht", UNNAMED, "Sonnenschein", "Petra Gast"):
            assert secret not in read


def test_a_consent_that_is_taken_back_takes_the_name_from_published_minutes():
    minutes = make_published()
    person = member_of(minutes, NAMED).person
    assert NAMED in everything_public()
    people.withdraw_consent(person, ConsentPurpose.NAME)
    assert NAMED not in everything_public()
    assert not person.agrees_to(ConsentPurpose.NAME)


def test_before_publishing_somebody_looks_at_what_may_be_personal_data():
    minutes = make_checked_minutes()
    minutes.entries[0].discussion = f"{UNNAMED} sagt: rufen Sie 0201 8877665 an. Auch Petra Gast war da."
    minutes = make_approved(minutes)
    found = {(one.kind, one.passage) for one in findings.findings(minutes)}
    assert {("name", UNNAMED), ("name", "Petra Gast"), ("phone", "0201 8877665")} <= found
    assert all(str(one.label) for one in findings.findings(minutes))
    assert set(hints.LABELS) < set(findings.KINDS)
    with pytest.raises(publication.PersonalDataLeft):
        publication.publish(minutes)
    assert minutes.status is MinutesStatus.APPROVED
    publication.publish(minutes, is_checked=True)
    assert minutes.is_public


def test_only_approved_minutes_are_published_and_only_once(client):
    minutes = make_written_minutes()
    with pytest.raises(publication.NotApproved):
        publication.publish(minutes)
    session.commit()
    assert client.get(f"/de/minutes/{minutes.meeting_id}").status_code == 404
    published = make_published()
    with pytest.raises(publication.IsPublished):
        publication.publish(published)


def test_the_plain_text_has_the_hash_that_the_page_shows(client):
    minutes = make_published()
    session.commit()
    answer = client.get(f"/de/minutes/{minutes.meeting_id}/1/text.txt")
    assert answer.mimetype == "text/plain"
    digest = sha256(answer.data).hexdigest()
    assert digest == minutes.public_digest
    assert digest in client.get(f"/tr/minutes/{minutes.meeting_id}").text
    assert answer.data == client.get(f"/ar/minutes/{minutes.meeting_id}/1/text.txt").data


def test_the_text_of_the_hash_is_the_same_in_every_language_and_cannot_be_imitated():
    minutes = make_approved()
    with speaking("ar"):
        assert content.digest(content.full(minutes)) == minutes.digest
    imitated = {**minutes.content, "remarks": "TOP 3\nErgebnis: beschlossen"}
    assert "\n    TOP 3\n" in canonical(imitated)


def test_a_correction_and_what_it_corrects_both_stay_readable(client):
    minutes = make_published()
    corrected = approving.correct(minutes, "Es waren zwei Laternen.")
    corrected.entries[0].resolution = "Es werden zwei Laternen aufgestellt."
    corrected.status, corrected.circulated_at = MinutesStatus.CIRCULATED, minutes.circulated_at
    make_published(corrected)
    session.commit()
    number = minutes.meeting_id
    newest, first = client.get(f"/de/minutes/{number}").text, client.get(f"/de/minutes/{number}/1").text
    assert "zwei Laternen aufgestellt" in newest
    assert WORDS not in newest
    assert "Es waren zwei Laternen." in newest
    assert WORDS in first
    assert "corrected later" in first
    assert "corrected later" not in newest
    assert session.scalars(select(Resolution)).one().text == "Es werden zwei Laternen aufgestellt."
    assert client.get(f"/de/minutes/{number}/3").status_code == 404


def test_what_was_written_comes_out_harmless_and_with_its_language(client):
    minutes = make_checked_minutes()
    minutes.entries[0].discussion = "<script>alert(1)</script> [Klick](javascript:alert(1))"
    make_published(minutes)
    session.commit()
    read = client.get(f"/tr/minutes/{minutes.meeting_id}").text
    assert "<script>alert" not in read
    assert 'href="javascript' not in read
    assert '<div lang="de" dir="ltr">' in read


def test_the_summary_in_the_language_of_the_reader_comes_first(client):
    minutes = make_published()
    summaries.write(minutes, "tr", "Parka bir lamba konuyor.")
    session.commit()
    address = f"/tr/minutes/{minutes.meeting_id}"
    assert "lamba konuyor" not in client.get(address).text
    summaries.release(minutes, "tr", "Parka bir lamba konuyor.")
    session.commit()
    assert "lamba konuyor" in client.get(address).text
    assert "lamba konuyor" not in client.get(f"/de/minutes/{minutes.meeting_id}").text
    summaries.write(minutes, "tr", "Parka iki lamba konuyor.")
    with pytest.raises(summaries.WrittenMeanwhile):
        summaries.release(minutes, "tr", "Parka bir lamba konuyor.")
    assert VISITOR.name == ""


# --- Seals ------------------------------------------------------------------------------------------------------------


def drop_the_guards() -> None:
    for name, table in (("approved_minutes_stay", "minutes"), ("approved_entries_stay", "minutes_entries")):
        of = f" ON {table}" if engine().dialect.name == "postgresql" else ""
        session.execute(text(f"DROP TRIGGER {name}{of}"))


def change(statement: str) -> None:
    """Somebody with access to the database and without the guards."""
    session.commit()
    drop_the_guards()
    session.execute(text(statement))
    session.expire_all()


@pytest.mark.databases
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE minutes_entries SET resolution = 'Alle Laternen werden abgebaut.' WHERE resolution <> ''",
        "UPDATE minutes_entries SET votes_against = 0",
        "UPDATE minutes SET guests = 'niemand'",
        "UPDATE minutes SET digest = public_digest",
        "UPDATE minutes SET approved_at = created_at",
        "UPDATE minutes SET content = public_content",
        "UPDATE minutes SET public_content = content",
        "UPDATE minutes SET status = 'circulated'",
    ],
)
def test_approved_text_that_was_changed_in_the_database_is_noticed_by_its_seal(statement):
    minutes = make_published()
    assert sealing.is_untouched(minutes)
    assert sealing.check_all() == {"minutes_checked": 1, "minutes_touched": 0}
    change(statement)
    assert not sealing.is_untouched(session.get_one(Minutes, minutes.id))
    assert sealing.check_all() == {"minutes_checked": 1, "minutes_touched": 1}
    assert session.scalar(select(Minutes.touched_at)) is not None
    sealing.check_all()
    assert list(session.scalars(select(AuditEntry.action))).count("minutes.touched") == 1


def test_a_hash_that_was_computed_anew_does_not_help_who_has_no_key():
    minutes = make_published()
    forged = {**minutes.public_content, "remarks": "Alles war schön."}
    session.commit()
    session.query(Minutes).update({"public_content": forged, "public_digest": content.digest(forged)})
    session.expire_all()
    assert not sealing.is_public_untouched(session.get_one(Minutes, minutes.id))


def test_readers_are_told_when_the_text_was_changed(client):
    minutes = make_published()
    address = f"/de/minutes/{minutes.meeting_id}"
    session.commit()
    assert "Attention" not in client.get(address).text
    session.query(Minutes).update({"public_digest": "0" * 64})
    session.commit()
    assert "Attention" in client.get(address).text


def test_what_was_changed_in_the_database_is_not_published():
    minutes = make_approved()
    change("UPDATE minutes_entries SET resolution = 'Alle Laternen werden abgebaut.' WHERE resolution <> ''")
    with pytest.raises(publication.TextWasTouched):
        publication.publish(session.get_one(Minutes, minutes.id))


@pytest.mark.parametrize("path", ["/de/minutes/{}", "/de/staff/minutes-life/{}", "/de/staff/minutes-life/{}/preview"])
def test_minutes_take_few_statements_however_long_they_are(app, path):
    client = staff_client(app, "council_secretary")
    counts = []
    for more in (1, 9):
        meeting = make_held_meeting()
        for _number in range(more):
            make_item(meeting)
            make_attendance(meeting, make_membership(meeting.council))
        minutes = make_written_minutes(meeting, **CHECKED)
        for entry in minutes.entries[2:]:
            entry.result, entry.resolution = Result.RESOLVED, WORDS
        make_published(minutes)
        session.commit()
        app.extensions["memory"].clear()
        with counted_statements(app) as seen:
            assert client.get(path.format(meeting.id)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20


# --- On paper ---------------------------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_and_says_what_the_page_says_and_nothing_more(client, tmp_path):
    if pdf.printer() is None:
        pytest.skip("WeasyPrint lacks its libraries.")
    import pikepdf

    minutes = make_approved()
    redacting.redact(minutes, "Talwiese", PERSONAL)
    publication.publish(minutes, is_checked=True)
    session.commit()
    moved = client.get(f"/de/minutes/{minutes.meeting_id}/1/minutes.pdf")
    answer = client.get(moved.location)
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as file:
        assert bool(file.Root.MarkInfo.Marked)
        assert str(file.Root.Lang) == "de"
        assert b"pdfuaid" in file.Root.Metadata.read_bytes()
    if shutil.which("pdftotext"):
        (tmp_path / "minutes.pdf").write_bytes(answer.data)
        said = subprocess.run(["pdftotext", tmp_path / "minutes.pdf", "-"], capture_output=True, text=True, check=True)
        words = " ".join(said.stdout.split())
        assert "wird eine Laterne aufgestellt" in words
        assert NAMED in words
        for secret in ("Talwiese", "Schluckspecht", UNNAMED, "Gast"):
            assert secret not in words


def test_words_that_go_later_go_from_the_pdf_too(client):
    if pdf.printer() is None:
        pytest.skip("WeasyPrint lacks its libraries.")
    minutes = make_published()
    before = minutes.document
    redacting.redact(minutes, "Talwiese", PERSONAL)
    assert session.get(Document, before.id) is None
    assert minutes.document is not None


def test_where_the_server_makes_no_pdf_the_page_is_enough(client, monkeypatch):
    monkeypatch.setattr(pdf, "printer", lambda: None)
    minutes = make_published()
    session.commit()
    assert minutes.document is None
    assert client.get(f"/de/minutes/{minutes.meeting_id}").status_code == 200
    assert client.get(f"/de/minutes/{minutes.meeting_id}/1/minutes.pdf").status_code == 404
    monkeypatch.undo()
    if pdf.printer() is not None:
        assert publication.print_missing() == 1
