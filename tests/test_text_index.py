"""Everything public is found by its words, whatever the habit of typing, on both databases alike."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation import text_index, text_words
from participation.db import session
from participation.text_index import IndexedText
from participation.text_words import CountedWord

pytestmark = pytest.mark.databases


def found(typed: str, kind: str = "idea") -> list[int]:
    return sorted(session.scalars(text_index.search(typed, kind)))


def keep(ref_id: int, title: str, text: str = "", *, kind: str = "idea", language: str = "de") -> None:
    text_index.index(kind, ref_id, language, title, text)


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Größere Bäume", "groessere baeume"),
        ("Spielplatz an der Hauptstr.", "Hauptstraße"),
        ("IĞDIR parkı", "ığdır"),
        ("ISPANAK", "ıspanak"),
        ("كتاب", "کتاب"),
        ("مدرسـة علي", "علی مدرسة"),
        ("Ștefan", "Ştefan"),
        ("می‌روم", "میروم"),
        ("مسیر ۱۲", "12"),
        ("Ёлка", "елка"),
    ],
)
def test_l14_another_habit_of_typing_finds_the_same(app, said, typed):
    keep(1, said)
    keep(2, "ganz anders")
    assert found(typed) == [1]


def test_all_words_have_to_occur_and_the_last_one_may_be_unfinished(app):
    keep(1, "Mehr Schatten", "auf dem Spielplatz")
    keep(2, "Mehr Licht", "auf dem Spielplatz")
    assert found("spielplatz schatten") == [1]
    assert found("schatten spielpl") == [1]
    assert found("spielpl schatten") == []
    assert found("mehr spielplatz") == [1, 2]


def test_a_single_letter_is_no_beginning_of_a_word(app):
    keep(1, "Spielplatz")
    assert found("sp") == []


def test_a_small_typing_mistake_is_forgiven_when_nothing_has_the_word_as_typed(app):
    keep(1, "Spielplatz im Park")
    keep(2, "Fahrradweg")
    assert text_words.recount() == 0
    assert found("Speilplatz") == [1]
    assert found("Farradweg") == [2]
    keep(3, "Speilplatz")
    assert found("Speilplatz") == [3]


def test_another_number_is_no_typing_mistake(app):
    keep(1, "Buslinie b1058")
    text_words.recount()
    assert found("b1059") == []


def test_each_kind_of_thing_is_found_by_itself(app):
    keep(1, "Spielplatz")
    keep(1, "Spielplatz", kind="minutes")
    assert found("Spielplatz", "minutes") == [1]
    assert found("Spielplatz", "event") == []


def test_a_thing_is_found_in_each_of_its_languages_once(app):
    keep(1, "Park", language="de")
    keep(1, "Parkı", language="tr")
    assert found("parki") == [1]
    assert len(found("park")) in {1, 2}
    keep(1, "Wiese", language="de")
    assert found("park") == [1]
    text_index.drop("idea", 1)
    assert found("wiese") == found("parkı") == []


def test_what_is_dropped_leaves_nothing_behind(app):
    keep(1, "Geheimnis")
    text_words.recount()
    text_index.drop("idea", 1)
    assert text_words.recount() == 1
    assert session.query(CountedWord).count() == session.query(IndexedText).count() == 0
    assert found("Geheimnis") == []


def test_words_are_counted_once_per_text_and_anew_each_night(app):
    keep(1, "Park Park", "park")
    keep(2, "Park Bank")
    assert text_words.recount_if_never_counted() == 0
    assert text_words.counts(["park", "bank", "wiese"]) == {"park": 2, "bank": 1}
    keep(3, "Park")
    text_words.recount_if_never_counted()
    assert text_words.counts(["park"]) == {"park": 2}
    text_words.recount()
    assert text_words.counts(["park"]) == {"park": 3}


def test_words_with_a_mistake_or_another_ending_are_alike(app):
    keep(1, "Spielplatz Spielplatzes Fahrradweg Weg Wege Bäume Schaukel Schaukeln Spielfeld")
    text_words.recount()
    assert set(text_words.alike(["spielplatz"])["spielplatz"]) == {"spielplatzes"}
    assert set(text_words.alike(["schaukle"])["schaukle"]) == {"schaukel", "schaukeln"}
    assert text_words.alike(["weg"]) == {}


@pytest.mark.parametrize("typed", ["", "!!!", "'", '"', "* : & | ( ) <->", "\x00", "👍"])
def test_signs_find_nothing_and_break_nothing(app, typed):
    keep(1, "Spielplatz")
    assert found(typed) == []


@pytest.mark.parametrize(
    "typed", ["park' OR 1=1 --", 'park" OR "x', "park NOT x", "park & !x", "park x*", "NEAR(park x)"]
)
def test_words_of_the_database_are_plain_words(app, typed):
    keep(1, "Park")
    assert found(typed) == []


def test_endless_words_and_endless_texts_do_no_harm(app):
    keep(1, "a" * 5_000, "ü" * 100_000)
    assert found("a" * 5_000) == [1]
    assert found("wort " * 1_000) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=60))
def test_whatever_was_written_is_found_by_each_of_its_words(app, text):
    text_index.drop("idea", 1)
    keep(1, text)
    for word in text_index.folded(text).split()[:5]:
        assert found(word) == [1]
