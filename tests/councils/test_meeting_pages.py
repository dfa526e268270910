"""Meetings as everybody sees them, and in calendars."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from participation import clock
from participation.contributions.models import ContributionStatus
from participation.councils import agenda, calendar_files, meeting_queries, meetings
from participation.councils.models import ProposedBy
from participation.db import session
from participation.i18n import LocalizedText
from tests.accounts.makers import staff_client
from tests.councils.makers import make_council, make_item, make_meeting, make_paper
from tests.councils.resolution_makers import make_approved_minutes
from tests.events.makers import make_place
from tests.ideas.makers import make_idea


def page(client, meeting, tag="de"):
    return client.get(f"/{tag}/meetings/{meeting.id}")


def calendar_of(client, meeting):
    answer = client.get(f"/de/meetings/{meeting.id}/meeting.ics")
    (entry,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    return entry


def test_a_meeting_tells_when_where_and_what_about(client):
    meeting = make_meeting(place=make_place(address="Altenessener Str. 1"))
    make_item(
        meeting,
        "Licht im Park",
        brought_by="Jugendrat",
        text=LocalizedText(de="- Lampen\n- Wege\n\n<script>alert(1)</script>"),
    )
    text = page(client, meeting).text
    for words in ("Altenessener Str. 1", "Licht im Park", "Jugendrat", "<li>Lampen</li>", "&lt;script&gt;"):
        assert words in text
    assert "<script>alert" not in text


def test_before_publication_only_the_date_is_public(client):
    meeting = make_meeting(announced=False)
    make_item(meeting, "Noch geheim")
    text = page(client, meeting).text
    assert "The agenda is not published yet." in text
    assert "Noch geheim" not in text
    assert "Noch geheim" not in client.get(f"/de/meetings/{meeting.id}/meeting.ics").text


def test_of_a_confidential_item_everybody_reads_number_and_neutral_title(client):
    """O10, on the page and in the calendar."""
    meeting = make_meeting()
    item = make_item(meeting, "Streit mit Herrn Geheimrat", text=LocalizedText(de="Nebenan."), is_public=False)
    paper = make_paper(item, title=LocalizedText(de="Brief"))
    text = page(client, meeting).text
    calendar = client.get(f"/de/meetings/{meeting.id}/meeting.ics").text
    for secret in ("Geheimrat", "Nebenan", "Brief"):
        assert secret not in text + calendar
    assert "Nichtöffentlicher Tagesordnungspunkt" in text
    assert client.get(f"/de/meetings/papers/{paper.id}").status_code == 404


def test_changes_of_a_published_agenda_can_be_read(client):
    meeting = make_meeting()
    item = make_item(meeting, "Licht")
    agenda.change(item, title=LocalizedText(de="Mehr Licht"))
    agenda.withdraw(make_item(meeting, "Bäume"))
    text = page(client, meeting).text
    for words in ("Changes since then", "Earlier title: Licht", "Taken off the agenda"):
        assert words in text


def test_a_new_time_and_a_cancellation_cannot_be_overlooked(client):
    meeting = make_meeting()
    meetings.change(meeting, starts_at=meeting.starts_at + timedelta(hours=1))
    assert "This is a new time." in page(client, meeting).text
    meetings.cancel(meeting, LocalizedText(de="Der Saal ist gesperrt."))
    text = page(client, meeting).text
    assert "Der Saal ist gesperrt." in text
    assert str(calendar_of(client, meeting)["STATUS"]) == "CANCELLED"


def test_a_council_that_is_not_public_yet_is_seen_by_its_office_only(app, client):
    meeting = make_meeting(make_council(published=False))
    assert page(client, meeting).status_code == 404
    assert client.get(f"/de/meetings/{meeting.id}/meeting.ics").status_code == 404
    assert page(staff_client(app, "council_secretary"), meeting).status_code == 200
    assert "council=" not in client.get("/de/meetings").text


@pytest.mark.parametrize(("who", "is_offered"), [(ProposedBy.EVERYBODY, True), (ProposedBy.MEMBERS, False)])
def test_residents_propose_items_where_the_council_lets_them(client, who, is_offered):
    until = clock.today() + timedelta(days=3)
    meeting = make_meeting(make_council(proposals_from=who), announced=False, proposals_until=until)
    assert ("Propose an item" in page(client, meeting).text) is is_offered


def test_the_way_to_the_minutes_is_shown_once_they_are_public(client):
    meeting = make_meeting(starts_at=clock.now() - timedelta(days=9))
    assert "Read the minutes" not in page(client, meeting).text
    make_approved_minutes(meeting, published=True)
    assert "Read the minutes" in page(client, meeting).text


def test_what_an_item_is_about_is_linked_as_long_as_it_is_public(app, client):
    item, idea = make_item(make_meeting()), make_idea()
    with app.test_request_context("/de/"):
        agenda.link(item, "idea", idea.id)
    assert f"/de/ideas/{idea.id}" in page(client, item.meeting).text
    idea.status = ContributionStatus.HIDDEN
    session.flush()
    assert f"/de/ideas/{idea.id}" not in page(client, item.meeting).text


# --- Lists ------------------------------------------------------------------------------------------------------------


def test_meetings_to_come_and_earlier_ones_are_two_lists(client):
    council = make_council()
    make_meeting(council, title=LocalizedText(de="Kommende"))
    make_meeting(council, starts_at=clock.now() - timedelta(days=9), title=LocalizedText(de="Vergangene"))
    make_meeting(title=LocalizedText(de="Andere"))
    coming, past = client.get("/de/meetings").text, client.get("/de/meetings?past=1").text
    assert "Kommende" in coming and "Andere" in coming and "Vergangene" not in coming  # noqa: PT018  (one list)
    assert "Vergangene" in past and "Kommende" not in past  # noqa: PT018  (one list)
    assert "Andere" not in client.get(f"/de/meetings?council={council.slug}").text
    assert client.get("/de/meetings?council=nobody").status_code == 404


def test_the_home_page_shows_what_comes_soon(app):
    shown = make_meeting()
    make_meeting(announced=False)
    make_meeting(cancelled_at=clock.now())
    make_meeting(make_council(published=False))
    make_meeting(starts_at=clock.now() + timedelta(days=90))
    with app.test_request_context("/de/"):
        assert [one.url for one in meeting_queries.entries()] == [f"/de/meetings/{shown.id}"]


# --- Calendars --------------------------------------------------------------------------------------------------------


def test_a_meeting_can_be_taken_into_a_calendar(client):
    """F1: an identity that never changes, times on the clock of Berlin, lines of 75 octets."""
    starts_at = datetime(2031, 4, 1, 16, tzinfo=UTC)
    meeting = make_meeting(starts_at=starts_at, place=make_place(latitude=51.45, longitude=7.01))
    make_item(meeting, "Licht; Wege, und ein sehr langer Titel, der nicht in eine Zeile passt, weil er lang ist")
    answer = client.get(f"/de/meetings/{meeting.id}/meeting.ics")
    entry = calendar_of(client, meeting)
    assert entry.errors == []
    assert str(entry["UID"]) == str(meeting.uid)
    assert "DTSTART;TZID=Europe/Berlin:20310401T180000" in answer.text
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    assert answer.mimetype == "text/calendar"


@pytest.mark.parametrize(("is_public", "is_told"), [(True, True), (False, False)])
def test_the_address_online_is_told_to_everybody_only_where_residents_may_listen(client, is_public, is_told):
    address = "https://video.example.org/raum-7"
    meeting = make_meeting(is_public=is_public, online_address=address)
    assert ("raum-7" in page(client, meeting).text) is is_told
    assert ("raum-7" in client.get(f"/de/meetings/{meeting.id}/meeting.ics").text) is is_told
    assert "raum-7" in calendar_files.calendar_of(meeting, "de").replace("\r\n ", "")
