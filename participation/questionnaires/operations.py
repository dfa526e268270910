"""Keeping answers: what changed is replaced, what logic dropped is deleted, the rest is left alone."""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert, tuple_

from participation.db import session, table_of
from participation.questionnaires.definition import NUMBERS, Definition, QuestionType
from participation.questionnaires.filling import Answers
from participation.questionnaires.models import Answer

COUNTED = {*NUMBERS, QuestionType.SCALE, QuestionType.YEAR, QuestionType.CALCULATION}


def save_answers(response_id: uuid.UUID, definition: Definition, before: Answers, after: Answers) -> None:
    """Make the stored answers of a response equal to `after`; at most two statements."""
    gone = [key for key in before if before[key] != after.get(key)]
    new = [key for key in after if after[key] != before.get(key)]
    if gone:
        session.execute(
            delete(Answer).where(Answer.response_id == response_id, tuple_(Answer.question, Answer.instance).in_(gone))
        )
    if new:
        rows = list(answer_rows(response_id, definition, {key: after[key] for key in new}))
        session.execute(insert(table_of(Answer)), rows)  # as one statement, also where numbers are missing


def answer_rows(response_id: uuid.UUID, definition: Definition, answers: Answers) -> Iterator[dict[str, Any]]:
    """The rows that hold these answers, for an insert of many at once."""
    for (name, instance), given in answers.items():
        counted = definition.questions[name].type in COUNTED
        for position, value in enumerate(given.values or [None]):
            yield {
                "response_id": response_id,
                "question": name,
                "instance": instance,
                "position": position,
                "value": value,
                "number": _number(value) if counted and value else None,
                "is_withheld": given.is_withheld,
            }


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None  # a calculation may give a text
    return number if abs(number) < 1e300 else None
