"""What the demo offers the house: commands that load it, take it away again, and tell its sign-ins."""

from datetime import timedelta

from flask import Flask

from participation.demo import commands, operations
from participation.feature import Feature
from participation.memory import remembered

LIFETIME = timedelta(minutes=1)


def is_shown() -> bool:
    """Whether this is the demo city, so that every page says so."""
    return remembered("demo", operations.is_loaded, LIFETIME)


def init_app(app: Flask) -> None:
    """Bring the commands along, and the mark on every page."""
    app.cli.add_command(commands.demo)
    app.jinja_env.globals["is_demo"] = is_shown


feature = Feature(name="demo", init_app=init_app)
