"""One file per law: compiled plain functions with equation, units, source and limits.

No rule imports another.
"""
