"""What the media room offers the house."""

from participation.feature import Feature
from participation.media import models as _models  # noqa: F401

feature = Feature(name="media")
