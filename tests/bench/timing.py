"""How long something takes: the median of several times, without the first one, which warms up."""

import time
from collections.abc import Callable
from contextvars import Context
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

VIEWS = 7


def milliseconds(do: Callable[[], Any]) -> float:
    """On the clock."""
    do()
    times = []
    for _number in range(VIEWS):
        start = time.perf_counter()
        do()
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def visit(app: Flask, client: FlaskClient, path: str, **options: Any) -> float:
    """A page with nothing remembered: else what was remembered would be measured instead."""
    status = options.pop("status", 200)

    def look() -> None:
        app.extensions["memory"].clear()
        answer = Context().run(client.get, path, **options)
        assert answer.status_code == status, (path, answer.status_code)
        assert answer.data is not None

    return milliseconds(look)
