"""Questions with their logic, put to people page by page: surveys use them, events and calls for ideas will."""
