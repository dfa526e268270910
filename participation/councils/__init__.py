"""Councils of the Quartier: who sits there, what is discussed, what was decided, and what became of it."""
