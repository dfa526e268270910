"""Receipts: a short code instead of an account, to see what became of a matter, to correct it or to take it back."""
