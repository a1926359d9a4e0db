"""Second stage of the fit: campaigns against the front, both seen on the 2.5 km grid of the data."""
