"""The moderators' desk: every kind of contribution, decided fairly and quickly, with reasons and a way to object."""
