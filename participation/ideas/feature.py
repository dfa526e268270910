"""What the ideas room offers the house."""

from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.ideas import (
    call_views,
    duties,
    entry_views,
    findables,
    housekeeping,
    map_pages,
    matters,
    processing,
    queries,
    receipt_pages,
    rules,
    scopes,
    sending_pages,
    staff_views,
    views,
    wordings,
)

feature = Feature(
    name="ideas",
    blueprints=[
        views.bp,
        map_pages.bp,
        staff_views.bp,
        call_views.bp,
        call_views.offices_bp,
        sending_pages.bp,
        receipt_pages.bp,
        entry_views.bp,
    ],
    rules=rules,
    matter=matters.matter,
    holds=matters.holds,
    navigation=[NavigationItem(_l("Ideas"), "ideas.index")],
    staff_navigation=[
        NavigationItem(_l("Ideas"), "idea_staff.index", rules.visit),
        NavigationItem(_l("Write down an idea"), "idea_entry.enter", rules.enter),
        NavigationItem(_l("Calls for ideas"), "call_staff.index", rules.manage_calls),
    ],
    entries=queries.entries,
    findables=findables.FINDABLES,
    scopes=scopes.scopes,
    duties=duties.duties,
    news=processing.news,
    wordings=wordings.WORDINGS,
    housekeeping=housekeeping.housekeeping,
    minutely=housekeeping.mix_by_night,
)
