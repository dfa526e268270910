"""Councils on the search desk: agendas, minutes and resolutions by their public words; nothing hidden is ever found."""

from datetime import timedelta

import pytest

from participation import clock, text_search
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import make_findable
from participation.councils import (
    agenda,
    approving,
    findables,
    following,
    indexing,
    meetings,
    minutes_pdf,
    operations,
    publication,
    redacting,
    summaries,
)
from participation.councils.meeting_models import AgendaItem, Meeting
from participation.councils.minutes_models import Minutes, MinutesStatus, RedactionReason
from participation.councils.proposal_models import ItemProposal
from participation.councils.resolution_models import Resolution
from participation.db import session
from participation.feature import Finding
from participation.i18n import LocalizedText
from participation.pdf import NoPdf
from participation.text_search import Hit, Limits
from tests.councils.makers import make_council, make_item, make_meeting, make_minutes
from tests.councils.resolution_makers import decide
from tests.districts.makers import make_area
from tests.statements import counted_statements

pytestmark = pytest.mark.databases

KINDS = tuple(one.kind for one in findables.FINDABLES)


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """Making PDF files takes time, and nothing here looks at them."""

    def cannot(_minutes: Minutes) -> bytes:
        raise NoPdf

    monkeypatch.setattr(minutes_pdf, "pdf", cannot)


def found(typed: str, **limits: object) -> list[Hit]:
    return list(text_search.search(typed, Limits(**{"kinds": KINDS, **limits})).hits)


def told(app, kind: str, number: int) -> Finding | None:
    load = next(one.load for one in findables.FINDABLES if one.kind == kind)
    with app.test_request_context("/de/search"):
        return load([number]).get(number)


def make_published(*items: AgendaItem, words: str = "Im Park wird eine Laterne aufgestellt.") -> Minutes:
    """Minutes with a resolution to each item, approved and published by the operations."""
    meeting = items[0].meeting
    minutes = make_minutes(meeting)
    for item in items:
        decide(minutes, item, words)
        next(one for one in minutes.entries if one.item is item).discussion = "Lange wurde über **Helligkeit** beraten."
    minutes.status, minutes.circulated_at = MinutesStatus.CIRCULATED, clock.now() - timedelta(days=20)
    minutes.objections_until = clock.today() - timedelta(days=1)
    session.flush()
    approving.approve(minutes, "ohne Einwendungen")
    publication.publish(minutes, is_checked=True)
    return minutes


def make_past_meeting(**facts: object) -> Meeting:
    return make_meeting(starts_at=clock.now() - timedelta(days=30), **facts)


# --- What is found ----------------------------------------------------------------------------------------------------


def test_an_agenda_is_found_once_it_is_published(app):
    meeting = make_meeting(announced=False, online_address="https://example.org/meeting")
    make_item(meeting, "Zebrastreifen am Rathaus")
    indexing.index_meeting(meeting)
    assert found("Zebrastreifen") == []
    assert told(app, "meeting", meeting.id) is None
    meetings.publish_agenda(meeting)
    assert found("Zebrastreifen") == [Hit("meeting", meeting.id)]
    finding = told(app, "meeting", meeting.id)
    assert finding.url == f"/de/meetings/{meeting.id}"
    assert "Zebrastreifen" in finding.texts["de"]
    assert finding.day == meeting.held_on


def test_a_later_change_of_the_agenda_is_found_at_once(app):
    meeting = make_meeting()
    item = make_item(meeting, "Zebrastreifen")
    agenda.change(item, title=LocalizedText(de="Ampel"))
    assert found("Zebrastreifen") == []
    assert found("Ampel") == [Hit("meeting", meeting.id)]
    agenda.add(meeting, LocalizedText(de="Brunnen"))
    assert found("Brunnen") == [Hit("meeting", meeting.id)]


