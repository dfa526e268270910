"""Texts come in without what nobody sees, and with everything that some writing needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.contributions.texts import clean_text, is_unseen


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
        ("\u202egnal ruz\u202c", "gnal ruz"),
        ("\u2066x\u2069", "x"),
        ("leer\u3164\u2800", "leer"),
        ("Wort\ufeff\u200b\u2060", "Wort"),
        ("Ko\u0308ln", "Köln"),
        ("a" + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "á\u0302\u0303\u0304"),
        ("x" + "\u200d" * 50 + "y", "x\u200dy"),
        ("\ud800", ""),
    ],
)
def test_what_only_hides_or_misleads_is_taken_out(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "می‌روم",
        "👩‍👩‍👧 🏳️‍🌈",
        "قال \u200fنعم",
        "Ein Satz.\n\tEingerückt",
        "Größe ȘȚ şţ ё й ї",
        "«Ja» – „nein“ … 5 €",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    ],
)
def test_what_some_writing_needs_stays(text):
    assert clean_text(text) == text


@given(st.text(max_size=80))
def test_clean_text_is_clean(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not any(is_unseen(char) for char in cleaned if char not in "\n\t")
