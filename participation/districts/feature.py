"""What the districts room offers the house."""

from flask import Flask

from participation.districts import commands, import_views, operations, rules, staff_views, views
from participation.feature import Feature, NavigationItem
from participation.i18n import _l


def init_app(app: Flask) -> None:
    """Bring the commands along."""
    app.cli.add_command(commands.districts)


feature = Feature(
    name="districts",
    blueprints=[views.bp, staff_views.bp, import_views.bp],
    rules=rules,
    navigation=[NavigationItem(_l("Districts"), "districts.index")],
    staff_navigation=[NavigationItem(_l("Districts"), "district_staff.index", rules.manage)],
    housekeeping=operations.forget_old_drafts,
    init_app=init_app,
)
