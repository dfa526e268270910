"""What the accounts room offers the house."""

from flask import Flask

from participation.accounts import commands, operations, own_views, rules, signing_in, staff_views, views
from participation.feature import Feature, NavigationItem
from participation.i18n import _l

# Three files share one set of addresses; reading them is what opens their doors.
VIEWS = (views, own_views, staff_views)


def init_app(app: Flask) -> None:
    """Let the house know who asks, and give it the commands."""
    signing_in.init_app(app)
    app.cli.add_command(commands.group)


feature = Feature(
    name="accounts",
    blueprints=[views.bp],
    rules=rules,
    staff_navigation=[
        NavigationItem(_l("Today"), "accounts.staff_home", rules.enter_office),
        NavigationItem(_l("Staff accounts"), "accounts.staff", rules.manage_staff),
        NavigationItem(_l("Audit log"), "accounts.audit_log", rules.read_audit),
        NavigationItem(_l("My account"), "accounts.own_account", rules.enter_office),
    ],
    housekeeping=operations.tidy,
    init_app=init_app,
)
