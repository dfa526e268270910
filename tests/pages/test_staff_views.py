"""The communications team's desk."""

import pytest
from sqlalchemy import select

from participation.audit import AuditEntry
from participation.db import session
from participation.pages import operations, queries
from tests.pages.makers import make_report, sign_in

WRITTEN = {"title-de": "Kontakt", "text-de": "## Telefon\n[Karte](/pages/imprint)", "text-tr": "## Telefon TR"}


def audited(action: str) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


@pytest.fixture
def editor(client):
    return sign_in(client, "editor")


@pytest.mark.parametrize("address", ["/en/staff/pages", "/en/staff/pages/contact", "/en/staff/barrier-reports"])
@pytest.mark.parametrize(
    ("roles", "status"),
    [((), 403), (("analyst",), 403), (("moderator",), 403), (("editor",), 200), (("administrator",), 200)],
)
def test_the_desk_is_for_editors_and_administrators(client, address, roles, status):
    """V18"""
    assert client.get(address).status_code == 401
    sign_in(client, *roles)
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    "address",
    ["/en/staff/pages/contact", "/en/staff/barrier-reports/{report}", "/en/staff/barrier-reports/{report}/contact"],
)
def test_nobody_else_can_change_or_read_by_sending_a_form(app, client, address):
    report = make_report(contact="post@example.org")
    session.commit()
    answer = client.post(address.format(report=report.id), data={**WRITTEN, "text": "x", "kind": "final"})
    assert answer.status_code == 401
    assert "post@example.org" not in answer.text
    assert queries.shown("contact").changed_at is None
    assert not queries.report(report.id).answers


def test_the_starting_text_is_filled_in(client, editor):
    page = client.get("/en/staff/pages/contact").text
    assert "## So erreichen Sie uns" in page


def test_a_saved_page_is_public_at_once_in_its_languages(client, editor):
    answer = client.post("/en/staff/pages/contact", data=WRITTEN)
    assert answer.status_code == 302
    assert '<h2>Telefon</h2><p><a href="/de/pages/imprint"' in client.get("/de/pages/contact").text
    assert "<h2>Telefon TR</h2>" in client.get("/tr/pages/contact").text
    assert editor.name in client.get("/en/staff/pages").text
    assert audited("page.changed")[0].staff_name == editor.name


def test_a_preview_shows_and_saves_nothing(client, editor):
    answer = client.post("/en/staff/pages/contact", data={**WRITTEN, "preview": "1"})
    assert answer.status_code == 200
    assert "<h2>Telefon TR</h2>" in answer.text
    assert "## Telefon TR" in answer.text  # and what was typed is still in the form
    assert queries.shown("contact").changed_at is None


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"text-de": ""}, "Please write at least the German text."),
        ({"title-de": ""}, "Please write at least the German text."),
        ({"title-tr": "x" * 201}, "The text in this language is too long: Türkçe"),
        ({"text-tr": "[x](javascript:alert)"}, "A link cannot lead to this address: javascript:alert"),
    ],
)
def test_a_page_that_cannot_be_saved_comes_back_as_it_was(client, editor, spoilt, sentence):
    answer = client.post("/en/staff/pages/contact", data={**WRITTEN, **spoilt})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "## Telefon TR" in answer.text or "text-tr" in spoilt
    assert queries.shown("contact").changed_at is None


def test_the_day_of_the_check_ends_the_warning(client, stop_clock):
    """B3"""
    stop_clock(2026, 4, 1, 12)
    sign_in(client, "editor")
    warning = "was not checked during the last twelve months"
    assert warning in client.get("/en/staff/pages").text
    written = {"title-de": "Erklärung", "text-de": "Text", "checked_on": "31.03.2026"}
    client.post("/en/staff/pages/accessibility", data=written)
    assert warning not in client.get("/en/staff/pages").text


def test_a_check_in_the_future_is_refused(client, editor):
    written = {"title-de": "Erklärung", "text-de": "Text", "checked_on": "24.12.2199"}
    assert client.post("/en/staff/pages/accessibility", data=written).status_code == 422
    done = client.post("/en/staff/pages/accessibility", data={**written, "checked_on": "24.12.2024"})
    assert done.status_code == 302
    assert queries.shown("accessibility").checked_on.isoformat() == "2024-12-24"
    assert 'value="24.12.2024"' in client.get("/en/staff/pages/accessibility").text


@pytest.mark.parametrize("address", ["https://video.example/x.mp4", "//video.example/x.mp4", "javascript:x", "x.mp4"])
def test_a_video_from_elsewhere_is_refused(client, editor, address):
    """D13"""
    written = {"title-de": "DGS", "text-de": "Text", "address": address}
    assert client.post("/en/staff/pages/sign-language", data=written).status_code == 422
    written["address"] = "/media/dgs.mp4"
    assert client.post("/en/staff/pages/sign-language", data=written).status_code == 302
    assert queries.shown("sign-language").video["address"] == "/media/dgs.mp4"


def test_an_unknown_page_cannot_be_made(client, editor):
    assert client.post("/en/staff/pages/unknown", data=WRITTEN).status_code == 404


def test_the_most_urgent_report_stands_on_top_and_answered_ones_below(app, client, stop_clock):
    stop_clock(2026, 4, 20, 8)
    sign_in(client, "editor")
    late, done = make_report("Late"), make_report("Done")
    late.received_on, late.due_on = late.received_on.replace(day=1), late.due_on.replace(month=4, day=15)
    operations.answer(done, sign_in(client, "administrator"), "Done.", is_final=True)
    make_report("Fresh")
    page = client.get("/en/staff/barrier-reports").text
    assert page.index(">Late<") < page.index(">Fresh<") < page.index(">Done<")
    assert page.count("Overdue") == 1
    assert "1 report should have been answered already." in page


def test_the_list_of_reports_costs_the_same_however_long_it_is(app, client):
    sign_in(client, "editor")
    for number in range(30):
        make_report(f"Report {number}")
    page = client.get("/en/staff/barrier-reports?page=2").text
    assert page.count("<tr>") == 1 + 5


def test_an_answer_is_saved_and_audited(app, client, editor):
    report = make_report()
    address = f"/en/staff/barrier-reports/{report.id}"
    assert client.post(address, data={"text": "", "kind": "final"}).status_code == 422
    assert client.post(address, data={"text": "Done.", "kind": "nonsense"}).status_code == 422
    assert client.post(address, data={"text": "Done.", "kind": "final"}).status_code == 302
    assert client.post(address, data={"text": "Twice.", "kind": "final"}).status_code == 409
    assert [answer.text for answer in queries.report(report.id).answers] == ["Done."]
    assert len(audited("barrier_report.answered")) == 1


def test_a_look_at_the_contact_is_written_down(app, client, editor):
    """D15"""
    report = make_report(contact="Olena, 0171 234567")
    address = f"/en/staff/barrier-reports/{report.id}"
    assert "0171 234567" not in client.get(address).text
    assert audited("barrier_report.contact_seen") == []
    assert "0171 234567" in client.post(f"{address}/contact").text
    assert audited("barrier_report.contact_seen")[0].is_personal_data


@pytest.mark.parametrize("key", ["0", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_report_that_does_not_exist_is_not_found(client, editor, key):
    assert client.get(f"/en/staff/barrier-reports/{key}").status_code == 404
