"""What this room offers the house."""

from flask import Flask

from participation.councils import publishing
from participation.feature import Feature
from participation.oparl import commands, views


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(commands.group)


feature = Feature(
    name="oparl",
    plain_blueprints=[views.bp],
    housekeeping=publishing.refresh_tonight,
    init_app=init_app,
)
