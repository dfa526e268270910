"""What the accounts room offers the house."""

from participation.accounts import models, views  # noqa: F401
from participation.feature import Feature

feature = Feature(name="accounts", blueprints=[views.bp])
