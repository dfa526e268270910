"""Which language a text is written in, as a suggestion: the person who wrote it has the last word."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from flask import current_app

from participation.i18n import ONLY_BY_CHOICE

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Other languages of the city's people: a Spanish text is not Romanian, and a Serbian one not Bulgarian.
NEIGHBOURS = ("cs", "el", "es", "fr", "he", "hr", "hu", "it", "nl", "pt", "sdh", "sk", "sq", "sr", "ur", "vi", "zh")
FEWEST_LETTERS = 3
LONGEST = 4_000  # the beginning tells enough
SURE, POSSIBLE = 0.9, 0.1
MOST = 3


def guess(text: str) -> list[str]:
    """The city's languages that a text may be written in, most likely first: one when it is sure, none when unsure.

    Leichte Sprache is German to the eye, and never guessed.
    """
    beginning = unicodedata.normalize("NFC", text[:LONGEST])
    if sum(char.isalpha() for char in beginning) < FEWEST_LETTERS:
        return []
    ranked = _model(tuple(current_app.config["LANGUAGES"])).rank(beginning)
    best, how_sure = ranked[0]
    likely = [best] if how_sure >= SURE else [tag for tag, share in ranked[:MOST] if share >= POSSIBLE]
    return [tag for tag in likely if tag not in NEIGHBOURS or tag in current_app.config["LANGUAGES"]]


@cache
def _model(tags: tuple[str, ...]) -> "LanguageIdentifier":
    """The library's model, cut to the languages in question; it takes half a second and is loaded when first needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    wanted = ({*tags} - ONLY_BY_CHOICE) | {*NEIGHBOURS}
    model.set_languages(sorted(wanted & {*model.labels}))
    del model._full_model  # what was cut off need not stay in memory
    return model
