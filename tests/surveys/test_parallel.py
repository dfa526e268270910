"""Impatient fingers: many clicks at the same moment still make one response with one receipt, on both databases."""

import contextvars
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from participation.db import session
from participation.questionnaires.models import Answer, Response, ResponseStatus
from participation.receipts.models import Receipt
from tests.surveys.makers import make_definition, make_survey, page, question

CLICKS = 8


def at_once(app: Flask, click: Callable[[], int]) -> list[int]:
    """The same click several times at the same moment; gives the status codes."""
    with ThreadPoolExecutor(CLICKS) as fingers:
        waiting = [fingers.submit(contextvars.Context().run, click) for _ in range(CLICKS)]
        return [one.result() for one in waiting]


def test_a_response_is_begun_once_and_sent_once(busy_app):
    make_survey(make_definition(page("one", question("colour", "single_choice", "red green"))), slug="farben")
    session.commit()
    address, review = "/de/surveys/farben/answer/one/0", "/de/surveys/farben/review"
    first = busy_app.test_client()
    html = first.get(address).get_data(as_text=True)
    draft = re.search(r'name="draft" value="(\w+)"', html)[1]
    cookie = first.get_cookie("session").value

    def post(to: str, **data: str) -> int:
        finger = busy_app.test_client()
        finger.set_cookie("session", cookie)
        return finger.post(to, data=data).status_code

    filled = {"draft": draft, "q.colour": "red", "shown": "colour"}
    assert set(at_once(busy_app, lambda: post(address, **filled))) == {302}
    assert set(at_once(busy_app, lambda: post(review))) == {302}

    (response,) = session.scalars(select(Response)).all()
    assert response.status is ResponseStatus.SUBMITTED
    assert session.scalar(select(func.count()).select_from(Answer)) == 1
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1
