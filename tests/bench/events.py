"""How long lists, pages, feeds and desks of events take in a large city, and how that compares with a small one."""

import os
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path

from flask import Flask

from participation import clock
from tests.accounts.makers import staff_client
from tests.bench.databases import each_database, empty_house
from tests.bench.fair import make_fair
from tests.bench.figures import Figure, note
from tests.bench.timing import visit

# Events, registrations, and how many of the events are still to come.
SMALL, LARGE = (200, 5_000, 100), (20_000, 500_000, 5_000)
PAGE_LIMIT, FEED_LIMIT = 100, 300


def figures(folder: Path) -> Iterator[Figure]:
    """The same pages on each database, first in a small city; then a feed as long as a feed may be."""
    for size in (SMALL, LARGE):
        if size is LARGE and os.environ.get("BENCH_LARGE") == "0":
            note(f"{size[0]:,} events are left out because BENCH_LARGE is 0")
            continue
        for database, url in each_database(folder, f"events_{size[0]}"):
            with empty_house(url, folder) as app:
                make_fair(size[0], size[1], ahead=size[2])
                for name, time in pages(app):
                    yield Figure(f"{size[0]:,} events on {database}, {name}", time, "ms", PAGE_LIMIT)
                for name, time in feeds(app):
                    yield Figure(f"{size[0]:,} events on {database}, {name}", time, "ms", FEED_LIMIT)


def pages(app: Flask) -> Iterator[tuple[str, float]]:
    """What residents and staff open."""
    anybody, editor = app.test_client(), staff_client(app, "editor")
    month = clock.today().strftime("%Y/%m").replace("/0", "/")
    reading = {
        "list": "/de/events/",
        "list, page 40": "/de/events/?page=40",
        "filtered by district and topic": "/de/events/?area=3&topic=2",
        "filtered by language and need": "/de/events/?language=tr&need=child_care",
        "search for words": "/de/events/?q=Spielplatz+Verkehr",
        "earlier events": "/de/events/?past=1",
        "month": f"/de/events/month/{month}",
        "one event": "/de/events/77",
        "form to register": "/de/events/77/register",
    }
    for name, path in reading.items():
        yield name, visit(app, anybody, path)
    working = {
        "events desk": "/de/staff/events",
        "registrations of an event": "/de/staff/events/77/registrations",
        "door of an event": "/de/staff/events/77/door",
        "staff's day": "/de/staff",
    }
    for door in ("registrations/look", "door/open"):  # names stand there only for who has asked for them
        assert Context().run(editor.post, f"/de/staff/events/77/{door}").status_code == 302
    for name, path in working.items():
        yield name, visit(app, editor, path)


def feeds(app: Flask) -> Iterator[tuple[str, float]]:
    """The calendar as a programme fetches it: the first time, and when nothing has changed."""
    anybody = app.test_client()
    first = anybody.get("/de/events/calendar.ics")
    count = first.text.count("BEGIN:VEVENT")
    known = {"If-None-Match": first.headers["ETag"]}
    yield f"calendar feed of {count:,} events", visit(app, anybody, "/de/events/calendar.ics")
    yield "calendar feed, nothing new", visit(app, anybody, "/de/events/calendar.ics", headers=known, status=304)
    yield "news as Atom", visit(app, anybody, "/de/events/feed.atom")
