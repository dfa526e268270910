"""Districts: the areas of the city in layers that may overlap, and which street lies in which."""
