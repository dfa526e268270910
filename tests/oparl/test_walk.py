"""Another machine walks the whole interface: every list, every object, every address in them."""

import json
from collections import Counter

import pytest

from tests.oparl.machines import API, Machine, make_everything
from tests.oparl.schema import addresses, kind_of, mistakes, within

LISTS = {
    "organization": "Organization",
    "person": "Person",
    "meeting": "Meeting",
    "paper": "Paper",
    "agendaItem": "AgendaItem",
    "consultation": "Consultation",
    "file": "File",
    "locationList": "Location",
    "legislativeTermList": "LegislativeTerm",
    "membership": "Membership",
}


@pytest.mark.databases
def test_every_list_and_every_id_is_as_the_schema_says(app, samples):
    """O1, O2, O3, O9: all twelve types, each under its own address, the same where it is embedded."""
    schemas = samples / "oparl" / "schema"
    make_everything()
    machine = Machine(app)
    system = machine.read("system")
    bodies = machine.list(system["body"])
    objects = [system, *bodies]
    for name, kind in LISTS.items():
        found = machine.list(bodies[0][name])
        assert {kind_of(one) for one in found} == {kind}, name
        objects += found
    assert Counter(kind_of(one) for one in objects) == {
        "System": 1,
        "Body": 1,
        "LegislativeTerm": 1,
        "Organization": 1,
        "Person": 1,
        "Membership": 1,
        "Meeting": 2,
        "AgendaItem": 1,
        "Paper": 1,
        "Consultation": 1,
        "File": 3,
        "Location": 3,
    }
    every = [inner for one in objects for inner in within(one)]
    assert [what for one in every for what in mistakes(schemas, one)] == []
    for one in every:
        assert machine.read(one["id"]) == one
    for one in every:
        for name, address in addresses(schemas, one):
            answer = machine.read(address)
            assert "data" in answer or answer["id"] == address, name


def test_what_a_council_has_is_in_lists_of_its_own(app):
    council = make_everything()
    machine = Machine(app)
    organization = machine.read(f"organizations/{council.id}")
    assert [one["id"] for one in machine.list(organization["meeting"])] == [f"{API}/meetings/1", f"{API}/meetings/2"]
    assert [kind_of(one) for one in machine.list(organization["consultation"])] == ["Consultation"]
    assert organization["classification"] == "Quartiersrat"
    assert organization["memberCount"] == 2
    assert len(organization["membership"]) == 1  # the other did not agree to be named


def test_the_first_order_is_one_and_the_licence_stands_there(app):
    """O9"""
    make_everything()
    machine = Machine(app)
    assert [item["order"] for item in machine.list("bodies/1/agenda-items")] == [1]
    assert machine.read("system")["license"].startswith("https://")
    body = machine.read("bodies/1")
    assert body["license"].startswith("https://")
    assert body["legislativeTerm"][0]["startDate"] <= body["created"][:10]


def test_other_councils_tell_the_same(samples, app):
    """Whoever reads the meetings of a large city finds nothing missing here that is needed there."""
    make_everything()
    ours = Machine(app).read("meetings/1")
    theirs = [json.loads(path.read_text()) for path in (samples / "oparl" / "karlsruhe_meetings").glob("*.json")]
    always = set.intersection(*(set(one) for one in theirs))
    assert always - set(ours) == set()
    items = [item for one in theirs for item in one["agendaItem"]]
    assert set.intersection(*(set(item) for item in items)) - set(ours["agendaItem"][0]) == set()
