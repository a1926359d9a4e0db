"""Scores of probabilistic forecasts: all are better the lower, but for coverage and PIT.

Plain numpy, so that a forecast can be scored without optional packages; the tests hold them to scoringrules
(extra `study`) where it has the same score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

F64 = NDArray[np.float64]
LEAST_SD = 0.05  # [-] a sample of equal values is no claim to be sure: its log score stays finite


def crps(sample: F64, truth: F64, *, fair: bool = True) -> F64:
    """Continuous ranked probability score of ensembles: E|X - y| - E|X - X'| / 2.

    Parameters
    ----------
    sample, truth : [row, member], [row]
    fair : as if the ensemble had no end of members (Ferro 2014), else the score of these members themselves
    """
    n = sample.shape[1]
    ordered = np.sort(sample, axis=1)
    weights = 2.0 * np.arange(1, n + 1) - n - 1.0
    spread = 2.0 * (ordered * weights).sum(axis=1) / (n * (n - 1.0 if fair else float(n)))
    return np.asarray(np.abs(sample - truth[:, None]).mean(axis=1) - 0.5 * spread, np.float64)


def crps_normal(mean: ArrayLike, sd: ArrayLike, truth: ArrayLike) -> F64:
    """CRPS of normal distributions (Gneiting and others 2005)."""
    spread = np.asarray(sd, np.float64)
    z = (np.asarray(truth, np.float64) - np.asarray(mean, np.float64)) / spread
    density = np.exp(-0.5 * z**2) / np.sqrt(2.0 * np.pi)
    return np.asarray(spread * (z * (2.0 * special.ndtr(z) - 1.0) + 2.0 * density - 1.0 / np.sqrt(np.pi)))


def crps_of_days(by_day: F64, day: float) -> float:
    """CRPS in days of the day of an event, counted up to a last day.

    Parameters
    ----------
    by_day : [0 .. last] probability that it has come by the end of each day
    day : the day on which it came; `inf` (or any day past the last) where it had not come by then

    Notes
    -----
    The sum of squared differences day by day: the part of the CRPS up to the last day, proper for whatever is
    censored there.
    """
    came = np.arange(by_day.size) >= day
    return float(((by_day - came) ** 2)[1:].sum())


def log_score(sample: F64, truth: F64) -> F64:
    """[row] minus the log density at the truth of a normal with the ensemble's mean and deviation."""
    sd = np.maximum(LEAST_SD, sample.std(axis=1, ddof=1))
    z = (truth - sample.mean(axis=1)) / sd
    return np.asarray(0.5 * z**2 + np.log(sd) + 0.5 * np.log(2.0 * np.pi), np.float64)


def log_score_of_intervals(probabilities: F64, first: int, last: int) -> float:
    """Minus the log of the probability given to the intervals `first` to `last`, one of which came true."""
    return -float(np.log(max(float(probabilities[first : last + 1].sum()), np.finfo(np.float64).tiny)))


def brier(p: ArrayLike, came: ArrayLike) -> float:
    """Mean squared error of probabilities; what is undecided counts as a half."""
    return float(np.mean((np.asarray(p, np.float64) - np.asarray(came, np.float64)) ** 2))


def quantile_score(levels: Sequence[float], values: ArrayLike, truth: float) -> float:
    """Twice the mean pinball loss over some quantiles: with many levels it is the CRPS (Gneiting 2011)."""
    level, quantile = np.asarray(levels, np.float64), np.asarray(values, np.float64)
    return float(2.0 * np.mean((np.where(truth < quantile, 1.0, 0.0) - level) * (quantile - truth)))


def covered(low: ArrayLike, high: ArrayLike, truth: ArrayLike) -> NDArray[np.bool_]:
    """Whether each truth lies in its interval, ends included: their mean is the coverage."""
    y = np.asarray(truth, np.float64)
    return np.asarray((np.asarray(low, np.float64) <= y) & (y <= np.asarray(high, np.float64)))


def pit(sample: F64, truth: F64) -> F64:
    """Probability integral transform of ensembles [row, member]: where in its forecast each truth lies.

    Ties count half, and the truth itself is one more member: uniform where truth and members are alike.
    """
    below = (sample < truth[:, None]).sum(axis=1) + 0.5 * (sample == truth[:, None]).sum(axis=1)
    return np.asarray((below + 0.5) / (sample.shape[1] + 1.0), np.float64)
