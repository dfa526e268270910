"""Telephone numbers in every notation."""

import pytest

from participation.events import phones
from participation.reading import Unreadable


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "+49 201 8812345",
            "0049 201 8812345",
            "00492018812345",
            "0201/8812345",
            "0201 - 88 123 45",
            "(0201) 8812345",
        ),
        *("+49 (0) 201 8812345", "+49(201)8812345", "0201.88.12.345", "  0201 8812345  ", "0201\u00a088\u202f12345"),
        *(
            "٠٢٠١ ٨٨١٢٣٤٥",
            "۰۲۰۱ ۸۸۱۲۳۴۵",
            "+٤٩ ٢٠١ ٨٨١٢٣٤٥",
            "\u200e+49 201 8812345\u200f",
            "０２０１８８１２３４５",
            "0201–8812345",
        ),
    ],
)
def test_l12_one_number_however_it_is_written(app, typed):
    assert phones.read(typed) == "+492018812345"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0170 1234567", "+491701234567"),
        ("+90 532 123 45 67", "+905321234567"),
        ("0090 532 1234567", "+905321234567"),
        ("+380 50 123 4567", "+380501234567"),
        ("+40 712 345 678", "+40712345678"),
    ],
)
def test_numbers_of_other_countries_and_of_mobiles_are_kept_too(app, typed, kept):
    assert phones.read(typed) == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Klaus", phones.NOT_A_NUMBER),
        ("0800 FLOWERS", phones.NOT_A_NUMBER),
        ("0201 8812345\r\nBcc: all@example.org", phones.NOT_A_NUMBER),
        ("0201 8812345; DROP TABLE", phones.NOT_A_NUMBER),
        ("1" * 41, phones.NOT_A_NUMBER),
        ("+", phones.NOT_A_NUMBER),
        ("...", phones.NOT_A_NUMBER),
        ("8812345", phones.NO_AREA_CODE),
        ("201 8812345", phones.NO_AREA_CODE),
        ("110", phones.NO_AREA_CODE),
        ("030", phones.TOO_SHORT),
        ("++49 201 8812345", phones.NOT_A_NUMBER),
        ("0201 12345678901234", phones.TOO_LONG),
        ("+999 123 456 789", phones.NO_SUCH_COUNTRY),
        ("0900 1 234567", phones.COSTLY),
    ],
)
def test_what_cannot_be_called_is_refused_with_a_reason(app, typed, message):
    with pytest.raises(Unreadable) as refused:
        phones.read(typed)
    assert refused.value.message == message


def test_a_number_is_shown_in_groups(app):
    assert phones.shown("+492018812345") == "+49 201 8812345"
    assert phones.shown("nothing") == "nothing"
