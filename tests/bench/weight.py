"""What a phone fetches before it shows a page, and when it shows it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench import family
from tests.bench.figures import Figure, note
from tests.bench.house import House, Server, house_server

PAGES = {
    "survey introduction": family.INTRODUCTION,
    "first survey page": family.FIRST,
    "list of ideas": "/ar/ideas/",
    "one idea": "/ar/ideas/1",
    "form for an idea": "/ar/ideas/calls/quartier-ideen/new",
}
MOST_BYTES, MOST_REQUESTS, MOST_MILLISECONDS = 14 * 1024, 2, 800
VIEWS = 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PHONE = {"width": 360, "height": 740}
# Slow 4G and a phone four times slower than this machine.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER = 4
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def figures(house: House) -> Iterator[Figure]:
    """Bytes by themselves, then what a real browser does with them."""
    with house_server(house) as server:
        yield from _bytes(server)
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        if chromium is None:
            note("Chromium is not installed, so nothing is painted. On Debian or Ubuntu: apt-get install chromium")
            return
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for name, path in PAGES.items():
                yield from _views(name, browser, server.url + path)
            browser.close()


# --- Bytes ------------------------------------------------------------------------------------------------------------


def _bytes(server: Server) -> Iterator[Figure]:
    connection = HTTPConnection("127.0.0.1", server.port)
    for name, path in PAGES.items():
        page = _fetch(connection, path, "identity").decode()
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        for encoding in ("br", "gzip"):
            sizes = [len(_fetch(connection, one, encoding)) for one in (path, *styles)]
            yield Figure(f"bytes: {name}, HTML and CSS ({encoding})", sum(sizes), "bytes", MOST_BYTES)
    connection.close()


def _fetch(connection: HTTPConnection, path: str, encoding: str) -> bytes:
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    with connection.getresponse() as response:
        assert response.status == 200, f"{path}: {response.status}"
        return response.read()


# --- A phone ----------------------------------------------------------------------------------------------------------


@dataclass
class View:
    """One first visit, with nothing in the cache."""

    requests: list[str] = field(default_factory=list)
    script_bytes: int = 0
    first_paint: float = 0


def _views(name: str, browser: Browser, url: str) -> Iterator[Figure]:
    seen = [_view(browser, url) for _number in range(VIEWS)]
    yield Figure(f"browser: {name}, requests", max(len(one.requests) for one in seen), "requests", MOST_REQUESTS)
    yield Figure(f"browser: {name}, script", max(one.script_bytes for one in seen), "bytes", 0)
    paint = median(one.first_paint for one in seen)
    yield Figure(f"browser: {name}, first contentful paint", paint, "ms", MOST_MILLISECONDS)


def _view(browser: Browser, url: str) -> View:
    """Open the page on a slow phone in a window that has never been here."""
    view = View()
    context = browser.new_context(viewport=PHONE, locale="tr")
    page = context.new_page()
    developer = context.new_cdp_session(page)
    developer.send("Network.enable")
    developer.send("Network.emulateNetworkConditions", NETWORK)
    developer.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def note_request(sent: dict[str, Any]) -> None:
        if sent["request"]["url"].startswith("http"):
            view.requests.append(sent["request"]["url"])

    def note_response(received: dict[str, Any]) -> None:
        if received["type"] == "Script":
            view.script_bytes += int(received["response"]["headers"].get("content-length", 1))

    developer.on("Network.requestWillBeSent", note_request)
    developer.on("Network.responseReceived", note_response)
    page.goto(url, wait_until="networkidle")
    view.first_paint = page.evaluate(FIRST_PAINT)
    context.close()
    return view
