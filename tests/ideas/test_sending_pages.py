"""The way of a resident: write, check, send, and the receipt."""

import html
import io
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from participation.contacts.models import Contact
from participation.contributions.models import Checking, ContributionStatus
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas.models import Call, Idea
from participation.media.models import Picture
from participation.questionnaires.models import Answer, Questionnaire, Response
from participation.receipts.models import Receipt
from tests.contributions.makers import make_checking_rule
from tests.districts.makers import make_area, make_layer, make_street
from tests.ideas.makers import make_call, make_category, make_idea, make_letter_box
from tests.media.makers import image_file
from tests.surveys.makers import make_definition, make_version, page, question

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
WORDS = {"title": "Mehr Bänke", "text": "Am Spielplatz fehlen Bänke.\r\nViele Großeltern stehen."}


class Writer:
    """Somebody with the form open."""

    def __init__(self, client: FlaskClient, call: Call, language: str = "de") -> None:
        self.client = client
        self.address = f"/{language}/ideas/calls/{call.slug}/new"
        self.page = client.get(self.address)

    def check(self, **fields: object) -> TestResponse:
        return self._post({**self.hidden, **WORDS, "to": "check", **fields})

    def go_on(self, to: str = "send", language: str = "de", **fields: object) -> TestResponse:
        """Press a button of the check page, which brings everything along by itself."""
        return self._post({**self.hidden, "language": language, "to": to, **fields})

    @property
    def hidden(self) -> dict[str, object]:
        found: dict[str, list[str]] = {}
        for name, value in HIDDEN.findall(self.page.text):
            found.setdefault(name, []).append(html.unescape(value))
        return {name: values if len(values) > 1 else values[0] for name, values in found.items()}

    def _post(self, fields: dict[str, object]) -> TestResponse:
        self.page = self.client.post(self.address, data=fields, content_type="multipart/form-data")
        return self.page


@pytest.fixture
def call(app) -> Call:
    return make_call()


@pytest.fixture
def writer(client, call) -> Writer:
    return Writer(client, call)


def with_questions(*questions, **facts) -> Call:
    """A call that asks these questions besides, one page each."""
    questionnaire = Questionnaire(name="extra")
    session.add(questionnaire)
    pages = [page(f"page_{number}", one) for number, one in enumerate(questions)]
    return make_call(version=make_version(questionnaire, make_definition(*pages), published=True), **facts)


def only_idea() -> Idea:
    return session.query(Idea).one()


# --- The way through -------------------------------------------------------------------------------------------------


def test_an_idea_is_written_checked_sent_and_given_a_receipt(writer, call):
    checked = writer.check(author_name="Ayşe")
    assert checked.status_code == 200
    assert "Check your idea" in checked.text
    assert session.query(Idea).count() == 0  # nothing is stored before it is sent
    sent = writer.go_on()
    assert sent.location == "/de/receipt/new"
    idea = only_idea()
    assert (idea.call.id, idea.title, idea.language, idea.author_name) == (call.id, "Mehr Bänke", "de", "Ayşe")
    assert idea.text == "Am Spielplatz fehlen Bänke.\nViele Großeltern stehen."
    assert idea.status is ContributionStatus.WAITING
    assert "What became of it" in writer.client.get("/de/receipt/matter").text


def test_v8_the_whole_way_is_open_to_whoever_takes_a_moment(app, client, call, stop_clock, monkeypatch):
    monkeypatch.setitem(app.config, "HONESTY_ENABLED", True)
    stop_clock(2026, 4, 1, 12)
    writer = Writer(client, call)
    assert writer.page.text.count('name="opened"') == 1
    assert writer.check().status_code == 422  # in the same second: once more, please
    stop_clock(2026, 4, 1, 12, 0, 4)
    assert writer.check().status_code == 200
    assert writer.go_on().location.endswith("/de/receipt/new")
    assert only_idea().title == WORDS["title"]


def test_the_letter_box_is_an_address_of_its_own(client, app):
    make_letter_box()
    assert client.get("/de/ideas/new").status_code == 200


def test_d1_duties_stand_before_the_first_field(writer):
    assert "<details open>" in writer.page.text  # to be read without a tap; whoever knows them folds them
    before = writer.page.text.partition('id="title"')[0]
    for said in ("Who is responsible?", "Frau Beispiel", "Wir sammeln Ideen", "Aufgabe der Stadt", "/de/pages/privacy"):
        assert said in before, said