def test_minutes_and_resolutions_are_found_from_their_publishing_on(app):
    minutes = make_published(make_item(make_past_meeting(), "Beleuchtung"))
    resolution = session.query(Resolution).one()
    assert set(found("Laterne")) == {Hit("minutes", minutes.meeting_id), Hit("resolution", resolution.id)}
    assert found("Helligkeit") == [Hit("minutes", minutes.meeting_id)]
    assert found(resolution.number.replace("/", " "), kinds=["resolution"]) == [Hit("resolution", resolution.id)]
    assert told(app, "minutes", minutes.meeting_id).url == f"/de/minutes/{minutes.meeting_id}"
    assert told(app, "resolution", resolution.id).day == resolution.decided_on


def test_the_parts_of_the_city_that_a_council_works_for_are_those_of_its_things(app):
    north, south = make_area("Nord"), make_area("Süd")
    council = make_council(areas=[north])
    indexing.index_council(council)
    make_published(make_item(make_past_meeting(council=council), "Beleuchtung"))
    assert {hit.kind for hit in found("Laterne", area=north.id)} == {"minutes", "resolution"}
    assert found("Laterne", area=south.id) == []
    operations.change_council(council, areas=[south])
    assert {hit.kind for hit in found("Laterne", area=south.id)} == {"minutes", "resolution"}
    assert found("Laterne", area=north.id) == []


def test_a_correction_is_found_instead_of_what_it_corrects(app):
    minutes = make_published(make_item(make_past_meeting()))
    corrected = approving.correct(minutes, "Es war eine Bank.")
    corrected.entries[0].resolution = "Im Park wird eine Sitzbank aufgestellt."
    session.flush()
    assert found("Sitzbank") == []
    assert found("Laterne") != []
    corrected.status, corrected.circulated_at = MinutesStatus.CIRCULATED, clock.now()
    corrected.objections_until = clock.today() - timedelta(days=1)
    session.flush()
    approving.approve(corrected, "ohne Einwendungen")
    assert found("Sitzbank") == []
    publication.publish(corrected, is_checked=True)
    assert found("Laterne") == []
    assert {hit.kind for hit in found("Sitzbank")} == {"minutes", "resolution"}


def test_proposals_are_found_while_others_may_read_them(app):
    proposal = ItemProposal(
        council=make_council(),
        title="Trinkbrunnen",
        text="Wir brauchen Wasser.",
        language="de",
        status=ContributionStatus.PUBLISHED,
        published_at=clock.now(),
    )
    session.add(proposal)
    session.flush()
    make_findable(proposal)
    assert found("Trinkbrunnen") == [Hit("item_proposal", proposal.id)]
    assert told(app, "item_proposal", proposal.id).url == f"/de/proposals/{proposal.id}"


# --- What is never found ----------------------------------------------------------------------------------------------


def test_of_a_confidential_item_nothing_but_its_neutral_title_is_found(app):
    meeting = make_past_meeting()
    open_item = make_item(meeting, "Beleuchtung")
    hidden = make_item(
        meeting,
        "Grundstückskauf Mustermann",
        text=LocalizedText(de="Der Preis beträgt viel."),
        is_public=False,
        public_title=LocalizedText(de="Liegenschaften"),
    )
    indexing.index_meeting(meeting)
    make_published(open_item, hidden)
    for word in ("Grundstückskauf", "Mustermann", "Preis"):
        assert found(word) == [], word
    assert set(found("Liegenschaften")) == {Hit("meeting", meeting.id), Hit("minutes", meeting.id)}
    assert session.query(Resolution).filter_by(is_confidential=True).count() == 1
    texts = [told(app, kind, meeting.id).texts["de"] for kind in ("meeting", "minutes")]
    assert not [text for text in texts if "Mustermann" in text]


def test_an_item_that_becomes_confidential_is_forgotten(app):
    meeting = make_meeting()
    item = make_item(meeting, "Grundstückskauf")
    indexing.index_meeting(meeting)
    assert found("Grundstückskauf") == [Hit("meeting", meeting.id)]
    agenda.change(item, is_public=False)
    assert found("Grundstückskauf") == []


