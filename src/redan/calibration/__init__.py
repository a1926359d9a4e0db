"""History and theory against the model: what it must show, and what is fitted to it."""
