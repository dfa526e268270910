"""Blacking out: passages give way to blocks, and the original is kept apart for the legal period."""

from collections.abc import Sequence
from datetime import timedelta

from participation import clock
from participation.contributions import hints
from participation.contributions.models import Contribution, Original, Translation
from participation.db import session
from participation.errors import Refused
from participation.i18n import _

BLOCKS = "█████"  # always as many: their number tells nothing about the word
# Six months in which the author may object (M6), and a month to decide about it.
KEPT_FOR = timedelta(days=184 + 31)


class NotInTheText(Refused):
    """Only what stands there can be blacked out."""

    def __init__(self, passage: str) -> None:
        super().__init__(_("These words do not stand in the text: %(words)s", words=passage))


class NothingKept(Refused):
    """There is no original, or its time is over."""

    def __init__(self) -> None:
        super().__init__(_("The original wording is no longer kept."))


def blacked_out(text: str, passages: Sequence[str]) -> str:
    """The text with blocks where the passages stood; the longest first, as one may lie within another."""
    for passage in sorted(passages, key=len, reverse=True):
        text = text.replace(passage, BLOCKS)
    return text


def check(contribution: Contribution, passages: Sequence[str]) -> None:
    """Refuse passages that stand neither in the title nor in the text."""
    for passage in passages:
        if passage not in contribution.title and passage not in contribution.text:
            raise NotInTheText(passage)


def redact(contribution: Contribution, passages: Sequence[str]) -> None:
    """Black the passages out, in translations too; a translation that words one of them differently goes."""
    keep_original(contribution)
    contribution.translations[:] = [
        one for one in contribution.translations if all(said in f"{one.title}\n{one.text}" for said in passages)
    ]
    wordings: list[Contribution | Translation] = [contribution, *contribution.translations]
    for wording in wordings:
        wording.title, wording.text = blacked_out(wording.title, passages), blacked_out(wording.text, passages)
    contribution.is_redacted = True
    contribution.hints = hints.found_in(contribution)


def keep_original(contribution: Contribution) -> None:
    """The first wording stays the original, however often passages are blacked out, and its time begins anew."""
    original = session.get(Original, contribution.id)
    if original is None:
        original = Original(contribution_id=contribution.id, title=contribution.title, text=contribution.text)
        session.add(original)
    original.kept_until = clock.today() + KEPT_FOR


def restore(contribution: Contribution) -> None:
    """The original wording stands there again, as after an objection that was right."""
    original = session.get(Original, contribution.id)
    if original is None:
        raise NothingKept
    contribution.title, contribution.text, contribution.is_redacted = original.title, original.text, False
    contribution.translations.clear()
    contribution.hints = hints.found_in(contribution)
    session.delete(original)
