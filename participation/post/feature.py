"""What the post room offers the house."""

from participation import mail as _mail  # noqa: F401
from participation.feature import Feature

feature = Feature(name="post")
