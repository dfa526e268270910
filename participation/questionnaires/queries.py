"""Looking up what a response holds."""

import uuid
from collections import defaultdict

from sqlalchemy import bindparam, select

from participation.db import session
from participation.questionnaires.filling import Answers, Given, Key
from participation.questionnaires.models import Answer

OF_RESPONSE = (
    select(Answer.question, Answer.instance, Answer.value)
    .where(Answer.response_id == bindparam("response_id"))
    .order_by(Answer.question, Answer.instance, Answer.position)
)


def answers(response_id: uuid.UUID) -> Answers:
    """All answers of one response, in one statement; options keep the order they were saved in."""
    rows = session.execute(OF_RESPONSE, {"response_id": response_id})
    values: defaultdict[Key, list[str]] = defaultdict(list)
    withheld: set[Key] = set()
    for question, instance, value in rows:
        if value is None:
            withheld.add((question, instance))
        else:
            values[question, instance].append(value)
    return {key: Given(tuple(values[key]), key in withheld) for key in [*values, *withheld]}
