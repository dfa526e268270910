"""What the search desk offers the house."""

from flask import Flask

from participation.feature import Feature
from participation.search import commands, views


def init_app(app: Flask) -> None:
    """Bring the commands along."""
    app.cli.add_command(commands.search)


feature = Feature(name="search", blueprints=[views.bp], init_app=init_app)
