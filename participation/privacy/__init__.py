"""Privacy: what is due is deleted by itself, and the log tells how much."""
