"""An empty house on each database: SQLite and, where it is installed, PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from participation.app import create_app
from participation.db import Base, engine, session
from participation.settings import Settings
from tests import postgresql
from tests.bench.figures import note
from tests.bench.house import SECRET


def each_database(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """What each database is called, and the address of an empty one for this purpose."""
    yield "SQLite", f"sqlite:///{folder / name}.db"
    if postgresql.binaries() is None:
        note("PostgreSQL is not installed, so it is left out. On Debian or Ubuntu: apt-get install postgresql")
        return
    postgresql.OPTIONS["shared_buffers"] = "128MB"  # as PostgreSQL comes; tests need less
    postgresql.reserve_place()
    try:
        yield "PostgreSQL", postgresql.database_url(f"bench_{name}")
    finally:
        postgresql.clear_place()


@contextmanager
def empty_house(url: str, folder: Path) -> Iterator[Flask]:
    """A house with all tables and no rows, at work until the end of the block."""
    app = create_app(Settings(secret_key=SECRET, database_url=url, data_folder=folder, testing=True))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        Base.metadata.create_all(engine())
        yield app
        session.remove()
    app.extensions["engine"].dispose()
