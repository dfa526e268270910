"""What a request costs the server's processor, compared with a bare Flask page under the same server in the same run.

Bare page and house take turns in several rounds, and the median of the ratios counts: whatever else the machine does
at the time slows both alike.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from participation.db import session
from participation.honesty import EMPTY, LEAST_SECONDS, OPENED
from tests.bench import family
from tests.bench.figures import Figure
from tests.bench.house import House, Server, bare_server, house_server
from tests.bench.visitor import Fields, Visitor, hidden
from tests.events.makers import make_event

ROUNDS = 9
VISITORS = 100  # per round; each begins a draft of their own
REGISTRATIONS = 25  # per round: from one address the house takes no more than some hundred in an hour
BARE_REQUESTS = 400
PAGE_LIMIT, POST_LIMIT = 3, 4
POSTS = ("posting the first page", "posting a page of a response in progress", "registering for an event")
PAGES = (
    *("survey introduction", "first survey page", "survey page in progress", "survey page with answers"),
    *("event page", "form to register"),
)

Costs = dict[str, float]


def figures(house: House, folder: Path) -> Iterator[Figure]:
    """Ratios first, then what the requests cost by themselves."""
    event = _event(house)
    with bare_server(folder) as bare, house_server(house) as server:
        _round(bare, server, event)  # both learn their templates and statements by heart
        rounds = [_round(bare, server, event) for _turn in range(ROUNDS)]
    ratios, costs = defaultdict(list), defaultdict(list)
    for one in rounds:
        for name, cost in one.items():
            costs[name].append(cost)
            ratios[name].append(cost / one["bare page"])
    for name in (*PAGES, *POSTS):
        yield Figure(f"CPU: {name}", median(ratios[name]), "x bare", POST_LIMIT if name in POSTS else PAGE_LIMIT)
    for name in ("bare page", *PAGES, *POSTS):
        yield Figure(f"CPU: {name}", 1000 * median(costs[name]), "ms/request")


def _event(house: House) -> str:
    """The address of an event with room for everybody."""
    with house.app.app_context():
        event = make_event()
        session.commit()
        return f"/tr/events/{event.id}"


def _round(bare: Server, server: Server, event: str) -> Costs:
    """One turn for each kind of request; the bare page has one before and one after."""
    costs: Costs = {}
    before = _bare(bare)
    connection = HTTPConnection("127.0.0.1", server.port)
    people = [Visitor(connection) for _number in range(VISITORS)]

    def measure(name: str, status: int, ask: Callable[[Visitor], int], some: int = VISITORS) -> None:
        asked = [lambda person=person: ask(person) for person in people[:some]]  # type: ignore[misc]
        costs[name] = _cost(server, asked, status)

    measure("survey introduction", 200, lambda person: person.get(family.INTRODUCTION).status)
    forms = {person: family.household(person.open_form(family.FIRST)) for person in people}
    measure("first survey page", 200, lambda person: person.get(family.FIRST).status)
    measure(POSTS[0], 302, lambda person: person.post(family.FIRST, forms[person]).status)
    measure("survey page in progress", 200, lambda person: person.get(family.SECOND).status)
    measure(POSTS[1], 302, lambda person: person.post(family.SECOND, family.CHILD).status)
    measure("survey page with answers", 200, lambda person: person.get(family.FIRST).status)
    measure("event page", 200, lambda person: person.get(event).status)
    measure("form to register", 200, lambda person: person.get(f"{event}/register").status)
    registrations = {
        person: registration(person.open_form(f"{event}/register"), person) for person in people[:REGISTRATIONS]
    }
    time.sleep(LEAST_SECONDS)
    measure(POSTS[2], 302, lambda person: person.post(f"{event}/register", registrations[person]).status, REGISTRATIONS)
    connection.close()
    costs["bare page"] = (before + _bare(bare)) / 2
    return costs


def registration(form: str, person: Visitor) -> Fields:
    """What somebody fills in, with an address of their own."""
    kept = {name: hidden(form, name) for name in ("form_key", OPENED)}
    return {**kept, EMPTY: "", "name": "Ayşe", "email": f"person{id(person)}@example.org", "persons": "2"}


def _bare(bare: Server) -> float:
    connection = HTTPConnection("127.0.0.1", bare.port)
    somebody = Visitor(connection)
    cost = _cost(bare, [lambda: somebody.get("/").status] * (BARE_REQUESTS // 2), 200)
    connection.close()
    return cost


def _cost(server: Server, requests: list[Callable[[], int]], status: int) -> float:
    """Seconds on the processor per request; each must be answered as expected, or the figure means nothing."""
    before = server.cpu_seconds()
    answers = {ask() for ask in requests}
    spent = server.cpu_seconds() - before
    assert answers == {status}, f"expected {status}, got {answers}"
    return spent / len(requests)
