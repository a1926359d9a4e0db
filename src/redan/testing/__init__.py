"""Toy theatres, invariants and statistical assertions, for our tests and for authors of rules. Nothing imports it."""
