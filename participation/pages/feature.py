"""What the pages room offers the house."""

from participation.feature import Feature

feature = Feature(name="pages")
