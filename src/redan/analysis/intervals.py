"""How well a sample gives a mean or a ratio of means: confidence intervals of independent values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats


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
