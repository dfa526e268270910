"""What the ideas room offers the house."""

from participation.feature import Feature
from participation.ideas import models as _models  # noqa: F401

feature = Feature(name="ideas")
