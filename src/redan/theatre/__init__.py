"""A scenario compiled to plain arrays on H3 cells."""
