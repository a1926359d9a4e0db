"""How long a city or a stronghold holds: all causes together, and by what ended it.

Kaplan-Meier for the holding time of all causes, Aalen-Johansen for the share that ends by each cause. With
every replication followed to the same horizon both are plain shares; they also take other censoring, such
as holdings of the past that had not ended when last heard of.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from redan.analysis.censored import event_days
from redan.analysis.intervals import wilson

F64 = NDArray[np.float64]
# What can end a garrison's hold, in the order in which a shared day is counted: the town is also taken when
# its garrison leaves, breaks or gives up, so `taken` says that none of these came before.
ENDINGS: Final = ("surrendered", "routed", "withdrawn", "taken")


@dataclass(frozen=True)
class Curve:
    """Share still holding just after each day: steps, 1 before the first."""

    day: F64
    share: F64
    low: F64  # pointwise interval, as the function that made the curve says
    high: F64

    def at(self, day: float) -> float:
        """Share still holding after this day."""
        position = int(np.searchsorted(self.day, day, side="right"))
        return float(self.share[position - 1]) if position else 1.0


def kaplan_meier(days: ArrayLike, ended: ArrayLike) -> Curve:
    """Estimate the survival curve of right-censored durations (Kaplan and Meier 1958).

    Parameters
    ----------
    days : duration, or time of censoring
    ended : true where the hold ended, false where it was still going on

    Notes
    -----
    An end and a censoring on the same day count as end first, as is usual. The curve has a step at each day
    on which a hold ended, and its interval is the pointwise 95 % one, log-log.
    """
    times = np.asarray(days, dtype=np.float64)
    over = np.asarray(ended, dtype=bool)
    sample = stats.CensoredData(uncensored=times[over], right=times[~over])
    survival = stats.ecdf(sample).sf
    steps = np.isin(survival.quantiles, times[over])
    low: F64 = np.asarray(survival.probabilities, dtype=np.float64)
    high: F64 = low
    if over.any():
        with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
            # A share of 0 or 1 has no interval: the share itself is given below.
            warnings.simplefilter("ignore", RuntimeWarning)
            interval: Any = survival.confidence_interval(0.95, method="log-log")
        low, high = interval.low.probabilities, interval.high.probabilities
    shares = np.asarray(survival.probabilities, dtype=np.float64)
    return Curve(
        day=np.asarray(survival.quantiles, dtype=np.float64)[steps],
        share=shares[steps],
        low=np.where(np.isnan(low), shares, low)[steps],
        high=np.where(np.isnan(high), shares, high)[steps],
    )


def shares_left(days: ArrayLike, at: ArrayLike, *, confidence: float = 0.90) -> Curve:
    """Share of replications in which an event has not come by each of some days.

    All replications are followed to one horizon, so that up to it the Kaplan-Meier estimate is this share;
    Wilson's interval also holds where the event came in none of them, or in all.

    Parameters
    ----------
    days : day of the event in each replication, `inf` where it never came
    at : days inside the horizon, [step]
    """
    came = np.sort(np.asarray(days, dtype=np.float64))
    grid = np.asarray(at, dtype=np.float64)
    left = came.size - np.searchsorted(came, grid, side="right")
    low, high = wilson(left, np.full(grid.size, came.size), confidence=confidence)
    return Curve(day=grid, share=left / came.size, low=low, high=high)


def aalen_johansen(days: ArrayLike, cause: ArrayLike, n_causes: int) -> tuple[F64, F64]:
    """Cumulative incidence by cause (Aalen and Johansen 1978).

    Parameters
    ----------
    days : duration, or time of censoring
    cause : 0 .. n_causes - 1 for what ended it, -1 for censored

    Returns
    -------
    days [step] on which something ended, and incidence [cause, step]: the share ended by each cause by then.
    Over the causes it sums to 1 minus the Kaplan-Meier curve.
    """
    times = np.asarray(days, dtype=np.float64)
    causes = np.asarray(cause)
    steps = np.unique(times[causes >= 0])
    incidence = np.zeros((n_causes, steps.size))
    holding = 1.0
    for i, day in enumerate(steps):
        at_risk = np.count_nonzero(times >= day)
        ended = np.array([np.count_nonzero((times == day) & (causes == k)) for k in range(n_causes)])
        incidence[:, i] = (incidence[:, i - 1] if i else 0.0) + holding * ended / at_risk
        holding *= 1.0 - ended.sum() / at_risk
    return steps, incidence


def endings(
    rows: pl.DataFrame, objective: str, horizon_days: int, kinds: Sequence[str] = ENDINGS
) -> tuple[F64, NDArray[np.int64]]:
    """When and how each replication's hold of an objective ended.

    Parameters
    ----------
    rows : rows of one course in `replications.parquet`

    Returns
    -------
    days [replication] (the horizon where it still held) and cause [replication], a position in `kinds` or -1.
    """
    days = np.stack([event_days(rows, f"{kind}:{objective}") for kind in kinds])
    first = days.min(axis=0)
    over = np.isfinite(first)
    cause = np.where(over, days.argmin(axis=0), -1)  # argmin takes the first of equals
    return np.where(over, first, float(horizon_days)), cause


def holding_by_cause(
    rows: pl.DataFrame, objective: str, horizon_days: int
) -> tuple[Curve, F64, Mapping[str, F64]]:
    """Holding time of an objective in one course: all causes, and the share ended by each.

    Returns
    -------
    The Kaplan-Meier curve, the days on which a hold ended, and for each of `ENDINGS` the share by then.
    """
    days, cause = endings(rows, objective, horizon_days)
    steps, incidence = aalen_johansen(days, cause, len(ENDINGS))
    return kaplan_meier(days, cause >= 0), steps, dict(zip(ENDINGS, incidence, strict=True))
