"""Surveys: residents answer in their own language, staff read the result."""
