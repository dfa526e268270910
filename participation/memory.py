"""What a process may remember between requests because making it anew each time would only cost time."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import TypeVar

from flask import Flask, current_app, request
from markupsafe import Markup

from participation import clock
from participation.i18n import current_language

T = TypeVar("T")
MOST = 1_000
FOREVER = timedelta(days=3650)


def remembered(key: Hashable, make: Callable[[], T], lifetime: timedelta = FOREVER) -> T:
    """The thing under this key, made when it is not there or older than its lifetime."""
    memory: dict[Hashable, tuple[datetime, T]] = current_app.extensions["memory"]
    known = memory.get(key)
    now = clock.now()
    if known is not None and now < known[0]:
        return known[1]
    if len(memory) >= MOST:
        memory.clear()
    made = make()
    memory[key] = (now + lifetime, made)
    return made


def per_language(macro: Callable[[], Markup]) -> Markup:
    """A part of the page that only the language changes, as a macro without arguments; rendered once."""
    name = getattr(macro, "name", repr(macro))
    return remembered(("part", name, current_language().tag), macro)


def per_page(macro: Callable[[], Markup]) -> Markup:
    """A part that only the address changes (which holds the language); rendered once per address without a query."""
    if request.endpoint is None or request.query_string:
        return macro()
    name = getattr(macro, "name", repr(macro))
    return remembered(("part", name, request.path), macro)


def init_app(app: Flask) -> None:
    """Begin with nothing remembered."""
    app.extensions["memory"] = {}
    app.jinja_env.globals.update(per_language=per_language, per_page=per_page)
