"""What this room offers the house: its tables. The desk that keeps them stands in the events room."""

from participation.feature import Feature
from participation.places import models as _tables  # noqa: F401  (the room's tables)

feature = Feature(name="places")
