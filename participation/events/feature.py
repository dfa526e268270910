"""What the events room offers the house."""

from participation.events import (
    afterwards_views,
    calendar_pages,
    data_pages,
    door_views,
    life_views,
    own_pages,
    poster_views,
    registration_pages,
    registration_views,
    rules,
    views,
)
from participation.events import arrangement_models as _more_tables  # noqa: F401  (as below)
from participation.events import registration_models as _tables  # noqa: F401  (the room's tables)
from participation.feature import Feature, NavigationItem
from participation.i18n import _l

feature = Feature(
    name="events",
    blueprints=[
        views.bp,
        calendar_pages.bp,
        registration_pages.bp,
        own_pages.bp,
        registration_views.bp,
        data_pages.bp,
        life_views.bp,
        door_views.bp,
        afterwards_views.bp,
        poster_views.bp,
    ],
    rules=rules,
    navigation=[NavigationItem(_l("Events"), "events.index")],
)
