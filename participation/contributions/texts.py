"""Texts as they come in from people: what nobody sees and what only misleads is taken out before anything is kept."""

import re
import unicodedata

# Marks that turn the direction of what follows, so that a text reads otherwise than it is written.
TURNING = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
# Some writing needs these: Persian joins and parts letters with them, emoji are put together, Arabic keeps its order.
NEEDED = {*"\u200c\u200d\u200e\u200f\u061c\ufe0f"}
NEEDED_TAGS = range(0xE0020, 0xE0080)  # flags of regions, as emoji
UNSEEN_LETTERS = {*"\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5"}  # letters by name, blanks to the eye
LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
HEAPS_OF_MARKS = re.compile(r"([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+")
MANY_NEEDED = re.compile(r"([\u200c-\u200f\u061c\ufe0f])\1+")
NO_LETTERS = {"Cc", "Cs", "Cn", "Co", "Cf"}


def clean_text(text: str) -> str:
    """The same text without control characters, turned directions, unseen letters and heaps of accents."""
    plain = "".join(char for char in LINE_ENDS.sub("\n", text) if char in "\n\t" or not is_unseen(char))
    return HEAPS_OF_MARKS.sub(r"\1", MANY_NEEDED.sub(r"\1", unicodedata.normalize("NFC", plain)))


def is_unseen(char: str) -> bool:
    """Whether a character shows nothing and no writing needs it."""
    if char.isascii():
        return char < " " or char == "\x7f"
    if char in NEEDED or ord(char) in NEEDED_TAGS:
        return False
    return char in TURNING or char in UNSEEN_LETTERS or unicodedata.category(char) in NO_LETTERS
