"""Commands for the interface for other machines."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from participation.councils import publishing
from participation.councils.models import Council
from participation.db import session

group = AppGroup("oparl", help="The OParl interface: make it anew.")


@group.command("refresh")
def refresh() -> None:
    """Write everything public about councils anew; what has not changed keeps its dates."""
    with session.begin():
        numbers = session.scalars(select(Council.id).order_by(Council.id)).all()
    for number in numbers:  # one at a time, so that nobody else has to wait for all of them
        with session.begin():
            publishing.refresh_whole(session.get_one(Council, number))
        session.expunge_all()
    with session.begin():
        publishing.bury()
        publishing.refresh_house()
    click.echo(f"Councils written for the OParl interface: {len(numbers)}")
