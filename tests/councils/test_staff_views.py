"""The councils' desk, from the first draft to the end."""

import io
from datetime import date, timedelta

import pytest
from pikepdf import Dictionary, Name
from sqlalchemy import select

from participation.accounts.models import User
from participation.audit import AuditEntry
from participation.councils.models import Council, CouncilKind, GroupKind, Statute
from participation.db import session
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.councils.makers import make_council, make_membership
from tests.districts.makers import make_area
from tests.media.makers import locked_pdf_file, pdf_file

TODAY = date(2026, 11, 20)
SETTINGS = {
    "label-de": "Quartiersrat Nord",
    "kind": "quartiersrat",
    "notice_days": "10",
    "quorum_percent": "60",
    "proposals_from": "members",
    "proposal_days": "14",
    "objection_days": "7",
    "languages": ["de", "tr"],
    "purpose-de": "Arbeit des Rates",
    "legal_basis-de": "Aufgabe der Stadt",
    "person_in_charge": "Stadt",
    "retention_days": "100",
}


@pytest.fixture(autouse=True)
def november(stop_clock):
    stop_clock(2026, 11, 20, 12)


@pytest.fixture
def office(app):
    return staff_client(app, "council_secretary")


def secretary_of(app, area_id: int):
    client = app.test_client()
    sign_in(client, make_user("council_secretary", area_id=area_id))
    return client


def only_council() -> Council:
    return session.scalars(select(Council)).one()


def test_from_a_name_to_a_published_council(app, office):
    office.post("/en/staff/councils/new", data={"label-de": "Quartiersrat Nord", "kind": "round_table"})
    council = only_council()
    assert (council.kind, council.is_public) == (CouncilKind.ROUND_TABLE, False)
    base = f"/en/staff/councils/{council.id}"
    assert "The purpose is missing" in office.get(base).text
    assert "Publish now" not in office.get(f"{base}/publish").text
    assert office.post(f"{base}/publish").status_code == 409
    office.post(f"{base}/groups", data={"kind": "providers", "seats": "4", "has_vote": "y"})
    office.post(f"{base}/settings", data=SETTINGS)
    assert "Publish now" in office.get(f"{base}/publish").text
    assert office.post(f"{base}/publish").status_code == 302
    council = only_council()
    assert council.is_public
    assert (council.notice_days, council.quorum_percent, council.languages) == (10, 60, ["de", "tr"])
    assert (council.groups[0].kind, council.groups[0].seats, council.groups[0].has_vote) == (
        GroupKind.PROVIDERS,
        4,
        True,
    )


def test_what_was_typed_wrongly_comes_back_with_all_the_rest(app, office):
    council = make_council(retention_days=50)
    wrong = {**SETTINGS, "quorum_percent": "120", "notice_days": "bald"}
    answer = office.post(f"/en/staff/councils/{council.id}/settings", data=wrong)
    assert answer.status_code == 422
    assert "Arbeit des Rates" in answer.text
    assert "bald" in answer.text
    later = office.post(f"/en/staff/councils/{council.id}/settings", data=SETTINGS)
    assert later.status_code == 422
    assert "can become shorter, but not longer" in later.text


def test_the_settings_show_what_is_kept(app, office):
    council = make_council(quorum_percent=70, areas=[make_area("Nordstadt")])
    text = office.get(f"/en/staff/councils/{council.id}/settings").text
    assert 'value="70"' in text
    assert council.name["de"] in text
    assert "Nordstadt" in text


def test_v18_secretaries_of_a_district_look_after_its_councils_only(app):
    north, south = make_area("Nord"), make_area("Süd")
    mine, other, of_all = make_council(areas=[north]), make_council(areas=[south]), make_council()
    client = secretary_of(app, north.id)
    text = client.get("/en/staff/councils").text
    assert mine.name["de"] in text
    assert other.name["de"] not in text
    assert of_all.name["de"] not in text
    assert "New council" not in text
    for council, status in ((mine, 200), (other, 403), (of_all, 403)):
        for path in ("", "/settings", "/groups", "/statutes", "/publish", "/dissolve", "/delete", "/statutes/new"):
            assert client.get(f"/en/staff/councils/{council.id}{path}").status_code == status, path
    assert client.get("/en/staff/councils/new").status_code == 403
    assert client.get(f"/en/staff/councils/groups/{other.groups[0].id}").status_code == 403
    assert client.post(f"/en/staff/councils/groups/{other.groups[0].id}/delete").status_code == 403


