"""What every test starts from: an empty house in memory, a stopped clock where one is wanted, a real PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation import clock
from participation.app import create_app
from participation.db import Base, engine, session
from participation.settings import Settings

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
SECRET = "for tests only, long enough to be accepted"


@pytest.fixture(scope="session")
def sqlite_house() -> Flask:
    """One application for all tests that do not need PostgreSQL."""
    app = create_app(Settings(secret_key=SECRET, database_url="sqlite://", testing=True))
    app.config["WTF_CSRF_ENABLED"] = False  # tests/test_security.py switches it on again
    with app.app_context():
        Base.metadata.create_all(engine())
    return app


@pytest.fixture(scope="session")
def empty_tables(sqlite_house: Flask) -> bytes:
    """The bytes of a database with all tables and no rows."""
    with sqlite_house.app_context():
        return _sqlite_connection(sqlite_house).serialize()


@pytest.fixture
def app(sqlite_house: Flask, empty_tables: bytes) -> Iterator[Flask]:
    """The house, empty."""
    with sqlite_house.app_context():
        _sqlite_connection(sqlite_house).deserialize(empty_tables)
        yield sqlite_house
        session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def stop_clock(monkeypatch: pytest.MonkeyPatch):
    """Set the present moment: stop_clock(2026, 4, 1, 12)."""

    def stop(*moment: int) -> datetime:
        stopped = datetime(*moment, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: stopped)
        return stopped

    return stop


@pytest.fixture
def samples() -> Path:
    """Real files made by others; they are not part of the project."""
    if not SAMPLES.is_dir():
        pytest.skip("the sample files are not here")
    return SAMPLES


def _sqlite_connection(app: Flask) -> sqlite3.Connection:
    with app.extensions["engine"].connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw
