"""The command line (DESIGN 10)."""
