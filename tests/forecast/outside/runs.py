"""An invented run about the bundled towns, as the tables hold it: no engine is needed."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from redan.runs.manifest import plain
from redan.scenario.load import load_scenario

NAME = "slavyansk-kramatorsk"
FRONT_KM = {
    "kramatorsk": 19.7, "slavyansk": 24.0, "druzhkivka": 16.5, "kostiantynivka": 9.4, "seversk": 1.0,
    "lyman": 6.4,
}  # fmt: skip


def request(**changes: Any) -> dict[str, Any]:
    scenario = load_scenario(NAME)
    resolved = plain(scenario.resolved())
    return {
        "scenario": NAME,
        "as_of": scenario.as_of.isoformat(),
        "horizon_days": 1095,
        "objectives": list(FRONT_KM),
        "courses": [{"name": "storm", "axes": []}, {"name": "as_is", "axes": []}],
        "resolved": {**resolved, **changes.pop("resolved", {})},
        **changes,
    }


def daily(fronts: dict[str, float] | None = None) -> pl.DataFrame:
    rows = [
        (course, f"front_distance_km:{name}", day, km)
        for course in ("storm", "as_is")
        for name, km in (fronts or FRONT_KM).items()
        for day in (0, 1)
    ]
    return pl.DataFrame(rows, schema=["course", "measure", "day", "p50"], orient="row")


def replications(median_day: float = 700.0, n: int = 200) -> pl.DataFrame:
    """Days about a median, a third of them past the horizon."""
    rng = np.random.default_rng(4)
    table: dict[str, Any] = {"course": ["storm"] * n + ["as_is"] * n, "replication": [*range(n)] * 2}
    for name in FRONT_KM:
        days = np.ceil(median_day * np.exp(rng.normal(0.0, 0.8, 2 * n)))
        table[f"taken:{name}"] = [int(day) if day <= 1095 else None for day in days]
    return pl.DataFrame(table)
