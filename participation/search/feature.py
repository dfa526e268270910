"""What this room offers the house."""

from participation.feature import Feature

feature = Feature(name="search")
