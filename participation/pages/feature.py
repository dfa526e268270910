"""What the pages room offers the house."""

from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.pages import indexing, operations, rules, staff_views, views

feature = Feature(
    name="pages",
    blueprints=[views.bp, staff_views.bp],
    rules=rules,
    staff_navigation=[
        NavigationItem(_l("Pages"), "pages_staff.index", rules.edit),
        NavigationItem(_l("Reports of barriers"), "pages_staff.reports", rules.answer_reports),
    ],
    matter=views.matter,
    holds=views.holds,
    duties=staff_views.duties,
    findables=indexing.FINDABLES,
    housekeeping=operations.erase_old_reports,
    minutely=indexing.index_if_never_done,
)
