"""The search page: a plain form, results with the found words marked in their language, and calm answers."""

from html import unescape
from unicodedata import normalize

import pytest

from participation import text_words
from participation.contributions.operations import make_findable
from participation.councils import indexing
from participation.db import session
from participation.i18n import LocalizedText
from participation.search import passages
from participation.text_index import Asked
from tests.contributions.makers import make_translation
from tests.councils.makers import make_item, make_meeting
from tests.districts.makers import make_area
from tests.search.makers import count_words, make_known_event, make_known_idea, make_known_survey
from tests.statements import counted_statements

MOST_STATEMENTS = 20  # each kind of what was found is fetched with its place, its council or its translations
FOUND = "<mark>Spielplatz</mark>"


def test_without_words_there_is_a_form_and_nothing_else(client):
    page = client.get("/de/search")
    assert page.status_code == 200
    assert 'name="q"' in page.text
    assert "Found" not in page.text


def test_every_page_leads_to_the_search(client):
    assert 'href="/ar/search"' in client.get("/ar/").text


def test_found_words_are_marked_in_title_and_passage(client):
    idea = make_known_idea("Spielplatz im Park", "Der alte Spielplatz ist kaputt.")
    page = client.get("/de/search?q=spielplatz").text
    assert f'<a href="/de/ideas/{idea.id}">{FOUND} im Park</a>' in page
    assert f"Der alte {FOUND} ist kaputt." in page
    assert "1 result" in page


def test_l3_a_passage_in_another_language_says_so(client):
    make_known_idea("حديقة", "نريد حديقة جديدة", language="ar")
    page = client.get("/de/search?q=حديقة").text
    assert '<p lang="ar" dir="rtl">نريد <mark>حديقة</mark> جديدة</p>' in page


def test_the_passage_is_in_the_readers_language_where_it_has_the_words(client):
    idea = make_known_idea("Park", "Der Park ist schön.")
    make_translation(idea, "tr", title="Park", text="Park güzel.")
    make_findable(idea)
    assert "<mark>Park</mark> güzel." in client.get("/tr/search?q=park").text
    assert "Der <mark>Park</mark> ist" in client.get("/ar/search?q=park").text


def test_words_that_were_found_instead_are_told(client):
    make_known_idea("Grünfläche", "Mehr Grünfläche!")
    count_words()
    page = client.get("/de/search?q=Grunfläche").text
    assert '<bdi lang="de">Grünfläche</bdi>' in page
    assert "<mark>Grünfläche</mark>" in page


def test_nothing_found_is_told_kindly_with_a_way_on(client):
    make_known_idea("Spielplatz")
    page = client.get("/de/search?q=Spielplatz&kind=event").text
    assert "We found nothing" in page
    assert "<bdi>Spielplatz</bdi>" in page
    assert 'href="/de/search?q=Spielplatz"' in page
    assert 'href="/de/ideas/"' in page


def test_choices_stay_in_the_form_and_in_the_address_of_the_next_page(client):
    area = make_area("Nord")
    for number in range(11):
        make_known_idea(f"Spielplatz {number}", areas=[area])
    address = f"/de/search?q=Spielplatz&kind=idea&area={area.id}&since=1.1.2020&until=31.12.2099"
    page = unescape(client.get(address).text)
    assert "11 results" in page
    assert page.count('<li class="card">') == 10
    assert 'value="1.1.2020"' in page
    following = f"kind=idea&area={area.id}&since=1.1.2020&until=31.12.2099&page=2"
    assert following in page
    assert client.get(f"{address}&page=2").text.count('<li class="card">') == 1


@pytest.mark.parametrize("days", ["since=31.02.2026", "until=gestern", "since=2.1.2026&until=1.1.2026"])
def test_a_day_that_is_none_is_told_and_the_words_stay(client, days):
    answer = client.get(f"/de/search?q=Spielplatz&{days}")
    assert answer.status_code == 422
    assert 'value="Spielplatz"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_l12_days_are_read_in_other_digits(client):
    assert client.get("/ar/search?q=x&since=٠١٫٠١٫٢٠٢٦".replace("٫", ".")).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["kind=secret", "area=-1", "area=99999999999999999999", "page=-3", "page=99999999", "kind=comment"],
)
def test_choices_that_are_none_are_passed_over(client, query):
    make_known_idea("Spielplatz")
    assert client.get(f"/de/search?q=Spielplatz&{query}").status_code == 200


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>"])
def test_v1_what_was_typed_is_shown_as_words(client, words):
    make_known_idea(words, words)
    page = client.get("/de/search", query_string={"q": words}).text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_what_the_index_still_knows_but_nobody_may_read_is_not_shown(client):

    event = make_known_event(title=LocalizedText(de="Geheimnis"))
    event.published_at = event.appeared_at = None
    page = client.get("/de/search?q=Geheimnis").text
    assert f"/events/{event.id}" not in page


# --- Passages ---------------------------------------------------------------------------------------------------------


def cut(text: str, *words: str, is_beginning: bool = False) -> str:
    asked = [Asked([word], is_beginning and word == words[-1]) for word in words]
    found = passages.best({"de": text}, asked)
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in found.pieces) if found else ""


def test_a_long_text_is_cut_between_words_around_what_was_found():
    text = "eins " * 100 + "Spielplatz und Schaukel " + "zwei " * 100
    shown = cut(text, "schaukel", "spielplatz")
    assert "[Spielplatz] und [Schaukel]" in shown
    assert shown.startswith("… eins")
    assert shown.endswith("zwei …")
    assert len(shown) < 300


def test_the_place_with_most_of_the_words_is_shown():
    text = "Schaukel " + "eins " * 200 + "Schaukel am Spielplatz " + "zwei " * 200
    assert "[Schaukel] am [Spielplatz]" in cut(text, "schaukel", "spielplatz")


def test_a_beginning_marks_the_whole_word():
    assert cut("Der Spielplatz", "spielpl", is_beginning=True) == "Der [Spielplatz]"


@pytest.mark.parametrize(
    ("text", "word"),
    [("GRÖSSE", "groesse"), (normalize("NFD", "größe"), "groesse"), ("IĞDIR", "igdir"), ("مـدرسـة", "مدرسة")],
)
def test_l14_words_are_marked_however_they_are_written(text, word):
    assert cut(f"a {text} b", word) == f"a [{normalize('NFC', text)}] b"


def test_endless_words_are_cut_somewhere():
    assert len(cut("x" * 10_000, "y")) < 400
    assert cut("", "y") == ""


def test_words_that_lack_their_dots_are_few(app):
    assert text_words.undotted("aaaaaaaaaaaaaaaaaaaaaaaa") == []


# --- How much work it is ----------------------------------------------------------------------------------------------


def test_a_page_of_results_costs_as_many_statements_however_much_is_found(app, client):
    def ask(kind: str) -> int:
        app.extensions["memory"].clear()
        session.commit()
        with counted_statements(app) as seen:
            assert client.get(f"/de/search?q=Spielplatz&since=1.1.2020&kind={kind}").status_code == 200
        return len(seen)

    area = make_area("Nord")
    counts = []
    for _time in range(2):
        for _number in range(2):
            make_known_idea("Spielplatz", areas=[area])
            make_known_event(title=LocalizedText(de="Spielplatz"), areas=[area])
            make_known_survey(title=LocalizedText(de="Spielplatz"))
            meeting = make_meeting()
            make_item(meeting, "Spielplatz")
            indexing.index_meeting(meeting)
        counts.append([ask(kind) for kind in ("idea", "event", "survey", "meeting")])
    assert counts[0] == counts[1]
    assert ask("") <= MOST_STATEMENTS
