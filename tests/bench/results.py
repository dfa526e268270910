"""How long a result takes, and how that grows with the responses: on SQLite and, where installed, PostgreSQL."""

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Float,
    MetaData,
    Table,
    Text,
    Uuid,
    case,
    cast,
    insert,
    literal,
    null,
    select,
    text,
)

from participation import clock
from participation.db import engine, session
from participation.questionnaires.definition import Definition
from participation.questionnaires.models import Answer, Response, ResponseStatus
from participation.surveys import operations
from participation.surveys.models import Survey
from tests.accounts.makers import staff_client
from tests.bench.databases import each_database, empty_house
from tests.bench.figures import Figure, note
from tests.surveys.makers import make_definition, make_survey, page, question

SIZES = (1_000, 10_000, 100_000)
LARGE = 100_000  # left out with BENCH_LARGE=0
MOST_MILLISECONDS = 150
VIEWS = 5
CHUNK = 10_000
LANGUAGES = ("de", "de", "de", "tr", "ar", "uk")
OPTIONS = "one two three four five"

# A number for each response, from which all its answers are worked out in the database itself: that is fast.
dice = Table("bench_dice", MetaData(), Column("response_id", Uuid, primary_key=True), Column("eyes", BigInteger))


def figures(folder: Path) -> Iterator[Figure]:
    """The same on each database."""
    for database, url in each_database(folder, "results"):
        with empty_house(url, folder) as app:
            yield from _on(database, app)


def _on(database: str, app: Flask) -> Iterator[Figure]:
    dice.create(engine())
    survey = make_survey(thirty_questions())
    session.commit()
    desk = Desk(app, staff_client(app, "administrator"), survey)
    before: Times | None = None
    for size in SIZES:
        if size == LARGE and os.environ.get("BENCH_LARGE") == "0":
            note(f"{LARGE:,} responses on {database} are left out because BENCH_LARGE is 0")
            break
        answer(survey, size)
        times = desk.times()
        yield from _told(f"results on {database}: {size:,} responses", times, before)
        before = times


def _told(name: str, times: "Times", before: "Times | None") -> Iterator[Figure]:
    limit = MOST_MILLISECONDS if before is None else None
    yield Figure(f"{name}, result page", times.page, "ms", limit)
    yield Figure(f"{name}, counting anew", times.counting, "ms")
    if before is not None:
        yield Figure(f"{name}, page", times.page / before.page, "x before")
        yield Figure(f"{name}, counting", times.counting / before.counting, "x before")


@dataclass(frozen=True)
class Times:
    """Milliseconds on the clock on the wall."""

    counting: float
    page: float


@dataclass
class Desk:
    """The analyst's desk: counts, and looks at the result."""

    app: Flask
    client: FlaskClient
    survey: Survey

    def times(self) -> Times:
        """The result is counted by the worker and shown by the page; both as the median of several."""
        path = f"/de/staff/surveys/{self.survey.id}/results"
        counting = median(_milliseconds(self.count) for _number in range(VIEWS if _responses() < LARGE else 1))
        self.look(path)
        return Times(counting, median(_milliseconds(lambda: self.look(path)) for _number in range(VIEWS)))

    def count(self) -> None:
        operations.count_results(self.survey)
        session.commit()

    def look(self, path: str) -> None:
        """A visit in a context of its own, as on the server."""
        answer = Context().run(self.client.get, path)
        assert answer.status_code == 200, answer.status_code


def _milliseconds(do: Callable[[], Any]) -> float:
    start = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - start)


# --- What is answered -------------------------------------------------------------------------------------------------


def thirty_questions() -> Definition:
    """Thirty questions of the usual kinds on five pages."""
    pages = []
    for number in range(5):
        questions = [
            question(f"single_{number}", "single_choice", OPTIONS),
            question(f"other_{number}", "single_choice", OPTIONS, may_withhold=True),
            question(f"several_{number}", "multiple_choice", OPTIONS),
            question(f"scale_{number}", "scale", least=1, most=5),
            question(f"yes_{number}", "yes_no"),
            question(f"number_{number}", "whole_number", least=0, most=200)
            if number
            else question("wishes", "long_text"),
        ]
        pages.append(page(f"page_{number}", *questions))
    return make_definition(*pages)


def answer(survey: Survey, size: int) -> None:
    """Bring the survey up to this number of responses."""
    missing = size - _responses()
    die = random.Random(size)
    today = clock.today()
    assert survey.version
    for start in range(0, missing, CHUNK):
        ids = sorted(uuid.UUID(int=die.getrandbits(128), version=4) for _number in range(min(CHUNK, missing - start)))
        rows = [
            {
                "id": one,
                "version_id": survey.version.id,
                "language": die.choice(LANGUAGES),
                "status": ResponseStatus.SUBMITTED,
                "reached": "page_4",
                "touched_on": today,
                "submitted_on": today - timedelta(days=die.randrange(28)),
            }
            for one in ids
        ]
        session.execute(insert(Response.__table__), rows)
        session.execute(insert(dice), [{"response_id": one, "eyes": die.randrange(1_000_000)} for one in ids])
        for asked in survey.version.definition.questions.values():
            _answer_question(asked.name, asked.type.value)
        session.execute(dice.delete())
        session.commit()
    session.execute(text("ANALYZE"))  # as databases do by themselves, in time
    session.commit()


def _responses() -> int:
    found = session.scalar(text("SELECT count(*) FROM responses"))
    return int(found or 0)


def _answer_question(name: str, kind: str) -> None:
    """One row for each response that has rolled its die, two where several options may be chosen."""
    seed = sum(name.encode())
    options = OPTIONS.split()
    points: ColumnElement[Any] = _rolled(seed, 5) + 1
    values: dict[str, list[ColumnElement[Any]]] = {
        "multiple_choice": [_one_of(options[:2], seed), _one_of(options[2:], seed + 1)],
        "single_choice": [_one_of(options, seed)],
        "yes_no": [_one_of(["yes", "no"], seed)],
        "long_text": [literal("Ein langer Wunsch ").concat(cast(dice.c.eyes, Text))],
        "scale": [cast(points, Text)],
        "whole_number": [cast(_rolled(seed, 90), Text)],
    }
    number = {"scale": points, "whole_number": _rolled(seed, 90)}.get(kind)
    columns = ["response_id", "question", "instance", "position", "value", "number", "is_withheld"]
    for position, value in enumerate(values[kind]):
        counted = cast(number, Float) if number is not None else cast(null(), Float)
        rows = select(
            dice.c.response_id, literal(name), literal(0), literal(position), value, counted, literal(value=False)
        )
        session.execute(insert(Answer.__table__).from_select(columns, rows))


def _rolled(seed: int, sides: int) -> ColumnElement[Any]:
    """A number from 0 that differs from question to question and from response to response."""
    return (dice.c.eyes * (2 * seed + 1) % 1_000_003) % sides


def _one_of(names: list[str], seed: int) -> ColumnElement[Any]:
    rolled = _rolled(seed, len(names))
    return case(*((rolled == place, name) for place, name in enumerate(names)), else_=names[0])
