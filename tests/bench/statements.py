"""How many SQL statements a resident's page needs, on the whole way from the home page to the receipt."""

import re
from collections.abc import Iterator

from flask.testing import FlaskClient

from tests.bench import family
from tests.bench.figures import Figure
from tests.bench.house import SLUG, House
from tests.statements import counted_statements

LIMIT = 8
MOST_STEPS = 20


def figures(house: House) -> Iterator[Figure]:
    """The page that needs most, and each of them by name."""
    walk = Walk(house)
    walk.all()
    yield Figure("SQL statements: any resident page", max(walk.counts.values()), "statements", LIMIT)
    for name, count in walk.counts.items():
        yield Figure(f"SQL statements: {name}", count, "statements", LIMIT)


class Walk:
    """A family that answers the demo's survey; the most statements that each kind of page needed."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client: FlaskClient = house.app.test_client()
        self.counts: dict[str, int] = {}

    def ask(self, name: str, path: str, fields: dict[str, str | list[str]] | None = None) -> tuple[str, str]:
        """One request, counted; gives the page and where it leads."""
        with counted_statements(self.house.app) as seen:
            answer = self.client.post(path, data=fields) if fields is not None else self.client.get(path)
        assert answer.status_code < 400, f"{path}: {answer.status_code}"
        self.counts[name] = max(self.counts.get(name, 0), len(seen))
        return answer.text, answer.location or ""

    def all(self) -> None:
        """From the home page to the receipt, and back with it."""
        self.ask("home page", "/tr/")
        self.ask("list of surveys", "/tr/surveys/")
        self.ask("survey introduction", family.INTRODUCTION)
        self.ask("list of districts", "/tr/districts")
        self.ask("list of ideas", "/tr/ideas/")
        self.ask("call for ideas", "/tr/ideas/calls/quartier-ideen")
        self.ask("one idea", "/tr/ideas/1")
        self.ask("form for an idea", "/tr/ideas/calls/quartier-ideen/new")
        self.ask("page of the city", "/tr/pages/imprint")
        self.ask("into the survey", f"{family.INTRODUCTION}/answer")
        page, _nowhere = self.ask("first survey page", family.FIRST)
        draft = re.search(r'name="draft" value="(\w+)"', page)
        assert draft, "the form tells which draft it belongs to"
        _page, at = self.ask("posting the first page", family.FIRST, {**family.household(page), "draft": draft[1]})
        for _step in range(MOST_STEPS):
            if at.endswith("/review"):
                break
            page, _nowhere = self.ask("survey page", at)
            seen = {"to": "next", "shown": re.findall(r'name="shown" value="(\w+)"', page), "draft": draft[1]}
            _page, at = self.ask("posting a page", at, {**seen, **family.CHILD} if "/child/" in at else seen)
        assert at.endswith("/review"), "the way through the survey ends"
        self.ask("survey page with answers", family.FIRST)
        self.ask("going on where one left off", f"{family.INTRODUCTION}/answer")
        self.ask("survey introduction with a draft", family.INTRODUCTION)
        self.ask("review", at)
        self.ask("sending", at, {})
        self.ask("new receipt", "/tr/receipt/new")
        self.ask("receipt's matter", "/tr/receipt/matter")
        self.ask("correcting what was sent", "/tr/surveys/resume", {})
        self.ask("review of what was sent", f"/tr/surveys/{SLUG}/review")
        self.ask("question before withdrawing", "/tr/surveys/withdraw")
        self.ask("withdrawing", "/tr/surveys/withdraw", {})
