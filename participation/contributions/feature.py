"""What the contributions room offers the house."""

from participation import text_words
from participation.contributions import comment_pages, queries, rules, staff_views, translation_views
from participation.feature import Feature, NavigationItem
from participation.i18n import _l


def housekeeping() -> dict[str, int]:
    """The words of all texts are counted anew, and those that nobody uses any more are gone."""
    return {"words": text_words.recount()}


def minutely() -> dict[str, int]:
    """The words of a new house are counted without waiting for the night."""
    return {"words": text_words.recount_if_never_counted()}


feature = Feature(
    name="contributions",
    blueprints=[comment_pages.bp, staff_views.bp, translation_views.bp],
    rules=rules,
    staff_navigation=[NavigationItem(_l("Translations"), "translation_staff.index", rules.visit)],
    duties=queries.duties,
    housekeeping=housekeeping,
    minutely=minutely,
)
