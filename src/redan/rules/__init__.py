"""One file per law: plain compiled functions with equation, units, source and limits. No rule imports
another.
"""
