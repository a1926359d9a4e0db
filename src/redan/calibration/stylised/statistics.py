"""Statistics of the facts, each with a 90 % interval from resampling whole groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Sample = Mapping[str, F64]
RESAMPLES: Final = 500
CONFIDENCE: Final = 0.90
LEAST: Final = 5  # values below which nothing is said


@dataclass(frozen=True)
class Estimate:
    """A number with its interval; NaN where the sample did not allow one."""

    value: float
    low: float
    high: float
    n: int


NOTHING: Final = Estimate(np.nan, np.nan, np.nan, 0)


def estimate(
    statistic: Callable[[Sample], float], sample: Sample, *, groups: NDArray[np.int64] | None = None
) -> Estimate:
    """A statistic and the 5th and 95th percentiles of its bootstrap.

    Parameters
    ----------
    statistic
        From columns of equal length to a number, NaN where it is not defined.
    sample
        The columns; rows of two paired ensembles stand beside each other.
    groups
        [row] number of the group a row belongs to; whole groups are resampled (rows of one battle).
    """
    n = len(next(iter(sample.values())))
    if n < LEAST:
        return NOTHING
    value = float(statistic(sample))
    rng = np.random.default_rng(n)  # the same sample always gives the same interval
    members = _members(n, groups)
    found = []
    for _ in range(RESAMPLES):
        chosen = rng.integers(0, len(members), len(members))
        rows = np.concatenate([members[k] for k in chosen]) if groups is not None else chosen
        found.append(float(statistic({name: column[rows] for name, column in sample.items()})))
    known = np.array(found)[np.isfinite(found)]
    if not np.isfinite(value) or known.size < RESAMPLES / 2:
        return NOTHING
    tail = 0.5 - 0.5 * CONFIDENCE
    low, high = np.quantile(known, [tail, 1.0 - tail])
    return Estimate(value, float(low), float(high), n)


def _members(n: int, groups: NDArray[np.int64] | None) -> list[NDArray[np.int64]]:
    if groups is None:
        return [np.array([k]) for k in range(n)]
    return [np.flatnonzero(groups == group) for group in np.unique(groups)]


def median(values: F64) -> float:
    """Median of the finite values, NaN where there are too few."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size >= LEAST else float("nan")


def _mean(values: F64) -> float:
    """Mean of the finite values, NaN where there is none."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def mean_ratio(above: str, below: str) -> Callable[[Sample], float]:
    """Ratio of the means of two columns, each over its finite values."""

    def ratio(sample: Sample) -> float:
        over, under = (_mean(sample[name]) for name in (above, below))
        return over / under if under > 0.0 else float("nan")

    return ratio


def slope(x: F64, y: F64) -> float:
    """Least-squares slope of y on x over the rows where both are finite."""
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < LEAST or np.ptp(x[known]) == 0.0:
        return float("nan")
    return float(np.polyfit(x[known], y[known], 1)[0])


def log_or_nan(values: F64) -> F64:
    """Natural logarithm, NaN where there is none."""
    return np.log(np.where(values > 0.0, values, np.nan))
