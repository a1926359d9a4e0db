"""Two made-up courses of which it is known where the first does better."""

from __future__ import annotations

import numpy as np
import polars as pl

from redan.analysis.ensemble import Ensemble


def ensemble(n: int = 200) -> Ensemble:
    """`a` ends sooner where `parameter:men` is large, and takes fewer men everywhere."""
    rng = np.random.default_rng(12)
    men = rng.random(n)
    shared = {
        "replication": range(n),
        "parameter:men": men,
        "parameter:fixed": [1.0] * n,
        "parameter:luck": rng.random(n),
        "taken:town": [None] * n,
        "destroyed_km2": [1.0] * n,
        "residents_left": rng.random(n),
    }
    a = {**shared, "ended": [50 if m > 0.5 else None for m in men], "losses:attacker": [5.0] * n}
    b = {**shared, "ended": [60] * n, "losses:attacker": [6.0] * n}
    table = pl.concat(
        [
            pl.DataFrame({"course": [name] * n, **rows}, schema_overrides={"taken:town": pl.Int32})
            for name, rows in (("a", a), ("b", b))
        ]
    )
    return Ensemble(table, ("a", "b"), ("town",), 100)
