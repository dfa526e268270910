"""What is blacked out or taken back comes in by no other door: later agendas, links, files, earlier revisions."""

import pytest
from sqlalchemy import select

from participation.councils import (
    announcing,
    approving,
    attending,
    following,
    mentioning,
    minutes_pdf,
    people,
    publication,
    redacting,
    returning,
    sealing,
)
from participation.councils.attending import Seen
from participation.councils.following import BlackedOutWords
from participation.councils.meeting_models import AgendaLink, Presence
from participation.councils.minutes_models import RedactionReason, Result
from participation.councils.models import ConsentPurpose
from participation.councils.public_models import PublicObject
from participation.councils.resolution_models import CommitteeAnswer, Resolution, Task
from participation.db import session
from participation.i18n import LocalizedText
from participation.permissions import VISITOR
from participation.text_index import texts
from tests.accounts.makers import staff_client
from tests.councils.makers import make_item, make_meeting, make_membership, make_paper, make_person
from tests.councils.minutes_makers import (
    CHECKED,
    make_approved,
    make_checked_minutes,
    make_held_meeting,
    make_published,
    member_of,
)
from tests.councils.resolution_makers import make_hand_over, make_resolution

PERSONAL = RedactionReason.PERSONAL


def make_minutes_about(name: str, **facts):
    """Published minutes that name somebody under their first item."""
    minutes = make_checked_minutes(**facts)
    minutes.entries[0].discussion = f"Frau {name} fragt nach."
    session.flush()
    return make_published(minutes, with_pdf=False)


def correct(minutes):
    """A correction that was sent round until long ago."""
    made = approving.correct(minutes, "Ein Satz war falsch.")
    for fact, value in CHECKED.items():
        setattr(made, fact, value)
    session.flush()
    return made


def found_words() -> str:
    return " ".join(session.scalars(select(texts.c.words)))


def test_words_that_a_correction_took_out_can_still_be_blacked_out_of_the_earlier_revision(client):
    minutes = make_minutes_about("Wunderlich")
    corrected = correct(minutes)
    corrected.entries[0].discussion = "Jemand fragt nach."
    session.flush()

    redacting.redact(corrected, "Wunderlich", PERSONAL)

    for path in ("", "/1", "/1/minutes.txt"):
        assert "Wunderlich" not in client.get(f"/de/minutes/{minutes.meeting_id}{path}").text


def test_a_correction_cannot_bring_blacked_out_words_back(client):
    minutes = make_minutes_about("Wunderlich")
    corrected = correct(minutes)
    corrected.entries[0].discussion = "Jemand fragt nach."
    session.flush()
    redacting.redact(minutes, "Wunderlich", PERSONAL)

    corrected.entries[0].discussion = "Doch, Frau Wunderlich fragt."
    session.flush()
    make_published(corrected, with_pdf=False)

    assert "Wunderlich" not in client.get(f"/de/minutes/{minutes.meeting_id}").text
    assert "wunderlich" not in found_words()


def test_cards_that_are_taken_back_are_found_no_longer_whichever_revision_had_the_words(app):
    minutes = make_minutes_about("Wunderlich")
    resolution = session.scalars(select(Resolution)).one()
    card = following.write_card(resolution, "tr", "Wunderlich", "Wunderlich sordu.")
    following.release_card(card, VISITOR, following.print_of(card))
    assert "wunderlich" in found_words()
    corrected = correct(minutes)
    corrected.entries[0].discussion = "Jemand fragt nach."
    session.flush()
    make_published(corrected, with_pdf=False)

    redacting.redact(corrected, "Wunderlich", PERSONAL)

    assert card.released_at is None
    assert "wunderlich" not in found_words()


