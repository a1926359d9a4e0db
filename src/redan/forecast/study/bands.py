"""Measures over time as quantiles over replications: losses, ground, housing, residents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from redan.analysis.censored import of_course
from redan.forecast.study.outcomes import grid, short
from redan.runs.folder import RunFolder
from redan.runs.histogram import LEVELS

SHOWN_LEVELS: Final = (0.10, 0.25, 0.50, 0.75, 0.90)
NAMES: Final = tuple(f"p{round(level * 100):02d}" for level in SHOWN_LEVELS)
#: Over the whole theatre, week by week.
OVER_TIME: Final = (
    "losses:attacker",
    "losses:defender",
    "exchange_ratio",
    "area_gained_km2",
    "destroyed_km2",
    "residents_left",
    "displaced",
)
#: In the footprint of each objective, on the days chosen.
OF_OBJECTIVES: Final = ("destroyed", "residents", "front_distance_km")

assert set(SHOWN_LEVELS) <= set(LEVELS)


def over_time(run: RunFolder) -> dict[str, Any]:
    """Quantiles by week over the whole theatre.

    Returns
    -------
    `days`, and `measures`: measure -> course -> level -> values by day.
    """
    return by_week(run, OVER_TIME)


def by_week(run: RunFolder, measures: Sequence[str]) -> dict[str, Any]:
    """Quantiles by week of some measures, as `over_time`."""
    at = grid(run.horizon_days, ())
    return {"days": at, "measures": _quantiles(run, measures, at)}


def at_days(run: RunFolder, days: Sequence[int]) -> dict[str, Any]:
    """Quantiles on day 0 and on chosen days, of every measure shown over time or by objective."""
    measures = [*OVER_TIME, *(f"{kind}:{name}" for kind in OF_OBJECTIVES for name in run.objectives)]
    at = sorted({0, *days})
    return {"days": at, "measures": _quantiles(run, measures, at)}


def _quantiles(run: RunFolder, measures: Sequence[str], at: Sequence[int]) -> dict[str, Any]:
    """Within the horizon from the daily counts, on its last day from the replications themselves."""
    wanted = (pl.col("measure").cast(pl.String).is_in(list(measures))) & (pl.col("day").is_in(list(at)))
    daily = run.daily.filter(wanted).sort("course", "measure", "day")
    parts = {
        (str(course), str(measure)): table
        for (course, measure), table in daily.partition_by("course", "measure", as_dict=True).items()
    }
    facts = {measure.name: measure for measure in run.measures}
    found: dict[str, Any] = {}
    for name in measures:
        courses = {}
        for course in run.courses:
            values = parts[course, name].select(NAMES).to_numpy().astype(np.float64)
            if at[-1] == run.horizon_days:
                last = of_course(run.replications, course)[name].to_numpy()
                values[-1] = np.quantile(last, SHOWN_LEVELS)
            courses[course] = {level: short(values[:, i]) for i, level in enumerate(NAMES)}
        found[name] = {"unit": facts[name].unit, "meaning": facts[name].meaning, "courses": courses}
    return found