def test_a14_the_check_page_shows_everything_and_leads_back_with_all_of_it(client, app):
    call = make_call()
    category = make_category(call, "Bäume")
    writer = Writer(client, call)
    checked = writer.check(category=category.id, place="Am Park 3", author_name="Ivan")
    shown = ("Mehr Bänke", "Viele Großeltern stehen.", "Bäume", "Am Park 3", "Ivan", "You do not want mail from us.")
    for said in shown:
        assert said in checked.text, said
    back = writer.go_on("change")
    assert back.status_code == 200
    assert "Please look" not in back.text
    for said in ('value="Mehr Bänke"', "Viele Großeltern stehen.", 'value="Am Park 3"', 'value="Ivan"', " checked"):
        assert said in back.text, said


def test_the_file_comes_last_so_that_words_arrive_before_it(writer):
    names = re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', writer.page.text)
    assert names[-1] == "picture"


@pytest.mark.parametrize(("page_language", "expected"), [("de", "de"), ("tr", "tr"), ("de-simple", "de")])
def test_l4_when_the_text_does_not_tell_its_language_the_pages_own_is_chosen_beforehand(
    client, call, page_language, expected, monkeypatch
):
    monkeypatch.setattr("participation.ideas.sending_pages.guess", lambda _text: [])
    checked = Writer(client, call, page_language).check().text
    assert re.search(rf'<option value="{expected}" selected>', checked)
    assert '<option value="de-simple"' not in checked


def test_l4_the_recognised_language_is_confirmed_and_may_be_changed(client, call, monkeypatch):
    monkeypatch.setattr("participation.ideas.sending_pages.guess", lambda _text: ["ro", "it"])
    writer = Writer(client, call)
    assert '<option value="ro" selected>' in writer.check().text
    writer.go_on(language="fr")
    assert only_idea().language == "fr"


# --- Mistakes --------------------------------------------------------------------------------------------------------


def test_a11_nothing_typed_is_lost_after_a_mistake(writer):
    again = writer.check(title="", place="Hauptstraße", author_name="Ayşe", email="kein Postfach")
    assert again.status_code == 422
    for said in ("Am Spielplatz fehlen", 'value="Hauptstraße"', 'value="Ayşe"', 'value="kein Postfach"'):
        assert said in again.text, said
    assert '<a href="#title">' in again.text


def test_a_hundred_thousand_characters_are_refused_and_kept(writer):
    again = writer.check(text="ä" * 100_000)
    assert again.status_code == 422
    assert "This text is too long" in again.text
    assert "ä" * 100_000 in again.text


@pytest.mark.parametrize("point", [("51.3", ""), ("", "6.5"), ("91", "6"), ("nan", "6"), ("inf", "6"), ("x", "y")])
def test_half_points_and_points_beyond_the_earth_are_refused(writer, point):
    assert writer.check(latitude=point[0], longitude=point[1]).status_code == 422


def test_v6_fields_that_no_page_of_ours_sends_are_refused(writer):
    assert writer.check(status="published").status_code == 400
    assert writer.check(**{"q.foreign": "x"}).status_code == 400


def test_sending_without_the_check_page_leads_to_it(writer):
    assert "Check your idea" in writer.check(to="send").text
    assert session.query(Idea).count() == 0


def test_what_became_invalid_on_the_way_is_not_sent(writer):
    writer.check()
    assert writer.go_on(title="").status_code == 422
    assert session.query(Idea).count() == 0


# --- Once, and only while the call is open ---------------------------------------------------------------------------


def test_a_double_click_makes_one_idea_and_its_code_opens_it(writer):
    writer.check()
    fields = {**writer.hidden, "language": "de", "to": "send"}
    for _ in range(2):
        assert writer.client.post(writer.address, data=fields).location == "/de/receipt/new"
    assert session.query(Idea).count() == 1
    assert session.query(Receipt).count() == 1
    code = re.search(r"([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})", writer.client.get("/de/receipt/new").text)[1]
    writer.client.post("/de/receipt", data={"code": code})
    assert "Mehr Bänke" in writer.client.get("/de/receipt/matter").text


def test_going_back_days_later_sends_nothing_again(writer, stop_clock):
    stop_clock(2026, 4, 1, 12)
    writer.check()
    fields = {**writer.hidden, "language": "de", "to": "send"}
    writer.client.post(writer.address, data=fields)
    writer.client.get("/de/receipt")
    stop_clock(2026, 4, 2, 12)
    with writer.client.session_transaction() as cookie:
        cookie.clear()
    again = writer.client.post(writer.address, data=fields)
    assert again.status_code == 409
    assert "already sent this idea" in again.text


