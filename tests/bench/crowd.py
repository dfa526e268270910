"""A crowd: as many ideas, supports and waiting contributions as a large city has after years, written in bulk."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

from sqlalchemy import func, select, text

from participation import clock, text_index, text_words
from participation.contributions.models import Comment, Contribution, ContributionStatus, contribution_areas
from participation.db import engine, session, table_of
from participation.districts.models import Area, Layer
from participation.i18n import LocalizedText
from participation.ideas.models import Answer, Call, Category, Idea, IdeaState, Office, Outcome, Support
from participation.ideas.queries import SHUFFLES
from participation.text_index import IndexedText
from tests.bench import crowd_words
from tests.bench.bulk import CHUNK, pour

LETTER_BOX_SHARE, CALLS, CATEGORIES, OFFICES, AREAS = 0.5, 3, 6, 8, 10
STATES = [IdeaState.RECEIVED] * 5 + [IdeaState.EXAMINATION] * 3 + [IdeaState.ANSWERED, IdeaState.DONE]
WEST, SOUTH, WIDTH, HEIGHT = 6.50, 51.30, 0.02, 0.03  # the districts lie side by side


def make_crowd(ideas: int = 200_000, supports: int = 1_000_000, waiting: int = 50_000) -> None:
    """Fill an empty house: public ideas with supports, and others in the moderators' queue. Commits as it goes."""
    die = random.Random(ideas)
    town = Town()
    shares = list(accumulate(1 / (rank + 50) for rank in range(ideas)))  # a few are loved by many
    loved = die.choices(range(1, ideas + 1), cum_weights=shares, k=supports) if supports else []
    counts = Counter(loved)
    for start in range(0, ideas + waiting, CHUNK):
        numbers = range(start + 1, min(start + CHUNK, ideas + waiting) + 1)
        _pour_ideas(numbers, town, die, counts, public=ideas)
    pour(table_of(Support), _supports(loved, die))
    _pour_comments(ideas, die)
    make_findable()
    _set_counters()
    session.execute(text("ANALYZE"))  # as databases do by themselves, in time
    session.commit()


class Town:
    """What has to be there before anybody has an idea."""

    def __init__(self) -> None:
        layer = session.scalar(select(Layer).where(Layer.is_default)) or Layer(
            slug="stadtbezirke", name=LocalizedText(de="Stadtbezirke"), is_default=True
        )
        areas = [
            Area(layer=layer, code=f"c{n:02}", name=LocalizedText(de=f"Bezirk {n}"), outline=outline(n))
            for n in range(AREAS)
        ]
        now = clock.now()
        calls = [Call(slug="letter-box", title=LocalizedText(de="Briefkasten"), is_letter_box=True, published_at=now)]
        calls += [
            Call(slug=f"call-{n}", title=LocalizedText(de=f"Aufruf {n}"), published_at=now - timedelta(days=n))
            for n in range(1, CALLS + 1)
        ]
        offices = [Office(name=LocalizedText(de=f"Amt {n}")) for n in range(OFFICES)]
        for call in calls:
            call.categories = [Category(name=LocalizedText(de=f"Thema {n}"), position=n) for n in range(CATEGORIES)]
        session.add_all([*areas, *calls, *offices])
        session.commit()
        self.areas = [area.id for area in areas]
        self.calls = {call.id: [category.id for category in call.categories] for call in calls}
        self.letter_box, *self.others = self.calls
        self.offices = [office.id for office in offices]


