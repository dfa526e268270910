"""The search desk on the command line."""

import click
from flask.cli import AppGroup

from participation.search import reindexing

search = AppGroup("search", help="Search: make the index anew.")


@search.command("reindex")
def reindex() -> None:
    """Index everything anew that is public, a few hundred things at a time. The house may stay open meanwhile."""
    for kind, count in reindexing.reindex().items():
        click.echo(f"{kind}: {count}")
