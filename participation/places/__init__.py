"""The places where people meet: buildings with rooms, kept once and used by every room of the house."""
