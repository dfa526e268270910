"""What the districts room offers the house."""

from participation.feature import Feature

feature = Feature(name="districts")
