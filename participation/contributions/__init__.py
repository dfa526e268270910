"""Contributions: what residents write for others to read, one shelf for every kind."""