def test_d17_blacked_out_words_find_nothing_any_more(app):
    meeting = make_past_meeting()
    item = make_item(meeting, "Beschwerde von Wunderlich")
    indexing.index_meeting(meeting)
    minutes = make_published(item, words="Herr Wunderlich bekommt eine Laterne.")
    resolution = session.query(Resolution).one()
    assert {hit.kind for hit in found("Wunderlich")} == {"meeting", "minutes", "resolution"}
    redacting.redact(minutes, "Wunderlich", RedactionReason.PERSONAL)
    assert found("Wunderlich") == []
    assert found("redacted") == []
    assert {hit.kind for hit in found("Laterne")} == {"minutes", "resolution"}
    for kind, number in (("meeting", meeting.id), ("minutes", meeting.id), ("resolution", resolution.id)):
        finding = told(app, kind, number)
        assert "Wunderlich" not in f"{finding.title} {finding.texts}"
        assert "blacked out" in str(finding.texts)


@pytest.mark.parametrize("status", [MinutesStatus.DRAFT, MinutesStatus.CIRCULATED, MinutesStatus.APPROVED])
def test_minutes_that_are_not_published_are_found_by_nobody(app, status):
    minutes = make_published(make_item(make_past_meeting()))
    other = make_minutes(make_past_meeting(), remarks="Geheimnis")
    other.circulated_at = clock.now()
    if status is MinutesStatus.APPROVED:
        other.approved_at, other.digest, other.seal, other.content = clock.now(), "x", "x", {**minutes.content}
    other.status = status
    session.flush()
    indexing.index_minutes(other)
    assert found("Geheimnis") == []
    assert told(app, "minutes", other.meeting_id) is None


def test_what_belongs_to_a_council_in_preparation_is_found_when_it_is_published(app):
    council = make_council(published=False, name=LocalizedText(de="Quartiersrat Morgenstern"))
    meeting = make_meeting(council)
    make_item(meeting, "Zebrastreifen")
    indexing.index_council(council)
    indexing.index_meeting(meeting)
    assert found("Zebrastreifen") == found("Morgenstern") == []
    assert told(app, "council", council.id) is told(app, "meeting", meeting.id) is None
    operations.publish_council(council)
    assert found("Zebrastreifen") == [Hit("meeting", meeting.id)]
    assert set(found("Morgenstern")) == {Hit("council", council.id), Hit("meeting", meeting.id)}


def test_cards_and_summaries_are_found_once_somebody_has_released_them(app, monkeypatch):
    minutes = make_published(make_item(make_past_meeting()))
    resolution = session.query(Resolution).one()
    card = following.write_card(resolution, "tr", "Parkta lamba", "Parka lamba konulacak.")
    summaries.write(minutes, "tr", "Toplantıda aydınlatma konuşuldu.")
    assert found("lamba") == found("aydınlatma") == []
    following.release_card(card, None, following.print_of(card))
    summaries.release(minutes, "tr", "Toplantıda aydınlatma konuşuldu.")
    assert found("lamba") == [Hit("resolution", resolution.id)]
    assert found("aydınlatma") == [Hit("minutes", minutes.meeting_id)]
    summaries.take_back(minutes, "tr")
    following.drop_card(resolution, "tr")
    assert found("lamba") == found("aydınlatma") == []


# --- How much work it is ----------------------------------------------------------------------------------------------


def test_several_things_cost_as_many_statements_as_one(app):
    for _number in range(4):
        meeting = make_past_meeting()
        make_published(make_item(meeting), make_item(meeting, "Noch etwas"))
    session.commit()
    for one in findables.FINDABLES:
        ids = list(one.every())
        counts = []
        for some in (ids[:1], ids):
            session.expunge_all()
            with app.test_request_context("/de/search"), counted_statements(app) as statements:
                one.load(some)
            counts.append(len(statements))
        assert counts[0] == counts[1], one.kind
