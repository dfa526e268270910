"""How the tables came to be what they are, step by step, on SQLite and on PostgreSQL."""