def test_a_call_that_closes_while_somebody_writes_keeps_the_words_on_the_page(writer, call, stop_clock):
    writer.check()
    call.closes_at = stop_clock(2026, 4, 1, 12)
    again = writer.go_on()
    assert again.status_code == 422
    assert "does not take ideas at the moment" in again.text
    assert "Am Spielplatz fehlen" in again.text
    assert session.query(Idea).count() == 0


def test_a_closed_call_says_so_and_a_draft_is_not_there(client, app, stop_clock):
    closed = make_call(closes_at=stop_clock(2026, 4, 1, 12))
    draft = make_call(published=False)
    assert client.get(f"/de/ideas/calls/{closed.slug}/new").status_code == 409
    assert client.get(f"/de/ideas/calls/{draft.slug}/new").status_code == 404
    assert client.get("/de/ideas/new").status_code == 404


# --- Language switch -------------------------------------------------------------------------------------------------


def test_l18_the_language_menu_keeps_both_pages(writer):
    def switch(fields: dict[str, object]) -> str:
        moved = writer.client.post(writer.address, data={**fields, "_language": "ar"})
        assert moved.status_code == 307
        answer = writer.client.post(moved.location, data={**fields, "_language": "ar"})
        assert answer.status_code == 200
        return answer.text

    written = switch({**WORDS, "author_name": "Ayşe", "title": ""})
    assert 'value="Ayşe"' in written
    assert "error-summary" not in written
    writer.check(author_name="Ayşe")
    checked = switch({**writer.hidden, "language": "tr"})
    assert "Check your idea" in checked
    assert '<option value="tr" selected>' in checked
    assert session.query(Idea).count() == 0


# --- Place -----------------------------------------------------------------------------------------------------------


def test_a_place_is_found_in_all_layers_by_its_street(client, app):
    first, second = make_layer("bezirke", is_default=True), make_layer("quartiere")
    north, park = make_area("Nord", first), make_area("Am Park", second)
    make_street("Ahornweg", north)
    make_street("Ahornweg", park)
    writer = Writer(client, make_call())
    assert "Nord" in writer.check(place="ahornweg 3").text
    writer.go_on()
    assert {area.id for area in only_idea().areas} == {north.id, park.id}


def test_what_was_chosen_counts_before_the_street_and_the_point(client, app):
    layer = make_layer("bezirke", is_default=True)
    square = {"type": "Polygon", "coordinates": [[[6.5, 51.3], [6.6, 51.3], [6.6, 51.4], [6.5, 51.4], [6.5, 51.3]]]}
    drawn, chosen = make_area("Mitte", layer, outline=square), make_area("Nord", layer)
    writer = Writer(client, make_call())
    writer.check(latitude="51,35", longitude="6.55")
    writer.go_on()
    assert [area.id for area in only_idea().areas] == [drawn.id]
    assert (only_idea().latitude, only_idea().longitude) == (51.35, 6.55)
    session.delete(only_idea())
    other = Writer(client, make_call())
    other.check(latitude="51,35", longitude="6.55", area_id=chosen.id)
    other.go_on()
    assert [area.id for area in only_idea().areas] == [chosen.id]


def test_a_call_for_one_district_takes_no_idea_for_another(client, app):
    layer = make_layer("bezirke", is_default=True)
    north, south = make_area("Nord", layer), make_area("Süd", layer)
    make_street("Ahornweg", south)
    writer = Writer(client, make_call(areas=[north]))
    assert "Süd" not in writer.page.text
    assert writer.check(place="Ahornweg").status_code == 422
    assert writer.check(area_id=south.id).status_code == 422
    assert writer.check(place="Irgendwo").status_code == 200


# --- Picture, mail ---------------------------------------------------------------------------------------------------


