"""Writes scenarios to start from: about a real town, on an invented island, or from a text that was read."""
