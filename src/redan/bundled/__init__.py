"""Data only: scenarios that ship in the wheel."""
