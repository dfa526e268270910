"""Following a resolution: who does it by when, how far it is, and what it says on a card in other languages.

Whatever is written here, everybody reads once the minutes are public.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from participation import audit, clock
from participation.contributions.operations import ChangedMeanwhile
from participation.councils import indexing
from participation.councils.locking import lock
from participation.councils.public_agenda import blackening_of
from participation.councils.resolution_models import (
    Resolution,
    ResolutionCard,
    ResolutionState,
    ResolutionStep,
)
from participation.db import session
from participation.errors import Refused
from participation.i18n import SOURCE_LANGUAGE, _l
from participation.permissions import Person


class BlackedOutWords(Refused):
    message = _l(
        "This text holds words that are blacked out in the minutes. Everybody would read them here. "
        "Please write it without them."
    )


class NothingDecided(Refused):
    message = _l("The corrected minutes say that this was not decided. There is nothing to follow any more.")


def step(
    resolution: Resolution,
    state: ResolutionState,
    note: str = "",
    *,
    person: Person | None = None,
    language: str = SOURCE_LANGUAGE,
    seen: int | None = None,
) -> ResolutionStep:
    """Write down how far it is now; what was written before stays.

    `seen` is the last step that the person was looking at; after another one they look again first.
    """
    lock(resolution)
    check_words(resolution, note)
    if resolution.withdrawn_on is not None:
        raise NothingDecided
    if seen is not None and seen != last_step(resolution):
        raise ChangedMeanwhile
    made = ResolutionStep(
        state=state, note=note, language=language, made_by_id=getattr(person, "id", None), made_at=clock.now()
    )
    resolution.steps.append(made)
    resolution.state = state
    audit.record("resolution.step", f"resolution {resolution.id}", state=state.value)
    session.flush()
    return made


def last_step(resolution: Resolution) -> int:
    """The number of its newest step; 0 where there is none."""
    return max((one.id for one in resolution.steps), default=0)


def plan(resolution: Resolution, responsible: str, due_on: date | None) -> None:
    """Who does it, by when; a new day is reminded of anew."""
    lock(resolution)
    check_words(resolution, responsible)
    if due_on != resolution.due_on:
        resolution.reminded_on = None
    resolution.responsible, resolution.due_on = responsible, due_on
    audit.record("resolution.planned", f"resolution {resolution.id}")
    session.flush()


# --- Cards ------------------------------------------------------------------------------------------------------------


def write_card(resolution: Resolution, language: str, title: str, text: str) -> ResolutionCard:
    """The resolution in plain words of one language; new words have to be released anew."""
    check_words(resolution, title, text)
    lock(resolution)
    card = card_in(resolution, language)
    if card is None:
        card = ResolutionCard(language=language)
        resolution.cards.append(card)
    if (card.title, card.text) != (title, text):
        card.title, card.text, card.released_at, card.released_by_id = title, text, None, None
    audit.record("resolution.card_written", f"resolution {resolution.id}", language=language)
    session.flush()
    indexing.index_resolution(resolution)
    return card


def release_card(card: ResolutionCard, person: Person, seen: str) -> None:
    """A person stands for it that the card says what was decided: residents read it from now on.

    `seen` marks the words that the person has read; after others they look again first. Raises BlackedOutWords.
    """
    lock(card)
    if seen != print_of(card):
        raise ChangedMeanwhile
    check_words(card.resolution, card.title, card.text)
    card.released_at, card.released_by_id = clock.now(), getattr(person, "id", None)
    audit.record("resolution.card_released", f"resolution {card.resolution_id}", language=card.language)
    session.flush()
    indexing.index_resolutions([card.resolution_id])


def print_of(card: ResolutionCard) -> str:
    """A mark that is another one as soon as a word is."""
    return sha256(f"{card.title}\n{card.text}".encode()).hexdigest()


def drop_card(resolution: Resolution, language: str) -> None:
    """The card is gone."""
    resolution.cards = [one for one in resolution.cards if one.language != language]
    audit.record("resolution.card_dropped", f"resolution {resolution.id}", language=language)
    session.flush()
    indexing.index_resolution(resolution)


def card_in(resolution: Resolution, language: str) -> ResolutionCard | None:
    """The card of this language, released or not."""
    return next((one for one in resolution.cards if one.language == language), None)


def wanted_languages(resolution: Resolution) -> Sequence[str]:
    """In which languages the council wants cards, and those that are there already."""
    there = [one.language for one in resolution.cards]
    return list(dict.fromkeys([*resolution.council.languages, *there]))


# --- Words ------------------------------------------------------------------------------------------------------------


def check_words(resolution: Resolution, *texts: str) -> None:
    """Nothing that is blacked out in the minutes comes back by another door. Raises BlackedOutWords."""
    hidden = blackening_of([resolution.item])
    if any(hidden.finds(text) for text in texts):
        raise BlackedOutWords
