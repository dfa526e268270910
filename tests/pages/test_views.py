"""The home page, the standing pages and the form for barriers."""

import pytest
from flask import url_for

from participation.db import session
from participation.feature import Entry, Feature
from participation.i18n import LocalizedText, _l
from participation.pages import operations, queries, starter
from participation.pages.views import own_path
from tests.pages.makers import make_report, make_staff, sign_in


def answer_to(client, report) -> str:
    """What the receipt page shows to somebody who has just sent this report."""
    with client.session_transaction() as cookie:
        cookie["receipt"] = str(report.receipt_id)
    return client.get("/en/receipt/matter").text


def test_the_home_page_shows_what_all_rooms_have_going_on(app, client, monkeypatch):
    entries = [Entry(LocalizedText(de="Familienumfrage"), "/en/x", _l("Survey"), summary=LocalizedText(en="For all"))]
    rooms = [*app.extensions["features"], Feature(name="test", entries=lambda: entries)]
    monkeypatch.setitem(app.extensions, "features", rooms)
    page = client.get("/en/")
    assert '<a href="/en/x"><span lang="de" dir="ltr">Familienumfrage</span></a>' in page.text
    assert "For all" in page.text


def test_an_empty_house_says_so(client):
    assert "there is nothing to take part in" in client.get("/en/").text


def test_in_leichte_sprache_the_home_page_explains_itself(client):
    """B7"""
    page = client.get("/de-simple/").text
    for heading in ("Das finden Sie hier", "So finden Sie sich zurecht", "Mehr in Leichter Sprache"):
        assert f"<h2>{heading}</h2>" in page
    assert 'class="easy"' in page
    assert 'lang="de" dir="ltr">Das finden' not in page


@pytest.mark.parametrize(
    "slug", ["imprint", "privacy", "accessibility", "easy", "sign-language", "contact", "house-rules"]
)
def test_every_standing_page_can_be_read_before_staff_have_touched_it(client, slug):
    page = client.get(f"/en/pages/{slug}")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "[" not in page.text.split("<main")[1].split("<h1>")[1].split("</h1>")[0]


