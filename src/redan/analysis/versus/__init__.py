"""Alternatives side by side on the same luck: courses, variants, scenarios."""
