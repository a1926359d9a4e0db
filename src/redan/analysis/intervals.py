"""How well a sample gives a mean or a share: confidence intervals of independent values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Mean of a sample with its confidence interval, and what sample it came from."""

    mean: float
    low: float
    high: float
    sd: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.4g} [{self.low:.4g}, {self.high:.4g}] (n = {self.n}, sd = {self.sd:.3g})"


def excludes_zero(interval: tuple[float, float] | None) -> bool:
    """Whether an interval lies wholly on one side of 0; none at all does not."""
    return interval is not None and not interval[0] <= 0.0 <= interval[1]


def mean_interval(values: Any, *, confidence: float = 0.90) -> Interval:
    """Mean and Student's interval of independent values [n >= 2].

    Raises
    ------
    ValueError : fewer than two values, or one that is not finite
    """
    x = np.asarray(values, dtype=np.float64)
    if x.size < 2 or not np.isfinite(x).all():
        raise ValueError("an interval needs two or more finite values")
    sd = float(x.std(ddof=1))
    reach = float(stats.t.ppf(0.5 + confidence / 2.0, x.size - 1)) * sd / math.sqrt(x.size)
    mean = float(x.mean())
    return Interval(mean, mean - reach, mean + reach, sd, x.size)


def wilson(successes: ArrayLike, n: ArrayLike, *, confidence: float = 0.90) -> tuple[F64, F64]:
    """Wilson's interval of shares, with continuity correction (Newcombe 1998, method 4).

    The correction keeps each end from being missed more often than it says, whatever the share.

    Parameters
    ----------
    successes : with halves where ties count half; the interval is then wider than it need be, because such
        values vary less than successes and failures
    n : trials, 1 or more

    Returns
    -------
    Lower and upper ends, of the shape of the arguments.
    """
    z = float(stats.norm.ppf(0.5 + confidence / 2.0))
    won, of = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    share = won / of
    middle, width = 2.0 * won + z * z, 2.0 * (of + z * z)
    below = z * np.sqrt(np.maximum(0.0, z * z - 2.0 - 1.0 / of + 4.0 * share * (of - won + 1.0)))
    above = z * np.sqrt(np.maximum(0.0, z * z + 2.0 - 1.0 / of + 4.0 * share * (of - won - 1.0)))
    low = np.where(won <= 0.0, 0.0, np.maximum(0.0, (middle - 1.0 - below) / width))
    high = np.where(won >= of, 1.0, np.minimum(1.0, (middle + 1.0 + above) / width))
    return low, high
