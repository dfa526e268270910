"""What every test starts from: an empty house, a stopped clock where one is wanted, a real PostgreSQL."""

import contextvars
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest
from babel.support import NullTranslations
from flask import Flask, has_app_context
from flask.testing import FlaskClient

from participation import clock, i18n
from participation.app import create_app
from participation.db import Base, engine, session
from participation.settings import Settings
from tests import postgresql

# How long one example takes says more about the machine than about the house.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
SCRATCH = Path(tempfile.gettempdir())
SECRET = "for tests only, long enough to be accepted"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgresql.reserve_place()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgresql.clear_place()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `databases` runs twice: what must hold, holds on both."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def not_installed(what: str) -> NoReturn:
    """Skip a test whose tools are missing; where all is meant to be checked, that is a failure."""
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


class HouseClient(FlaskClient):
    """A visitor's browser.

    What a test has made is saved before the visitor knocks, and the visit happens in a context of its own, as on the
    server: nothing is left over from an earlier visit, and what the test holds is read anew afterwards.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            session.commit()
        kwargs.setdefault("buffered", True)  # a streamed answer needs its context to the end
        return contextvars.Context().run(super().open, *args, **kwargs)


def make_house(url: str, folder: Path = SCRATCH) -> Flask:
    """An application on the given database, which keeps its files in the given folder."""
    app = create_app(Settings(secret_key=SECRET, database_url=url, data_folder=folder, testing=True))
    app.config["WTF_CSRF_ENABLED"] = False  # tests/test_security.py switches it on again
    app.test_client_class = HouseClient
    return app


@pytest.fixture(autouse=True)
def sentences_of_the_code(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every language speaks as the code does, so that a better translation breaks no test.

    Tests about the translations themselves are marked `translated`.
    """
    if request.node.get_closest_marker("translated") is None:
        untranslated = NullTranslations()
        monkeypatch.setattr(i18n, "catalogue", lambda _tag, _domain="messages": untranslated)


@pytest.fixture(scope="session")
def sqlite_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests that do not need PostgreSQL."""
    app = make_house("sqlite://", tmp_path_factory.mktemp("house"))
    with app.app_context():
        Base.metadata.create_all(engine())
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def empty_tables(sqlite_house: Flask) -> bytes:
    """The bytes of a database with all tables and no rows."""
    with sqlite_house.app_context():
        return _sqlite_connection(sqlite_house).serialize()


@pytest.fixture(scope="session")
def postgresql_url(worker_id: str) -> str:
    """A fresh database on a cluster that exists for these tests only."""
    if postgresql.binaries() is None:
        not_installed("PostgreSQL is not installed. On Debian or Ubuntu: apt-get install postgresql")
    return postgresql.database_url(f"house_{worker_id}")


@pytest.fixture(scope="session")
def postgresql_house(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests that run on PostgreSQL as well."""
    app = make_house(postgresql_url, tmp_path_factory.mktemp("house"))
    with app.app_context():
        Base.metadata.create_all(engine())
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on: see pytest_generate_tests."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def app(database: str, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The house, empty."""
    house: Flask = request.getfixturevalue(f"{database}_house")
    house.extensions["memory"].clear()
    with house.app_context():
        if database == "sqlite":
            _empty(_sqlite_connection(house), request.getfixturevalue("empty_tables"))
        else:
            with engine().begin() as connection:
                postgresql.empty(connection)
        yield house
        session.remove()


@pytest.fixture
def file_app(tmp_path: Path, empty_tables: bytes) -> Iterator[Flask]:
    """The house on a database file, for tests in which two people do something at the same time."""
    path = tmp_path / "house.db"
    path.write_bytes(empty_tables)
    house = make_house(f"sqlite:///{path}", tmp_path)
    with house.app_context():
        yield house
        session.remove()
    house.extensions["engine"].dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def busy_app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The house on a database that several requests can reach at once."""
    if request.param == "sqlite":
        yield request.getfixturevalue("file_app")
        return
    house: Flask = request.getfixturevalue("postgresql_house")
    with house.app_context():
        with engine().begin() as connection:
            postgresql.empty(connection)
        yield house
        session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def stop_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
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


def _empty(connection: sqlite3.Connection, empty_tables: bytes) -> None:
    """Back to tables without rows. A cursor that a failed test left open would crash a plain deserialize()."""
    if connection.in_transaction:
        connection.rollback()
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.deserialize(empty_tables)
        empty.backup(connection)


def _sqlite_connection(app: Flask) -> sqlite3.Connection:
    with app.extensions["engine"].connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw
