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
KEEPS_ITS_MARK = {"й", "ї", "ў", "ѓ", "ќ"}  # these are letters of their own, not letters with an accent
STREET = re.compile(r"(?<=\w)str(?:\.|(?=\s|$))|\bstr(?:\.|(?=\s|$))")


def fold(text: str) -> str:
    """The common form of all ways to write a text: for comparing, never for showing."""
    # Composed first, because ä becomes ae only as one character; compatibility forms such as ﬁ go on the way.
    lowered = unicodedata.normalize("NFKC", text).casefold()
    folded = unicodedata.normalize("NFC", lowered).translate(ALIKE)
    bare = "".join(_without_marks(char) for char in folded)
    bare = STREET.sub("strasse ", bare)
    return " ".join(_words(bare))


def _without_marks(char: str) -> str:
    if char.isascii() or char in KEEPS_ITS_MARK:
        return char
    if char.isdecimal():
        return str(unicodedata.digit(char))
    if unicodedata.category(char) in {"Mn", "Cf"}:  # accents on their own, and marks that nobody sees
        return ""
    apart = unicodedata.normalize("NFKD", char)
    return "".join(one for one in apart if unicodedata.category(one) != "Mn").translate(ALIKE)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("_", " "))


@lru_cache(maxsize=8192)
def order_key(text: str) -> str:
    """Where a text stands in a list: as folded, and Bezirk 2 before Bezirk 10."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), fold(text))
