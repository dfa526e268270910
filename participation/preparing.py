"""Before the doors open: a secret, tables that are up to date, and a demo city where there is nothing yet."""

import os
import secrets
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, inspect, text

from participation.db import engine
from participation.migrations import commands as migrations

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def make_secret_file(path: Path) -> None:
    """A secret of this machine's own, readable by its owner only; one that is there stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32) + "\n")


def prepare(app: Flask) -> None:
    """Bring the tables up to date and show a demo city to whoever has nothing yet. What is there stays as it is."""
    with app.app_context():
        if not is_up_to_date(engine()):
            migrations.steps().upgrade(engine())
    for words in (["demo", "load", "--if-empty"], ["demo", "sign-ins"]):
        with app.app_context():
            app.cli.main(words, prog_name="flask", standalone_mode=False)


def is_up_to_date(database: Engine) -> bool:
    """Whether the database is at the newest step, told without loading Alembic."""
    if not inspect(database).has_table("alembic_version"):
        return False
    newest = max((path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py")), default=None)
    with database.connect() as connection:
        return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == newest)
