"""How long lists, searches and queues take in a large city, and how that compares with a small one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from participation.contributions import similar
from participation.db import session
from participation.districts.models import Area
from participation.ideas.models import Call, Category
from tests.accounts.makers import staff_client
from tests.bench.crowd import make_crowd
from tests.bench.databases import each_database, empty_house
from tests.bench.figures import Figure, note
from tests.bench.timing import milliseconds, visit

# Ideas, supports and what waits in the queue.
SMALL, LARGE = (2_000, 10_000, 500), (200_000, 1_000_000, 50_000)
MOST_MILLISECONDS = 100
TYPED = ("Mehr Schatten auf dem Spielplatz", "Auf dem Spielplatz ist es zu heiss, bitte ein paar Bäume planzen.")


def figures(folder: Path) -> Iterator[Figure]:
    """The same pages on each database, first in a small city."""
    for size in (SMALL, LARGE):
        if size is LARGE and os.environ.get("BENCH_LARGE") == "0":
            note(f"{size[0]:,} ideas are left out because BENCH_LARGE is 0")
            continue
        for database, url in each_database(folder, f"ideas_{size[0]}"):
            with empty_house(url, folder) as app:
                make_crowd(*size)
                for name, milliseconds in City(app).times():
                    yield Figure(f"{size[0]:,} ideas on {database}, {name}", milliseconds, "ms", MOST_MILLISECONDS)


@dataclass
class City:
    """A city full of ideas, with somebody who reads and somebody who moderates."""

    app: Flask

    def times(self) -> Iterator[tuple[str, float]]:
        """Each page as the median of several visits with nothing remembered, without the first one, which warms up."""
        anybody, moderator = self.app.test_client(), staff_client(self.app, "moderator")
        area = session.scalars(select(Area.id).order_by(Area.id).offset(3)).first()
        call = session.scalars(select(Call.id).where(Call.is_letter_box)).one()
        category = session.scalars(select(Category.id).where(Category.call_id == call)).first()
        session.commit()
        reading = {
            "list": "/de/ideas/",
            "list, most supported": "/de/ideas/?order=supported",
            "list, newest": "/de/ideas/?order=newest",
            "filtered by district, category and state": f"/de/ideas/?area={area}&category={category}&state=received",
            "filtered by language": "/de/ideas/?language=ro&order=newest",
            "page 40 of a district": f"/de/ideas/?area={area}&page=40",
            "search for words": "/de/ideas/?q=Spielplatz+Schatten",
            "search for a very frequent word": "/de/ideas/?q=weil",
            "map data of a district": f"/de/ideas/map.json?area={area}",
            "map data of the whole city": "/de/ideas/map.json",
            "one idea": "/de/ideas/77",
        }
        for name, path in reading.items():
            yield name, visit(self.app, anybody, path)
        yield "look-up of similar ideas", milliseconds(lambda: similar.similar(*TYPED, "idea", limit=5))
        yield "moderators' queue", visit(self.app, moderator, "/de/staff/moderation")
        yield "moderators' queue of a district", visit(self.app, moderator, f"/de/staff/moderation?area={area}")
        yield "staff's list of ideas", visit(self.app, moderator, "/de/staff/ideas")
        yield "staff's list of a district", visit(self.app, moderator, f"/de/staff/ideas?area={area}")
        yield "staff's day", visit(self.app, moderator, "/de/staff")
