"""What the ideas room offers the house."""

from participation.feature import Feature
from participation.ideas import models as _models  # noqa: F401
from participation.ideas import scopes

feature = Feature(
    name="ideas",
    scopes=scopes.scopes,
)
