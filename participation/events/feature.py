"""What the events room offers the house."""

from participation.events import (
    afterwards_views,
    by_itself,
    calendar_pages,
    call_list_views,
    confirming,
    data_pages,
    door_views,
    duties,
    findables,
    forgetting,
    invitation_views,
    material_views,
    matters,
    message_views,
    needs_views,
    offer_pages,
    own_pages,
    place_views,
    poster_views,
    queries,
    registration_change_views,
    registration_export_views,
    registration_pages,
    registration_views,
    rules,
    series_views,
    session_views,
    setting_views,
    staff_views,
    views,
    wordings,
)
from participation.events import arrangement_models as _more_tables  # noqa: F401  (as below)
from participation.events import registration_models as _tables  # noqa: F401  (the room's tables)
from participation.feature import Feature, NavigationItem
from participation.i18n import _l

DESK = (staff_views, session_views, setting_views, material_views)  # all of them put pages into one blueprint

feature = Feature(
    name="events",
    blueprints=[
        views.bp,
        *dict.fromkeys(desk.bp for desk in DESK),
        place_views.bp,
        place_views.topics_bp,
        calendar_pages.bp,
        registration_pages.bp,
        own_pages.bp,
        offer_pages.bp,
        registration_views.bp,
        registration_export_views.bp,
        registration_change_views.bp,
        needs_views.bp,
        message_views.bp,
        invitation_views.bp,
        data_pages.bp,
        call_list_views.bp,
        series_views.bp,  # and what life_views has put into it
        door_views.bp,
        afterwards_views.bp,
        poster_views.bp,
    ],
    rules=rules,
    matter=matters.matter,
    holds=matters.holds,
    duties=duties.duties,
    news=confirming.news,
    wordings=wordings.WORDINGS,
    minutely=by_itself.minutely,
    housekeeping=forgetting.forget,
    navigation=[NavigationItem(_l("Events"), "events.index")],
    staff_navigation=[
        NavigationItem(_l("Events"), "event_staff.index", rules.visit),
        NavigationItem(_l("People to call"), "call_list.index", rules.visit),
        NavigationItem(_l("Places and rooms"), "place_staff.index", rules.manage_places),
    ],
    entries=queries.entries,
    findables=findables.FINDABLES,
)
