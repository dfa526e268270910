"""What the privacy room offers the house: the log of what was deleted on its day."""

from participation.feature import Feature

feature = Feature(name="privacy")
