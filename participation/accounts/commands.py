"""flask --app wsgi accounts …: the way to the first account, as no default account exists (V14)."""

import click
from flask.cli import AppGroup

from participation.accounts import operations, queries
from participation.accounts.models import Role
from participation.accounts.staff_views import link_address
from participation.db import session
from participation.errors import Refused

group = AppGroup("accounts", help="Accounts of staff.")


@group.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="The name that others in the office see.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ADMINISTRATOR.value)
def invite(email: str, name: str, role: str) -> None:
    """Invite somebody and print the link with which they choose a password; it works once, for 48 hours."""
    try:
        with session.begin():
            _user, token = operations.invite(email, name, Role(role))
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(link_address(token))


@group.command("reset")
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="The second factor must be set up again as well.")
def reset(email: str, *, second_factor: bool) -> None:
    """Print a new link for an account, for example when the only administrator has lost the phone."""
    with session.begin():
        user = queries.user_by_email(email)
        if user is None:
            raise click.ClickException("There is no account with this e-mail address.")
        token = operations.issue_link(user, renews_second_factor=second_factor)
    click.echo(link_address(token))
