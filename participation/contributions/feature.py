"""What the contributions room offers the house."""

from participation.contributions import models as _models  # noqa: F401
from participation.contributions import rules
from participation.feature import Feature

feature = Feature(
    name="contributions",
    rules=rules,
)
