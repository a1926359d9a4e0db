"""The outside view: what past battles say of how long, pooled with what the simulator says."""
