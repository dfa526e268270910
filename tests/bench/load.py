"""Three hundred people at once at one event: each reads its page, opens the form and registers, again and again."""

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from tests.bench.databases import each_database, empty_house
from tests.bench.figures import Figure
from tests.bench.house import Server, house_server_at

PEOPLE, SECONDS, PROCESSES = 300, 60, 2
LONGEST_THOUGHT = 6  # seconds between two pages; nobody is faster than a second
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')


def figures(folder: Path) -> Iterator[Figure]:
    """Each database with two server processes."""
    for database, url in each_database(folder, "load"):
        with empty_house(url, folder):
            event_id = make_popular_event()
            with house_server_at(url, folder, processes=PROCESSES) as server:
                seen = asyncio.run(rush(server, event_id))
        for name, times in sorted(seen.times.items()):
            p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            yield Figure(
                f"{PEOPLE} people for {SECONDS} s on {database}, {name} ({len(times):,} times), p95", 1000 * p95, "ms"
            )
        yield Figure(f"{PEOPLE} people for {SECONDS} s on {database}, errors", seen.errors.total(), "answers", 0)


def make_popular_event() -> int:
    """Room for everybody who tries."""
    from participation.db import session
    from tests.events.makers import make_event

    number = make_event(capacity=100_000).id  # asked before the commit: afterwards it would lock the database
    session.commit()
    return number


@dataclass
class Seen:
    """What came back, and after how long."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)


async def rush(server: Server, event_id: int) -> Seen:
    """All of them for the whole time."""
    seen, end = Seen(), time.monotonic() + SECONDS
    people = [Person(server.port, event_id, seen, number) for number in range(PEOPLE)]
    await asyncio.gather(*(person.live(end) for person in people))
    return seen


class Person:
    """A browser with a cookie and a connection that it keeps."""

    def __init__(self, port: int, event_id: int, seen: Seen, number: int) -> None:
        self.port, self.event_id, self.seen = port, event_id, seen
        self.die = random.Random(number)
        self.cookie = ""
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def live(self, end: float) -> None:
        """Page, form, registration, and from the beginning as somebody else."""
        await asyncio.sleep(self.die.random() * LONGEST_THOUGHT / 2)
        page = f"/tr/events/{self.event_id}"
        while time.monotonic() < end:
            self.cookie = ""
            await self.ask("event page", "GET", page)
            await self.think()
            form = await self.ask("form", "GET", f"{page}/register")
            await self.think(least=3.5)  # the form asks nobody who needs less
            fields = {**dict(HIDDEN.findall(form)), "name": "Ayşe", "email": "ayse@example.org", "persons": "2"}
            await self.ask("registering", "POST", f"{page}/register", urlencode(fields))
            await self.think()
        if self.line:
            self.line[1].close()

    async def think(self, least: float = 1) -> None:
        """Reading takes time."""
        await asyncio.sleep(least + self.die.random() * (LONGEST_THOUGHT - least))

    async def ask(self, name: str, method: str, path: str, body: str = "") -> str:
        """One request; anything but a page or the way to the next one is an error."""
        began = time.monotonic()
        try:
            status, text = await self.talk(method, path, body)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            self.line = None
            self.seen.errors[type(error).__name__] += 1
            return ""
        self.seen.times[name].append(time.monotonic() - began)
        if status != (302 if method == "POST" else 200):
            self.seen.errors[f"{name}: {status}"] += 1
        return text

    async def talk(self, method: str, path: str, body: str) -> tuple[int, str]:
        """HTTP/1.1 by hand: a client library would take more of the two cores than the house."""
        if self.line is None:
            self.line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.line
        head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        head += ["Content-Type: application/x-www-form-urlencoded"] if body else []
        head += [f"Cookie: {self.cookie}"] if self.cookie else []
        writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if found := re.search(r"(?im)^set-cookie: ([^;\r]+)", told):
            self.cookie = found[1]
        length = re.search(r"(?im)^content-length: (\d+)", told)
        text = await reader.readexactly(int(length[1])) if length else await chunks(reader)
        return int(told.split(" ", 2)[1]), text.decode()


async def chunks(reader: asyncio.StreamReader) -> bytes:
    """A body whose length was not told before."""
    whole = b""
    while size := int((await reader.readline()).strip() or b"0", 16):
        whole += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return whole
