"""Before and just after the doors open: a secret, tables that are up to date, and a demo city where there is nothing.

Run as `python -m participation.preparing`; with --greet it waits for the server and then tells where to go.
"""

import os
import secrets
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from participation.settings import database_url

if TYPE_CHECKING:
    from flask import Flask

VERSIONS = Path(__file__).parent / "migrations" / "versions"
PATIENCE_SECONDS = 60
CURRENT_STEP = "SELECT version_num FROM alembic_version"


def make_secret_file(path: Path) -> None:
    """A secret of this machine's own, readable by its owner only; one that is there stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32) + "\n")


def is_up_to_date(url: str) -> bool:
    """Whether the tables are at the newest step. Asked without loading the application, which takes a second."""
    newest = max((path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py")), default=None)
    return newest is not None and current_step(database_url(url)) == newest


def current_step(url: str) -> str | None:
    """The step that the database is at, or None when it cannot tell."""
    if not url.startswith("sqlite:///"):
        return _current_step_of_postgresql(url)
    path = Path(url.removeprefix("sqlite:///")).absolute()
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(CURRENT_STEP).fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def _current_step_of_postgresql(url: str) -> str | None:
    import psycopg  # takes a while, and most start on SQLite

    try:
        with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=3) as connection:
            found = connection.execute(CURRENT_STEP).fetchone()
    except psycopg.Error:
        return None
    return str(found[0]) if found else None


def prepare(app: "Flask") -> None:
    """Bring the tables up to date and load the demo city where there is nothing yet. What is there stays as it is."""
    if not is_up_to_date(app.config["SETTINGS"].database_url):
        run_command(app, "db", "upgrade")
    run_command(app, "demo", "load", "--if-empty")


def greet(app: "Flask") -> None:
    """Tell where the house is and how to get in."""
    run_command(app, "demo", "sign-ins")
    print(f"\nOpen {app.config['SETTINGS'].public_url} in your browser. Ctrl-C ends it.\n", flush=True)  # noqa: T201  (for the terminal)


def run_command(app: "Flask", *words: str) -> None:
    """The same as flask --app wsgi WORDS, without another process."""
    with app.app_context():
        app.cli.main(list(words), prog_name="flask", standalone_mode=False)


def server_address(host: str, port: str) -> str:
    """Where the server can be asked from this machine."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def wait_for_server(url: str) -> bool:
    """Whether the server answered in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310  (our own address)
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False


def main() -> None:
    """Prepare, and with --greet do it while the server is already at work."""
    is_greeting = "--greet" in sys.argv
    if is_greeting and not wait_for_server(server_address(os.environ["HOST"], os.environ["PORT"])):
        return
    from wsgi import app  # not earlier: it takes the time that the server needs for its start

    prepare(app)
    if is_greeting:
        greet(app)


if __name__ == "__main__":
    main()