def photo(name: str = "photo.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(image_file()), name


def test_a_picture_comes_along_through_a_mistake_and_the_check_page(writer):
    assert writer.check(title="", picture=photo(), picture_alt="Eine Bank").status_code == 422
    carried = writer.hidden["picture_id"]
    assert writer.check(picture_id=carried, picture_alt="Eine Bank").status_code == 200
    writer.go_on()
    idea = only_idea()
    assert (idea.picture.alt, idea.picture.is_kept, idea.picture.is_public) == ("Eine Bank", True, False)
    assert session.query(Picture).count() == 1


def test_a_picture_that_is_none_is_refused_and_the_words_stay(writer):
    again = writer.check(picture=(io.BytesIO(b"<svg onload=alert(1)>"), "x.png"), picture_alt="Ein Bild")
    assert again.status_code == 422
    assert "Am Spielplatz fehlen" in again.text


def test_a_picture_needs_words_for_those_who_cannot_see_it(writer):
    assert writer.check(picture=photo()).status_code == 422


def test_d9_an_address_counts_once_it_is_confirmed(writer):
    writer.check(email="ayse@Example.org")
    assert session.query(Contact).count() == 0
    writer.go_on()
    contact = only_idea().contact
    assert (contact.email, contact.is_confirmed, contact.language) == ("ayse@example.org", False, "de")


def test_d11_children_are_told_whose_address_to_give(writer):
    assert "younger than 16" in writer.page.text


# --- What the page points out ----------------------------------------------------------------------------------------


def test_m11_similar_ideas_are_offered_for_support(client, call, monkeypatch):
    known = make_idea(call, title="Bänke am Spielplatz", language="de", support_count=3)
    hidden = make_idea(call, status=ContributionStatus.HIDDEN, title="Versteckt")
    joined = make_idea(call, title="Zweimal gesagt", merged_into=known)
    number, others = known.id, [hidden.id, joined.id, known.id, 2_000_000]
    monkeypatch.setattr("participation.ideas.sending_pages.similar", lambda *_told, **_how: others)
    checked = Writer(client, call).check().text
    assert "Bänke am Spielplatz" in checked
    assert "3 people support it." in checked
    assert "Versteckt" not in checked
    assert "Zweimal gesagt" not in checked
    assert checked.count("Support this one instead") == 1
    assert f'action="/de/ideas/{number}/support"' in checked


def test_personal_data_are_pointed_out_before_sending(writer):
    checked = writer.check(text="Rufen Sie mich an: 02151 864567, oder schreiben Sie an oma@example.org").text
    assert "Do you want everybody to read this?" in checked
    assert "oma@example.org" in checked


# --- Extra questions -------------------------------------------------------------------------------------------------


def test_extra_questions_stand_on_the_same_page_and_are_kept_with_the_idea(client, app):
    call = with_questions(question("colour", "single_choice", "red green"), question("children", "whole_number"))
    writer = Writer(client, call)
    assert 'name="q.colour"' in writer.page.text
    checked = writer.check(**{"shown": ["colour", "children"], "q.colour": "red", "q.children": "٣"})
    assert "Red" in checked.text
    writer.go_on()
    stored = {one.question: one.value for one in session.query(Answer)}
    assert stored == {"colour": "red", "children": "3"}
    assert only_idea().response_id == session.query(Response).one().id


def test_a_required_extra_question_is_asked_for_and_linked_from_the_summary(client, app):
    call = with_questions(question("why", is_required=True))
    again = Writer(client, call).check(shown=["why"])
    assert again.status_code == 422
    assert '<a href="#q-why">' in again.text
    assert "Please look again" in again.text


def test_a_question_that_an_answer_brings_up_is_asked_without_scripts_too(client, app):
    call = with_questions(question("has", "yes_no"), question("what", is_required=True, relevant="${has} = 'yes'"))
    writer = Writer(client, call)
    assert "data-logic" in writer.page.text
    more = writer.check(**{"shown": ["has"], "q.has": "yes"})
    assert "there is something more to ask" in more.text
    assert writer.check(**{"shown": ["has", "what"], "q.has": "yes"}).status_code == 422
    assert "Check your idea" in writer.check(**{"shown": ["has", "what"], "q.has": "yes", "q.what": "Bäume"}).text


# --- Newcomers -------------------------------------------------------------------------------------------------------


def test_who_holds_the_receipt_of_a_published_idea_is_no_newcomer(client, app):
    call = make_call()
    make_checking_rule(Checking.NEWCOMERS_BEFORE)
    first = Writer(client, call)
    first.check()
    first.go_on()
    idea = only_idea()
    assert idea.status is ContributionStatus.WAITING
    second = Writer(client, call)
    second.check(title="Zweite")
    second.go_on()
    assert session.query(Idea).filter_by(title="Zweite").one().status is ContributionStatus.WAITING
    for one in session.query(Idea):
        one.status, one.published_at = ContributionStatus.PUBLISHED, one.created_at
    third = Writer(client, call)
    third.check(title="Dritte")
    third.go_on()
    assert session.query(Idea).filter_by(title="Dritte").one().status is ContributionStatus.PUBLISHED


def test_texts_of_the_call_speak_the_readers_language(client, app):
    call = make_call(title=LocalizedText(de="Grüne Plätze", tr="Yeşil alanlar"))
    assert "Yeşil alanlar" in Writer(client, call, "tr").page.text
