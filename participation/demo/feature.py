"""What the demo offers the house: commands that load it, take it away again, and tell its sign-ins."""

from flask import Flask

from participation.demo import commands
from participation.feature import Feature


def init_app(app: Flask) -> None:
    """Bring the commands along."""
    app.cli.add_command(commands.demo)


feature = Feature(name="demo", init_app=init_app)
