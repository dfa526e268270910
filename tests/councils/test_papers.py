"""Papers: files that everybody reads exactly as long as an item that deals with them is public."""

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.councils import agenda, meetings, papers
from participation.councils.meeting_models import AgendaChange, Paper
from participation.db import session
from participation.i18n import LocalizedText
from participation.media import documents
from participation.media.models import Document
from tests.accounts.makers import staff_client
from tests.councils.makers import PDF, make_council, make_item, make_meeting, make_paper
from tests.councils.resolution_makers import black_out, make_approved_minutes
from tests.events.makers import make_place
from tests.media.makers import uploaded


def test_a_file_is_public_once_the_agenda_is(app, client):
    meeting = make_meeting(announced=False, place=make_place())
    paper = make_paper(make_item(meeting))
    address = f"/media/documents/{paper.document_id}.pdf"
    assert client.get(address).status_code == 404
    assert client.get(f"/de/meetings/papers/{paper.id}").status_code == 404
    assert staff_client(app, "council_secretary").get(address).status_code == 200
    meetings.publish_agenda(meeting)
    assert client.get(address).status_code == 200
    assert "Lichtplan" in client.get(f"/de/meetings/papers/{paper.id}").text


@pytest.mark.databases
def test_with_a_confidential_item_its_file_is_closed_again(app):
    item = make_item(make_meeting())
    paper = make_paper(item)
    assert paper.document.is_public
    agenda.change(item, is_public=False)
    assert not paper.document.is_public
    agenda.change(item, is_public=True)
    papers.change(paper, is_public=False)
    assert not paper.document.is_public


def test_one_public_item_is_enough(app):
    council = make_council()
    paper = make_paper(make_item(make_meeting(council), is_public=False))
    assert not paper.document.is_public
    papers.consult(make_item(make_meeting(council)), paper)
    assert paper.document.is_public


def test_references_are_counted_by_year_and_given_once(app, stop_clock):
    stop_clock(2026, 3, 1)
    item = make_item(make_meeting(announced=False))
    council = item.meeting.council
    assert papers.next_reference(council, clock.today()) == "2026/001"
    make_paper(item, reference="2026/017")
    assert papers.next_reference(council, clock.today()) == "2026/018"
    with pytest.raises(papers.ReferenceTaken):
        make_paper(item, reference="2026/017")


def test_another_council_has_papers_of_its_own(app):
    paper = make_paper(make_item(make_meeting()), reference="2026/001")
    make_paper(make_item(make_meeting()), reference="2026/001")
    with pytest.raises(papers.PaperOfAnother):
        papers.consult(make_item(make_meeting()), paper)


def test_another_file_takes_the_place_of_the_first(app):
    paper = make_paper(make_item(make_meeting()))
    first = paper.document_id
    papers.change(paper, document=documents.take(uploaded(PDF, "neu.pdf"), "Neu", "de"))
    assert session.get(Document, first) is None
    assert paper.document.is_public


def test_a_paper_that_nothing_deals_with_is_gone_with_its_file(app):
    item = make_item(make_meeting())
    paper = make_paper(item)
    papers.put_away(item, paper)
    counts = [session.scalar(select(func.count()).select_from(one)) for one in (Paper, Document)]
    assert counts == [0, 0]
    assert session.scalar(select(func.count()).select_from(AgendaChange)) == 2  # added, and put away


def test_what_is_blacked_out_stands_in_no_title_of_a_paper_either(client):
    """D17"""
    meeting = make_meeting()
    item = make_item(meeting)
    paper = make_paper(item, title=LocalizedText(de="Antrag von Herrn Geheimrat"))
    black_out(make_approved_minutes(meeting), "Geheimrat")
    for address in (f"meetings/{meeting.id}", f"meetings/papers/{paper.id}"):
        text = client.get(f"/de/{address}").text
        assert "Geheimrat" not in text
        assert "Antrag von Herrn [" in text
