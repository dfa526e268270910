"""Dialogue events: published for everybody, registered for without an account, counted at the door, and reported on."""
