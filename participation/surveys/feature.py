"""What the surveys room offers the house."""

from flask import Flask

from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.surveys import (
    commands,
    import_views,
    indexing,
    matters,
    operations,
    queries,
    result_views,
    retention,
    rules,
    staff_views,
    views,
)


def init_app(app: Flask) -> None:
    """Bring the commands along."""
    app.cli.add_command(commands.surveys)


feature = Feature(
    name="surveys",
    blueprints=[views.bp, import_views.bp, staff_views.bp, result_views.bp],
    rules=rules,
    navigation=[NavigationItem(_l("Surveys"), "surveys.index")],
    staff_navigation=[NavigationItem(_l("Surveys"), "survey_staff.index", rules.visit)],
    entries=queries.entries,
    findables=indexing.FINDABLES,
    matter=matters.matter,
    holds=matters.holds,
    housekeeping=retention.housekeeping,
    minutely=operations.refresh_results,
    init_app=init_app,
)
