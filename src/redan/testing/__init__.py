"""Toy theatres, invariants and statistical assertions: for tests and authors of rules. Nothing imports it."""
