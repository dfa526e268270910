"""The same word in another habit of typing is the same word (L14)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.text_matching import fold, order_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (unicodedata.normalize("NFC", "Köln-Mülheim"), unicodedata.normalize("NFD", "Köln-Mülheim")),
        ("Großer Weg", "grosser weg"),
        ("GROẞER WEG", "Großer Weg"),
        ("IĞDIR", "ığdır"),
        ("İstanbul", "istanbul"),
        ("İstanbul", "ISTANBUL"),
        ("ıspanak", "ISPANAK"),
        ("علي", "علی"),
        ("كتاب", "کتاب"),
        ("Ștefan Țepeș", "Ştefan Ţepeş"),
        ("Müller", "Mueller"),
        ("ÄÖÜ", "aeoeue"),
        ("Hauptstr.", "Hauptstraße"),
        ("Hauptstr", "HAUPTSTRASSE"),
        ("Alte Str. 5", "Alte Straße 5"),
        ("Karl-Marx-Str.", "Karl Marx Straße"),
        ("Łódź", "lodz"),
        ("می‌روم", "میروم"),
        ("مدرسـة", "مدرسة"),
        ("м’ята", "м'ята"),
        ("Ёлка", "Елка"),
        ("۱۲", "12"),
        ("  Am\u00a0 Markt ", "am markt"),
    ],
)
def test_l14_two_habits_of_typing_are_one_word(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mutter", "Mütter"), ("мой", "мои"), ("Bezirk 1", "Bezirk 11"), ("Strand", "Straße"), ("кіт", "кит")],
)
def test_l14_different_words_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_l14_what_is_folded_once_is_folded_and_both_unicode_forms_agree(text):
    folded = fold(unicodedata.normalize("NFC", text))
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(folded) == folded


def test_the_second_district_comes_before_the_tenth():
    names = ["Bezirk 10", "Bezirk 2", "Ältere Stadt", "Altstadt", "bezirk 1"]
    assert sorted(names, key=order_key) == ["Ältere Stadt", "Altstadt", "bezirk 1", "Bezirk 2", "Bezirk 10"]
