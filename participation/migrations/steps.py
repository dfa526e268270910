"""Going up and down the steps, each time in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from participation.db import make_engine

FOLDER = Path(__file__).parent


class DanglingRowsError(Exception):
    """A step would leave rows that point to nothing."""


def configuration(connection: Connection) -> Config:
    """What Alembic needs to know; all the rest stands in env.py."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def migrating(database: Engine) -> Iterator[Config]:
    """One transaction for all steps; whatever fails leaves the database as it was.

    SQLite changes a table by copying it and dropping the old one. With foreign keys watched, the drop would delete
    every row that points there, so they are unwatched meanwhile and checked before the commit.
    """
    with database.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield configuration(connection)
                if is_sqlite and driver.execute("PRAGMA foreign_key_check").fetchone():
                    raise DanglingRowsError
        finally:
            if is_sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


def upgrade(database: Engine, revision: str = "head") -> None:
    """Bring the tables up to date."""
    with migrating(database) as config:
        command.upgrade(config, revision)


def downgrade(database: Engine, revision: str) -> None:
    """Go back to an earlier step."""
    with migrating(database) as config:
        command.downgrade(config, revision)


def show_current(database: Engine) -> None:
    """Print which step the database is at."""
    with migrating(database) as config:
        command.current(config, verbose=True)


def write(name: str) -> None:
    """Write a new step: how the models differ from what all steps so far have made."""
    number = len(list((FOLDER / "versions").glob("[0-9]*.py"))) + 1
    scratch = make_engine("sqlite://")
    upgrade(scratch)
    with migrating(scratch) as config:
        command.revision(config, message=name, autogenerate=True, rev_id=f"{number:04}")
