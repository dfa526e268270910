"""Accounts: staff sign in with a second factor; residents never need an account."""
