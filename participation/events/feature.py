"""What the events room offers the house."""

from participation.events import arrangement_models as _more_tables  # noqa: F401  (as below)
from participation.events import registration_models as _tables  # noqa: F401  (the room's tables)
from participation.events import data_pages, registration_views, rules
from participation.feature import Feature

feature = Feature(
    name="events",
    blueprints=[
        registration_views.bp,
        data_pages.bp,
    ],
    rules=rules,
)
