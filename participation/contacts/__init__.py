"""Contacts: an e-mail address that somebody gave to hear what becomes of a matter, used only once it is confirmed."""
