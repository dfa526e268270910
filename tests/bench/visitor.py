"""A resident's browser without a window: one connection that is kept open, one cookie, forms sent with their token."""

import re
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode

Fields = dict[str, str | list[str]]
# What Chromium sends with a page.
ACCEPT = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "tr,de;q=0.8",
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile",
}


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    location: str

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """Somebody with a cookie; several may share one connection."""

    def __init__(self, connection: HTTPConnection) -> None:
        self.connection = connection
        self.cookie = ""
        self.token = ""
        self.draft = ""

    def get(self, path: str, *, compressed: bool = True) -> Answer:
        """A page; with compressed=False as text that can be read here."""
        encoding = {} if compressed else {"Accept-Encoding": "identity"}
        return self._ask("GET", path, None, {**ACCEPT, **encoding})

    def open_form(self, path: str) -> str:
        """A page with a form, whose hidden fields are kept for the next post(); gives the page."""
        page = self.get(path, compressed=False).text
        self.token, self.draft = hidden(page, "csrf_token"), hidden(page, "draft")
        return page

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form as a browser does."""
        carried = {"draft": self.draft} if self.draft else {}
        body = urlencode({"csrf_token": self.token, **carried, **fields}, doseq=True)
        return self._ask("POST", path, body, {**ACCEPT, "Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self.cookie:
            headers["Cookie"] = self.cookie
        self.connection.request(method, path, body, headers)
        with self.connection.getresponse() as response:
            if cookie := response.headers.get("Set-Cookie"):
                self.cookie = cookie.partition(";")[0]
            return Answer(response.status, response.read(), response.headers.get("Location", ""))


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""
