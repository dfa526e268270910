"""What the contacts room offers the house."""

from participation.contacts import models as _models  # noqa: F401  (the room's tables)
from participation.contacts import operations, views, wordings
from participation.feature import Feature

feature = Feature(
    name="contacts",
    blueprints=[views.bp],
    wordings=wordings.ALL,
    housekeeping=operations.tidy,
)
