"""Operations of the past: one policy and one rule for their forces, what was observed, and the whole front."""