def test_v6_a_secretary_of_a_district_cannot_take_a_council_elsewhere(app):
    north, south = make_area("Nord"), make_area("Süd")
    council = make_council(areas=[north])
    client = secretary_of(app, north.id)
    answer = client.post(f"/en/staff/councils/{council.id}/settings", data={**SETTINGS, "areas": [str(south.id)]})
    assert answer.status_code == 302
    assert [area.id for area in only_council().areas] == [north.id]


def test_groups_are_changed_moved_and_deleted(app, office):
    council = make_council()
    make_membership(council)
    first, second = council.groups
    small = {"kind": "residents", "seats": "0", "label-de": ""}
    answer = office.post(f"/en/staff/councils/groups/{first.id}", data=small)
    assert answer.status_code == 422
    assert "More members than that sit in this group" in answer.text
    assert office.post(f"/en/staff/councils/groups/{second.id}/up").status_code == 302
    assert [one.id for one in only_council().groups] == [second.id, first.id]
    assert office.post(f"/en/staff/councils/groups/{first.id}/delete").status_code == 409
    assert office.post(f"/en/staff/councils/groups/{second.id}/delete").status_code == 302
    assert "9 seats" in office.get(f"/en/staff/councils/{council.id}/groups").text
    assert office.post(f"/en/staff/councils/{council.id}/groups", data={"seats": "501"}).status_code == 422


def test_statutes_are_written_with_a_file_published_and_then_stay(app, office):
    council = make_council()
    words = {"title-de": "Geschäftsordnung", "valid_from": "01.01.2026", "text-de": "<p>Ja</p><script>x</script>"}
    file = {"file": (io.BytesIO(pdf_file()), "go.pdf")}
    answer = office.post(f"/en/staff/councils/{council.id}/statutes/new", data={**words, **file})
    assert answer.status_code == 302
    statute = session.scalars(select(Statute)).one()
    assert (statute.text["de"].html, statute.document.is_public) == ("<p>Ja</p>", False)
    base = f"/en/staff/councils/statutes/{statute.id}"
    assert "published together with it" in office.get(base).text
    assert office.get(f"{base}/edit").status_code == 200
    office.post(f"{base}/edit", data={**words, "valid_from": "01.02.2026"})
    assert office.post(f"{base}/publish").status_code == 302
    assert office.post(f"{base}/edit", data=words).status_code == 409
    assert office.post(f"{base}/delete").status_code == 409
    session.expire_all()
    assert (statute.valid_from, statute.document.is_public) == (date(2026, 2, 1), True)
    assert "In force" in office.get(f"/en/staff/councils/{council.id}/statutes").text


@pytest.mark.parametrize(
    "content", [b"<html>", pdf_file(OpenAction=Dictionary(S=Name.JavaScript)), locked_pdf_file("x")]
)
def test_v19_a_file_that_is_no_plain_pdf_is_refused_beside_its_field(app, office, content):
    council = make_council()
    words = {"title-de": "Geschäftsordnung", "valid_from": "01.01.2026", "file": (io.BytesIO(content), "x.pdf")}
    answer = office.post(f"/en/staff/councils/{council.id}/statutes/new", data=words)
    assert answer.status_code == 422
    assert "Geschäftsordnung" in answer.text
    assert session.scalars(select(Statute)).all() == []


def test_a_draft_is_deleted_after_a_question_back(app, office):
    council = make_council(published=False)
    assert office.get(f"/en/staff/councils/{council.id}/delete").status_code == 200
    assert office.post(f"/en/staff/councils/{council.id}/delete").status_code == 302
    assert session.scalars(select(Council)).all() == []


def test_a_council_is_dissolved_with_its_last_day(app, office):
    council = make_council()
    path = f"/en/staff/councils/{council.id}/dissolve"
    assert office.post(path, data={"last_day": "12/31/2026"}).status_code == 422
    assert office.post(path, data={"last_day": "31.12.2026"}).status_code == 302
    assert office.post(path, data={"last_day": "31.12.2026"}).status_code == 422
    assert only_council().dissolved_on == date(2026, 12, 31)


def test_every_change_stands_in_the_log_with_who_made_it(app, office):
    office.post("/en/staff/councils/new", data={"label-de": "Quartiersrat", "kind": "assembly"})
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "council.created")).one()
    assert entry.staff_id == session.scalars(select(User.id)).one()


def test_a_council_tells_its_vacant_seats(app, office):
    council = make_council()
    make_membership(council, ends_on=TODAY + timedelta(days=1))
    text = office.get("/en/staff/councils").text
    assert '<td class="number" data-label="Vacant seats">11</td>' in text
