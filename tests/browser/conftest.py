"""A real browser in front of the real server: Debian's Chromium, granian, and a database file that tests can fill."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from participation.db import session
from tests.conftest import SECRET, make_house, not_installed

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HERE = Path(__file__).parent
PATIENCE = 30_000  # milliseconds; a busy machine is slow, and nothing that works is waited for so long

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# --- The server ------------------------------------------------------------------------------------------------------


@dataclass
class LiveServer:
    """The production server at work on a database file."""

    url: str
    database: Path
    house: Flask  # the same house in this process, to fill the database with


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory, empty_tables: bytes) -> Iterator[LiveServer]:
    """One server for all browser tests; `app` empties its database before each."""
    database = tmp_path_factory.mktemp("live") / "house.db"
    database.write_bytes(empty_tables)
    port = _free_port()
    environment = {
        **os.environ,
        "SECRET_KEY": SECRET,
        "DATABASE_URL": f"sqlite:///{database}",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DATA_FOLDER": str(database.parent),
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws"]
    server = subprocess.Popen(
        [*command, "--blocking-threads", "4", "--log-level", "warning", "tests.browser.wsgi:app"], env=environment
    )
    house = make_house(f"sqlite:///{database}", database.parent)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", server)
        yield LiveServer(f"http://127.0.0.1:{port}", database, house)
    finally:
        house.extensions["engine"].dispose()
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def app(live_server: LiveServer, empty_tables: bytes) -> Iterator[Flask]:
    """The house behind the live server, empty. What makers save here, the browser sees."""
    with closing(sqlite3.connect(":memory:")) as empty, closing(sqlite3.connect(live_server.database)) as live:
        empty.deserialize(empty_tables)
        empty.backup(live)
    with live_server.house.app_context():
        yield live_server.house
        session.remove()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(url)


# --- The browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium: Playwright does not bring its own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        not_installed("Chromium is not installed. On Debian or Ubuntu: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@dataclass
class Watch:
    """Everything that must not happen while a page is open: script errors, broken rules, calls to other hosts."""

    host: str
    complaints: list[str] = field(default_factory=list)
    refused_pages: set[str] = field(default_factory=set)

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium also reports a page that came with 4xx, which a form with mistakes rightly does.
        is_page_itself = "Failed to load resource" in message.text and message.location["url"] in self.refused_pages
        if message.type == "error" and not is_page_itself:
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != self.host:
            self.complaints.append(f"a request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request() and 400 <= response.status < 500:
            self.refused_pages.add(response.url)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """A new window: open_page(width=1280, height=800, javascript=False, language="ar", dark=True).

    Addresses without a host go to the live server. The test fails when one of its pages breaks a rule of the house.
    """
    contexts: list[BrowserContext] = []
    watch = Watch(urlsplit(live_server.url).netloc)

    def open_one(
        *,
        width: int = PHONE["width"],
        height: int = PHONE["height"],
        language: str = "de",
        javascript: bool = True,
        dark: bool = False,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=language.partition("-")[0],
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.complaints == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A phone's window with scripts, in German."""
    return open_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Ask axe-core about the open page; one line per violation of WCAG 2.2 A and AA, none is the goal."""
    checker = Axe()
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": AXE_RULES}}

    def violations(page: Page) -> list[str]:
        page.wait_for_load_state()
        found = checker.run(page, options=options).response["violations"]
        return [f"{page.url}: {one['id']} at {node['target']}: {one['help']}" for one in found for node in one["nodes"]]

    return violations


@pytest.fixture
def scrolls_sideways() -> Callable[[Page], bool]:
    """Whether the page is wider than its window (A4)."""

    def is_wider(page: Page) -> bool:
        page.wait_for_load_state()  # after a click the new document is there before its first element
        return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    return is_wider
