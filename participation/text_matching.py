"""Comparing what people write: the same word in another habit of typing is the same word (L14)."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, or that one keyboard writes where another one has a different letter.
ALIKE = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "ł": "l",
        "đ": "d",
        "ı": "i",  # Turkish: I, ı, İ and i are one letter here
        "ё": "е",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ڪ": "ك",
        "ـ": None,  # the stroke that only lengthens an Arabic word
        "'": None,  # apostrophes inside words are written or left out
        "’": None,
        "‘": None,
        "ʼ": None,
        "`": None,
        "´": None,
    }
)
WORD = re.compile(r"[^\W_]+")
STREET = re.compile(r"str$")
KEEPS_ITS_MARK = {"й", "ї", "ў", "ѓ", "ќ"}  # these are letters of their own, not letters with an accent
UNSEEN = {"Mn", "Me", "Cf"}  # accents on their own, and marks that nobody sees


def fold(text: str) -> str:
    """The common form of all ways to write a text: for comparing, never for showing."""
    # Composed first, because ä becomes ae only as one character; compatibility forms such as ﬁ go on the way.
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(_without_marks(char) for char in lowered.translate(ALIKE))
    return " ".join(STREET.sub("strasse", word) for word in WORD.findall(bare))


def _without_marks(char: str) -> str:
    if char.isascii() or char in KEEPS_ITS_MARK:
        return char
    if char.isdecimal():
        return str(unicodedata.digit(char))
    apart = unicodedata.normalize("NFKD", char)
    return "".join(one for one in apart if unicodedata.category(one) not in UNSEEN).translate(ALIKE)


@lru_cache(maxsize=8192)
def order_key(text: str) -> str:
    """Where a text stands in a list: as folded, and Bezirk 2 before Bezirk 10."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), fold(text))
