"""Commands for the demo city."""

import click
from flask.cli import AppGroup

from participation.db import session
from participation.demo import operations

demo = AppGroup("demo", help="The demo city: load it, remove it, show its sign-ins.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Only where there are no surveys and no accounts yet.")
def load(*, if_empty: bool) -> None:
    """Load the demo city with its surveys, responses and staff accounts."""
    with session.begin():
        if if_empty and not operations.is_house_empty():
            return  # each start asks this, and there is nothing to tell
        operations.load()
    click.echo("The demo city is loaded.")


@demo.command("remove")
def remove() -> None:
    """Take away everything that belongs to the demo city, and nothing else."""
    with session.begin():
        operations.remove()
    click.echo("The demo city is gone.")


@demo.command("sign-ins")
def sign_ins() -> None:
    """Show the demo's staff accounts with the passwords made on this machine."""
    for line in operations.sign_in_lines():
        click.echo(line)
