"""What the post room offers the house."""

import click
from flask import Flask, current_app

from participation import mail
from participation.delivery import deliver
from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.post import mail_views, queries, rules, wording_views


def init_app(app: Flask) -> None:
    """Give the house a command for whoever prefers a timer of the system to the worker."""

    @app.cli.command("deliver-mail")
    def deliver_mail() -> None:
        """Hand over the mails that are due."""
        done = deliver(current_app._get_current_object())  # type: ignore[attr-defined]  # Werkzeug's proxy
        click.echo(", ".join(f"{name}: {number}" for name, number in done.items()))


feature = Feature(
    name="post",
    blueprints=[mail_views.bp, wording_views.bp],
    rules=rules,
    staff_navigation=[
        NavigationItem(_l("Texts of mails"), "post_wordings.index", rules.edit_wordings),
        NavigationItem(_l("Mailbox"), "post_mail.index", rules.see_fates),
    ],
    duties=queries.duties,
    housekeeping=mail.tidy,
    init_app=init_app,
)
