"""Counting responses into the tables of a result; what comes out has its small numbers hidden already.

Four statements count any survey, whatever is stored; the tables they make are kept and shown from there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, case, distinct, func, literal, null, select

from participation.db import session
from participation.districts import queries as districts
from participation.questionnaires.definition import QuestionType
from participation.questionnaires.models import Answer, QuestionnaireVersion, Response, ResponseStatus
from participation.surveys.asked import AskedQuestion, asked_questions
from participation.surveys.classes import spans
from participation.surveys.conditions import tells_about_few
from participation.surveys.small_numbers import parts
from participation.surveys.tables import Counts, question_table

Table = dict[str, Any]


@dataclass
class Attendance:
    """Who took part, as far as that is known: days, languages, and how far unsent ones came."""

    responses: int = 0
    days: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    languages: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    stopped_at: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def count(versions: Sequence[QuestionnaireVersion], minimum: int) -> tuple[int, dict[str, Any]]:
    """The number of responses and all tables of a survey, whose published versions come youngest first."""
    ids = [version.id for version in versions]
    asked = asked_questions(versions)
    attendance = _attendance(ids)
    counted = _answers(ids, asked)
    _merge_small_areas(asked, counted)
    questions = {
        name: question_table(asked[name], counted[name], minimum) for name in asked if asked[name].question.is_asked
    }
    for name in questions:
        if tells_about_few(asked, counted, questions, name, attendance.responses, minimum):
            questions[name] = {"kind": "hidden"}
    tables = {
        "minimum": minimum,
        "days": [vars(span) for span in spans(attendance.days, minimum)],
        "languages": _shares(attendance.languages, minimum),
        "stopped": _stopped(versions, attendance, minimum),
        "questions": questions,
    }
    return attendance.responses, tables


def response_count(version_ids: Sequence[int]) -> int:
    """How many responses were sent."""
    return session.scalar(select(func.count()).select_from(Response).where(*submitted(version_ids))) or 0


def submitted(version_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """The responses that count."""
    return Response.version_id.in_(version_ids), Response.status == ResponseStatus.SUBMITTED


def _attendance(version_ids: Sequence[int]) -> Attendance:
    place = case((Response.status == ResponseStatus.DRAFT, Response.reached), else_="")
    rows = session.execute(
        select(Response.status, Response.submitted_on, Response.language, place, func.count())
        .where(Response.version_id.in_(version_ids))
        .group_by(Response.status, Response.submitted_on, Response.language, place)
    )
    found = Attendance()
    for status, day, language, page, number in rows:
        if status is ResponseStatus.DRAFT:
            found.stopped_at[page] += number
            continue
        found.responses += number
        found.days[day.isoformat()] += number
        found.languages[language] += number
    return found


def _answers(version_ids: Sequence[int], asked: dict[str, AskedQuestion]) -> dict[str, Counts]:
    """One statement over all answers: how often each value was given, and by how many."""
    texts = [name for name, one in asked.items() if one.is_text]
    repeated = [name for name, one in asked.items() if one.is_repeated]
    value = case((Answer.is_withheld, null()), (Answer.question.in_(texts), literal("")), else_=Answer.value)
    people = func.count(distinct(case((Answer.question.in_(repeated), Answer.response_id))))
    first = func.sum(case((Answer.position == 0, 1), else_=0))  # each answer has one row in first place
    rows = session.execute(
        select(Response.version_id, Answer.question, value, func.count(), first, people)
        .join(Response, Response.id == Answer.response_id)
        .where(*submitted(version_ids))
        .group_by(Response.version_id, Answer.question, value)
    )
    counted: dict[str, Counts] = {name: Counts() for name in asked}
    for version_id, name, key, number, answers, persons in rows:
        one = asked.get(name)
        if one is not None and version_id in one.version_ids:
            counted[name].add(key, number, answers, persons if one.is_repeated else number)
    return counted


def _merge_small_areas(asked: dict[str, AskedQuestion], counted: dict[str, Counts]) -> None:
    """Areas that a stored rule joins with a neighbour are counted with it (S7)."""
    layers: dict[str, dict[int, int]] = {}
    for name, one in asked.items():
        if one.question.type is not QuestionType.DISTRICT or not counted[name].values:
            continue
        slug = one.question.layer
        if slug not in layers:
            found = next(
                (layer for layer in districts.layers() if (layer.slug == slug if slug else layer.is_default)), None
            )
            layers[slug] = districts.merge_targets(found) if found else {}
        counted[name].rename({str(area): str(target) for area, target in layers[slug].items()})


def _shares(numbers: dict[str, int], minimum: int) -> Table:
    keys = sorted(numbers, key=lambda key: (-numbers[key], key))
    cells = parts([numbers[key] for key in keys], minimum)
    return {
        "base": cells.base,
        "rows": [{"key": key, "count": shown} for key, shown in zip(keys, cells.counts, strict=True)],
    }


def _stopped(versions: Sequence[QuestionnaireVersion], attendance: Attendance, minimum: int) -> Table:
    """For each page of the youngest wording, how many unsent responses came no further."""
    pages = [page.name for page in versions[0].definition.pages] if versions else []
    cells = parts([attendance.stopped_at.get(page, 0) for page in pages], minimum)
    return {
        "base": cells.base,
        "rows": [{"key": page, "count": shown} for page, shown in zip(pages, cells.counts, strict=True)],
    }
