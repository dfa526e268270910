"""Makers: one saved thing per call, with only the facts that matter spelled out."""
