"""Lists for other machines: pages, filters, and what they say about things that are gone."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from werkzeug.exceptions import BadRequest

from participation.councils import publishing
from participation.db import session
from participation.i18n import LocalizedText
from participation.oparl import queries
from tests.councils.makers import make_council, make_meeting
from tests.oparl.machines import API, Machine
from tests.oparl.schema import kind_of
from tests.statements import counted_statements

MEETINGS = "bodies/1/meetings"


def make_meetings(count, council=None):
    council = council or make_council()
    meetings = [make_meeting(council) for _ in range(count)]
    publishing.refresh_council(council)
    for meeting in meetings:
        publishing.refresh_meeting(meeting)
    session.commit()
    return meetings


@pytest.mark.databases
def test_a_long_list_has_pages_in_an_order_that_stays(app, monkeypatch):
    """O4"""
    monkeypatch.setattr("participation.oparl.queries.PAGE_SIZE", 3)
    monkeypatch.setattr("participation.oparl.answers.PAGE_SIZE", 3)
    meetings = make_meetings(7)
    machine = Machine(app)
    first = machine.read(MEETINGS)
    assert first["pagination"] == {"totalElements": 7, "elementsPerPage": 3, "currentPage": 1, "totalPages": 3}
    assert set(first["links"]) == {"first", "self", "next", "last"}
    last = machine.read(first["links"]["last"])
    assert set(last["links"]) == {"first", "prev", "self", "last"}
    assert len(last["data"]) == 1
    assert [one["id"] for one in machine.list(MEETINGS)] == [f"{API}/meetings/{one.id}" for one in meetings]


def test_the_links_of_a_list_keep_its_filters(app, monkeypatch):
    """O4"""
    monkeypatch.setattr("participation.oparl.queries.PAGE_SIZE", 1)
    make_meetings(2)
    moment = quote("2020-01-01T00:00:00+01:00")
    read = Machine(app).read(f"{MEETINGS}?created_since={moment}&omit_internal=true&colour=red")
    assert read["links"]["next"] == f"{API}/{MEETINGS}?created_since={moment}&omit_internal=true&page=2"


@pytest.mark.databases
def test_lists_tell_what_was_made_and_changed_in_a_time(app, stop_clock):
    """O4"""
    stop_clock(2026, 3, 1, 12)
    old, changed = make_meetings(2)
    stop_clock(2026, 3, 2, 12)
    changed.title = LocalizedText(de="Sondersitzung")
    publishing.refresh_meeting(changed)
    (new,) = make_meetings(1, old.council)
    machine = Machine(app)

    def found(query):
        return [int(one["id"].rpartition("/")[2]) for one in machine.list(f"{MEETINGS}?{query}")]

    noon = "2026-03-02T13:00:00+01:00"
    assert found(f"created_since={quote(noon)}") == [new.id]
    assert found(f"created_since={noon}") == [new.id]  # a plus sign that nobody quoted
    assert found("created_since=2026-03-02T12:00:00Z") == [new.id]
    assert found("created_until=2026-03-02") == [old.id, changed.id]
    assert found(f"modified_since={quote(noon)}") == [changed.id, new.id]
    assert found("modified_until=2026-03-02T12:59:59") == [old.id]  # our own time
    assert found("created_since=2027-01-01") == []


@pytest.mark.databases
def test_what_is_gone_is_told_to_whoever_asks_for_changes(app, stop_clock):
    """O5"""
    stop_clock(2026, 3, 1, 12)
    stays, goes = make_meetings(2)
    address = f"{API}/meetings/{goes.id}"
    stop_clock(2026, 3, 2, 12)
    session.delete(goes)
    session.flush()
    publishing.forget("meeting", goes.id)
    session.commit()
    machine = Machine(app)
    assert machine.read(address) == {
        "id": address,
        "type": "https://schema.oparl.org/1.1/Meeting",
        "deleted": True,
        "created": "2026-03-01T13:00:00+01:00",
        "modified": "2026-03-02T13:00:00+01:00",
    }
    assert [one["id"] for one in machine.list(MEETINGS)] == [f"{API}/meetings/{stays.id}"]
    assert [one["id"] for one in machine.list(f"{MEETINGS}?modified_since=2026-03-02")] == [address]


def test_embedded_objects_can_be_left_out(app):
    """O4"""
    make_meetings(1)
    body = Machine(app).read("bodies?omit_internal=true")["data"][0]
    assert kind_of(body) == "Body"
    assert "legislativeTerm" not in body
    assert "legislativeTerm" in Machine(app).read("bodies?omit_internal=0")["data"][0]


@pytest.mark.databases
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=0", 400),
        ("page=-1", 400),
        ("page=x", 400),
        ("page=%D9%A3", 400),
        (f"page={'9' * 3000}", 400),
        ("page=2", 404),
        ("page=9999999", 404),
        ("created_since=yesterday", 400),
        ("created_since=", 400),
        ("modified_since=2026-13-41", 400),
        ("modified_since=0001-01-01T00:00:00%2B14:00", 400),
        ("modified_until=9999-12-31T23:59:59-14:00", 400),
        ("modified_until=2026-01-01T00:00:00%2B99:99", 400),
        ("omit_internal=perhaps", 400),
        ("created_since=2026-01-01' OR 1=1 --", 400),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(app, query, status):
    """O10"""
    make_meetings(1)
    answer = Machine(app).ask(f"{MEETINGS}?{query}")
    assert answer.status_code == status
    assert answer.json["type"] == "https://schema.oparl.org/1.1/Error"
    assert answer.json["message"]


def test_a_list_costs_as_many_statements_as_it_does_when_it_is_short(app):
    """Objects are served as they were written."""

    def statements():
        session.commit()
        with counted_statements(app) as counted:
            Machine(app).read(MEETINGS)
        return len(counted)

    (meeting,) = make_meetings(1)
    few = statements()
    make_meetings(20, meeting.council)
    assert statements() == few


def test_a_moment_without_a_zone_is_ours():
    assert queries.read_moment("created_since", "2026-07-01T12:00:00") == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert queries.read_moment("created_since", "2026-07-01") == datetime(2026, 6, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_before_or_after_all_calendars_is_refused(moment):
    with pytest.raises(BadRequest):
        queries.read_moment("created_since", moment)
