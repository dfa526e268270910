"""Wordings: the texts that the house writes to people, in all languages, which staff may change.

Gaps are filled by a small function of our own that knows nothing but names: what staff write is never a format string
and never a template (V3).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, session
from participation.i18n import (
    LazyText,
    LocalizedText,
    _l,
    current_language,
    format_day,
    format_moment,
    format_number,
    speaking,
)

GAP = re.compile(r"%\((\w+)\)s")
GAP_OR_PERCENT = re.compile(r"%\((?P<gap>\w+)\)s|%%")  # catalogues write a plain per cent sign twice
ALMOST_A_GAP = re.compile(r"%\s*\(([^()\n]{0,60})\)")  # whoever types this means a gap
GAPS_OF_THE_HOUSE: dict[str, LazyText] = {"city": _l("The name of the city")}  # every wording has these
TO_RIGHT, TO_LEFT = frozenset({"L"}), frozenset({"R", "AL"})
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


class Said(NamedTuple):
    """A wording with its gaps filled, in one language."""

    subject: str
    text: str


@dataclass(frozen=True)
class Wording:
    """One text of the house as the code brings it; rooms list theirs in `Feature.wordings`.

    `name` is like "ideas/answered". `gaps` tells staff what each %(gap)s in subject and text stands for.
    """

    name: str
    about: LazyText  # when it is used, for staff
    subject: LazyText
    text: LazyText
    gaps: Mapping[str, LazyText] = field(default_factory=dict)

    @property
    def all_gaps(self) -> dict[str, LazyText]:
        """Its own gaps and those that every wording has."""
        return {**self.gaps, **GAPS_OF_THE_HOUSE}

    def of_the_house(self, tag: str) -> Said:
        """Subject and text in one language as the house brings them, with open gaps."""
        with speaking(tag):
            return Said(str(self.subject), str(self.text))


class ChangedWording(Base):
    """What staff have written instead; a language they left alone keeps the text of the house."""

    __tablename__ = "changed_wordings"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    subject: Mapped[LocalizedText]
    text: Mapped[LocalizedText]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


# --- Saying them ------------------------------------------------------------------------------------------------------


def wordings() -> dict[str, Wording]:
    """All wordings of all rooms under their names."""
    return {one.name: one for room in current_app.extensions["features"] for one in room.wordings}


def say(name: str, tag: str, /, **values: Any) -> Said:
    """The wording in one language, with its gaps filled.

    Values may be texts, texts in several languages, days, moments or numbers: they are said in that language too. What
    staff wrote for a gap that nobody fills any more gives way to the text of the house.
    """
    wording = wordings()[name]
    with speaking(tag):
        given = {"city": current_app.config["SETTINGS"].city_name, **values}
        said = {gap: spoken(value) for gap, value in given.items()}
        template = now_written(wording, tag, session.get(ChangedWording, name))
        if not gaps_in(*template) <= said.keys():
            template = wording.of_the_house(tag)
        return Said(one_line(fill(template.subject, said)), fill(template.text, said))


def now_written(wording: Wording, tag: str, changed: ChangedWording | None) -> Said:
    """Subject and text in one language as staff have written them, or else as the house brings them."""
    house = wording.of_the_house(tag)
    if changed is None:
        return house
    return Said(changed.subject.get(tag, house.subject), changed.text.get(tag, house.text))


def fill(template: str, said: Mapping[str, str]) -> str:
    """Put words into the gaps, once: what the words themselves contain stays as it is."""
    return GAP_OR_PERCENT.sub(lambda found: said[found["gap"]] if found["gap"] else "%", template)


def gaps_in(*templates: str) -> set[str]:
    """The names of all gaps in the texts."""
    return {name for template in templates for name in GAP.findall(template)}


def wrong_gaps(template: str, known: Mapping[str, Any]) -> list[str]:
    """What looks like a gap and is none that we could fill, as it was typed."""
    right = {match.start() for match in GAP.finditer(template) if match[1] in known}
    return [match[0] for match in ALMOST_A_GAP.finditer(template) if match.start() not in right]


def spoken(value: Any) -> str:
    """A value in the current language; its writing direction does not disturb the words around it (L4)."""
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return format_number(value)
    return isolated(str(value))


def isolated(words: str) -> str:
    """Words that run the other way than the language, between marks; never web addresses, which people copy."""
    if "\n" in words or words.startswith(("http://", "https://")):
        return words
    against = TO_LEFT if current_language().direction == "ltr" else TO_RIGHT
    runs_against = any(unicodedata.bidirectional(char) in against for char in words)
    return f"{ISOLATE}{words}{END_ISOLATE}" if runs_against else words


def one_line(words: str) -> str:
    """Without line breaks and other control characters: a subject is one line, whatever people typed into it."""
    visible = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} else char for char in words)
    return " ".join(visible.split())
