"""Keyed draws, inverse distributions, graph search and the compile decorators: numba and numpy only."""
