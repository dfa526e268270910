"""What the tests of the districts room share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

Counting = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def count_statements(app: Flask) -> Counting:
    """The SQL statements that are said within a block."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            said.append(statement)

        event.listen(app.extensions["engine"], "before_cursor_execute", note)
        yield said
        event.remove(app.extensions["engine"], "before_cursor_execute", note)

    return counting
