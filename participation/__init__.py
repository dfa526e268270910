"""A participation platform for residents: they are asked, they are heard, and they get an answer."""
