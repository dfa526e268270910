"""Pages that every public site needs, and the home page that shows what is going on."""
