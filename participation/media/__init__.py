"""Pictures that people send: read, made anew without anything hidden in them, and kept in a few sizes."""
