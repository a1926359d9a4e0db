"""Strips: invented rectangular theatres, of the same array types as real ones."""