def test_nobody_releases_a_card_once_more_that_was_taken_back_for_its_words(app):
    minutes = make_minutes_about("Wunderlich")
    resolution = session.scalars(select(Resolution)).one()
    card = following.write_card(resolution, "tr", "Wunderlich", "Wunderlich sordu.")
    redacting.redact(minutes, "Wunderlich", PERSONAL)

    with pytest.raises(BlackedOutWords):
        following.release_card(card, VISITOR, following.print_of(card))
    assert card.released_at is None


def test_a_link_from_an_idea_tells_no_title_that_is_blacked_out(app):
    minutes = make_checked_minutes()
    entry, item = minutes.entries[0], minutes.entries[0].item
    entry.discussion, entry.result, entry.resolution = "Frau Wunderlich fragt nach.", Result.NOTED, ""
    session.flush()
    make_published(minutes, with_pdf=False)
    item.title = LocalizedText(de="Antrag von Frau Wunderlich")
    item.links.append(AgendaLink(kind="idea", ref_id=7))
    redacting.redact(minutes, "Wunderlich", PERSONAL)

    with app.test_request_context("/de/ideas/7"):
        mention, *_others = mentioning.mentions("idea", 7)
        assert "Wunderlich" not in str(mention.title)


@pytest.mark.databases
@pytest.mark.parametrize("times", [1, 2])
def test_what_was_postponed_stays_blacked_out_on_every_later_agenda(client, times):
    minutes = make_checked_minutes()
    item = minutes.entries[0].item
    item.title = LocalizedText(de="Antrag von Frau Wunderlich")
    session.flush()
    make_published(minutes, with_pdf=False)
    meeting = minutes.meeting
    for _time in range(times):
        meeting = make_meeting(minutes.meeting.council)
        item = make_item(meeting, "Antrag von Frau Wunderlich", postponed_from=item)
    announcing.tell(meeting)
    assert "wunderlich" in found_words()

    redacting.redact(minutes, "Wunderlich", PERSONAL)

    assert "Wunderlich" not in client.get(f"/de/meetings/{meeting.id}").text
    assert "wunderlich" not in found_words()
    assert not any("Wunderlich" in one for one in session.scalars(select(PublicObject.data)))


@pytest.mark.databases
def test_a_task_that_came_back_is_blacked_out_where_it_came_back_to(client):
    minutes = make_checked_minutes()
    task = session.scalars(select(Task)).one()
    task.text = "Frau Wunderlich anrufen"
    session.flush()
    make_published(minutes, with_pdf=False)
    later = make_meeting(minutes.meeting.council)
    returning.bring_back(later)
    assert "Wunderlich" in client.get(f"/de/meetings/{later.id}").text

    redacting.redact(minutes, "Wunderlich", PERSONAL)

    assert "Wunderlich" not in client.get(f"/de/meetings/{later.id}").text
    assert "wunderlich" not in found_words()
    assert not any("Wunderlich" in one for one in session.scalars(select(PublicObject.data)))


