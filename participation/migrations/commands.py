"""flask --app wsgi db …: bring the tables up to date, or write down how they changed."""

from types import ModuleType

import click
from flask import Flask
from flask.cli import AppGroup

from participation.db import engine

commands = AppGroup("db", help="The database's tables, step by step.")


def steps() -> ModuleType:
    """Alembic takes long to import, and of all that the house does only these commands need it."""
    from participation.migrations import steps

    return steps


@commands.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to date."""
    steps().upgrade(engine(), revision)


@commands.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Go back to REVISION (base: to nothing at all)."""
    steps().downgrade(engine(), revision)


@commands.command("current")
def current() -> None:
    """Tell which step the database is at."""
    steps().show_current(engine())


@commands.command("revision")
@click.argument("name")
def revision(name: str) -> None:
    """Write down how the models differ from the last step, as step NAME."""
    steps().write(name)


def init_app(app: Flask) -> None:
    """Give the house its db commands."""
    app.cli.add_command(commands)
