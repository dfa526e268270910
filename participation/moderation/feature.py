"""What the moderators' desk offers the house."""

from participation.feature import Feature
from participation.moderation import models as _models  # noqa: F401

feature = Feature(name="moderation")
