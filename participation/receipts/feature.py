"""What the receipts room offers the house: the door for everybody who comes back with a code."""

from participation.feature import Feature

feature = Feature(name="receipts")