def test_the_title_of_a_meeting_and_the_names_of_files_tell_nothing_that_is_blacked_out(client):
    minutes = make_checked_minutes(meeting=make_held_meeting(title=LocalizedText(de="Sondersitzung Wunderlich")))
    paper = make_paper(minutes.entries[0].item, title=LocalizedText(de="Brief von Wunderlich"))
    paper.document.title = "Brief von Wunderlich"
    make_published(minutes, with_pdf=False)
    meeting = minutes.meeting
    redacting.redact(minutes, "Wunderlich", PERSONAL)

    for path in (
        f"/de/meetings/{meeting.id}",
        f"/de/meetings/{meeting.id}/meeting.ics",
        "/de/meetings?past=1",
        f"/de/councils/{meeting.council.slug}/meetings",
        f"/de/minutes/{meeting.id}",
        "/de/search?q=Sondersitzung",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "Wunderlich" not in answer.text, path
    file = client.get(f"/media/documents/{paper.document_id}.pdf")
    assert file.status_code == 200
    assert "Wunderlich" not in str(file.headers)


def test_answers_of_committees_are_blacked_out_later_too(app, client):
    minutes = make_minutes_about("Wunderlich")
    resolution = session.scalars(select(Resolution)).one()
    session.add(AgendaLink(item_id=resolution.item_id, kind="idea", ref_id=7))
    handed = make_hand_over(resolution, "Ausschuss Wunderlich")
    handed.answer, handed.answer_text = CommitteeAnswer.NOTED, "Frau Wunderlich hat recht."
    handed.answered_on = handed.handed_over_on
    session.flush()

    redacting.redact(minutes, "Wunderlich", PERSONAL)

    assert "Wunderlich" not in client.get(f"/de/resolutions/{resolution.id}").text
    with app.test_request_context("/de/ideas/7"):
        assert not any("Wunderlich" in f"{one.title} {one.text}" for one in mentioning.mentions("idea", 7))


def test_whoever_chaired_or_promised_without_being_listed_takes_the_name_back_too(client):
    minutes = make_checked_minutes()
    meeting = minutes.meeting
    chair = make_membership(meeting.council, make_person("Gerda Glocke", shows=(ConsentPurpose.NAME,)))
    helper = make_membership(meeting.council, make_person("Hans Hammer", shows=(ConsentPurpose.NAME,)))
    meeting.chaired_by = chair
    session.scalars(select(Task)).one().membership = helper
    session.flush()
    make_published(minutes, with_pdf=False)
    page = client.get(f"/de/minutes/{meeting.id}").text
    assert "Gerda Glocke" in page
    assert "Hans Hammer" in page

    for one in (chair, helper):
        people.withdraw_consent(one.person, ConsentPurpose.NAME)

    page = client.get(f"/de/minutes/{meeting.id}").text
    assert "Gerda Glocke" not in page
    assert "Hans Hammer" not in page


def test_how_minutes_were_approved_is_told_without_blacked_out_words(client, monkeypatch):
    minutes = make_minutes_about("Wunderlich")
    redacting.redact(minutes, "Wunderlich", PERSONAL)
    approved = correct(minutes)
    approving.approve(approved, "Auf Antrag von Frau Wunderlich")
    publication.publish(approved, is_checked=True, with_pdf=False)
    assert "Wunderlich" not in client.get(f"/de/minutes/{minutes.meeting_id}").text
    monkeypatch.setattr(minutes_pdf, "written", lambda html, _styles: html.encode())
    assert "Wunderlich" not in minutes_pdf.pdf(approved).decode()


def test_who_was_there_does_not_change_once_the_minutes_are_approved(app):
    minutes = make_checked_minutes()
    member = member_of(minutes)
    make_approved(minutes)
    said = {member.id: Seen(Presence.ABSENT)}
    with pytest.raises(attending.AttendanceApproved):
        attending.record(minutes.meeting, said, {member.id: Seen(Presence.PRESENT)})

    approving.correct(minutes, "Jemand fehlte.")
    attending.record(minutes.meeting, said, {member.id: Seen(Presence.PRESENT)})


def test_whoever_releases_cards_reads_nothing_of_what_was_decided_in_confidence(app):
    resolution = make_resolution(published=False, is_confidential=True, text="Der Vertrag wird gekündigt.")
    following.write_card(resolution, "tr", "Sözleşme", "Sözleşme feshedilir.")
    editor, office = staff_client(app, "editor"), staff_client(app, "administrator")
    for path in ("", "/release"):
        assert editor.get(f"/de/staff/resolution-cards/{resolution.id}/tr{path}").status_code == 403
        assert office.get(f"/de/staff/resolution-cards/{resolution.id}/tr{path}").status_code == 200
    assert "Sözleşme" not in editor.get("/de/staff/resolution-cards").text


def test_how_minutes_were_approved_is_sealed(app):
    minutes = make_approved()
    assert sealing.is_untouched(minutes)
    minutes.approved_how = "Einstimmig"
    assert not sealing.is_untouched(minutes)
