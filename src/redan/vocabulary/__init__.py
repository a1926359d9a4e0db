"""Quantities, codes, array types, parameters and errors that every other package shares."""
