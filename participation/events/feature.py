"""What the events room offers the house."""

from participation.events import registration_models as _tables  # noqa: F401  (the room's tables)
from participation.events import rules
from participation.feature import Feature

feature = Feature(
    name="events",
    rules=rules,
)
