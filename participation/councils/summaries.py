"""Minutes in short, in the languages the council wants; residents read them once a person has released them."""

from participation import audit, clock
from participation.councils import indexing
from participation.councils.blackening import Blackening
from participation.councils.locking import lock
from participation.councils.minutes_models import Minutes, MinutesSummary
from participation.councils.public_agenda import redactions_of
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l
from participation.permissions import person

LONGEST = 3_000


class NothingToRelease(Refused):
    message = _l("There is no summary in this language yet.")


class HoldsRedactedWords(Refused):
    message = _l("This text holds words that are blacked out in the minutes. Please take them out.")


class WrittenMeanwhile(Refused):
    message = _l("Somebody else has changed this summary meanwhile. Please look at it again.")


def summary(minutes: Minutes, language: str) -> MinutesSummary | None:
    """The summary in this language, released or not."""
    return next((one for one in minutes.summaries if one.language == language), None)


def write(minutes: Minutes, language: str, text: str) -> None:
    """Keep a summary; whatever was released before is shown again once the new words are released."""
    lock(minutes)  # nobody blacks words out, or releases the earlier text, meanwhile
    text = _lines(text)
    _check(minutes, text)
    found = summary(minutes, language)
    if found is None:
        found = MinutesSummary(language=language, text=text)
        minutes.summaries.append(found)
    elif found.text != text:
        found.text, found.released_at, found.released_by_id = text, None, None
    session.flush()
    indexing.index_minutes(minutes)
    audit.record("summary.written", f"minutes {minutes.id}", language=language)


def release(minutes: Minutes, language: str, text: str) -> None:
    """A person has read it and answers for it; `text` is what they have read."""
    lock(minutes)
    found = summary(minutes, language)
    if found is None:
        raise NothingToRelease
    if found.text != _lines(text):
        raise WrittenMeanwhile
    _check(minutes, text)
    found.released_at, found.released_by_id = clock.now(), person().id
    session.flush()
    indexing.index_minutes(minutes)
    audit.record("summary.released", f"minutes {minutes.id}", language=language)


def take_back(minutes: Minutes, language: str) -> None:
    """Residents do not read it any more."""
    found = summary(minutes, language)
    if found is None:
        raise NothingToRelease
    found.released_at = found.released_by_id = None
    session.flush()
    indexing.index_minutes(minutes)
    audit.record("summary.taken_back", f"minutes {minutes.id}", language=language)


def _lines(text: str) -> str:
    """Line ends as we keep them; browsers send others."""
    return text.replace("\r\n", "\n").strip()


def _check(minutes: Minutes, text: str) -> None:
    if Blackening(redactions_of(minutes.meeting_id)).finds(text):
        raise HoldsRedactedWords
