"""Receipt codes forgive habits of writing and notice slips."""

import pytest

from participation.receipts import codes
from participation.receipts.codes import ALPHABET, Slip, grouped, new_code, normalise, slip

CODE = "K7M29PH4XW3" + codes.check_character("K7M29PH4XW3")


def test_a_new_code_passes_its_own_check():
    for _attempt in range(200):
        code = new_code()
        assert len(code) == 12
        assert normalise(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        grouped(CODE),
        f"  {grouped(CODE).replace('-', ' ')}\n",
        "-".join(CODE),
        CODE.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ")),
        CODE.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        CODE.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        "".join(chr(ord(char) + 0xFEE0) for char in CODE),
        f"\u202a{CODE}\u200f",
    ],
    ids=["small", "grouped", "blanks", "dashes", "cyrillic", "arabic", "persian", "full width", "bidi marks"],
)
def test_the_habit_of_writing_does_not_matter(typed):
    assert normalise(typed) == CODE


def test_every_single_wrong_character_is_noticed():
    for place in range(len(CODE)):
        for other in ALPHABET.replace(CODE[place], ""):
            assert slip(CODE[:place] + other + CODE[place + 1 :]) is Slip.CHECK


def test_every_swap_of_neighbours_is_noticed():
    for place in range(len(CODE) - 1):
        first, second = CODE[place], CODE[place + 1]
        if first != second:
            assert slip(CODE[:place] + second + first + CODE[place + 2 :]) is Slip.CHECK


def test_a_slip_is_named_as_precisely_as_possible():
    assert slip(CODE[:-1]) is Slip.LENGTH
    assert slip(CODE + "2") is Slip.LENGTH
    assert slip("") is Slip.LENGTH
    assert slip("O" + CODE[1:]) is Slip.CHARACTERS
    assert codes.strangers("0OI-" + CODE) == ["0", "I", "O"]


def test_a_stolen_table_of_hashes_opens_nothing_without_the_key():
    assert codes.code_hash(CODE, "one key") != codes.code_hash(CODE, "another key")
    assert CODE not in codes.code_hash(CODE, "one key")
