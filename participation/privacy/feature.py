"""What the privacy room offers the house: the log of what was deleted on its day."""

from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.privacy import operations, rules, staff_views

feature = Feature(
    name="privacy",
    blueprints=[staff_views.bp],
    rules=rules,
    staff_navigation=[NavigationItem(_l("Deletion log"), "privacy.runs", rules.read_log)],
    housekeeping=operations.shorten_log,
    note_housekeeping=operations.note,
)
