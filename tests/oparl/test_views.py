"""What other machines are answered: headers, files, errors, and one address for everything."""

import hashlib
from dataclasses import replace
from urllib.parse import quote

import pytest

from participation.councils import publishing
from participation.councils.meeting_models import Paper
from participation.db import session
from participation.i18n import LocalizedText
from participation.media.models import Document
from participation.settings import Settings, SettingsError
from tests.accounts.makers import make_user, sign_in
from tests.conftest import SECRET
from tests.councils.makers import make_council
from tests.oparl.machines import API, HOUSE, Machine, make_everything

ERROR = "https://schema.oparl.org/1.1/Error"


def test_pages_of_others_may_read_it_and_nobody_gets_a_cookie(app):
    """O7"""
    make_everything()
    for address in ("system", "bodies/1/meetings", "meetings/1", "meetings/4711"):
        answer = Machine(app).ask(address)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.mimetype == "application/json"
        assert "Set-Cookie" not in answer.headers
        answer.data.decode("utf-8")
        assert not answer.data.startswith(b"\xef\xbb\xbf")


def test_whoever_is_signed_in_reads_the_same(app):
    """O7, O10: who asks makes no difference."""
    make_everything()
    visitor, staff = Machine(app), Machine(app)
    sign_in(staff.client, make_user("administrator"))
    assert staff.read("bodies/1/agenda-items") == visitor.read("bodies/1/agenda-items")


@pytest.mark.parametrize("base", ["http://localhost", "https://127.0.0.1:8000", "http://127.0.0.1"])
def test_other_names_of_the_house_lead_to_the_one_that_counts(client, base):
    """O7"""
    answer = client.get("/oparl/1.1/bodies/1/meetings?page=2&created_since=2026-01-01T00:00:00%2B01:00", base_url=base)
    assert answer.status_code == 301
    there = f"{API}/bodies/1/meetings?page=2&created_since=2026-01-01T00:00:00%2B01:00"
    assert answer.headers["Location"] == there


def test_a_strange_address_leads_to_no_other_house(client):
    answer = client.get("/oparl/1.1//evil.example/%0d%0aSet-Cookie:x?%0d%0ax=y", base_url="http://localhost")
    assert answer.status_code in {301, 308, 404}
    assert answer.headers.get("Location", HOUSE).startswith((HOUSE, "http://localhost/"))
    assert "Set-Cookie" not in answer.headers


def test_whoever_begins_at_the_front_finds_the_system(client):
    answer = client.get("/oparl/1.1/", base_url=HOUSE)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{API}/system")


@pytest.mark.parametrize(
    "address",
    [
        "meetings/4711",
        "meetings/x%20y",
        "nonsense",
        "nonsense/1",
        "bodies/2",
        "bodies/2/meetings",
        "bodies/1/nonsense",
        "organizations/4711/meetings",
        "organizations/1/persons",
        "files/x/access",
        "files/x/delete",
        "a/b/c/d/e",
        "meetings/" + "9" * 3000,
    ],
)
def test_what_never_was_is_told_as_an_error(app, address):
    """O10"""
    make_everything()
    answer = Machine(app).ask(address)
    assert (answer.status_code, answer.json["type"]) == (404, ERROR)
    assert answer.json["message"]


# --- Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_files_can_be_looked_at_and_kept(app):
    """O8"""
    make_everything()
    machine = Machine(app)
    files = machine.list("bodies/1/files")
    assert len(files) == 3
    for file in files:
        looked_at, kept = machine.ask(file["accessUrl"]), machine.ask(file["downloadUrl"])
        assert looked_at.data == kept.data
        assert len(kept.data) == file["size"]
        assert hashlib.sha512(kept.data).hexdigest() == file["sha512Checksum"]
        assert looked_at.mimetype == kept.mimetype == file["mimeType"]
        assert "attachment" not in looked_at.headers.get("Content-Disposition", "")
        assert kept.headers["Content-Disposition"].startswith("attachment")
        assert quote(file["fileName"]) in kept.headers["Content-Disposition"]
        assert kept.headers["Access-Control-Allow-Origin"] == "*"


def test_a_file_that_is_no_longer_public_is_gone(app):
    """O5"""
    make_everything()
    machine = Machine(app)
    paper = machine.list("bodies/1/papers")[0]
    mine = session.query(Paper).one()
    mine.is_public = False
    publishing.refresh_paper(mine)
    assert machine.read(paper["id"])["deleted"] is True
    assert machine.read(paper["mainFile"]["id"])["deleted"] is True
    for address in (paper["mainFile"]["accessUrl"], paper["mainFile"]["downloadUrl"]):
        answer = machine.ask(address)
        assert (answer.status_code, answer.json["type"]) == (410, ERROR)


def test_a_file_whose_bytes_are_deleted_is_gone_at_once(app):
    """O5"""
    make_everything()
    machine = Machine(app)
    address = machine.list("bodies/1/papers")[0]["mainFile"]["accessUrl"]
    session.query(Document).delete()
    assert machine.ask(address).status_code == 410


# --- A house in which nothing happens yet, and other settings ---------------------------------------------------------


def test_a_house_without_councils_has_a_system_too(app):
    publishing.refresh_tonight()
    session.commit()
    machine = Machine(app)
    assert machine.read("system")["body"] == f"{API}/bodies"
    assert machine.list("bodies/1/meetings") == []
    assert len(machine.read("bodies/1")["legislativeTerm"]) == 1


def test_addresses_follow_the_address_of_the_house(app, monkeypatch):
    """O1: they are kept without it, so that a house can move."""
    make_everything()
    settings = replace(app.config["SETTINGS"], public_url="https://mitmachen.example.de")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    answer = app.test_client().get("/oparl/1.1/meetings/1", base_url="https://mitmachen.example.de")
    assert "http://127.0.0.1" not in answer.text
    assert answer.json["id"] == "https://mitmachen.example.de/oparl/1.1/meetings/1"
    assert answer.json["web"].startswith("https://mitmachen.example.de/de/")


def test_a_wrong_licence_stops_the_start():
    with pytest.raises(SettingsError, match="OPARL_LICENSE"):
        Settings(secret_key=SECRET, oparl_license="free")


def test_words_that_people_type_are_no_addresses_of_ours(app):
    """O3: umlauts and quotes stand as they are, and nothing in a text becomes an address."""
    council = make_council(name=LocalizedText(de='Rat "Süd" & <b>Nord</b> \\ BASE'), slug="rat")
    publishing.refresh_council(council)
    text = Machine(app).ask(f"organizations/{council.id}").text
    assert r'"name":"Rat \"Süd\" & <b>Nord</b> \\ BASE"' in text
