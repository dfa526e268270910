"""Ideas of residents: sent without an account, read and supported by others, answered by the city."""
