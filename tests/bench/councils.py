"""How long meetings, minutes, the register, the interface for machines and the search desk take after twenty years."""

import os
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from participation.councils.oparl_objects import BODY
from participation.oparl import answers
from tests.accounts.makers import staff_client
from tests.bench.archive import forget_numbers, make_archive, make_resolutions
from tests.bench.databases import each_database, empty_house
from tests.bench.figures import Figure, note
from tests.bench.timing import milliseconds, visit
from tests.bench.written_minutes import long_minutes, write_minutes, write_objects

SMALL, LARGE = 2, 50  # councils; each has 120 meetings with ten items
PAGE_LIMIT, SEARCH_LIMIT, LIST_LIMIT, PDF_LIMIT = 100, 150, 150, 3_000
SEARCHES = {
    "search for words": "Beleuchtung+Nordstadt",
    "search with a mistake": "Beleuchtnug",
    "search for a common word": "Quartier",
    "search in one district": "Spielplatz&area=3",
    "search for the commonest word in one district": "am&area=3",
    "search for the commonest word in two old months": "am&since=1.3.2010&until=30.4.2010",
}


def figures(folder: Path) -> Iterator[Figure]:
    """The same pages on each database, first in a small city."""
    for size in (SMALL, LARGE):
        if size is LARGE and os.environ.get("BENCH_LARGE") == "0":
            note(f"{size} councils are left out because BENCH_LARGE is 0")
            continue
        for database, url in each_database(folder, f"councils_{size}"):
            with empty_house(url, folder) as app:
                archive = make_archive(size)
                write_minutes(archive)
                make_resolutions(archive)
                forget_numbers()
                write_objects(archive)
                about = f"{archive.meetings:,} meetings on {database}"
                for name, time, limit in [*pages(app), *searches(app), *lists(app), *pdf(app)]:
                    yield Figure(f"{about}, {name}", time, "ms", limit)


def pages(app: Flask) -> Iterator[tuple[str, float, float]]:
    """What residents and the council's office open."""
    anybody, secretary = app.test_client(), staff_client(app, "council_secretary")
    reading = {
        "list of councils": "/de/councils",
        "one council": "/de/councils/rat-2",
        "list of meetings": "/de/meetings",
        "one meeting": "/de/meetings/77",
        "its minutes": "/de/minutes/77",
        "register of resolutions": "/de/resolutions/",
        "register, page 40": "/de/resolutions/?page=40",
        "one resolution": "/de/resolutions/768",
    }
    for name, path in reading.items():
        yield name, visit(app, anybody, path), PAGE_LIMIT
    working = {
        "councils' desk": "/de/staff/councils",
        "staff's page of a meeting": "/de/staff/meetings/77",
        "staff's register": "/de/staff/resolutions",
        "staff's day": "/de/staff",
    }
    for name, path in working.items():
        yield name, visit(app, secretary, path), PAGE_LIMIT


def searches(app: Flask) -> Iterator[tuple[str, float, float]]:
    """The search desk over everything."""
    anybody = app.test_client()
    for name, asked in SEARCHES.items():
        yield name, visit(app, anybody, f"/de/search?q={asked}"), SEARCH_LIMIT


def lists(app: Flask) -> Iterator[tuple[str, float, float]]:
    """What machines fetch."""
    machine, house = app.test_client(), answers.house()
    below = f"/oparl/1.1/bodies/{BODY}"
    for name in ("meetings", "agenda-items", "papers", "persons"):
        yield f"OParl list of {name}", visit(app, machine, f"{below}/{name}", base_url=house), LIST_LIMIT
    far, since = f"{below}/agenda-items?page=40", f"{below}/meetings?modified_since=2020-01-01T00:00:00%2B01:00"
    yield "OParl list, page 40", visit(app, machine, far, base_url=house), LIST_LIMIT
    yield "OParl list of changes", visit(app, machine, since, base_url=house), LIST_LIMIT


def pdf(app: Flask) -> Iterator[tuple[str, float, float]]:
    """Twenty pages of minutes."""
    with app.test_request_context("/de/"):
        pages_made, write = long_minutes()
        yield f"{pages_made} pages of minutes as PDF", milliseconds(write), PDF_LIMIT
