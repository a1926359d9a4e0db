"""Pictures of results for a notebook, drawn with matplotlib (extra `plot`)."""
