"""Words that are blacked out in minutes stay so in everything that was made of them, and in what is written later."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

from participation.councils.minutes_models import Redaction, RedactionReason
from participation.i18n import LazyText, _l, current_language
from participation.marks import LINK, formatted

MARK = re.compile(r"\[\[redacted:(\w+)\]\]")  # what stands where the words stood
# What nobody sees between two letters: with it, a passage would not be found.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# A link may end or begin between two words: readers see none of its address.
BETWEEN_WORDS = r"(?:\]\([^()\s]{1,1000}\))?\s+\[?"
Span = tuple[int, int, RedactionReason]

REASONS: dict[str, LazyText] = {
    RedactionReason.PERSONAL.value: _l("blacked out: data about a person"),
    RedactionReason.CONFIDENTIAL.value: _l("blacked out: confidential"),
    RedactionReason.BUSINESS.value: _l("blacked out: secret of a business"),
    RedactionReason.SAFETY.value: _l("blacked out: for safety"),
}


def mark(reason: RedactionReason) -> str:
    """What stands in public texts instead of words."""
    return f"[[redacted:{reason.value}]]"


def plain(text: str) -> str:
    """How texts and passages are compared: composed letters, and nothing unseen between them."""
    return unicodedata.normalize("NFC", text).translate(UNSEEN)


class Blackening:
    """What is to be blacked out in one meeting's minutes."""

    def __init__(self, redactions: Iterable[Redaction]) -> None:
        self._passages = [(_pattern(one.passage), one.reason) for one in redactions]

    def __bool__(self) -> bool:
        return bool(self._passages)

    def text(self, text: str) -> str:
        """The text without these words; a word that only contains them goes as a whole, and so does a link."""
        if not self._passages:
            return text
        text = plain(text)
        spans = self._spans(text)
        if not spans:
            return text
        made, end = [], 0
        for begins, ends, reason in spans:
            made += [text[end:begins], mark(reason)]
            end = ends
        return "".join([*made, text[end:]])

    def finds(self, text: str) -> bool:
        """Whether some of these words stand there."""
        text = plain(text)
        return any(pattern.search(text) for pattern, _reason in self._passages)

    def everywhere(self, value: Any, codes: frozenset[str], key: str = "") -> Any:
        """The same for every text within lists and objects; what stands under `codes` is no text."""
        if isinstance(value, dict):
            return {name: self.everywhere(one, codes, name) for name, one in value.items()}
        if isinstance(value, list):
            return [self.everywhere(one, codes, key) for one in value]
        return self.text(value) if isinstance(value, str) and key not in codes else value

    def _spans(self, text: str) -> list[Span]:
        """Where words are to go, in their order, and none within another: passages may overlap."""
        links = [match.span() for match in LINK.finditer(text)]
        found = [
            (*_whole(text, *match.span(), links), reason)
            for pattern, reason in self._passages
            for match in pattern.finditer(text)
        ]
        merged: list[Span] = []
        for begins, ends, reason in sorted(found, key=lambda one: one[:2]):
            if merged and begins < merged[-1][1]:
                first, last, before = merged.pop()
                merged.append((first, max(last, ends), before))
            else:
                merged.append((begins, ends, reason))
        return merged


def _pattern(passage: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in plain(passage).split()]
    return re.compile(BETWEEN_WORDS.join(words) or r"(?!)", re.IGNORECASE)


def _whole(text: str, begins: int, ends: int, links: list[tuple[int, int]]) -> tuple[int, int]:
    """To the ends of the words, and of the link that they stand in: half a word or a bare address would tell."""
    while begins > 0 and _is_letter(text[begins - 1]) and _is_letter(text[begins]):
        begins -= 1
    while ends < len(text) and _is_letter(text[ends]) and _is_letter(text[ends - 1]):
        ends += 1
    for first, last in links:
        if begins < last and first < ends:
            begins, ends = min(begins, first), max(ends, last)
    return begins, ends


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


# --- Showing them -----------------------------------------------------------------------------------------------------


def shown(text: str) -> Markup:
    """Typed text with its marks; where words are blacked out, the reader is told why."""
    return _told(Markup(formatted(text, current_language().tag).html))  # noqa: S704  (it passed the sieve)


def shown_line(text: str) -> Markup:
    """The same for a title or a name."""
    return _told(escape(text))


def said(text: str) -> str:
    """The same as plain words, for tables and letters."""
    return MARK.sub(lambda found: f"[{_reason(found)}]", text)


def _told(html: Markup) -> Markup:
    tag = current_language()
    span = Markup('<span class="tag" lang="{0}" dir="{1}">{2}</span>')
    told = MARK.sub(lambda found: span.format(tag.tag, tag.direction, _reason(found)), html)
    return Markup(told)  # noqa: S704  (what was there was escaped before, and so is each reason)


def _reason(found: re.Match[str]) -> str:
    return str(REASONS.get(found[1], REASONS[RedactionReason.CONFIDENTIAL.value]))
