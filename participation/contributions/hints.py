"""Hints for moderators: they sort the queue and never decide."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from participation import clock
from participation.contributions import word_lists
from participation.contributions.models import Contribution
from participation.contributions.personal import LONGEST, Found, personal_data
from participation.contributions.texts import is_unseen
from participation.db import session
from participation.i18n import LazyText, _l
from participation.text_matching import fold

LABELS: dict[str, LazyText] = {
    "email": _l("E-mail address"),
    "phone": _l("Telephone number"),
    "address": _l("Street and house number"),
    "iban": _l("Bank account"),
    "word": _l("Word on the list"),
    "link": _l("Link"),
    "repetition": _l("Sent more than once"),
    "flood": _l("Sent while very many came in"),
    "shouting": _l("Written very loudly"),
    "hidden": _l("Letters that hide or mislead"),
}
MOST, LONGEST_PASSAGE = 30, 200
FLOOD, FLOOD_MINUTES = 30, 10
COMPARED = 200  # of what waits, the newest are compared with a new text
LOUD, FEWEST_LETTERS = 0.7, 15
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{2,200}|(?<![\w@.-])[\w-]{2,63}(?:\.[\w-]{2,63}){0,3}\.(?:com|net|org|info|biz|de|eu|"
    r"at|ch|tr|ru|ua|pl|ro|bg|io|me|tk|cn|xyz|top|shop|online|site|club|link|app)\b(?:/[^\s<>\"]{0,200})?",
    re.IGNORECASE,
)
EXCLAIMED = re.compile(r"[!?]{4,}")
LATIN, OTHER = r"[A-Za-zÀ-ɏ]", r"[Ͱ-ӿ]"
MIXED = re.compile(rf"\b\w*(?:{LATIN}{OTHER}|{OTHER}{LATIN})\w*\b")
JOINED_LATIN = re.compile(r"\b\w*[A-Za-z][\u200b-\u200f]+[A-Za-z]\w*")


def found_in(contribution: Contribution) -> list[dict[str, Any]]:
    """What a moderator should look at twice, each as {"kind": …, "passage": …}; the passage stands in the text."""
    text = f"{contribution.title}\n{contribution.text}"[:LONGEST]
    with session.no_autoflush:
        found = [*personal_data(text), *_in_words(text, contribution.language), *_around(contribution)]
    return [{"kind": kind, "passage": passage[:LONGEST_PASSAGE]} for kind, passage in dict.fromkeys(found)][:MOST]


def _in_words(text: str, language: str) -> Iterator[Found]:
    """What the words themselves show. German words are looked for everywhere, and de-simple is German."""
    for passage in word_lists.passages(text, {language, language.partition("-")[0], "de"}):
        yield Found("word", passage)
    for match in LINK.finditer(text):
        yield Found("link", match[0].rstrip(".,;:!?)"))
    for pattern in (MIXED, JOINED_LATIN):
        for match in pattern.finditer(text):
            yield Found("hidden", match[0])
    if any(is_unseen(char) for char in text if char not in "\n\t"):
        yield Found("hidden", "")
    if _is_loud(text):
        yield Found("shouting", "")


def _is_loud(text: str) -> bool:
    letters = [char for char in text if char.isupper() or char.islower()]
    capitals = sum(char.isupper() for char in letters)
    return bool(EXCLAIMED.search(text)) or (len(letters) >= FEWEST_LETTERS and capitals >= LOUD * len(letters))


def _around(contribution: Contribution) -> Iterator[Found]:
    """What others that came in lately show."""
    if _is_repeated(contribution):
        yield Found("repetition", "")
    since = clock.now() - timedelta(minutes=FLOOD_MINUTES)
    lately = select(Contribution.id).where(Contribution.waiting_since >= since).limit(FLOOD).subquery()
    if (session.scalar(select(func.count()).select_from(lately)) or 0) >= FLOOD:
        yield Found("flood", "")


def _is_repeated(contribution: Contribution) -> bool:
    """Whether the same words wait already; only texts of nearly the same length are read."""
    length = len(contribution.text)
    newest = (
        select(Contribution.id, Contribution.title, Contribution.text)
        .where(Contribution.waiting_since.is_not(None), Contribution.kind == contribution.kind)
        .order_by(Contribution.waiting_since.desc())
        .limit(COMPARED)
    )
    same = fold(f"{contribution.title} {contribution.text}")
    return any(
        row.id != contribution.id
        and abs(len(row.text) - length) <= length // 10
        and fold(f"{row.title} {row.text}") == same
        for row in session.execute(newest)
    )
