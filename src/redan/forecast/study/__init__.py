"""What a page on a run shows, as plain data: curves, bands, ground, footing, how to rebuild it."""
