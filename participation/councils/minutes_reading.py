"""Minutes as a page shows them: labels in the reader's language, what was written in its own."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup

from participation.councils import minutes_queries as queries
from participation.councils.blackening import shown, shown_line
from participation.councils.content import Content
from participation.councils.labels import CHOICES, PRESENCES, RESULTS, VOTES
from participation.councils.letter_facts import span
from participation.councils.meeting_models import Meeting, Presence
from participation.councils.minutes_models import Choice, Minutes, Result, VoteKind
from participation.councils.models import GroupKind, Role
from participation.councils.names import GROUPS, ROLES
from participation.councils.resolution_models import Resolution, ResolutionCard
from participation.i18n import LocalizedText, Passage, current_language


class Person(NamedTuple):
    """Somebody of the council, with a name if it may be read."""

    name: Markup
    role: Any
    group: Any
    note: str = ""  # when they came or left


class Attended(NamedTuple):
    """Who was there, or not: those with a name, and how many of each group have none."""

    label: Any
    people: list[Person]
    unnamed: list[tuple[Any, int]]


@dataclass
class Reading:
    """One revision; `said` is its public content, or the whole one for staff."""

    minutes: Minutes
    said: Content
    resolutions: dict[int, Resolution] = field(default_factory=dict)
    cards: dict[int, ResolutionCard] = field(default_factory=dict)

    @property
    def meeting(self) -> Meeting:
        return self.minutes.meeting

    @cached_property
    def summary(self) -> Passage | None:
        """In short: in the reader's language if there is one, or else in that of the minutes."""
        released = {one.language: one.text for one in self.minutes.summaries if one.released_at}
        for tag in (current_language().tag, self.said["language"]):
            if tag in released:
                return Passage(shown(released[tag]), tag)
        return None

    def block(self, text: str) -> Markup:
        """Typed text with its marks; its headings stand below those of the items."""
        html = Markup(str(shown(text)).replace("h3>", "h4>").replace("h2>", "h3>"))  # noqa: S704  (shown() made it)
        return Passage(html, self.said["language"]).block()

    def line(self, text: str) -> Markup:
        """A name or a short text as it was written."""
        return Passage(shown_line(text), self.said["language"]).__html__()

    def title(self, texts: dict[str, str]) -> Markup:
        """A text that may exist in several languages."""
        picked = LocalizedText(texts).pick()
        return Passage(shown_line(picked.item), picked.language).__html__() if picked else Markup()

    def moment(self, local: str | None) -> datetime | None:
        """What the clock on the wall showed, as a moment."""
        zone = ZoneInfo(self.meeting.zone)
        return datetime.strptime(local, "%Y-%m-%d %H:%M").replace(tzinfo=zone) if local else None

    @property
    def when(self) -> str:
        """From the opening to the close, or else as it was planned."""
        planned = self.said["meeting"]
        start = self.moment(planned["opened_at"] or planned["starts_at"])
        end = self.moment(planned["closed_at"] or planned["ends_at"])
        assert start is not None
        assert end is not None
        return span(start, end, self.meeting.zone)

    @staticmethod
    def day(written: str) -> date:
        """A day as the content holds it."""
        return date.fromisoformat(written)

    @cached_property
    def attended(self) -> list[Attended]:
        """Present, excused, absent."""
        groups = []
        for presence, label in PRESENCES.items():
            rows = [one for one in self.said["attendance"] if one["presence"] == presence.value]
            named = [self.person(one) for one in rows if one["name"]]
            counted = Counter(self._group(one) for one in rows if not one["name"])
            if rows:
                groups.append(Attended(label, named, list(counted.items())))
        return groups

    @property
    def has_present(self) -> bool:
        return any(one["presence"] == Presence.PRESENT.value for one in self.said["attendance"])

    def person(self, one: Content) -> Person:
        """Somebody of the council as the content names them."""
        times = [self._time(one.get("came_at")), self._time(one.get("left_at"))]
        note = "–".join(times) if any(times) else ""
        return Person(shown_line(one["name"]), ROLES[Role(one["role"])], self._group(one), note)

    def _group(self, one: Content) -> str:
        return str(LocalizedText(one["group"]["name"]) or GROUPS[GroupKind(one["group"]["kind"])])

    @staticmethod
    def _time(local: str | None) -> str:
        return local.rpartition(" ")[2] if local else ""

    # --- Items ---

    @staticmethod
    def result(item: Content) -> Any:
        return RESULTS[Result(item["result"])] if item["result"] else ""

    @staticmethod
    def vote_kind(item: Content) -> Any:
        return VOTES[VoteKind(item["vote"]["kind"])]

    @staticmethod
    def votes(item: Content) -> list[tuple[Any, int]]:
        """How many were for, against, abstained and recused."""
        return [(label, item["vote"][choice.value]) for choice, label in CHOICES.items()]

    @staticmethod
    def choice(cast: Content) -> Any:
        return CHOICES[Choice(cast["choice"])]

    @property
    def decided(self) -> list[tuple[Resolution, ResolutionCard | None]]:
        """What was decided, with its card in the reader's language, in the order of the items."""
        found = (self.resolutions.get(item["item"]) for item in self.said["items"])
        return [(one, self.cards.get(one.id)) for one in found if one is not None]


def reading(minutes: Minutes) -> Reading:
    """What residents read."""
    assert minutes.public_content is not None
    resolutions = queries.resolutions([item["item"] for item in minutes.public_content["items"]])
    numbers = [one.id for one in resolutions.values()]
    cards = queries.cards(numbers, current_language().tag) if numbers else {}
    return Reading(minutes, minutes.public_content, resolutions, cards)
