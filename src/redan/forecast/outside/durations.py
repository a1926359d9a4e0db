"""How long something lasts, learned from durations some of which were still running when last heard of.

Accelerated failure time: the log of the duration is normal (log-normal law) or a smallest extreme value
(Weibull law) about the log of a median. Both are kept, each weighted by how well it explains the data; what
is not known of median and spread is averaged over on a grid, so that a short table gives a wide forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

F64 = NDArray[np.float64]
Family = Literal["log-normal", "Weibull"]
FAMILIES: Final[tuple[Family, ...]] = ("log-normal", "Weibull")
#: Points of the grid this much less likely than the best one are dropped (definition: nothing shows of them).
NEGLIGIBLE: Final = 1e-5
LOG_LN2: Final = float(np.log(np.log(2.0)))


@dataclass(frozen=True)
class Grid:
    """Medians [days] and spreads [-] over which a law is averaged: ends, and how many points between."""

    median_days: tuple[float, float]
    spread: tuple[float, float]
    points: tuple[int, int]


@dataclass(frozen=True)
class Law:
    """What is known of a duration: points of the grid with their weights.

    Attributes
    ----------
    family, log_median, spread, weight
        [point]; the weights sum to 1.
    shares
        How much of the weight each family has.
    """

    family: NDArray[np.int64]
    log_median: F64
    spread: F64
    weight: F64
    shares: dict[Family, float]

    def survival(self, days: F64, *, elapsed: float = 0.0, is_new: bool = True) -> F64:
        """Probability that it lasts longer than `days` more, given that it has lasted `elapsed`.

        Parameters
        ----------
        days : [day]
        elapsed : days it has lasted already
        is_new : the running case itself is not in the data (else its having lasted is counted already)
        """
        at = np.asarray(days, dtype=np.float64)
        before = np.exp(_log_survival(self, np.array([elapsed])))[0]
        later = np.exp(_log_survival(self, elapsed + at))  # [day, point]
        if is_new:
            joint: F64 = later @ self.weight
            return np.asarray(joint / float(before @ self.weight), np.float64)
        return np.asarray((later / np.maximum(before, 1e-300)) @ self.weight, np.float64)

    def median(self) -> float:
        """Median of the mean log-median, days: a figure to name the law by."""
        return float(np.exp(self.log_median @ self.weight))


def learn(
    days: Sequence[float], ended: Sequence[bool], grid: Grid, counts: Sequence[float] | None = None
) -> Law:
    """Learn the law of a duration.

    Parameters
    ----------
    days : [case] duration, or time for which it has been followed; above 0
    ended : [case] false where it was still running, or ended by something else
    grid : where median and spread are looked for; flat on a log scale
    counts : [case] how many cases each counts for, by default one
    """
    log_days = np.log(np.asarray(days, dtype=np.float64))
    over = np.asarray(ended, dtype=bool)
    times = np.ones(log_days.size) if counts is None else np.asarray(counts, dtype=np.float64)
    axes = [
        np.linspace(np.log(low), np.log(high), n)
        for (low, high), n in zip((grid.median_days, grid.spread), grid.points, strict=True)
    ]
    log_median, log_spread = (part.ravel() for part in np.meshgrid(*axes, indexing="ij"))
    spread = np.exp(log_spread)
    z = (log_days[:, None] - log_median) / spread  # [case, point]
    like = np.stack(
        [
            times @ np.where(over[:, None], density - log_spread - log_days[:, None], left)
            for density, left in (_normal(z), _extreme(z))
        ]
    )
    weight = np.exp(like - like.max())
    weight /= weight.sum()
    shares = {name: float(weight[k].sum()) for k, name in enumerate(FAMILIES)}
    kept = weight > NEGLIGIBLE * weight.max()
    family, point = np.nonzero(kept)
    chosen = weight[kept]
    return Law(family, log_median[point], spread[point], chosen / chosen.sum(), shares)


def _normal(z: F64) -> tuple[F64, F64]:
    """Log density and log survival of a standard normal."""
    return -0.5 * z**2 - 0.5 * np.log(2.0 * np.pi), special.log_ndtr(-z)


def _extreme(z: F64) -> tuple[F64, F64]:
    """Log density and log survival of the smallest extreme value with median 0."""
    risk = np.exp(np.minimum(z + LOG_LN2, 600.0))
    return z + LOG_LN2 - risk, -risk


def _log_survival(law: Law, days: F64) -> F64:
    """Log probability of lasting longer than `days` [day], for each point of the grid: [day, point]."""
    with np.errstate(divide="ignore"):
        z = (np.log(days)[:, None] - law.log_median) / law.spread
    return np.where(law.family == 0, _normal(z)[1], _extreme(z)[1])


def incidence(stops: F64, other: F64) -> F64:
    """Share ended by one of two independent causes by the end of each day.

    Parameters
    ----------
    stops : [day] share that the cause alone would have left, at the end of day 0, 1, 2 ...
    other : [day] the same for the other cause

    Returns
    -------
    [day] cumulative incidence: within a day both causes act on what was left, half a day's worth on average.
    """
    falls = -np.diff(stops)
    left = 0.5 * (other[1:] + other[:-1])
    return np.concatenate([[0.0], np.cumsum(falls * left)])
