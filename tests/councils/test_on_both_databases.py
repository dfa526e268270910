"""Pages that lock or compare rows: PostgreSQL refuses what SQLite lets pass."""

import pytest

from participation import clock
from tests.accounts.makers import staff_client
from tests.councils.makers import come_back, make_council, make_item, make_meeting, make_membership, make_paper
from tests.councils.resolution_makers import make_followed_resolution, make_task

pytestmark = pytest.mark.databases


def test_a_member_reads_a_confidential_paper(client):
    seat = make_membership(make_council())
    paper = make_paper(make_item(make_meeting(seat.council), is_public=False))
    come_back(client, seat.person.receipt)
    assert client.get(f"/de/own-seat/papers/{paper.id}.pdf").status_code == 200


def test_the_office_follows_a_resolution_to_its_end(app):
    office = staff_client(app, "administrator")
    resolution = make_followed_resolution()
    task, handed = make_task(resolution.item), resolution.hand_overs[0]
    today = clock.today().strftime("%d.%m.%Y")
    steps = {
        f"resolutions/{resolution.id}/step": {"state": "in_progress", "note": "", "seen": str(resolution.steps[-1].id)},
        f"resolutions/{resolution.id}/plan": {"responsible": "Grünflächenamt", "due_on": "1.1.2027"},
        f"resolution-cards/{resolution.id}/tr": {"title": "Işık", "text": "Lamba konacak."},
        f"hand-overs/{handed.id}/change": {"committee": "Umweltausschuss", "proposal": "Laterne"},
        f"hand-overs/{handed.id}/answer": {"answer": "noted", "text": "Gelesen.", "answered_on": today},
        f"hand-overs/new/{resolution.id}": {"committee": "Bauausschuss", "proposal": "Laterne"},
        f"resolution-cards/{resolution.id}/tr/drop": {},
        f"tasks/{task.id}/plan": {"responsible": "Grünflächenamt", "due_on": "1.1.2027"},
        f"tasks/{task.id}/end": {"state": "done", "outcome": "Nachgefragt."},
        f"tasks/{task.id}/reopen": {},
    }
    for path, typed in steps.items():
        assert office.post(f"/de/staff/{path}", data={"language": "de", **typed}).status_code == 302, path
