"""Whatever the office or a member does reaches other machines at once, and nothing reaches them too early."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.councils import agenda, meetings, operations, papers, people, publication, redacting, seats_and_terms
from participation.councils.meeting_models import PaperKind
from participation.councils.minutes_models import RedactionReason
from participation.councils.models import ConsentPurpose, Role
from participation.councils.public_models import PublicObject
from participation.db import session
from participation.i18n import LocalizedText
from tests.councils.makers import make_council, make_meeting
from tests.councils.minutes_makers import CONFIDENTIAL, NAMED, UNNAMED, make_approved, make_published
from tests.oparl.machines import Machine, make_document, make_venue
from tests.statements import counted_statements


@pytest.fixture
def machine(app):
    return Machine(app)


def told():
    """Every word that other machines can read."""
    return "\n".join(session.scalars(select(PublicObject.data)))


@pytest.mark.databases
def test_a_council_from_its_draft_to_its_first_agenda(app, machine):
    council = operations.create_council(
        LocalizedText(de="Quartiersrat Nord"),
        purpose=LocalizedText(de="Arbeit des Rats"),
        legal_basis=LocalizedText(de="Aufgabe der Stadt"),
        person_in_charge="Stadt",
    )
    group = operations.keep_group(council, None, kind=make_council().groups[0].kind, seats=5)
    someone = people.create_person("Yılmaz", "Ayşe", email="ayse@example.org")
    seat = seats_and_terms.appoint(someone, council, group, Role.CHAIR, clock.today())
    people.give_consent(someone, ConsentPurpose.NAME)
    assert machine.ask(f"organizations/{council.id}").status_code == 404
    assert "Yılmaz" not in told()

    operations.publish_council(council)
    organization = machine.read(f"organizations/{council.id}")
    assert (organization["name"], len(organization["membership"])) == ("Quartiersrat Nord", 1)
    assert machine.read(organization["membership"][0])["role"] == "Vorsitz"

    starts_at = clock.now() + timedelta(days=40)
    meeting = meetings.plan(council, starts_at, starts_at + timedelta(hours=2), place=make_venue())
    item = agenda.add(meeting, LocalizedText(de="Spielplatz am Teich"))
    papers.add(
        item,
        reference="2026/001",
        title=LocalizedText(de="Plan des Spielplatzes"),
        kind=PaperKind.DRAFT_RESOLUTION,
        dated_on=clock.today(),
        document=make_document(),
    )
    assert machine.read(f"meetings/{meeting.id}")["location"]["description"] == "Bürgerhaus"
    assert "Spielplatz" not in told()
    meetings.publish_agenda(meeting)
    read = machine.read(f"meetings/{meeting.id}")
    assert read["agendaItem"][0]["name"] == "Spielplatz am Teich"
    paper = machine.read(machine.read(read["agendaItem"][0]["consultation"])["paper"])
    assert paper["paperType"] == "Beschlussvorlage"
    assert machine.ask(paper["mainFile"]["downloadUrl"]).status_code == 200

    agenda.change(item, is_public=False)
    assert machine.ask(paper["mainFile"]["downloadUrl"]).status_code == 410
    assert "Spielplatz" not in told()
    meetings.cancel(meeting, LocalizedText(de="Sturm"))
    assert machine.read(f"meetings/{meeting.id}")["cancelled"] is True
    seats_and_terms.end_term(seat, clock.today() - timedelta(days=0))
    people.withdraw_consent(someone, ConsentPurpose.NAME)
    assert "Yılmaz" not in told()
    operations.dissolve(council, clock.today())
    assert machine.read(f"organizations/{council.id}")["endDate"] == clock.today().isoformat()


def test_a_paper_that_is_put_away_is_gone(app, machine):
    """O5"""
    meeting = make_meeting()
    item = agenda.add(meeting, LocalizedText(de="Spielplatz"))
    facts = {"reference": "1", "title": LocalizedText(de="Plan"), "kind": PaperKind.MOTION, "dated_on": clock.today()}
    paper = papers.add(item, **facts, document=make_document())
    address = f"papers/{paper.id}"
    before = machine.read(address)
    papers.change(paper, document=make_document("Neuer Plan"))
    after = machine.read(address)
    assert after["mainFile"]["id"] != before["mainFile"]["id"]
    assert machine.ask(before["mainFile"]["accessUrl"]).status_code == 410
    papers.put_away(item, paper)
    assert machine.read(address)["deleted"] is True
    assert machine.ask(after["mainFile"]["accessUrl"]).status_code == 410


@pytest.mark.databases
def test_minutes_are_told_when_they_are_published_and_not_when_they_are_approved(app, machine):
    """O10"""
    minutes = make_approved()
    address = f"meetings/{minutes.meeting_id}"
    publication.publishing.refresh_council(minutes.meeting.council)
    assert "resultsProtocol" not in machine.read(address)
    assert "result" not in machine.read(address)["agendaItem"][0]
    publication.publish(minutes, is_checked=True)
    item = machine.read(address)["agendaItem"][0]
    assert (item["result"], "Talwiese" in item["resolutionText"]) == ("Beschlossen", True)
    for secret in (CONFIDENTIAL, "Schluckspecht", UNNAMED, "Petra Gast", "Vertragssache"):
        assert secret not in told()
    assert NAMED in told()


@pytest.mark.databases
def test_what_is_blacked_out_is_gone_here_too(app, machine):
    minutes = make_published()
    item = minutes.entries[0].item
    item.title = LocalizedText(de="Beleuchtung an der Talwiese")
    publication.publishing.refresh_council(minutes.meeting.council)
    file = machine.read(f"meetings/{minutes.meeting_id}").get("resultsProtocol")
    assert "Talwiese" in told()
    redacting.redact(minutes, "Talwiese", RedactionReason.PERSONAL)
    assert "Talwiese" not in told()
    assert "blacked out" in machine.read(f"agenda-items/{item.id}")["name"]
    if file:  # where PDF files can be made
        assert machine.ask(file["accessUrl"]).status_code == 410
        assert machine.read(f"meetings/{minutes.meeting_id}")["resultsProtocol"]["id"] != file["id"]
    redacting.show_again(minutes.redactions[0])
    assert "Talwiese" in machine.read(f"agenda-items/{item.id}")["resolutionText"]


def test_writing_down_a_meeting_costs_no_more_statements_for_more_items(app):
    """A meeting that changes is written anew as a whole, so the price of a long agenda counts."""

    def statements(meeting):
        publication.publishing.refresh_meeting(meeting)
        session.commit()
        with counted_statements(app) as counted:
            publication.publishing.refresh_meeting(meeting)
        return len(counted)

    council = make_council()
    few, many = make_meeting(council), make_meeting(council)
    for meeting, count in ((few, 2), (many, 12)):
        for number in range(count):
            agenda.add(meeting, LocalizedText(de=f"Punkt {number}"))
    assert statements(few) == statements(many) <= 20
