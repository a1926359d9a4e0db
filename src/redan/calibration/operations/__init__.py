"""Operations of the past: one rule for their forces, what was observed, and the whole front."""
