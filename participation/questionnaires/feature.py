"""What the questionnaires room offers the house: its tables and tools; it has no pages of its own."""

from participation.feature import Feature

feature = Feature(name="questionnaires")
