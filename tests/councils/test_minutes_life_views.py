"""The office's pages on the minutes' way: the way through, and each way to be turned away."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from participation import clock
from participation.councils import approving, duties, publication
from participation.councils.minutes_models import Minutes, MinutesObjection, MinutesStatus, ObjectionDecision, Redaction
from participation.db import session
from participation.feature import counted
from participation.permissions import VISITOR
from tests.accounts.makers import make_user, staff_client
from tests.councils.makers import make_meeting
from tests.councils.minutes_makers import (
    UNNAMED,
    make_approved,
    make_checked_minutes,
    make_held_meeting,
    make_published,
    make_written_minutes,
    member_of,
)
from tests.districts.makers import make_area

LIFE = "/de/staff/minutes-life"


@pytest.fixture(autouse=True)
def _without_paper(monkeypatch):
    monkeypatch.setattr(publication, "_print", lambda _minutes: None)


@pytest.fixture
def secretary(app) -> FlaskClient:
    return staff_client(app, "council_secretary")


def titles(app: Flask, user: Any) -> list[str]:
    """What Today shows to somebody."""
    with app.test_request_context("/de/staff"):
        return [str(one.title) for one in counted(duties.duties(user))]


def test_from_the_draft_to_the_public_by_the_pages_of_the_office(app, secretary, stop_clock):
    minutes = make_written_minutes()
    address, number = f"{LIFE}/{minutes.meeting_id}", minutes.meeting_id
    until = clock.today() + timedelta(days=10)
    assert "not approved" not in secretary.get(address).text
    sent = secretary.post(f"{address}/circulate", data={"until": until.strftime("%d.%m.%Y")}, follow_redirects=True)
    assert "2 letters were written." in sent.text
    assert "Members can still object" in sent.text
    member = member_of(minutes)
    written = {"membership": member.id, "item": minutes.meeting.items[0].id, "text": "Es waren zwei."}
    assert (
        "The objection was saved."
        in secretary.post(f"{address}/objections/new", data=written, follow_redirects=True).text
    )
    objection = session.scalars(select(MinutesObjection)).one()
    decided = {"decision": "accepted", "reason": "Das stimmt."}
    assert secretary.post(f"{LIFE}/objections/{objection.id}", data=decided).status_code == 302
    assert session.scalars(select(MinutesObjection.decision)).one() is ObjectionDecision.ACCEPTED

    later = clock.now() + timedelta(days=11)
    stop_clock(later.year, later.month, later.day, later.hour)
    secretary = staff_client(app, "council_secretary")
    assert secretary.get(f"{address}/approve").status_code == 200
    approved = secretary.post(f"{address}/approve", data={"how": "Der Rat am 4. Mai"}, follow_redirects=True)
    assert "approved and locked" in approved.text
    assert (
        secretary.post(f"{address}/redactions", data={"passage": "Talwiese", "reason": "personal"}).status_code == 302
    )
    preview = secretary.get(f"{address}/preview").text
    assert "Talwiese" not in preview
    assert UNNAMED not in preview
    published = secretary.post(f"{address}/publish", data={"is_checked": "y"}, follow_redirects=True)
    assert "Everybody can read the minutes now." in published.text
    assert "Talwiese" not in app.test_client().get(f"/de/minutes/{number}").text
    assert secretary.post(f"{address}/correct", data={"reason": "Ein Name."}).status_code == 302
    assert [one.number for one in session.scalars(select(Minutes).order_by(Minutes.number))] == [1, 2]
    assert "NIEDERSCHRIFT" in secretary.get(f"{address}/1/approved.txt").text


def test_what_is_missing_comes_back_as_422_with_what_was_typed(secretary):
    minutes = make_checked_minutes()
    address = f"{LIFE}/{minutes.meeting_id}"
    assert secretary.post(f"{address}/circulate", data={"until": "1.1.2020"}).status_code == 422
    assert secretary.post(f"{address}/approve", data={"how": ""}).status_code == 422
    assert secretary.post(f"{address}/objections/new", data={"membership": "999", "text": "x"}).status_code == 422
    wrong = secretary.post(f"{address}/redactions", data={"passage": "steht nirgends", "reason": "personal"})
    assert wrong.status_code == 422
    assert "steht nirgends" in wrong.text
    assert minutes.status is MinutesStatus.CIRCULATED


def test_publishing_asks_to_look_at_what_may_be_personal_data(secretary):
    minutes = make_checked_minutes()
    minutes.entries[0].discussion = "Telefon 0201 8877665"
    make_approved(minutes)
    address = f"{LIFE}/{minutes.meeting_id}/publish"
    assert "0201 8877665" in secretary.get(address).text
    assert secretary.post(address).status_code == 422
    assert not minutes.is_public
    assert secretary.post(address, data={"is_checked": "y"}).status_code == 302
    assert minutes.is_public


def test_a_rule_that_says_no_is_a_calm_page(secretary):
    draft, public = make_written_minutes(), make_published()
    refused = secretary.get(f"{LIFE}/{draft.meeting_id}/approve")
    assert refused.status_code == 409
    assert secretary.get(f"{LIFE}/{public.meeting_id}/publish").status_code == 409
    assert secretary.post(f"{LIFE}/{public.meeting_id}/circulate", data={"until": "1.1.2099"}).status_code == 409


def test_a_meeting_without_minutes_says_so(secretary):
    meeting = make_meeting()
    assert "Nobody has begun" in secretary.get(f"{LIFE}/{meeting.id}").text
    assert secretary.get(f"{LIFE}/{meeting.id}/publish").status_code == 404
    assert secretary.get(f"{LIFE}/999").status_code == 404


def test_a_secretary_looks_after_their_own_areas_only(app):
    mine, other = make_area(), make_area()
    minutes = make_written_minutes(make_held_meeting())
    minutes.meeting.council.areas.append(other)
    session.commit()
    client = staff_client(app, "council_secretary", area_id=mine.id)
    objection = f"{LIFE}/objections/1"
    session.add(MinutesObjection(minutes=minutes, membership=member_of(minutes), text="x", language="de"))
    session.add(Redaction(minutes_id=minutes.id, passage="Talwiese", reason="personal"))
    for address in (f"{LIFE}/{minutes.meeting_id}", f"{LIFE}/{minutes.meeting_id}/redactions", objection):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIFE}/redactions/1/show").status_code == 403


def test_the_communications_team_writes_and_releases_summaries_and_nothing_else(app):
    minutes = make_published()
    client = staff_client(app, "editor")
    address = f"{LIFE}/{minutes.meeting_id}/summaries/tr"
    assert client.post(address, data={"text": "Parka bir\r\nlamba konuyor."}).status_code == 302
    assert minutes.summaries[0].released_at is None
    assert client.post(f"{address}/release", data={"text": "anders"}).status_code == 409
    assert client.post(f"{address}/release", data={"text": "Parka bir\r\nlamba konuyor."}).status_code == 302
    assert minutes.summaries[0].released_at is not None
    assert client.post(f"{address}/take-back").status_code == 302
    assert minutes.summaries[0].released_at is None
    assert client.get(f"{LIFE}/{minutes.meeting_id}/summaries/pl").status_code == 404
    assert client.get(f"{LIFE}/{minutes.meeting_id}").status_code == 403


def test_today_tells_what_waits(app, stop_clock):
    user = make_user("council_secretary")
    minutes = make_written_minutes()
    assert titles(app, user) == []
    approving.circulate(minutes)
    approving.object_to(minutes, member_of(minutes), "Falsch.")
    assert [one for one in titles(app, user) if "objections" in one]
    approving.decide_objection(minutes.objections[0], ObjectionDecision.REJECTED, "Nein.")
    assert titles(app, user) == []
    later = clock.now() + timedelta(days=40)
    stop_clock(later.year, later.month, later.day)
    assert [one for one in titles(app, user) if one.startswith("Approve")]
    make_approved(minutes)
    assert [one for one in titles(app, user) if one.startswith("Publish")]
    assert titles(app, VISITOR) == []
