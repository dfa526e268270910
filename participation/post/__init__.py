"""The post room: what became of each mail, and the texts that the house writes to people."""