def outline(number: int) -> dict[str, Any]:
    """District number so-and-so: one of the rectangles from west to east."""
    west, east, north = WEST + number * WIDTH, WEST + (number + 1) * WIDTH, SOUTH + HEIGHT
    return {
        "type": "Polygon",
        "coordinates": [[[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]],
    }


def _pour_ideas(numbers: range, town: Town, die: random.Random, counts: Counter[int], *, public: int) -> None:
    contributions, ideas, outcomes, places, now = [], [], [], [], clock.now()
    for number in numbers:
        is_public = number <= public
        sent_at = now - timedelta(minutes=die.randrange(1_000_000) if is_public else die.randrange(30_000))
        contributions.append(_contribution(number, "idea", sent_at, die, is_public=is_public))
        place = die.randrange(AREAS)
        places.append({"contribution_id": number, "area_id": town.areas[place]})
        idea = _idea(number, town, die, sent_at, place)
        idea |= {"listed_at": sent_at if is_public else None, "support_count": counts[number] if is_public else 0}
        idea["listed_language"] = contributions[-1]["language"]
        idea["state"] = die.choice(STATES) if is_public else IdeaState.RECEIVED
        if idea["state"] in {IdeaState.ANSWERED, IdeaState.DONE}:
            idea["outcome_id"] = number
            reason = "Die Stadt hat es geprüft und wird es im nächsten Jahr bauen."
            outcomes.append(
                {
                    "id": number,
                    "answer": Answer.YES,
                    "language": contributions[-1]["language"],
                    "reason": reason,
                    "given_at": sent_at + timedelta(days=20),
                    "given_by": "Amt",
                }
            )
            idea["due_on"] = None
        ideas.append(idea)
    pour(table_of(Contribution), contributions)
    pour(table_of(Outcome), outcomes)
    pour(table_of(Idea), ideas)
    pour(contribution_areas, places)


def _contribution(number: int, kind: str, sent_at: datetime, die: random.Random, *, is_public: bool) -> dict[str, Any]:
    tag = crowd_words.language(die)
    title, words = crowd_words.words(tag, die)
    return {
        "id": number,
        "kind": kind,
        "title": title if kind == "idea" else "",
        "text": words,
        "language": tag,
        "status": ContributionStatus.PUBLISHED if is_public else ContributionStatus.WAITING,
        "created_at": sent_at,
        "published_at": sent_at if is_public else None,
        "waiting_since": None if is_public else sent_at,
        "hints": [{"kind": "link", "passage": "www.example.org"}] if die.random() < 0.05 else [],
    }


def _idea(number: int, town: Town, die: random.Random, sent_at: datetime, place: int) -> dict[str, Any]:
    call = town.letter_box if die.random() < LETTER_BOX_SHARE else die.choice(town.others)
    has_point = die.random() < 0.8
    return {
        "id": number,
        "call_id": call,
        "category_id": die.choice(town.calls[call]),
        "place": crowd_words.place(die),
        "latitude": SOUTH + HEIGHT * die.random() if has_point else None,
        "longitude": WEST + WIDTH * (place + die.random()) if has_point else None,
        "shuffle": die.randrange(SHUFFLES),
        "office_id": die.choice(town.offices),
        "due_on": (sent_at + timedelta(days=42)).date(),
    }


def _supports(loved: list[int], die: random.Random) -> Iterator[dict[str, Any]]:
    today = clock.today()
    for number, idea in enumerate(loved, start=1):
        given_on = today - timedelta(days=number % 300)
        yield {"id": number, "idea_id": idea, "supporter": f"{die.getrandbits(256):064x}", "given_on": given_on}


def _pour_comments(ideas: int, die: random.Random) -> None:
    """One comment for every tenth idea."""
    first = 1 + (session.scalar(select(func.max(Contribution.id))) or 0)
    numbers = range(first, first + ideas // 10)
    now = clock.now()
    pour(
        table_of(Contribution),
        (_contribution(n, "comment", now - timedelta(minutes=n % 99_999), die, is_public=True) for n in numbers),
    )
    on = {number: die.randint(1, ideas) for number in numbers}
    pour(table_of(Comment), ({"id": number, "on_id": idea} for number, idea in on.items()))
    counted = Counter(on.values())
    if counted:
        changed = [{"row": idea, "comments": count} for idea, count in counted.items()]
        session.connection().exec_driver_sql(
            "UPDATE ideas SET comment_count = %(comments)s WHERE id = %(row)s"
            if engine().dialect.name == "postgresql"
            else "UPDATE ideas SET comment_count = :comments WHERE id = :row",
            changed,
        )
        session.commit()


def make_findable() -> None:
    """Put all that is public into the index of texts, as showing it one by one would do."""
    column = table_of(Contribution).c
    public = select(column.id, column.kind, column.language, column.title, column.text)
    public = public.where(column.status == ContributionStatus.PUBLISHED).order_by(column.published_at)
    pour(table_of(IndexedText), map(_indexed, session.execute(public).all()))
    text_words.recount()
    session.commit()


def _indexed(row: Any) -> dict[str, Any]:
    title, words = _folded(row.title), _folded(f"{row.title} {row.text}")
    return {"kind": row.kind, "ref_id": row.id, "language": row.language, "title": title, "words": words}


def _folded(text: str) -> str:
    return " ".join(filter(None, map(_folded_word, text.split())))


_folded_word = lru_cache(maxsize=100_000)(text_index.folded)


def _set_counters() -> None:
    """Numbers that were given by hand are not given again."""
    if engine().dialect.name == "postgresql":
        for model in (Contribution, Support, Outcome):
            name = table_of(model).name
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}) + 1)")
            )
        session.commit()
