"""The language of a text is recognised, or honestly not."""

import csv
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.language_guess import guess
from tests.conftest import make_house
from tests.sentences import SENTENCES


@pytest.mark.parametrize("tag", SENTENCES)
def test_whole_sentences_are_recognised_in_each_language_of_the_city(app, tag):
    assert [guess(sentence)[:1] for sentence in SENTENCES[tag]] == [[tag]] * 10


@pytest.mark.parametrize("tag", SENTENCES)
def test_three_words_are_enough_to_have_the_language_among_the_suggestions(app, tag):
    beginnings = [" ".join(sentence.split()[:3]) for sentence in SENTENCES[tag]]
    assert all(tag in guess(words) for words in beginnings)


@pytest.mark.parametrize("text", ["", "12345", "👍👍👍", "ok", "!?", " \n"])
def test_nothing_is_guessed_from_nothing(app, text):
    assert guess(text) == []


@pytest.mark.parametrize(
    "text", ["Hola, necesitamos más árboles en el parque", "Nous voulons un banc devant la mairie, s'il vous plaît"]
)
def test_a_language_that_the_city_does_not_offer_is_not_taken_for_another_one(app, text):
    assert guess(text) == []


def test_l6_leichte_sprache_is_never_guessed(app):
    assert guess("Die Stadt baut einen Spiel-Platz. Das ist gut. Wir freuen uns.") == ["de"]


def test_only_the_languages_of_this_city_are_suggested(monkeypatch, app):
    monkeypatch.setitem(app.config, "LANGUAGES", ["de", "tr"])
    assert guess(SENTENCES["tr"][0]) == ["tr"]
    assert guess(SENTENCES["pl"][0]) != ["pl"]


def test_whatever_is_sent_there_is_an_answer():
    house = make_house("sqlite://")

    @given(st.text(max_size=80))
    def any_text(text):
        with house.app_context():
            assert set(guess(text)) <= set(house.config["LANGUAGES"]) - {"de-simple"}

    any_text()


def test_the_model_is_not_in_memory_before_somebody_asks():
    asked = "import sys; import participation.app; sys.exit('py3langid' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_what_residents_really_wrote_is_recognised(app, samples):
    folder = samples / "participation"
    with (folder / "polis_bowling_green_comments.csv").open() as file:
        english = [row["comment-body"] for row in csv.DictReader(file)]
    with (folder / "polis_austria_climate_7z7ej_comments.csv").open() as file:
        german = [row["comment-body"] for row in csv.DictReader(file)]
    with (folder / "krefeld_bewegen_2020.tsv").open() as file:
        texts: dict[str, str] = {}
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            texts[row["document_id"]] = f"{texts.get(row['document_id'], '')} {row['content']}"
    counted = {
        name: Counter("".join(guess(text)[:1]) for text in said)
        for name, said in (("en", english), ("de", german), ("krefeld", list(texts.values())))
    }
    assert counted["en"]["en"] >= 0.98 * len(english)
    assert counted["de"]["de"] >= 0.98 * len(german)
    assert counted["krefeld"]["de"] == len(texts)
