"""Typed, closed models of what a person writes in a scenario."""