def test_the_known_slugs_are_all_that_there_is(app, client):
    assert len(starter.slugs()) == 7
    for address in ("/de/pages/unknown", "/de/pages/", "/de/pages/imprint/x", "/de/pages/%F0%9F%92%A5"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("lang", ["de", "de-simple", "ar"])
def test_help_stands_on_every_page(client, lang):
    """A21, B1, B10"""
    footer = client.get(f"/{lang}/receipt").text.split("<footer")[1]
    for part in ("imprint", "privacy", "accessibility", "easy", "sign-language", "contact"):
        assert f"/pages/{part}" in footer
    assert f"/{lang}/report-a-barrier" in footer


def test_a_page_in_another_language_is_marked(app, client):
    """L3, L5"""
    staff = make_staff("editor")
    operations.change_page("contact", staff, title=LocalizedText(de="Kontakt"), text=LocalizedText(de="Auf Deutsch"))
    page = client.get("/ar/pages/contact").text
    assert '<div lang="de" dir="ltr"><p>Auf Deutsch</p></div>' in page
    assert '<h1><span lang="de" dir="ltr">Kontakt</span></h1>' in page


def test_the_day_of_the_last_check_is_shown(app, client, stop_clock):
    """B2"""
    stop_clock(2026, 4, 1, 12)
    text = {"title": LocalizedText(de="E"), "text": LocalizedText(de="T")}
    operations.change_page("accessibility", make_staff("editor"), **text, checked_on=stop_clock(2026, 3, 9).date())
    assert "9. März 2026" in client.get("/de/pages/accessibility").text


def test_without_a_video_the_page_says_so_and_with_one_it_can_be_played_and_kept(app, client):
    """B8"""
    assert "<video" not in client.get("/en/pages/sign-language").text
    video = {"address": "/media/dgs.mp4", "captions": "/media/dgs.vtt", "size": "12 MB", "duration": "3:20"}
    text = {"title": LocalizedText(de="DGS"), "text": LocalizedText(de="T")}
    operations.change_page("sign-language", make_staff("editor"), **text, video=video)
    page = client.get("/en/pages/sign-language").text
    for part in ('src="/media/dgs.mp4"', 'src="/media/dgs.vtt"', "12 MB", "3:20", " download>"):
        assert part in page


def test_a_barrier_can_be_reported_with_nothing_but_a_message(client):
    """B4"""
    assert client.get("/en/report-a-barrier").status_code == 200
    answer = client.post("/en/report-a-barrier", data={"text": "The text is too small."})
    assert (answer.status_code, answer.location) == (302, "/en/receipt/new")
    report = session.scalars(queries.reports()).one()
    assert (report.text, report.page, report.contact, report.language) == ("The text is too small.", "", "", "en")


def test_the_page_somebody_comes_from_is_filled_in(client):
    """B4"""
    asked = client.get("/en/report-a-barrier?page=/en/surveys/family")
    told = client.get("/en/report-a-barrier", headers={"Referer": "http://localhost/en/surveys/family?x=1"})
    foreign = client.get("/en/report-a-barrier", headers={"Referer": "http://evil.example/en/surveys/family"})
    broken = client.get("/en/report-a-barrier", headers={"Referer": "http://[evil"})
    assert 'value="/en/surveys/family"' in asked.text
    assert 'value="/en/surveys/family"' in told.text
    assert "surveys/family" not in foreign.text
    assert broken.status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "/a b",
        "/a\u202eb",
        "/" * 2,
        "/" + "a" * 300,
    ],
)
def test_a_page_that_is_not_ours_is_not_filled_in(app, client, asked):
    """V22"""
    assert own_path(asked) == ""
    page = client.get("/en/report-a-barrier", query_string={"page": asked})
    assert page.status_code == 200
    assert "evil" not in page.text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    "sent",
    [{}, {"text": "   "}, {"text": "x" * 5_001}, {"text": "x", "contact": "y" * 201}, {"text": "x", "page": "z" * 301}],
)
def test_a_report_that_cannot_be_taken_comes_back_as_it_was(client, sent):
    answer = client.post("/en/report-a-barrier", data=sent)
    assert answer.status_code == 422
    assert all(value in answer.text for value in sent.values())
    assert session.scalars(queries.reports()).all() == []


def test_the_language_can_be_changed_in_the_middle_of_a_report(client):
    """L18"""
    sent = {"text": "Die Schrift ist zu klein.", "_language": "ar"}
    answer = client.post("/en/report-a-barrier?page=/en/x", data=sent)
    assert (answer.status_code, answer.location) == (307, "/ar/report-a-barrier?page=/en/x")
    again = client.post(answer.location, data=sent)
    assert again.status_code == 200
    assert "Die Schrift ist zu klein." in again.text
    assert session.scalars(queries.reports()).all() == []


def test_the_answer_stands_on_the_receipt_page_and_names_the_ombuds_office(app, client):
    """B5"""
    report, staff = make_report(), make_staff("editor")
    assert "ombuds" not in answer_to(client, report).split("<main")[1]
    operations.answer(report, staff, "We have made it larger.", is_final=True)
    session.commit()
    page = answer_to(client, report)
    assert "We have made it larger." in page
    assert "The ombuds office of North Rhine-Westphalia" in page
    assert staff.name not in page


def test_a_report_can_be_taken_back_with_the_receipt_at_hand_only(app, client):
    report = make_report()
    session.commit()
    assert client.post("/en/report-a-barrier/withdraw").status_code == 404
    answer_to(client, report)
    assert client.post("/en/report-a-barrier/withdraw").location == "/en/"
    assert session.scalars(queries.reports()).all() == []


def test_visitors_see_no_button_for_staff(client):
    visitor = client.get("/en/pages/contact").text
    sign_in(client, "editor")
    assert "Edit this page" not in visitor
    assert "Edit this page" in client.get("/en/pages/contact").text


def test_home_is_where_the_front_door_leads(app, client):
    assert client.get("/", headers={"Accept-Language": "uk"}).location == "/uk/"
    with app.test_request_context():
        assert url_for("pages.home", lang="de") == "/de/"
