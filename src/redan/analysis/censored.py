"""Days of events when some never come by the horizon: quantiles, probabilities, restricted means.

Here a day is a float; an event that had not come by the horizon has the day `inf` (it is censored there,
all that is known is that its day lies beyond). Nothing below invents a day past the horizon.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]


def of_course(replications: pl.DataFrame, course: str) -> pl.DataFrame:
    """Return the rows of one course, in the order of their replications."""
    return replications.filter(pl.col("course") == course).sort("replication")


def event_days(rows: pl.DataFrame, event: str) -> F64:
    """Return the days of an event over the rows of one course, `inf` where it never came."""
    days = rows[event].to_numpy().astype(np.float64)  # null becomes NaN
    return np.where(np.isnan(days), math.inf, days)


def probability(days: ArrayLike) -> tuple[float, float]:
    """Share of replications in which the event came, and its standard error sqrt(p (1 - p) / n).

    The error says how well `n` replications measure the model's probability, not how well the model
    measures the world. At 0 and 1 it is 0: the true share is then within about 3 / n (rule of three).
    """
    came = np.isfinite(np.asarray(days, dtype=np.float64))
    p = float(came.mean())
    return p, math.sqrt(p * (1.0 - p) / came.size)


def probability_by(days: ArrayLike, day: float) -> float:
    """Share of replications in which the event came on or before a day inside the horizon."""
    return float((np.asarray(days, dtype=np.float64) <= day).mean())


def day_quantile(days: ArrayLike, level: float) -> float | None:
    """Earliest day by which at least `level` of the replications had the event; None past the horizon.

    A step of the distribution itself (no interpolation), so it is None exactly where fewer than `level` of
    the replications had the event.
    """
    ordered = np.sort(np.asarray(days, dtype=np.float64))
    # The tolerance keeps 0.1 * 30 = 3.0000000000000004 from asking for a fourth replication.
    position = max(math.ceil(level * ordered.size - 1e-9) - 1, 0)
    found = float(ordered[position])
    return found if math.isfinite(found) else None


def day_quantiles(days: ArrayLike, levels: Sequence[float]) -> dict[str, float | None]:
    """Return `day_quantile` at several levels, by name (`p50`)."""
    return {f"p{round(level * 100):02d}": day_quantile(days, level) for level in levels}


def restricted_days(days: ArrayLike, horizon_days: float) -> F64:
    """Return the event's day or the horizon, whichever is first: identified for every replication."""
    found: F64 = np.minimum(np.asarray(days, dtype=np.float64), float(horizon_days))
    return found


def restricted_mean_days(days: ArrayLike, horizon_days: float) -> float:
    """Mean of the event's day or the horizon, whichever is first (area under the survival curve)."""
    return float(restricted_days(days, horizon_days).mean())


def quantile_with_infinities(values: NDArray[Any], level: float) -> float:
    """Quantile by linear interpolation where values may be infinite: infinite if either neighbour is."""
    ordered = np.sort(values)
    place = (ordered.size - 1) * level
    lower = math.floor(place)
    part = place - lower
    first = float(ordered[lower])
    if part == 0.0:
        return first
    second = float(ordered[lower + 1])
    if not (math.isfinite(first) and math.isfinite(second)):
        return first if not math.isfinite(first) else second
    return first + part * (second - first)
