"""Who is likely to hold what ground: cells, towns, and the line of contact of day 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import h3
import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.runs.folder import RunFolder
from redan.scenario.scenario import Scenario

#: [decimals of a degree] a town's point and the line are coarse, and are shown so.
COARSE: Final = 2


def ground(run: RunFolder, scenario: Scenario, days: Sequence[int]) -> dict[str, Any]:
    """In how many replications the attacker holds each cell, at the end of the week that each day is in.

    Returns
    -------
    `cells` (H3), `days` (last days of the weeks), `n`: course -> day -> replications by cell, `area_km2`:
    course -> day -> ground gained, `line`, `towns` with `p`: course -> probability by day.
    """
    weeks = [day // 7 for day in days]
    counts = held(run, [0, *weeks])
    ids = cells(run)
    areas = np.array([h3.cell_area(cell, unit="km^2") for cell in ids])
    place = {cell: index for index, cell in enumerate(ids)}
    resolution = h3.get_resolution(ids[0])
    towns = []
    for point in scenario.points().values():
        at = place.get(h3.latlng_to_cell(point.lat, point.lon, resolution))
        if at is not None:
            towns.append(
                {
                    "name": point.name,
                    "objective": point.name in scenario.objectives,
                    "lon": round(point.lon, COARSE),
                    "lat": round(point.lat, COARSE),
                    "residents": point.residents,
                    "p": {course: (counts[course][1:, at] / run.done).tolist() for course in run.courses},
                }
            )
    return {
        "resolution": resolution,
        "cells": ids,
        "area_km2": float(areas.sum()),
        "days": [7 * week for week in weeks],
        "n": {course: counts[course][1:].tolist() for course in run.courses},
        "gained_km2": {course: _gained(counts[course], run.done, areas) for course in run.courses},
        "line": _line(scenario),
        "towns": towns,
    }


def cells(run: RunFolder) -> list[str]:
    """H3 ids of the cells of a run, in the order of its tables."""
    first = run.control.filter((pl.col("course") == run.courses[0]) & (pl.col("week") == 0))
    return [h3.int_to_str(int(cell)) for cell in first["cell"]]


def held(run: RunFolder, weeks: Sequence[int]) -> Mapping[str, NDArray[np.int64]]:
    """Replications in which the attacker holds each cell: course -> [week, cell]."""
    control = run.control.filter(pl.col("week").is_in(sorted(set(weeks))))
    found = {}
    for course in run.courses:
        own = control.filter(pl.col("course") == course)
        by_week = {
            int(week): table["n_attacker"].to_numpy().astype(np.int64)
            for (week,), table in own.partition_by("week", as_dict=True).items()
        }
        found[course] = np.stack([by_week[week] for week in weeks])
    return found


def _gained(counts: NDArray[np.int64], n: int, areas: NDArray[np.float64]) -> list[dict[str, float]]:
    """Ground taken since day 0, by day: mean over replications, and what is taken more likely than not."""
    share = counts / n
    return [
        {
            "mean": float(((share[i] - share[0]) * areas).sum()),
            "likely": float(areas[(share[i] >= 0.5) & (share[0] < 0.5)].sum()),
        }
        for i in range(1, len(share))
    ]


def _line(scenario: Scenario) -> dict[str, Any] | None:
    """The line of contact of day 0; None where the attacker begins at his supply sources."""
    vertices = scenario.control_line()
    if vertices is None or scenario.control is None:
        return None
    return {
        "date": scenario.control.date.isoformat(),
        "source": scenario.control.source,
        "grade": scenario.control.grade,
        "points": [[round(float(lon), COARSE), round(float(lat), COARSE)] for lon, lat in vertices],
    }
