"""What the contacts room offers the house."""

from participation.contacts import models as _models  # noqa: F401
from participation.feature import Feature

feature = Feature(name="contacts")
