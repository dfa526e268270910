"""A city that never was, so that a visitor sees at once what the house can do."""
